"""The basic shapes of SVG as contours: what each of its elements fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from regions.geometry.affine import Affine
from regions.geometry.segments import Contour
from regions.shape.outline_pen import Pen
from regions.shape.path_data import NUMBER, path_contours
from regions.shape.svg_values import length, refused

_MISPLACED = re.compile(r"[^0-9eE \t\r\n\f,.+-]+|^,|,\s*(?:,|$)")

Attributes: TypeAlias = Mapping[str, str]


def element_contours(tag: str, attributes: Attributes, affine: Affine) -> tuple[Contour, ...]:
    """What an element fills, mapped by `affine`; nothing where SVG draws nothing.

    Raises:
        SpecError: An attribute cannot be used.
    """
    if tag == "path":
        text = attributes.get("d", "").strip()
        return path_contours(text, affine) if text not in ("", "none") else ()
    if tag in ("polygon", "polyline"):
        text = attributes.get("points", "").strip()
        return path_contours(f"M {_pairs(text)}", affine) if text else ()
    pen = Pen(affine)
    _DRAWN[tag](pen, attributes)
    return pen.contours()


def _pairs(text: str) -> str:
    """A list of points, which is path data but for the letter that it begins with."""
    count = len(NUMBER.findall(text))
    if wrong := _MISPLACED.search(text):
        raise refused(f"found '{wrong[0][:24]}' in the points; give pairs of numbers x, y")
    if count % 2:
        raise refused(f"the points hold {count} numbers, an odd count; give pairs x, y")
    return text


def _rect(pen: Pen, attributes: Attributes) -> None:
    x, y = _length(attributes, "x"), _length(attributes, "y")
    width, height = _size(attributes, "width"), _size(attributes, "height")
    rx, ry = _radii(attributes)
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not width or not height:
        return
    right, bottom = x + width, y + height
    pen.move((x + rx, y))
    pen.line((right - rx, y))
    pen.arc((rx, ry), 0, False, True, (right, y + ry))
    pen.line((right, bottom - ry))
    pen.arc((rx, ry), 0, False, True, (right - rx, bottom))
    pen.line((x + rx, bottom))
    pen.arc((rx, ry), 0, False, True, (x, bottom - ry))
    pen.line((x, y + ry))
    pen.arc((rx, ry), 0, False, True, (x + rx, y))


def _circle(pen: Pen, attributes: Attributes) -> None:
    radius = _size(attributes, "r")
    _oval(pen, attributes, radius, radius)


def _ellipse(pen: Pen, attributes: Attributes) -> None:
    _oval(pen, attributes, *_radii(attributes))


def _oval(pen: Pen, attributes: Attributes, rx: Fraction, ry: Fraction) -> None:
    """Four quarters: the centre of a half would hang on the last bits of its ends."""
    x, y = _length(attributes, "cx"), _length(attributes, "cy")
    if not rx or not ry:
        return
    pen.move((x + rx, y))
    for to in ((x, y + ry), (x - rx, y), (x, y - ry), (x + rx, y)):
        pen.arc((rx, ry), 0, False, True, to)


_DRAWN: dict[str, Callable[[Pen, Attributes], None]] = {
    "rect": _rect,
    "circle": _circle,
    "ellipse": _ellipse,
}

FILLED = ("path", "polygon", "polyline", *_DRAWN)
"""Elements with a fill."""


def _length(attributes: Attributes, key: str) -> Fraction:
    return length(attributes.get(key, "0"))


def _size(attributes: Attributes, key: str) -> Fraction:
    value = length(attributes.get(key, "0"))
    if value < 0:
        raise refused(f"the {key} is below 0; give a length of 0 or more")
    return value


def _radii(attributes: Attributes) -> tuple[Fraction, Fraction]:
    """`rx` and `ry`, of which a missing one equals the other."""
    given = {
        key: _size(attributes, key)
        for key in ("rx", "ry")
        if attributes.get(key, "auto").strip() != "auto"
    }
    either = next(iter(given.values()), Fraction(0))
    return given.get("rx", either), given.get("ry", either)
