"""Values of SVG attributes, read exactly: numbers, lengths, transforms, the view box."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from regions.errors import Problem, SpecError
from regions.geometry import affine
from regions.geometry.affine import IDENTITY, Affine
from regions.geometry.directions import library_direction
from regions.shape.model import LARGEST
from regions.shape.path_data import MOST_DIGITS, NUMBER, as_integer, decimal_places

_SEPARATOR = re.compile(r"[ \t\r\n\f]*,[ \t\r\n\f]*|[ \t\r\n\f]+")
_LENGTH = re.compile(rf"\s*({NUMBER.pattern})\s*([a-zA-Z%]*)\s*")
_FUNCTION = re.compile(r"[\s,]*([A-Za-z]+)\s*\(([^()]*)\)[\s,]*")

UNITS = {
    "": Fraction(1),
    "px": Fraction(1),
    "in": Fraction(96),
    "cm": Fraction(9600, 254),
    "mm": Fraction(960, 254),
    "pt": Fraction(4, 3),
    "pc": Fraction(16),
}
"""Units of length in user units: an inch is 96 of them, as CSS has it."""

_COUNTS = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}
"""How many numbers each transform takes."""


def refused(message: str) -> SpecError:
    """A value that cannot be used; whoever reads the element adds its place."""
    return SpecError([Problem(message)])


def number(text: str) -> Fraction:
    """A number in decimals, exactly."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        raise refused(f"found '{_short(text)}'; give a number")
    exponent = abs(int(found[5] or 0)) if len(text) <= MOST_DIGITS else MOST_DIGITS + 1
    if exponent > MOST_DIGITS or decimal_places(found) > MOST_DIGITS:
        raise refused(f"found {_short(text)}, a number of more than {MOST_DIGITS} digits; round it")
    places = max(decimal_places(found), 0)
    value = Fraction(as_integer(found, places), 10**places)
    if abs(value) > LARGEST:
        raise refused(f"found {_short(text)}; no number may be larger than {LARGEST:g}")
    return value


MAX_FUNCTIONS = 64
"""Transforms of one element: each makes the exact numbers longer by those of a double."""


def numbers(text: str) -> list[Fraction]:
    """A list of numbers, parted by spaces or commas."""
    stripped = text.strip()
    if not stripped:
        return []
    spaced = _SEPARATOR.sub(" ", stripped)
    # Signs and points may part numbers, too: `1-2.5.5`.
    found = list(NUMBER.finditer(spaced))
    rest = NUMBER.sub("", spaced).strip(" ")
    if rest or not found or "  " in spaced:
        raise refused(f"found '{_short(rest or stripped)}' in a list of numbers; give numbers only")
    return [number(each[0]) for each in found]


def length(text: str) -> Fraction:
    """A length in user units."""
    found = _LENGTH.fullmatch(text)
    unit = found[found.re.groups] if found else ""
    if found is None or unit.lower() not in UNITS:
        right = "give a number, or one with px, in, cm, mm, pt or pc"
        raise refused(f"found the length '{_short(text)}'; {right}")
    return number(found[1]) * UNITS[unit.lower()]


def transform(text: str) -> Affine:
    """The map that a list of transforms stands for, the last of them applied first."""
    result, at, count = IDENTITY, 0, 0
    stripped = text.strip()
    while at < len(stripped):
        count += 1
        if count > MAX_FUNCTIONS:
            raise refused(f"more than {MAX_FUNCTIONS} transforms in a row; multiply some of them")
        found = _FUNCTION.match(stripped, at)
        if found is None or found[1] not in _COUNTS:
            right = f"give {', '.join(_COUNTS)}, each with numbers in brackets"
            raise refused(f"found '{_short(stripped[at:])}' in a transform; {right}")
        result = _function(found[1], numbers(found[2])).then(result)
        at = found.end()
    return result


def _function(name: str, values: list[Fraction]) -> Affine:
    if len(values) not in _COUNTS[name]:
        counts = " or ".join(map(str, _COUNTS[name]))
        raise refused(f"found {name} with {len(values)} numbers; give {counts}")
    match name, values:
        case "matrix", _:
            a, b, c, d, e, f = values
            return affine.affine((a, c, b, d, e, f))
        case "translate", [x, *rest]:
            return affine.translation(x, rest[0] if rest else 0)
        case "scale", [x, *rest]:
            return affine.scaling(x, rest[0] if rest else x)
        case "skewX", [angle]:
            return affine.affine((1, _tangent(angle), 0, 1, 0, 0))
        case "skewY", [angle]:
            return affine.affine((1, 0, _tangent(angle), 1, 0, 0))
        case _:
            angle, x, y = (*values, Fraction(0), Fraction(0))[:3]
            cosine, sine = library_direction(float(angle))
            turn = affine.affine((cosine, -sine, sine, cosine, 0, 0))
            if not (x or y):
                return turn
            return affine.translation(-x, -y).then(turn).then(affine.translation(x, y))


def _tangent(degrees: Fraction) -> Fraction:
    """Of an angle: exact at multiples of 45 degrees, as these are drawn by hand."""
    exact = {0: 0, 45: 1, 135: -1}
    turn = degrees % 180
    if turn == 90:
        raise refused("a skew by 90 degrees has no picture; give another angle")
    if turn in exact:
        return Fraction(exact[int(turn)])
    return Fraction(math.tan(math.radians(float(turn))))


def view_frame(attributes: dict[str, str]) -> Affine:
    """Turns SVG's y, which runs down, upwards: `y' = top + bottom - y` of the view box.

    So the picture keeps its place. Without a view box it is `[0, 0, width, height]`, and without a
    height the x-axis stays where it is: `y' = -y`.
    """
    up = Fraction(0)
    if box := attributes.get("viewBox"):
        values = numbers(box)
        if len(values) != 4 or min(values[2:]) <= 0:
            raise refused(f"the viewBox is '{_short(box)}'; give x, y, width and height")
        up = 2 * values[1] + values[3]
    elif height := attributes.get("height"):
        up = Fraction(0) if "%" in height else length(height)
    return affine.affine((1, 0, 0, -1, 0, up))


def _short(text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[:80]).split())
    return plain if len(plain) <= 24 else plain[:21] + "..."
