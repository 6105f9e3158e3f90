"""Text as shapes: the outlines of a font's glyphs, one path a character.

Glyphs stand side by side by their advance widths. Kerning, ligatures and scripts that join letters
are not applied: they are not part of the outlines.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from regions.errors import Problem, SpecError
from regions.geometry.affine import Affine, affine
from regions.geometry.segments import Contour
from regions.shape.model import Pair, Path, Shape, Union
from regions.shape.names import distinct, name_fault
from regions.shape.outline_pen import Exact, Pen, Place

MAX_CHARACTERS = 1000
"""Of one text: a page would be 50,000 segments."""

MAX_COMPONENTS = 1000
"""Of one glyph: an accent takes two, and a font may nest them so that they double each time."""

HALVES = 2
"""Points are counted in halves of a font unit: implied ones lie halfway between whole ones."""

Steps: TypeAlias = list[tuple[str, tuple[Any, ...]]]
"""A glyph as the library's pens tell it: an operator and its points at a time."""


class Font:
    """The outlines and widths of a TrueType or OpenType font.

    Args:
        data: The file.
        shown: Its name, for problems.

    Raises:
        SpecError: The data is no font with outlines.
    """

    def __init__(self, data: bytes, shown: str) -> None:
        from fontTools.ttLib import TTFont

        self.shown = shown
        self._steps: dict[str, Steps] = {}
        with self._reading():
            font = TTFont(io.BytesIO(data), lazy=True, fontNumber=0)
            self.per_em = int(font["head"].unitsPerEm)
            self._glyphs: Any = font.getGlyphSet()
            self._names: dict[int, str] = font.getBestCmap() or {}
            lines = font["hhea"]
            self.line_height = int(lines.ascent) - int(lines.descent) + int(lines.lineGap)
        if not 16 <= self.per_em <= 16384:
            raise self._refused(f"its {self.per_em} units per em are no size; use a sound font")

    def lacks(self, characters: Iterable[str]) -> list[str]:
        """The characters that the font does not have."""
        return [c for c in characters if ord(c) not in self._names]

    def width(self, character: str) -> Fraction:
        """Advance width in font units."""
        with self._reading():
            return Fraction(self._glyphs[self._names[ord(character)]].width)

    def contours(self, character: str, by: Affine) -> tuple[Contour, ...]:
        """The closed contours of a character, its font units mapped by `by`."""
        if character not in self._steps:
            with self._reading():
                self._steps[character] = _steps(self._glyphs, self._names[ord(character)])
        pen = Pen(by, HALVES)
        for operator, points in self._steps[character]:
            _draw(pen, operator, points)
        return pen.contours()

    def _reading(self) -> _FontErrors:
        return _FontErrors(self)

    def _refused(self, reason: str) -> SpecError:
        return SpecError([Problem(reason, file=self.shown)])


class _FontErrors:
    """Whatever the library meets in a broken font, as one problem: it documents no exceptions."""

    def __init__(self, font: Font) -> None:
        self._font = font

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, SpecError):
            reason = str(error).partition("\n")[0][:80] or type(error).__name__
            message = f"this is no font that can be read ({reason}); give a sound .ttf or .otf file"
            raise self._font._refused(message) from None


