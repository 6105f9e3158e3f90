"""A point at which a network and a shape differ, found beside a suspect strand, judged exactly.

Points are homogeneous: integers (X, Y, W) with W > 0 for (X / W, Y / W).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.cell import cell_around
from regions.check.lines import Scene
from regions.check.proof import Witness
from regions.check.views import CHARTS
from regions.geometry.quotients import nearest
from regions.network.model import Network
from regions.network.tiles import FIRES, OPEN, SILENT, Remainder, propagate, reduced

Signs: TypeAlias = NDArray[np.int8]
Objects: TypeAlias = NDArray[Any]
Triple: TypeAlias = tuple[int, int, int]


class Judgement(NamedTuple):
    """What network and shape say at a point.

    Attributes:
        network: The network.
        shape: The shape.
        border: Whether the point lies on the shape's boundary.
        dimension: Of the cell it lies in.
    """

    network: bool
    shape: bool
    border: bool
    dimension: int

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Differences come first, of these those off the border, of these those in faces."""
        return self.network != self.shape, not self.border, self.dimension


def around(scene: Scene, chart: int, line: Triple, across: Triple, way: int) -> Iterator[Triple]:
    """The node of a strand, a point of the strand, and one on each side of it, in the plane.

    Args:
        scene: All lines.
        chart: In which the two forms are given.
        line: The strand's (A, B, C).
        across: Another form that is 0 in the node.
        way: 1 if it runs in the direction (B, -A), or -1.
    """
    order, signs = CHARTS[chart]
    forms = scene.forms[:, order] * np.array(signs, dtype=object)
    # At infinity, where p = 0, the plane ends.
    forms = np.concatenate([forms, np.array([[1, 0, 0]], dtype=object)]) if chart else forms
    a, b, _ = line
    node = _crossing(line, across)
    strand = _moved(forms, node, (way * b, -way * a))
    sides = (_moved(forms, strand, (s * a, s * b)) for s in (1, -1))
    for point in (node, strand, *sides):
        found = [0, 0, 0]
        for place, sign, value in zip(order, signs, point, strict=True):
            found[place] = sign * value
        if found[2] > 0:
            yield found[0], found[1], found[2]


def _crossing(first: Triple, second: Triple) -> Triple:
    (a, b, c), (d, e, f) = first, second
    x, y, w = b * f - c * e, c * d - a * f, a * e - b * d
    return (x, y, w) if w > 0 else (-x, -y, -w)


def _moved(forms: Objects, point: Triple, direction: tuple[int, int]) -> Triple:
    """The point moved half of the way to the first form that is 0 on it, by 1 if there is none.

    The values of a form on the way are `value + t * slope`, times a positive factor.
    """
    x, y, w = point
    dx, dy = direction
    value = forms @ np.array(point, dtype=object)
    slope = (forms[:, 0] * dx + forms[:, 1] * dy) * w
    ahead = np.flatnonzero(np.array(value * slope < 0, dtype=np.bool_))
    rows = zip(value[ahead].tolist(), slope[ahead].tolist(), strict=True)
    step = min((Fraction(abs(v), abs(s)) for v, s in rows), default=Fraction(2)) / 2
    n, d = step.as_integer_ratio()
    return x * d + n * dx * w, y * d + n * dy * w, w * d


def on_the_plane(network: Network, scene: Scene) -> Remainder:
    """The network on one tile, the plane, without separators that are constant."""
    constant = np.where(scene.separator_side > 0, FIRES, SILENT)
    known = np.where(scene.separator_line < 0, constant, OPEN).astype(np.int8)
    return reduced(network, known)


