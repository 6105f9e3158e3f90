"""The answer in words and numbers: what `regions explain SPEC --one-layer` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from regions.geometry.arrangement import Point
from regions.network.neat import sum_text
from regions.shape.model import Spec
from regions.story.describe import ROUNDED
from regions.story.one_layer.answer import HalfPlane, Refused, Served, Witness
from regions.story.one_layer.argument import argument
from regions.story.one_layer.question import ask
from regions.text.wording import counted

SHOWN = 40
"""Cells and half-planes of a kind that are listed; the rest is counted."""

MOST_DIGITS = 12
"""Of the parts of a fraction that is written out; a longer one is named by its double."""

KINDS = ("vertex", "edge", "face")


def one_layer_answer(spec: Spec) -> str:
    """Whether one hidden layer suffices: the weights and all sums, or the proof against them.

    Raises:
        NotCompilableError: Nothing is decided: a border is curved, or there are too many lines.
    """
    answer = ask(spec)
    lines = _served(answer) if isinstance(answer, Served) else _refused(answer)
    return "\n".join([f"does one hidden layer suffice for {spec.name}?", *lines])


def _served(answer: Served) -> Iterator[str]:
    planes = counted(len(answer.read), "half-plane")
    yield f"yes: one threshold unit over {planes}; it fires where the weights of those that fire"
    yield f"add up to at least {answer.threshold}"
    yield ""
    yield "weights, and where each half-plane fires"
    written = [f"{weight:+,}" if weight else "0" for weight in answer.weights]
    width = max(map(len, written), default=0)
    heads = [f"{weight:>{width}}" for weight in written]
    yield from _table_of(answer.half_planes, heads)
    yield ""
    yield "sums, and on how many cells of the lines they occur; on a line its half-plane fires too"
    yield from _sums(answer)
    yield ""
    yield "faces, each by a point of it"
    yield from _faces(answer)


def _table_of(half_planes: Sequence[HalfPlane], heads: Sequence[str]) -> Iterator[str]:
    """A line for each half-plane: what is said of it, its name, and where it fires."""
    shown = half_planes[:SHOWN]
    width = max((len(half_plane.name) for half_plane in shown), default=0)
    rounded = any(half_plane.words and not half_plane.exact for half_plane in shown)
    if rounded:
        yield f"  {ROUNDED}"
    for half_plane, head in zip(shown, heads, strict=False):
        mark = ("  " if half_plane.exact else "~ ") if rounded else ""
        words = f"{mark}{half_plane.words} >= 0" if half_plane.words else ""
        yield f"  {head}  {half_plane.name:{width}}  {words}".rstrip()
    yield from _rest(len(half_planes))


def _sums(answer: Served) -> Iterator[str]:
    """The table of sums, largest first: all cells, the unbounded ones too."""
    yield "  {:>6}  {:>8} {:>8} {:>8}".format("sum", "faces", "edges", "vertices")
    found = np.unique(answer.sums)[::-1].tolist()
    for total in found[:SHOWN]:
        here = answer.cells.dimension[answer.sums == total]
        faces, edges, vertices = (int((here == dimension).sum()) for dimension in (2, 1, 0))
        side = "inside" if total >= answer.threshold else "outside"
        yield f"  {total:6,}  {faces:8,} {edges:8,} {vertices:8,}  {side}"
    yield from _rest(len(found))
    faces, edges, vertices = map(answer.count, (2, 1, 0))
    yield f"  {'all':>6}  {faces:8,} {edges:8,} {vertices:8,}"


def _faces(answer: Served) -> Iterator[str]:
    faces = answer.faces
    faces.sort(key=lambda face: -int(answer.sums[face]))  # Stable: in their order for each sum.
    weights = np.array(answer.weights, dtype=np.int64)
    places = [
        point_text(answer.plane.point(answer.cells.signs[face].tolist(), answer.cells.point(face)))
        for face in faces[:SHOWN]
    ]
    width = max(map(len, places))
    for place, face in zip(places, faces, strict=False):
        firing = weights[answer.fires[face]]
        terms = sum_text((Fraction(int(w)), "") for w in firing[firing != 0])
        side = "inside " if answer.sums[face] >= answer.threshold else "outside"
        yield f"  {place:{width}}  {side}  {int(answer.sums[face]):,} = {terms}"
    yield from _rest(len(faces))


def _refused(answer: Refused) -> Iterator[str]:
    if answer.whatever_lines:
        yield "no: one line carries edges that face opposite ways, so whatever lines are added"
    else:
        planes = counted(len(answer.half_planes), "half-plane")
        yield f"no: no weights over the {planes} of its edges tell inside from outside"
    yield ""
    for number, paragraph in enumerate(argument(answer), 1):
        yield f"{number}. {paragraph}"
    yield ""
    yield "cells of the proof, each by a point of it"
    yield from _cells(answer.witnesses)
    yield ""
    yield "half-planes, and which of these cells they hold"
    yield from _held(answer)


def _cells(witnesses: Sequence[Witness]) -> Iterator[str]:
    places = [point_text(witness.exact) for witness in witnesses]
    factors = [f"{witness.multiplier:,} x " * (witness.multiplier > 1) for witness in witnesses]
    wide, room = max(map(len, factors)), max(len(witness.letter) for witness in witnesses)
    for witness, place, factor in zip(witnesses, places, factors, strict=True):
        side = "inside " if witness.inside else "outside"
        kind = KINDS[witness.dimension]
        yield f"  {factor:>{wide}}{witness.letter:{room}}  {side}  {kind:6}  {place}"


def _held(answer: Refused) -> Iterator[str]:
    """For each half-plane the cells that it holds, those inside and those outside."""
    heads = []
    for k in range(min(len(answer.half_planes), SHOWN)):
        sides = [
            [w for w in answer.witnesses if w.fires[k] and w.inside == inside]
            for inside in (True, False)
        ]
        inside, outside = (" ".join(map(_counted, side)) or "none" for side in sides)
        heads.append(f"{sum(w.multiplier for w in sides[0])}: {inside} | {outside}")
    width = max(map(len, heads), default=0)
    yield from _table_of(answer.half_planes, [f"{head:{width}}" for head in heads])


def _counted(witness: Witness) -> str:
    factor = f"{witness.multiplier:,} " * (witness.multiplier > 1)
    return f"{factor}{witness.letter}"


def point_text(point: Point) -> str:
    """`(2.5, 1/3)`: exact, but for a fraction of many digits, which is said to be rounded."""
    found = [_number(coordinate) for coordinate in point]
    about = any(rounded for _, rounded in found)
    return f"{'about ' * about}({', '.join(text for text, _ in found)})"


def _number(number: Fraction) -> tuple[str, bool]:
    """The number in digits, and whether these are rounded."""
    size = max(len(str(abs(number.numerator))), len(str(number.denominator)))
    written = sum_text([(number, "")])
    if Fraction(written) == number:
        return written, False
    return (written, True) if size > MOST_DIGITS else (str(number), False)


def _rest(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"  ... and {count - SHOWN:,} more"
