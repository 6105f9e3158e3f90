"""Where the sums go: each into its face, or beside one that is too small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from regions.draw import style
from regions.draw.counters import DOT, beside, counter_box
from regions.draw.labels import Pair, Size
from regions.draw.line_faces import centroid, room_for
from regions.draw.lines import View
from regions.draw.text import text_size
from regions.network.model import Floats
from regions.story.one_layer.answer import Served

SIZES = (11.0, style.AXIS_SIZE, style.NAME_SIZE)
"""Letters of the numbers: the largest for which as many faces have room as for the least."""

AROUND = 2.0
"""Points that a number keeps free in its face, both sides together."""

MOST_LED, LED = 8, 11.0
"""Faces that have their number beside them, if there are no more; and points that it takes."""


@dataclass(frozen=True, slots=True)
class Number:
    """A sum in its face.

    Attributes:
        cell: The face.
        place: Its middle, on the canvas.
        total: The sum.
        leads: The point of the face that it belongs to, where it has no room in the face itself.
    """

    cell: int
    place: Pair
    total: int
    leads: Pair | None = None


@dataclass(frozen=True, eq=False)
class Faces:
    """What becomes of the faces.

    Attributes:
        numbers: Those with their sum.
        size: Of these numbers.
        small: Those that are too small for it.
        beyond: Those out of sight.
    """

    numbers: tuple[Number, ...]
    size: float
    small: tuple[int, ...]
    beyond: tuple[int, ...]


def faces_in(answer: Served, view: View) -> Faces:
    """Where each face's sum goes; all numbers of one size, which must not cost any its room.

    Args:
        answer: With its lines in a window.
        view: That window, as large as it is drawn.
    """
    plane, scale = answer.plane, view.scale / answer.plane.view.scale
    polygons = {face: plane.face(answer.cells.signs[face].tolist()) for face in answer.faces}
    seen = {face: polygon * scale for face, polygon in polygons.items() if polygon is not None}
    fitting = {size: tuple(_numbers(answer, seen, size)) for size in SIZES}
    size = next(s for s in SIZES if len(fitting[s]) == len(fitting[SIZES[-1]]))
    numbers = fitting[size]
    numbers += tuple(_led(answer, seen, numbers, view.size))
    shown = {number.cell for number in numbers}
    small = tuple(face for face in seen if face not in shown)
    beyond = tuple(face for face in answer.faces if face not in seen)
    return Faces(numbers, size, small, beyond)


def _numbers(answer: Served, polygons: Mapping[int, Floats], size: float) -> Iterator[Number]:
    for face, polygon in polygons.items():
        total = int(answer.sums[face])
        width, height = text_size(f"{total:,}", size)
        place = room_for(polygon, (width + AROUND, height + AROUND))
        if place is not None:
            yield Number(face, place, total)


def _led(
    answer: Served, polygons: Mapping[int, Floats], placed: Sequence[Number], canvas: Size
) -> Iterator[Number]:
    """Numbers beside faces that are too small for theirs, if they are few."""
    shown = {number.cell for number in placed}
    small = [face for face in polygons if face not in shown]
    if len(small) > MOST_LED:
        return
    taken = [counter_box(number.place, LED) for number in placed]
    for face in small:
        x, y = centroid(polygons[face]).tolist()
        heading = x - canvas[0] / 2, y - canvas[1] / 2
        claim = partial(counter_box, diameter=LED)
        place = beside((x, y), heading, taken, canvas, claim, lambda _: False)
        if place is not None:
            taken += [counter_box(place, LED), counter_box((x, y), DOT)]
            yield Number(face, place, int(answer.sums[face]), (x, y))
