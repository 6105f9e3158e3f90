"""Which columns each wire passes: one with no end there gets a waypoint, shared by its readers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from regions.draw.wiring.model import Chart, Wire
from regions.draw.wiring.order import Columns, ordered


@dataclass(frozen=True)
class Routes:
    """Vertices are the nodes, by number, and after them the waypoints.

    Attributes:
        columns: The vertices of each, from the top.
        column: Of each vertex.
        origin: The node whose wires pass each vertex, itself for a node.
        joins: Pairs of vertices in neighbouring columns, with the connections between them.
        wires: The wire that ends with a pair.
    """

    columns: Columns
    column: tuple[int, ...]
    origin: tuple[int, ...]
    joins: dict[tuple[int, int], int]
    wires: dict[tuple[int, int], Wire]

    def tells(self, chart: Chart, pair: tuple[int, int]) -> bool:
        """Whether a join says where its reader belongs; every separator reads the inputs."""
        forms = [chart.nodes[self.origin[vertex]].form for vertex in pair]
        return forms[0] != "input" or forms[1] == "input"

    def entering(self, node: int) -> list[Wire]:
        """The wires that end at a node."""
        return [wire for wire in self.wires.values() if wire.target == node]


def routes(chart: Chart) -> Routes:
    """The ways of all wires, and the order of the boxes in which few of them cross."""
    column = [node.column for node in chart.nodes]
    origin = list(range(len(column)))
    passed: dict[tuple[int, int], int] = {}
    joins: dict[tuple[int, int], int] = {}
    wires: dict[tuple[int, int], Wire] = {}
    for wire in chart.wires:
        way = [wire.source]
        for number in range(chart.nodes[wire.source].column + 1, chart.nodes[wire.target].column):
            key = (wire.source, number)
            if key not in passed:
                passed[key] = len(column)
                column.append(number)
                origin.append(wire.source)
            way.append(passed[key])
        # One unit's wires are one value, however many read it.
        add = chart.nodes[wire.source].form == "group"
        for pair in zip(way, [*way[1:], wire.target], strict=True):
            before, here = joins.get(pair, 0), wire.connections
            joins[pair] = before + here if add else max(before, here)
        wires[way[-1], wire.target] = wire
    columns = tuple(
        tuple(v for v, number in enumerate(column) if number == c) for c in range(len(chart.heads))
    )
    found = Routes(columns, tuple(column), tuple(origin), joins, wires)
    telling = [pair for pair in joins if found.tells(chart, pair)]
    return replace(found, columns=ordered(columns, telling))