def judged(scene: Scene, rest: Remainder, point: Triple) -> Judgement:
    """What the network, `rest` on its one tile, and the shape say at a point."""
    signs = _signs(scene.forms, point)
    separator = rest.separators
    fires = signs[scene.separator_line[separator]] * scene.separator_side[separator] >= 0
    known = np.where(fires, FIRES, SILENT).astype(np.int8)
    answer = rest.answers(propagate(rest, known[:, np.newaxis]))[0, 0, 0]
    shape, on_edge = _by_shape(scene, point, signs)
    border = on_edge if scene.tree.single else _bordering(scene, point, signs, shape)
    dimension = max(0, 2 - int(np.count_nonzero(signs == 0)))
    return Judgement(bool(answer == FIRES), shape, border, dimension)


def _signs(forms: Objects, point: Triple) -> Signs:
    value = forms @ np.array(point, dtype=object)
    signs: Signs = (value > 0).astype(np.int8) - (value < 0).astype(np.int8)
    return signs


def _bordering(scene: Scene, point: Triple, signs: Signs, shape: bool) -> bool:
    """Whether the shape says something else in an edge or a face beside a point."""
    forms = scene.forms
    for a, b, _ in forms[signs == 0].tolist():
        for way in (1, -1):
            strand = _moved(forms, point, (way * b, -way * a))
            for near in (strand, *(_moved(forms, strand, (s * a, s * b)) for s in (1, -1))):
                if _by_shape(scene, near, _signs(forms, near))[0] != shape:
                    return True
    return False


def _by_shape(scene: Scene, point: Triple, signs: Signs) -> tuple[bool, bool]:
    """Whether a point lies in the shape, and whether on an edge of one of its polygons.

    A ray towards greater x crosses an edge if its ends lie on different sides of it, of which one
    includes the ray, and the point to the left of the edge that runs upwards.
    """
    xs, ys, scale = scene.borders.corners.whole
    ends, count = scene.borders.ends, len(scene.tree.polygons)
    x, y, w = point[0] * scale, point[1] * scale, point[2]
    # The ends relative to the point, times a positive factor.
    dx, dy = (np.array(v, dtype=object)[ends] * w - p for v, p in ((xs, x), (ys, y)))
    on_edge = (signs[scene.edge_line] == 0) & _include_zero(dx) & _include_zero(dy)
    above = (dy > 0).astype(np.bool_)
    turn = dx[:, 0] * dy[:, 1] - dx[:, 1] * dy[:, 0]
    left = (turn > 0).astype(np.bool_) == above[:, 1]
    crossed = (above[:, 0] != above[:, 1]) & left
    inside = np.bincount(scene.borders.polygon[crossed], minlength=count) % 2 == 1
    inside[scene.borders.polygon[on_edge]] = True
    half_planes = signs[scene.half_plane_line] * scene.half_plane_side >= 0
    return scene.tree.truth([*inside.tolist(), *half_planes.tolist()]), bool(on_edge.any())


def _include_zero(pairs: Objects) -> NDArray[np.bool_]:
    """`(n,)` whether 0 lies between two numbers, `(n, 2)`, or is one of them."""
    least, most = pairs.min(axis=1), pairs.max(axis=1)
    between: NDArray[np.bool_] = np.array((least <= 0) & (most >= 0), dtype=np.bool_)
    return between


def witness(scene: Scene, point: Triple, judgement: Judgement) -> Witness:
    """The witness in the user's coordinates, with its cell."""
    unit = Fraction(2) ** scene.frame.exponent
    x, y = map(Fraction, scene.frame.center)
    left, bottom, right, top = map(Fraction, scene.window)
    window = (left - x) * unit, (bottom - y) * unit, (right - x) * unit, (top - y) * unit
    inner = Fraction(point[0], point[2]), Fraction(point[1], point[2])
    corners = cell_around(scene.lines, inner, window)
    exact, *cell = ((u / unit + x, v / unit + y) for u, v in (inner, *corners))
    return Witness(
        exact=exact,
        point=(nearest(exact[0]), nearest(exact[1])),
        dimension=judgement.dimension,
        network=judgement.network,
        shape=judgement.shape,
        cell=tuple(cell),
    )