def _steps(glyphs: Any, name: str) -> Steps:
    """What the font's own pen records of a glyph, its components written out."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    class Recorder(DecomposingRecordingPen):  # type: ignore[misc]
        components = 0

        def addComponent(self, *args: Any, **options: Any) -> None:  # noqa: N802
            self.components += 1
            if self.components > MAX_COMPONENTS:
                raise ValueError(f"a glyph has more than {MAX_COMPONENTS} components")
            super().addComponent(*args, **options)

    recorder = Recorder(glyphs)
    glyphs[name].draw(recorder)
    return list(recorder.value)


def _draw(pen: Pen, operator: str, points: Sequence[Any]) -> None:
    match operator:
        case "moveTo":
            pen.move(_exact(points[0]))
        case "lineTo":
            pen.line(_exact(points[0]))
        case "curveTo":
            first, second, end = map(_exact, points)
            pen.cubic(first, second, end)
        case "qCurveTo":
            _spline(pen, points)
        case _:
            pen.close()


def _spline(pen: Pen, points: Sequence[Any]) -> None:
    """A TrueType spline: between two control points lies a point of the curve, halfway.

    Without any given point of the curve the last entry is None: the contour begins halfway, too.
    """
    if points[-1] is None:
        controls = [_exact(point) for point in points[:-1]]
        pen.move(_halfway(controls[-1], controls[0]))
        ends = [
            _halfway(*pair) for pair in zip(controls, [*controls[1:], controls[0]], strict=True)
        ]
    else:
        *controls, end = map(_exact, points)
        ends = [_halfway(*pair) for pair in pairwise(controls)] + [end]
    if not controls:
        pen.line(ends[0])
    for control, to in zip(controls, ends, strict=False):
        pen.quadratic(control, to)


def _exact(point: Any) -> Place:
    """A point in halves of a font unit."""
    x, y = (Fraction(c) * HALVES if isinstance(c, float) else c * HALVES for c in point)
    return x, y


def _halfway(first: Place, second: Place) -> Place:
    return _half(first[0] + second[0]), _half(first[1] + second[1])


def _half(total: Exact) -> Exact:
    return total // 2 if total % 2 == 0 else Fraction(total) / 2


def default_font() -> FilePath:
    """DejaVu Sans, which comes with Matplotlib."""
    import matplotlib

    return FilePath(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@lru_cache(maxsize=1)
def _default() -> Font:
    path = default_font()
    return Font(path.read_bytes(), str(path))


def lettered(
    text: str,
    *,
    font: Font | None = None,
    size: float = 1.0,
    at: Pair = (0.0, 0.0),
    name: str | None = None,
) -> Shape:
    """The shape of a text: a union of paths, one a character, called by it.

    Args:
        text: What to write; each line stands below the one before.
        font: DejaVu Sans if left out.
        size: Length of the font's em: of the square that its letters are drawn in.
        at: Where the baseline of the first line begins.
        name: What to call the shape.

    Raises:
        SpecError: The text is too long or nothing of it is visible, or the font lacks a character;
            all missing ones are named.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"the text has {len(text):,} characters; use at most {MAX_CHARACTERS:,}"
        raise SpecError([Problem(message)])
    chosen = font or _default()
    missing = chosen.lacks(dict.fromkeys(text.replace("\n", "")))
    if missing:
        shown = ", ".join(f"'{c}' (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}"
                          for c in missing)  # fmt: skip
        many = "characters" if len(missing) > 1 else "character"
        raise SpecError([Problem(f"the font has no {many} {shown}; use another font or text")])
    letters = list(_letters(text, chosen, Fraction(size), at))
    if not letters:
        raise SpecError([Problem("nothing of the text is visible; write letters or digits")])
    names = distinct(_called(character) for character, _ in letters)
    paths = [Path(contours, "nonzero", n) for n, (_, contours) in zip(names, letters, strict=True)]
    return Union(tuple(paths), name)


def _letters(
    text: str, font: Font, size: Fraction, at: Pair
) -> Iterator[tuple[str, tuple[Contour, ...]]]:
    """Each character that leaves a mark, with its contours at its place."""
    scale = size / font.per_em
    left, base = Fraction(at[0]), Fraction(at[1])
    x = left
    for character in text:
        if character == "\n":
            x, base = left, base - font.line_height * scale
            continue
        contours = font.contours(character, affine((scale, 0, 0, scale, x, base)))
        if contours:
            yield character, contours
        x += font.width(character) * scale


def _called(character: str) -> str:
    """A character as a name; by its name in Unicode where names may not hold it."""
    if name_fault(character) is None:
        return character
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
