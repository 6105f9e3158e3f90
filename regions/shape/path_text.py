"""Contours as SVG path data that reads back as the same contours."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from regions.geometry.segments import Arc, Contour, Cubic, Line, Quadratic, Segment
from regions.shape.path_data import path_contours
from regions.text.writing import number_text


def path_commands(contours: Sequence[Contour]) -> list[list[str]] | None:
    """Path data in pieces, a list of commands for each contour.

    None where an arc has no numbers that give it back: it is kept as two half-diameters, path data
    has radii and an angle, and doubles do not always lead from one to the other and back.
    """
    commands = [list(_commands(contour)) for contour in contours]
    text = " ".join(" ".join(each) for each in commands)
    return commands if path_contours(text) == tuple(contours) else None


def _commands(contour: Contour) -> Iterator[str]:
    yield _command("M", contour[0].start)
    drawn = contour[:-1] if isinstance(contour[-1], Line) else contour
    yield from map(_drawn, drawn)
    yield "Z"


def _drawn(piece: Segment) -> str:
    match piece:
        case Line(_, end):
            return _command("L", end)
        case Quadratic(_, control, end):
            return _command("Q", control, end)
        case Cubic(_, first, second, end):
            return _command("C", first, second, end)
        case Arc():
            neat = _arc(piece, _neat)
            given_back = path_contours(f"{_command('M', piece.start)} {neat}")[0][0] == piece
            return neat if given_back else _arc(piece, float)


def _command(letter: str, *numbers: Sequence[float]) -> str:
    return " ".join([letter, *(number_text(number) for part in numbers for number in part)])


def _arc(arc: Arc, shown: Callable[[float], float]) -> str:
    """The arc's command, its radii and its angle made neat or not."""
    radii = shown(math.hypot(*arc.first)), shown(math.hypot(*arc.second))
    angle = shown(math.degrees(math.atan2(arc.first[1], arc.first[0])))
    return _command("A", radii, (angle,), (arc.large, arc.left), arc.end)


def _neat(number: float) -> float:
    """A number of at most 12 digits where one is near, as by hand; else itself."""
    short = float(f"{number:.12g}")
    return short if math.isclose(short, number, rel_tol=2.0**-48) else number
