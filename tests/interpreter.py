"""What a document says of points, read from the document itself as `docs/language.md` explains it.

Nothing here comes from the package under test: no schema, no shape tree, no derived primitive. A
point is mapped back through the moves around a shape in rationals; a primitive then answers by its
own definition: polynomials by their values, polygons by parity, capsules and offsets by distances,
sectors by angles, paths and letters by the winding numbers of `tests/winding.py` (curves read by
fontTools).

Truth has three values, 1, -1 and 0 for points that lie too near to a border to tell, by what the
language says is rounded; so AND is the minimum, OR the maximum, NOT the other sign. Doubles decide
where a bound on their error lets them, rationals where the answer must be exact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests import curved, straight
from tests.moves import Map, inverse, is_dyadic, maps
from tests.plain import Poly, judged
from tests.pointwise import cosine_and_sine
from tests.views import View

Truth = NDArray[np.int8]
Node = Mapping[str, Any]

OPERATIONS = ("union", "intersection", "difference", "symmetric_difference", "complement")

X, Y = Poly({(1, 0): Fraction(1)}), Poly({(0, 1): Fraction(1)})

COEFFICIENTS = {"xx": X * X, "xy": X * Y, "yy": Y * Y, "x": X, "y": Y, "one": X**0}

WORD = re.compile(r"[a-z_]\w*|[0-9.]+(?:e[-+]?[0-9]+)?")


class Interpreter:
    """A document, ready to be asked."""

    def __init__(self, document: Node) -> None:
        self.document = document
        self.defined: dict[str, Any] = {}
        for name, value in document.get("define", {}).items():
            self.defined[name] = value if isinstance(value, dict) else self._rational(value)

    def truth(self, points: NDArray[np.float64], exact: bool) -> Truth:
        """Of `(n, 2)` points: 1 inside, -1 outside, 0 too near to a border.

        Args:
            points: Finite.
            exact: Whether what lies on a lattice must be right to the last bit, borders included.
        """
        on_lattice = exact and self._on_lattice({"shape": self.document["shape"], **self.defined})
        return self._node(self.document["shape"], View.of(points, on_lattice))

    def number(self, written: Any) -> Fraction:
        """A number of the document: a double, unless it is worth a rational."""
        return Fraction(float(self._rational(written)))

    def _rational(self, written: Any) -> Fraction:
        if not isinstance(written, str):
            return Fraction(written)
        return self._evaluated(written, self.defined)

    def _evaluated(self, text: str, names: Mapping[str, Any]) -> Any:
        """Python's own reading of a formula, its numbers rational."""
        found = WORD.sub(
            lambda word: word[0] if word[0] in names else f"Fraction('{word[0]}')", text
        )
        return eval(found.replace("^", "**"), {"Fraction": Fraction, **names})

    def _point(self, written: Any) -> tuple[Fraction, Fraction]:
        x, y = written
        return self.number(x), self.number(y)

    def _on_lattice(self, value: Any) -> bool:
        match value:
            case dict():
                kept = (v for k, v in value.items() if k not in ("conic", "polynomial", "path"))
                return all(map(self._on_lattice, kept))
            case list():
                return all(map(self._on_lattice, value))
            case int() | float() | Fraction():
                return is_dyadic(Fraction(value))
            case _:
                return True

    def _node(self, node: Node, view: View) -> Truth:
        """A shape with its modifiers: of copies, one is enough."""
        answers = [self._held(node, view.moved(inverse(one))) for one in self._copies(node)]
        return reduce(np.maximum, answers)

    def _copies(self, node: Node) -> list[Map]:
        return maps(node, self.number)

    def _held(self, node: Node, view: View) -> Truth:
        key = next(k for k in node if hasattr(self, f"_{k}") or k in OPERATIONS)
        if key in OPERATIONS:
            return self._operation(key, node[key], view)
        return getattr(self, f"_{key}")(node[key], view)

    def _operation(self, key: str, value: Any, view: View) -> Truth:
        if key == "complement":
            return -self._node(value, view)
        first, *rest = (self._node(one, view) for one in value)
        match key:
            case "union":
                return reduce(np.maximum, rest, first)
            case "intersection":
                return reduce(np.minimum, rest, first)
            case "difference":
                return reduce(lambda kept, taken: np.minimum(kept, -taken), rest, first)
            case _:
                return reduce(lambda one, other: -one * other, rest, first)

    def _use(self, name: str, view: View) -> Truth:
        return self._node(self.defined[name], view)

    def _halfplane(self, value: Any, view: View) -> Truth:
        if isinstance(value, dict):
            (x, y), (u, v) = map(self._point, value["through"])
            return judged((u - x) * (Y - y) - (v - y) * (X - x), view)
        a, b, c = map(self.number, value)
        return judged(a * X + b * Y + c, view)

    def _box(self, value: Any, view: View) -> Truth:
        left, low, right, high = map(self.number, value)
        sides = (X - left, right - X, Y - low, high - Y)
        return reduce(np.minimum, (judged(side, view) for side in sides))

    def _disc(self, center: Any, radius: Any) -> Poly:
        x, y = self._point(center)
        return self.number(radius) ** 2 - (X - x) ** 2 - (Y - y) ** 2

    def _circle(self, value: Any, view: View) -> Truth:
        return judged(self._disc(value["center"], value["radius"]), view)

    def _annulus(self, value: Any, view: View) -> Truth:
        outer = judged(self._disc(value["center"], value["outer"]), view)
        hole = self._disc(value["center"], value["inner"])
        return np.minimum(outer, judged(0 - hole, view))

    def _ellipse(self, value: Any, view: View) -> Truth:
        (x, y), (a, b) = self._point(value["center"]), map(self.number, value["radii"])
        degrees = self.number(value.get("angle", 0))
        c, s = cosine_and_sine(float(degrees))
        along, across = c * (X - x) + s * (Y - y), c * (Y - y) - s * (X - x)
        seen = view if degrees % 90 == 0 else view.inexact()
        # Times the squares of the half-axes, as integers where these are.
        return judged(a * a * b * b - (b * along) ** 2 - (a * across) ** 2, seen)

    def _conic(self, value: Any, view: View) -> Truth:
        if isinstance(value, str):
            return self._polynomial(value, view)
        terms = [self.number(factor) * COEFFICIENTS[key] for key, factor in value.items()]
        return judged(reduce(Poly.__add__, terms), view)

    def _polynomial(self, text: str, view: View) -> Truth:
        left, sign, right = re.split("(<=|>=)", text)
        first, second = (self._evaluated(t.strip(), {"x": X, "y": Y}) for t in (left, right))
        return judged((second - first if sign == "<=" else first - second) + 0 * X, view)

    def _polygon(self, value: Any, view: View) -> Truth:
        return straight.inside(straight.polygon(value, self._point), view)

    def _corners(self, key: str, value: Any, view: View) -> Truth:
        # Their corners are doubles, and those of the moved shape are doubles again.
        seen = view if view.still else view.inexact()
        return straight.inside(straight.outline(key, value, self), seen)

    def _regular(self, value: Any, view: View) -> Truth:
        return self._corners("regular", value, view)

    def _star(self, value: Any, view: View) -> Truth:
        return self._corners("star", value, view)

    def _hull(self, value: Any, view: View) -> Truth:
        return self._corners("hull", value, view)

    def _offset(self, value: Any, view: View) -> Truth:
        parts = straight.outlines(value["shape"], self)
        by = self.number(value["by"])
        if by > 0:
            return reduce(np.maximum, (straight.grown(part, by, view) for part in parts))
        return reduce(np.minimum, (straight.shrunk(part, -by, view) for part in parts))

    def _capsule(self, value: Any, view: View) -> Truth:
        ends = self._point(value["from"]), self._point(value["to"])
        return straight.near([ends], self.number(value["radius"]), view)

    def _rounded_box(self, value: Any, view: View) -> Truth:
        """All points within the radius of a smaller box, which may be a line or a point."""
        left, low, right, high = map(self.number, value["box"])
        r = self.number(value["radius"])
        left, low, right, high = left + r, low + r, right - r, high - r
        ring = [(left, low), (right, low), (right, high), (left, high)]
        return straight.grown([ring], r, view)

    def _sector(self, value: Any, view: View) -> Truth:
        disc = self._disc(value["center"], value["radius"])
        ring = judged(disc, view)
        if "inner" in value:
            hole = self._disc(value["center"], value["inner"])
            ring = np.minimum(ring, judged(0 - hole, view))
        first, last = self.number(value["from"]), self.number(value["to"])
        seen = view if first % 90 == last % 90 == 0 else view.inexact()
        wedge = straight.between(self._point(value["center"]), first, last, seen)
        return np.minimum(ring, wedge)

    def _path(self, value: Any, view: View) -> Truth:
        if isinstance(value, str):
            return curved.path(value, "nonzero", view)
        return curved.path(value["d"], value.get("fill", "nonzero"), view)

    def _text(self, value: Any, view: View) -> Truth:
        body = {"string": value} if isinstance(value, str) else value
        at = self._point(body.get("at", [0, 0]))
        return curved.text(body["string"], self.number(body.get("size", 1)), at, view)
