"""Modifiers as maps of the plane in rationals, read from a document's node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

from tests.pointwise import cosine_and_sine

Map: TypeAlias = tuple[Fraction, Fraction, Fraction, Fraction, Fraction, Fraction]
"""`x' = a x + b y + e`, `y' = c x + d y + f`, as (a, b, c, d, e, f)."""

Point: TypeAlias = tuple[Fraction, Fraction]
Number: TypeAlias = Callable[[Any], Fraction]

_0, _1 = Fraction(0), Fraction(1)

IDENTITY: Map = (_1, _0, _0, _1, _0, _0)

FINEST, LARGEST = 2**12, 2**12


def is_dyadic(value: Fraction) -> bool:
    """Whether a number lies on a lattice of few bits."""
    return FINEST % value.denominator == 0 and abs(value) <= LARGEST


def applied(one: Map, point: Point) -> Point:
    """The image of a point."""
    a, b, c, d, e, f = one
    x, y = point
    return a * x + b * y + e, c * x + d * y + f


def inverse(one: Map) -> Map:
    """The map back."""
    a, b, c, d, e, f = one
    area = a * d - b * c
    a, b, c, d = d / area, -b / area, -c / area, a / area
    return a, b, c, d, -a * e - b * f, -c * e - d * f


def maps(node: Mapping[str, Any], number: Number) -> list[Map]:
    """The moves of a node, one for each of its copies."""
    moves = [read(node[key], number) for key, read in _MOVES.items() if key in node]
    copies = [reduce(_then, moves, IDENTITY)]
    if "repeat" in node:
        body = node["repeat"]
        dx, dy = map(number, body["step"])
        columns, rows = int(body.get("columns", 1)), int(body.get("rows", 1))
        places = [(i * dx, j * dy) for i in range(columns) for j in range(rows)]
        copies = [_then(one, (_1, _0, _0, _1, *place)) for one in copies for place in places]
    if "around" in node:
        body = node["around"]
        center = _point(body.get("center", [0, 0]), number)
        step = number(body.get("angle", 360)) / int(body["count"])
        turns = [_turn(k * step, center) for k in range(int(body["count"]))]
        copies = [_then(one, turn) for one in copies for turn in turns]
    return copies


def _then(first: Map, second: Map) -> Map:
    a, b, c, d, e, f = first
    x, y = applied(second, (e, f))
    (p, r), (q, s) = _linear(second, (a, c)), _linear(second, (b, d))
    return p, q, r, s, x, y


def _linear(one: Map, vector: Point) -> Point:
    return applied((*one[:4], _0, _0), vector)


def _about(linear: tuple[Fraction, Fraction, Fraction, Fraction], center: Point) -> Map:
    x, y = _linear((*linear, _0, _0), center)
    return *linear, center[0] - x, center[1] - y


def _turn(degrees: Fraction, center: Point) -> Map:
    """Sine and cosine are doubles."""
    c, s = (Fraction(float(value)) for value in cosine_and_sine(degrees))
    return _about((c, -s, s, c), center)


def _point(written: Any, number: Number) -> Point:
    x, y = map(number, written)
    return x, y


def _scale(value: Any, number: Number) -> Map:
    center: Point = (_0, _0)
    if isinstance(value, dict):
        center, value = _point(value.get("about", [0, 0]), number), value["by"]
    x, y = value if isinstance(value, list) else (value, value)
    return _about((number(x), _0, _0, number(y)), center)


def _mirror(value: Any, number: Number) -> Map:
    if isinstance(value, str):
        sign = Fraction(1 if value == "x" else -1)
        return sign, _0, _0, -sign, _0, _0
    first, second = (_point(point, number) for point in value["through"])
    u, v = second[0] - first[0], second[1] - first[1]
    # Twice the projection on the line, less the vector itself.
    square = u * u + v * v
    xx, xy, yy = 2 * u * u / square - 1, 2 * u * v / square, 2 * v * v / square - 1
    return _about((xx, xy, xy, yy), first)


def _rotate(value: Any, number: Number) -> Map:
    if isinstance(value, dict):
        return _turn(number(value["by"]), _point(value.get("about", [0, 0]), number))
    return _turn(number(value), (_0, _0))


def _affine(value: Any, number: Number) -> Map:
    a, b, c, d, e, f = map(number, value)
    return a, b, c, d, e, f


def _translate(value: Any, number: Number) -> Map:
    return (_1, _0, _0, _1, *_point(value, number))


_MOVES = {
    "scale": _scale,
    "mirror": _mirror,
    "rotate": _rotate,
    "affine": _affine,
    "translate": _translate,
}
"""In the order in which they are applied."""
