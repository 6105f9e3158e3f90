"""A diagram whose parts have places, in points to the right and down from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from regions.draw.wiring.model import Chart, Node

Point: TypeAlias = tuple[float, float]


class Place(NamedTuple):
    """A rectangle: its left edge, its middle downwards, its width and height."""

    left: float
    middle: float
    width: float
    height: float


class Stroke(NamedTuple):
    """A piece of a wire: a bend from `start` to `bent`, then level to `end`.

    Attributes:
        source: The node it comes from.
        connections: How many it stands for.
        gap: From where to where it is left out for a number, or None.
    """

    start: Point
    bent: Point
    end: Point
    source: int
    connections: int
    gap: tuple[float, float] | None = None


class Tag(NamedTuple):
    """A wire's number, centred on a point, and the node whose wire it is."""

    at: Point
    text: str
    source: int


@dataclass(frozen=True)
class Layout:
    """A diagram.

    Attributes:
        chart: What it consists of.
        nodes: With as much of their words as fits.
        size: Width and height.
        places: Of the nodes.
        beside: From the left edge of a flat node to what stands beside its name.
        heads: The middle of each column.
        strokes: All wires in pieces.
        tags: The numbers.
        circles: Middles of the hollow circles.
    """

    chart: Chart
    nodes: tuple[Node, ...]
    size: tuple[float, float]
    places: tuple[Place, ...]
    beside: float
    heads: tuple[float, ...]
    strokes: tuple[Stroke, ...]
    tags: tuple[Tag, ...]
    circles: tuple[Point, ...]
