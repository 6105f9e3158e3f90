"""Paths and letters, for the interpreter: fontTools reads them, `tests/winding.py` winds round."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from numpy.typing import NDArray

from regions.geometry.segments import Arc, Contour, Cubic, Line, Pair, Quadratic
from regions.shape.model import Fill, Path
from tests import winding
from tests.moves import Point, inverse, is_dyadic
from tests.paths import contours
from tests.views import View

Floats = NDArray[np.float64]
Truth = NDArray[np.int8]

CUBIC = 2.0**-20
"""Of a path's extent: conics may be so far from a cubic."""

BLUR = 1e-11
"""Of a path's extent: nearer to a curve the winding numbers themselves are not sure."""

HALF_TURN = 1e-7
"""Of a path's extent: an arc of half an ellipse moves so far where its radii are rounded."""

FLAT = 64
"""Chords that stand for a curve where only the distance from it is asked."""

CIRCLE = np.exp(2j * np.pi * (np.arange(16) + 0.3) / 16)

AROUND = np.stack([CIRCLE.real, CIRCLE.imag], axis=1)


def path(data: str, fill: Fill, view: View) -> Truth:
    """SVG path data."""
    return _judged(Path(_read(data), fill), view)


def text(string: str, size: Fraction, at: Point, view: View) -> Truth:
    """Letters side by side, each in its own font units."""
    font = _font()
    scale = size / font["head"].unitsPerEm
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    found = np.full(len(view.points), -1, dtype=np.int8)
    x = at[0]
    for character in string:
        name = names[ord(character)]
        letter = _glyph(name)
        if letter:
            place = scale, Fraction(0), Fraction(0), scale, x, at[1]
            seen = view.moved(inverse(place))
            if not (is_dyadic(scale * 2048) and is_dyadic(x) and is_dyadic(at[1])):
                seen = seen.inexact()
            found = np.maximum(found, _judged(Path(letter, "nonzero"), seen))
        x += glyphs[name].width * scale
    return found


@cache
def _read(data: str) -> tuple[Contour, ...]:
    return contours(data)


@cache
def _font() -> Any:
    return TTFont(font_manager.findfont("DejaVu Sans"))


@cache
def _glyph(name: str) -> tuple[Contour, ...]:
    glyphs = _font().getGlyphSet()
    pen = _GlyphPen(glyphs)
    glyphs[name].draw(pen)
    return tuple(pen.contours)


class _GlyphPen(BasePen):  # type: ignore[misc]
    """Collects a glyph's curves; the library puts in the implied points."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.contours: list[Contour] = []

    def _moveTo(self, pt: Pair) -> None:  # noqa: N802
        self.start, self.open = pt, []  # type: ignore[var-annotated]

    def _lineTo(self, pt: Pair) -> None:  # noqa: N802
        self.open.append(Line(self._here(), pt))

    def _qCurveToOne(self, pt1: Pair, pt2: Pair) -> None:  # noqa: N802
        self.open.append(Quadratic(self._here(), pt1, pt2))

    def _closePath(self) -> None:  # noqa: N802
        if self._here() != self.start:
            self.open.append(Line(self._here(), self.start))
        self.contours.append(tuple(self.open))

    def _here(self) -> Pair:
        return self._getCurrentPoint()


def _judged(shape: Path, view: View) -> Truth:
    """Winding numbers, where all around the point agree; on borders, whether any is inside."""
    segments = [segment for contour in shape.contours for segment in contour]
    stops = np.array([point for s in segments for point in (s.start, s.end)])
    size = float((stops.max(axis=0) - stops.min(axis=0)).max())
    blur = max(4 * view.slack, BLUR * (size + view.reach))
    apart, lines = _apart(segments, view.floats)
    if any(isinstance(segment, Cubic) for segment in segments):
        size = max(size, float(np.ptp(lines, axis=(0, 1)).max()))
        blur = max(blur, 1.1 * CUBIC * size)
    if not view.still and any(_is_half(s) for s in segments):
        blur = max(blur, HALF_TURN * size)
    inside, sure = winding.inside(shape, view.floats)
    found = np.where(sure, np.where(inside, 1, -1), 0).astype(np.int8)
    close = np.flatnonzero(apart <= 2 * blur + _sagitta(segments))
    rings = view.floats[close, np.newaxis] + np.concatenate([blur * AROUND, blur / 3 * AROUND])
    inside, sure = (v.reshape(rings.shape[:2]) for v in winding.inside(shape, rings.reshape(-1, 2)))
    reached = (inside & sure).any(axis=1)
    same = (sure & (inside == (found[close, np.newaxis] > 0))).all(axis=1)
    same &= apart[close] > blur
    on = _exactly_on(shape, view.only(close))
    found[close] = np.where(on, np.where(reached, 1, 0), np.where(same, found[close], 0))
    return found


def _apart(segments: list[Any], points: Floats) -> tuple[Floats, Floats]:
    """Distances from the segments' chords, and `(m, FLAT + 1, 2)` the chords."""
    parts = np.linspace(0, 1, FLAT + 1)
    lines = np.array([winding.beside(segment, parts)[0] for segment in segments])
    nearest = np.full(len(points), np.inf)
    for line in lines:
        start, along = line[:-1], np.diff(line, axis=0)
        square = np.maximum((along**2).sum(axis=1), np.finfo(np.float64).tiny)
        off = points[:, np.newaxis] - start
        part = np.clip((off * along).sum(axis=2) / square, 0, 1)[..., np.newaxis]
        off = off - part * along
        nearest = np.minimum(nearest, np.hypot(off[..., 0], off[..., 1]).min(axis=1))
    return nearest, lines


def _sagitta(segments: list[Any]) -> float:
    """How far a curve may leave its chords: an eighth of the second derivative's bound."""
    bound = 0.0
    for segment in segments:
        match segment:
            case Quadratic(a, b, c):
                bend = 2 * np.abs(np.array(a) - 2 * np.array(b) + np.array(c)).sum()
            case Cubic(a, b, c, d):
                p, q, r, s = map(np.array, (a, b, c, d))
                bend = 6 * max(np.abs(p - 2 * q + r).sum(), np.abs(q - 2 * r + s).sum())
            case Arc():
                _, first, second, _, sweep = winding._centred(segment)
                bend = sweep**2 * np.abs(first + np.abs(second)).sum() * 2
            case _:
                bend = 0.0
        bound = max(bound, float(bend))
    return bound / 8 / FLAT**2


def _is_half(segment: Any) -> bool:
    """Whether an arc spans nearly half of its ellipse, so that its centre is ill-determined."""
    if not isinstance(segment, Arc):
        return False
    sweep = abs(winding._centred(segment)[4])
    return abs(sweep - np.pi) < 1e-3


def _exactly_on(shape: Path, view: View) -> NDArray[np.bool_]:
    """Whether exact points lie on a line of the path, or at a joint."""
    found = np.zeros(len(view.points), dtype=np.bool_)
    numbers = [c for contour in shape.contours for s in contour for c in (*s.start, *s.end)]
    if not all(is_dyadic(Fraction(c)) for c in numbers):
        return found
    for i in np.flatnonzero(view.exact):
        found[i] = any(_on(s, view.points[i]) for contour in shape.contours for s in contour)
    return found


def _on(segment: Any, point: Point) -> bool:
    (ax, ay), (bx, by) = (map(Fraction, end) for end in (segment.start, segment.end))
    x, y = point
    if point in ((ax, ay), (bx, by)):
        return True
    if not isinstance(segment, Line) or (bx - ax) * (y - ay) != (x - ax) * (by - ay):
        return False
    return min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)
