"""A straight CSG tree as a circuit over its primitives: closed polygons and closed half-planes.

Booleans are pointwise, so each is a threshold gate over what its operands say: nothing more is
needed to walk the tree along with the network. No compiler has a part in this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from regions.network.layers import gates_from_rows
from regions.network.model import Gates, Network
from regions.shape.model import (
    Box,
    Complement,
    Difference,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
    operands,
)

Row = tuple[list[int], list[int], float]


@dataclass(frozen=True, eq=False)
class Tree:
    """A shape with straight borders.

    Attributes:
        polygons: Its polygons and boxes: the first inputs of the circuit.
        half_planes: Its half-planes, the next ones.
        gates: What combines them.
        root: The input or gate that is the shape.
    """

    polygons: tuple[shapely.Geometry, ...]
    half_planes: tuple[HalfPlane, ...]
    gates: Gates
    root: int

    @property
    def single(self) -> bool:
        """Whether it is one polygon, and nothing is combined."""
        return not len(self.gates) and not self.half_planes

    def truth(self, inputs: Sequence[bool]) -> bool:
        """Whether a point belongs to the shape, given whether it belongs to each primitive."""
        said = list(inputs)
        for gate, bias in enumerate(self.gates.bias.tolist()):
            row = self.gates.row(gate)
            read = zip(
                self.gates.inputs[row].tolist(), self.gates.weights[row].tolist(), strict=True
            )
            said.append(sum(weight for unit, weight in read if said[unit]) + bias >= 0)
        return said[self.root]


def is_straight(network: Network, shape: Shape) -> bool:
    """Whether all separators of a network, and all primitives of a shape, have straight borders."""
    leaves = (node for node in bottom_up(shape) if not operands(node))
    straight = all(isinstance(node, Polygonal | Box | HalfPlane) for node in leaves)
    return straight and not network.weights[:, 2:].any()


def read_tree(shape: Shape) -> Tree:
    """Read a CSG tree.

    Raises:
        ValueError: A primitive is a curve.
    """
    nodes = list(bottom_up(shape))
    leaves = [node for node in nodes if not operands(node)]
    polygons = [node for node in leaves if isinstance(node, Polygonal | Box)]
    half_planes = [node for node in leaves if isinstance(node, HalfPlane)]
    if len(polygons) + len(half_planes) < len(leaves):
        raise ValueError("the shape has a curve")
    number = {id(node): i for i, node in enumerate([*polygons, *half_planes])}
    rows: list[Row] = []
    for node in nodes:
        if operands(node):
            inputs = [number[id(operand)] for operand in operands(node)]
            rows += _gates_of(node, inputs, len(leaves) + len(rows))
            number[id(node)] = len(leaves) + len(rows) - 1
    return Tree(
        polygons=tuple(_geometry(node) for node in polygons),
        half_planes=tuple(half_planes),
        gates=gates_from_rows(rows),
        root=number[id(shape)],
    )


def _geometry(node: Polygonal | Box) -> shapely.Geometry:
    match node:
        case Polygonal(geometry):
            return geometry
        case Box(xmin, ymin, xmax, ymax):
            return shapely.box(xmin, ymin, xmax, ymax)


def _gates_of(node: Shape, inputs: list[int], first: int) -> list[Row]:
    """The gates of a boolean, the last one its own, numbered from `first` on."""
    ones = [1] * len(inputs)
    match node:
        case Union():
            return [(inputs, ones, -0.5)]
        case Intersection():
            return [(inputs, ones, 0.5 - len(inputs))]
        case Difference():
            return [(inputs, [1] + [-1] * (len(inputs) - 1), -0.5)]
        case Complement():
            return [(inputs, [-1], 0.5)]
        case SymmetricDifference():
            rows: list[Row] = []
            odd = inputs[0]
            for operand in inputs[1:]:
                either = first + len(rows)
                rows.append(([odd, operand], [1, 1], -0.5))
                rows.append(([odd, operand], [1, 1], -1.5))
                rows.append(([either, either + 1], [1, -1], -0.5))
                odd = either + 2
            return rows
        case _:
            raise AssertionError(f"{type(node).__name__} has no operands")
