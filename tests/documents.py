"""Random documents: trees of all words of the language that need no other file.

On a lattice coordinates are small whole numbers and halves, and moves keep the lattice, so that
borders coincide and touch, and points fall on them exactly. Elsewhere they are any doubles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any

import shapely

Node = dict[str, Any]

DEPTH = 6
"""Most operations inside one another."""

WINDOW = (-16.0, -16.0, 16.0, 16.0)

LEAVES = 16
"""Most primitives of a tree, each copy counted."""

LETTERS = "ABEOQgi8&%"

STRAIGHT = ("polygon", "box", "regular", "star", "hull")


def random_document(seed: int) -> Node:
    """The same for the same number."""
    return _Author(Random(seed)).document()


class _Author:
    """Writes one document."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.exact = random.random() < 0.35
        self.lattice = self.exact or random.random() < 0.4
        self.defined: Node = {}
        self.left = LEAVES

    def document(self) -> Node:
        depth = self.random.randint(1, DEPTH)
        if self.random.random() < 0.3:
            self.defined = {"k": self.random.choice([2, "3/2", 3]), "half": "k/2"}
            self.defined["part"] = self._node(self.random.randint(0, 1))
        shape = self._node(depth)
        head = {"define": self.defined} if self.defined else {}
        return {**head, "window": list(WINDOW), "shape": shape}

    # Numbers and points.

    def _coordinate(self, bound: float = 6) -> Any:
        if not self.lattice:
            return self.random.uniform(-bound, bound)
        whole = self.random.randint(-int(bound), int(bound))
        return whole + 0.5 if self.random.random() < 0.1 else whole

    def _length(self, least: float = 0.5, most: float = 5) -> Any:
        if self.defined and self.random.random() < 0.2:
            return self.random.choice(["k", "half", "2*k", "k + half"])
        if not self.lattice:
            return self.random.uniform(least, most)
        return self.random.randint(math.ceil(least * 2), int(most * 2)) / 2

    def _angle(self) -> Any:
        if self.exact or (self.lattice and self.random.random() < 0.7):
            return 90 * self.random.randint(-1, 4)
        return self.random.choice([30, 45, 60, 120, 36.5, self.random.uniform(-360, 360)])

    def _point(self, bound: float = 6) -> list[Any]:
        return [self._coordinate(bound), self._coordinate(bound)]

    def _two_points(self) -> list[list[Any]]:
        first, second = self._point(), self._point()
        return [first, second] if first != second else self._two_points()

    # Trees.

    def _node(self, depth: int) -> Node:
        node = self._leaf() if depth == 0 else self._operation(depth)
        if self.random.random() < (0.35 if depth == 0 else 0.2):
            node.update(self._moves())
        if depth < 2 and self.left > 0 and self.random.random() < 0.1:
            node.update(self._copies())
        if self.random.random() < 0.1:
            node["name"] = self.random.choice(["roof", "a wall", "tür"])
        return node

    def _operation(self, depth: int) -> Node:
        words = ["union", "intersection", "difference", "symmetric_difference", "complement"]
        word = self.random.choices(words, [3, 3, 3, 2, 1])[0]
        deep = self._node(depth - 1)
        if word == "complement":
            return {word: deep}
        others = [self._node(self.random.randint(0, min(depth - 1, 2) if self.left > 4 else 0))]
        if self.left > 0 and self.random.random() < 0.3:
            others.append(self._node(0))
        operands = [deep, *others]
        self.random.shuffle(operands)
        return {word: operands}

    def _leaf(self) -> Node:
        self.left -= 1
        words: dict[str, Callable[[], Any]] = {
            "polygon": self._polygon,
            "box": self._box,
            "circle": self._circle,
            "ellipse": self._ellipse,
            "annulus": self._annulus,
            "halfplane": self._halfplane,
            "conic": self._conic,
            "polynomial": self._polynomial,
            "path": self._path,
            "text": self._text,
            "sector": self._sector,
            "capsule": self._capsule,
            "rounded_box": self._rounded_box,
            "regular": self._regular,
            "star": self._star,
            "hull": self._hull,
            "offset": self._offset,
        }
        if "part" in self.defined:
            words["use"] = lambda: "part"
        word = self.random.choice([word for word in words if not (self.exact and word == "star")])
        if word == "text":
            self.left -= 3
        return {word: words[word]()}

    # Modifiers.

    def _moves(self) -> Node:
        words: dict[str, Callable[[], Any]] = {
            "scale": self._scale,
            "mirror": self._mirror,
            "rotate": self._rotate,
            "affine": self._affine,
            "translate": lambda: self._point(4),
        }
        chosen = self.random.sample(list(words), self.random.choice([1, 1, 1, 2, 3]))
        return {word: words[word]() for word in chosen}

    def _factor(self) -> Any:
        if self.lattice:
            return self.random.choice([0.5, 2, -1, 1, -0.5, 1.5])
        return self.random.choice([-1, 1]) * self.random.uniform(0.4, 2)

    def _scale(self) -> Any:
        by = self._factor() if self.random.random() < 0.5 else [self._factor(), self._factor()]
        return {"by": by, "about": self._point()} if self.random.random() < 0.5 else by

    def _mirror(self) -> Any:
        if self.random.random() < 0.3:
            (x, y), other = self._two_points()
            return {"through": [[x, y], [x + 1, y - 1] if self.exact else other]}
        return self.random.choice(["x", "y"])

    def _rotate(self) -> Any:
        if self.random.random() < 0.5:
            return {"by": self._angle(), "about": self._point()}
        return self._angle()

    def _affine(self) -> list[Any]:
        a, b, c, d = (self._factor() if k in (0, 3) else self._shear() for k in range(4))
        wide = abs(a * d - b * c) > 0.2
        return [a, b, c, d, *self._point(3)] if wide else self._affine()

    def _shear(self) -> Any:
        if self.lattice:
            return self.random.choice([0, 0, 0.5, -0.5, 1])
        return self.random.uniform(-1, 1)

    def _copies(self) -> Node:
        self.left -= 3
        if self.random.random() < 0.5:
            columns, rows = self.random.choice([(2, 1), (1, 2), (3, 1)])
            body = {"columns": columns, "rows": rows, "step": self._point(5)}
            return {"repeat": body}
        count = self.random.choice([2, 4] if self.exact else [2, 3, 4])
        around = {"count": count, "center": self._point(3)}
        if self.random.random() < 0.3 and not self.exact:
            around["angle"] = self._angle()
        return {"around": around}

    # Primitives.

    def _box(self) -> list[Any]:
        (x, y), (u, v) = self._two_points()
        if x == u or y == v:
            return self._box()
        return [min(x, u), min(y, v), max(x, u), max(y, v)]

    def _polygon(self) -> Any:
        ring = [self._point() for _ in range(self.random.randint(3, 7))]
        outer = shapely.Polygon(ring)
        if not outer.is_valid or outer.area < 2:
            return self._polygon()
        if self.random.random() < 0.6:
            return ring
        holes: list[Any] = []
        for _ in range(60):
            hole = [self._point() for _ in range(self.random.randint(3, 4))]
            if shapely.Polygon(hole).is_valid and shapely.Polygon(hole).area > 0.2:
                whole = shapely.Polygon(ring, [*holes, hole])
                if whole.is_valid and len(holes) < 2:
                    holes.append(hole)
        return {"exterior": ring, "holes": holes} if holes else ring

    def _circle(self) -> Node:
        return {"center": self._point(), "radius": self._length()}

    def _ellipse(self) -> Node:
        radii = [self._length(), self._length()]
        return {"center": self._point(), "radii": radii, "angle": self._angle()}

    def _two_lengths(self) -> tuple[float, float]:
        """Plain numbers, the smaller one first."""
        found = sorted(x for x in (self._length(), self._length()) if not isinstance(x, str))
        if len(found) < 2 or found[1] - found[0] < 0.2:
            return self._two_lengths()
        return found[0], found[1]

    def _annulus(self) -> Node:
        inner, outer = self._two_lengths()
        return {"center": self._point(), "inner": inner, "outer": outer}

    def _halfplane(self) -> Any:
        if self.random.random() < 0.5:
            return {"through": self._two_points()}
        a, b, c = self._coordinate(), self._coordinate(), self._coordinate()
        return [a, b, c] if abs(a) + abs(b) > 0.1 else self._halfplane()

    def _conic(self) -> Any:
        if self.random.random() < 0.3:
            keys = ("xx", "xy", "yy", "x", "y", "one")
            found = {key: self._coordinate(3) for key in keys if self.random.random() < 0.7}
            return found if found.get("xx") or found.get("yy") else self._conic()
        return self._inequality(2)

    def _polynomial(self) -> str:
        if self.random.random() < 0.3:
            x, y, r = self.random.randint(-3, 3), self.random.randint(-3, 3), 4
            p, q = f"(x - {x})".replace("- -", "+ "), f"(y - {y})".replace("- -", "+ ")
            return f"({p}^2 + {q}^2 - {r})^3 <= 4*{p}^2*{q}^3"
        return self._inequality(self.random.choice([3, 4, 4, 5, 6]))

    def _inequality(self, degree: int) -> str:
        """Each term of the size of its factor at some distance from the origin."""
        terms = []
        for i in range(degree + 1):
            for j in range(degree + 1 - i):
                if self.random.random() < (0.8 if degree == 2 else 0.35) or i == degree:
                    factor = self.random.choice([1, 2, 3, 0.5, 0.3, 1.25])
                    sign = self.random.choice("+-")
                    power = "".join(f"*{v}^{n}" for v, n in (("x", i), ("y", j)) if n)
                    terms.append(f"{sign} {factor}{power}/{2 ** (i + j)}")
        text = " ".join(terms).lstrip("+ ")
        text = f"0 {text}" if text.startswith("-") else text
        sign = self.random.choice(["<=", ">="])
        return f"{text} {sign} {self.random.choice([1, 0, 0.1, 'x', '2*y'])}"

    def _path(self) -> Any:
        data = " ".join(self._contour() for _ in range(self.random.choice([1, 1, 2])))
        if self.random.random() < 0.5:
            return data
        return {"d": data, "fill": self.random.choice(["nonzero", "evenodd"])}

    def _contour(self) -> str:
        start = self._written(self._point())
        sides = [self._side() for _ in range(self.random.randint(2, 4))]
        return f"M {start} {' '.join(sides)} L {self._written(self._point())} Z"

    def _written(self, *points: list[Any]) -> str:
        return " ".join(repr(c) for point in points for c in point)

    def _side(self) -> str:
        letter = self.random.choice("LQ" if self.exact else "LLQQCA")
        if letter == "A":
            radii = [x if not isinstance(x, str) else 2 for x in (self._length(), self._length())]
            flags = f"{self.random.randint(0, 1)} {self.random.randint(0, 1)}"
            return f"A {radii[0]} {radii[1]} {self._angle()} {flags} {self._written(self._point())}"
        count = {"L": 1, "Q": 2, "C": 3}[letter]
        return f"{letter} {self._written(*(self._point() for _ in range(count)))}"

    def _text(self) -> Any:
        string = "".join(self.random.sample(LETTERS, self.random.choice([1, 1, 2])))
        size = self.random.choice([4, 8, 8]) if self.lattice else self.random.uniform(3, 10)
        return {"string": string, "size": size, "at": self._point()}

    def _sector(self) -> Node:
        first, last = self._angle(), self._angle()
        if (last - first) % 360 < 1 or (first - last) % 360 < 1:
            return self._sector()
        inner, radius = self._two_lengths()
        found = {"center": self._point(), "radius": radius, "from": first, "to": last}
        return {**found, "inner": inner} if self.random.random() < 0.5 else found

    def _capsule(self) -> Node:
        first, last = self._two_points()
        return {"from": first, "to": last, "radius": self._length(0.5, 3)}

    def _rounded_box(self) -> Node:
        left, low, right, high = box = self._box()
        most = min(right - left, high - low) / 2
        radius = most * self.random.choice([1, 0.5, 0.25])
        return {"box": box, "radius": radius}

    def _regular(self) -> Node:
        sides = 4 if self.exact else self.random.choice([3, 4, 5, 6, 7])
        found = {"sides": sides, "radius": self._length(1), "center": self._point()}
        return {**found, "angle": self._angle()} if self.random.random() < 0.6 else found

    def _star(self) -> Node:
        inner, outer = self._two_lengths()
        points = self.random.choice([3, 4, 5])
        return {"points": points, "outer": outer, "inner": inner, "center": self._point()}

    def _hull(self) -> Any:
        if self.random.random() < 0.4:
            return [self._straight() for _ in range(self.random.randint(1, 2))]
        points = [self._point() for _ in range(self.random.randint(3, 8))]
        flat = shapely.MultiPoint(points).convex_hull.area < 0.5
        return self._hull() if flat else {"points": points}

    def _straight(self) -> Node:
        word = self.random.choice(STRAIGHT[: 3 if self.exact else 4])
        node: Node = {word: getattr(self, f"_{word}")()}
        if self.random.random() < 0.2:
            node.update(self._moves())
        return node

    def _offset(self) -> Node:
        shape = self._straight()
        several = self.random.random() < 0.2
        if self.random.random() < 0.6:
            if several:
                shape = {"union": [shape, self._straight()]}
            return {"shape": shape, "by": self._length(0.5, 2)}
        if several:
            shape = {"intersection": [shape, self._straight()]}
        by = self.random.choice([0.25, 0.5]) if self.lattice else self.random.uniform(0.1, 0.6)
        return {"shape": shape, "by": -by}
