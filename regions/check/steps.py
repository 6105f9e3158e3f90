"""A walk along one line: what a circuit says on it, on its left, and on its right.

The line runs from crossing to crossing. Between two of them no sign changes but at the crossing
itself, so all is known of the three strips from what changed: the literals of the lines that are
crossed, and the polygons whose edges lie there. What a unit's turn means for the sums of its
readers is added to them, and goes on where a gate turns too.

These functions run as they stand, over lists, or compiled, over arrays.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = Sequence[int] | NDArray[np.int64]
Changing: TypeAlias = MutableSequence[int] | NDArray[np.int64]

LEFT, RIGHT, ON, AFAR = 0, 1, 2, 3
"""Copies of the circuit: beside a line, on it, and where it begins."""

LEFT_DIFFERS, RIGHT_DIFFERS, DIFFERS, MIXED = 1, 2, 4, 8
"""Marks. `MIXED`: around the edge or vertex the shape does not say the same everywhere."""


class Wiring(NamedTuple):
    """Two functions of the same lines as one circuit.

    Its units are literals, then polygons, then gates, each after all that it reads.

    Attributes:
        literal_start: `(n + 1,)` where the literals of each line begin.
        literal_unit: The unit of each.
        literal_side: 1 or -1: it fires where side * line >= 0.
        edge_start: `(n + 1,)` where the edges on each line begin.
        edge_from: A corner of each.
        edge_to: Its other corner.
        edge_unit: The unit of its polygon.
        reader_start: `(size + 1,)` where the readers of each unit begin.
        reader_gate: Which gate reads it.
        reader_weight: With twice which weight.
        bias: `(g,)` twice the bias of each gate.
        constant: Units that are neither literals nor polygons nor gates, and fire everywhere.
        network: The unit of the network's region.
        shape: The unit of the shape.
    """

    literal_start: Numbers
    literal_unit: Numbers
    literal_side: Numbers
    edge_start: Numbers
    edge_from: Numbers
    edge_to: Numbers
    edge_unit: Numbers
    reader_start: Numbers
    reader_gate: Numbers
    reader_weight: Numbers
    bias: Numbers
    constant: Numbers
    network: int
    shape: int


class State(NamedTuple):
    """What four copies of the circuit say.

    Attributes:
        fired: `(4 * size,)`.
        sums: `(4 * g,)` twice the sum of each gate, its bias included.
        queued: `(4 * g,)` whether a gate is to be looked at again.
        touched: `(size,)` room for polygons whose border a vertex lies on.
    """

    fired: Changing
    sums: Changing
    queued: Changing
    touched: Changing


def turn(wiring: Wiring, state: State, copy: int, unit: int, value: int, dirty: list[int]) -> None:
    """Let a unit say 0 or 1, and tell its readers."""
    size, gates = len(wiring.reader_start) - 1, len(wiring.bias)
    at = copy * size + unit
    if state.fired[at] == value:
        return
    state.fired[at] = value
    first = (copy + 1) * size - gates
    for k in range(wiring.reader_start[unit], wiring.reader_start[unit + 1]):
        gate = wiring.reader_gate[k]
        weight = wiring.reader_weight[k]
        total = state.sums[copy * gates + gate] + (weight if value == 1 else -weight)
        state.sums[copy * gates + gate] = total
        fires = 1 if total >= 0 else 0
        if fires != state.fired[first + gate] and state.queued[copy * gates + gate] == 0:
            state.queued[copy * gates + gate] = 1
            heappush(dirty, gate)


def settle(wiring: Wiring, state: State, copy: int, dirty: list[int]) -> None:
    """Let gates turn whose sums have changed, in the order in which they stand."""
    gates = len(wiring.bias)
    first = len(wiring.reader_start) - 1 - gates
    while len(dirty) > 0:
        gate = heappop(dirty)
        state.queued[copy * gates + gate] = 0
        value = 1 if state.sums[copy * gates + gate] >= 0 else 0
        turn(wiring, state, copy, first + gate, value, dirty)


def begin(wiring: Wiring, state: State, line: int, signs: Numbers, dirty: list[int]) -> None:
    """All copies where a line begins, at infinity: no polygon is there.

    Args:
        wiring: The circuit.
        state: Is changed. Its copy at infinity says what it did where another line began.
        line: Which line is walked.
        signs: `(n,)` of all lines.
        dirty: Empty; it is so again afterwards.
    """
    size, gates = len(wiring.reader_start) - 1, len(wiring.bias)
    for number in range(len(signs)):
        for k in range(wiring.literal_start[number], wiring.literal_start[number + 1]):
            value = 1 if wiring.literal_side[k] * signs[number] >= 0 else 0
            turn(wiring, state, AFAR, wiring.literal_unit[k], value, dirty)
    settle(wiring, state, AFAR, dirty)
    for copy in (LEFT, RIGHT):
        state.fired[copy * size : (copy + 1) * size] = state.fired[AFAR * size :]
        state.sums[copy * gates : (copy + 1) * gates] = state.sums[AFAR * gates :]
        side = 1 if copy == LEFT else -1
        for k in range(wiring.literal_start[line], wiring.literal_start[line + 1]):
            value = 1 if wiring.literal_side[k] == side else 0
            turn(wiring, state, copy, wiring.literal_unit[k], value, dirty)
        settle(wiring, state, copy, dirty)
    # On the line itself all its literals fire, as they do in the copy at infinity.
    state.fired[ON * size : (ON + 1) * size] = state.fired[AFAR * size :]
    state.sums[ON * gates : (ON + 1) * gates] = state.sums[AFAR * gates :]


def differ(wiring: Wiring, state: State, copy: int) -> bool:
    """Whether network and shape differ in a copy."""
    at = copy * (len(wiring.reader_start) - 1)
    return state.fired[at + wiring.network] != state.fired[at + wiring.shape]


def compared(wiring: Wiring, state: State) -> int:
    """The marks of an edge, from all three copies."""
    marks = LEFT_DIFFERS if differ(wiring, state, LEFT) else 0
    marks += RIGHT_DIFFERS if differ(wiring, state, RIGHT) else 0
    marks += DIFFERS if differ(wiring, state, ON) else 0
    size = len(wiring.reader_start) - 1
    left = state.fired[LEFT * size + wiring.shape]
    right = state.fired[RIGHT * size + wiring.shape]
    on = state.fired[ON * size + wiring.shape]
    return marks if left == right and left == on else marks + MIXED


def pass_by(
    wiring: Wiring, state: State, line: int, after: int, corners: Numbers, dirty: list[int]
) -> None:
    """On the left and on the right, cross a line.

    On the left an edge is met if one of its ends lies strictly on the left and the other does not.

    Args:
        wiring: The circuit.
        state: Is changed.
        line: The line that is crossed.
        after: Its sign behind the crossing.
        corners: `(v,)` the sign of the walked line in each corner, positive on its left.
        dirty: Empty; it is so again afterwards.
    """
    size = len(wiring.reader_start) - 1
    for copy in (LEFT, RIGHT):
        side = 1 if copy == LEFT else -1
        for k in range(wiring.literal_start[line], wiring.literal_start[line + 1]):
            value = 1 if wiring.literal_side[k] == after else 0
            turn(wiring, state, copy, wiring.literal_unit[k], value, dirty)
        for k in range(wiring.edge_start[line], wiring.edge_start[line + 1]):
            begins = corners[wiring.edge_from[k]] == side
            ends = corners[wiring.edge_to[k]] == side
            if begins != ends:
                unit = wiring.edge_unit[k]
                turn(wiring, state, copy, unit, 1 - state.fired[copy * size + unit], dirty)
        settle(wiring, state, copy, dirty)


def meet(wiring: Wiring, state: State, line: int, corners: Numbers, dirty: list[int]) -> None:
    """On the walked line, come to a point of another: this is 0 there.

    A closed polygon contains the point if an edge does, one whose ends do not lie strictly on one
    side of the walked line.
    """
    for k in range(wiring.literal_start[line], wiring.literal_start[line + 1]):
        turn(wiring, state, ON, wiring.literal_unit[k], 1, dirty)
    for k in range(wiring.edge_start[line], wiring.edge_start[line + 1]):
        if corners[wiring.edge_from[k]] * corners[wiring.edge_to[k]] <= 0:
            unit = wiring.edge_unit[k]
            state.touched[unit] = 1
            turn(wiring, state, ON, unit, 1, dirty)


def leave(wiring: Wiring, state: State, line: int, after: int, dirty: list[int]) -> None:
    """On the walked line, leave a point of another.

    A closed polygon contains what lies between if it contains what is on the left or on the right.
    """
    size = len(wiring.reader_start) - 1
    for k in range(wiring.literal_start[line], wiring.literal_start[line + 1]):
        value = 1 if wiring.literal_side[k] == after else 0
        turn(wiring, state, ON, wiring.literal_unit[k], value, dirty)
    for k in range(wiring.edge_start[line], wiring.edge_start[line + 1]):
        unit = wiring.edge_unit[k]
        if state.touched[unit] == 1:
            state.touched[unit] = 0
            beside = state.fired[LEFT * size + unit] + state.fired[RIGHT * size + unit]
            turn(wiring, state, ON, unit, 1 if beside > 0 else 0, dirty)


def walk(
    wiring: Wiring,
    state: State,
    line: int,
    before: Numbers,
    after: Numbers,
    crossed: Numbers,
    start: Numbers,
    corners: Numbers,
    edges: Changing,
    vertices: Changing,
) -> None:
    """Compare network and shape along a line, on both its sides, and in its vertices.

    Args:
        wiring: The circuit.
        state: What another walk left, or `room` for the first one.
        line: The line that is walked; its left is where it is positive.
        before: `(n,)` the sign of each line at the beginning.
        after: `(n,)` at the end.
        crossed: `(k,)` the lines that are crossed, in order.
        start: `(p + 1,)` where those through each of p points begin.
        corners: `(v,)` the sign of the line in each corner.
        edges: `(p + 1,)` receives the marks of the edges.
        vertices: `(p,)` receives those of the vertices: `DIFFERS`, `MIXED`.
    """
    size = len(wiring.reader_start) - 1
    dirty = [0]
    dirty.pop()
    begin(wiring, state, line, before, dirty)
    edges[0] = compared(wiring, state)
    for point in range(len(start) - 1):
        said = state.fired[ON * size + wiring.shape]
        for k in range(start[point], start[point + 1]):
            pass_by(wiring, state, crossed[k], after[crossed[k]], corners, dirty)
        for k in range(start[point], start[point + 1]):
            meet(wiring, state, crossed[k], corners, dirty)
        settle(wiring, state, ON, dirty)
        there = state.fired[ON * size + wiring.shape]
        differs = differ(wiring, state, ON)
        for k in range(start[point], start[point + 1]):
            leave(wiring, state, crossed[k], after[crossed[k]], dirty)
        settle(wiring, state, ON, dirty)
        edges[point + 1] = compared(wiring, state)
        mixed = said != there or there != state.fired[ON * size + wiring.shape]
        mixed = mixed or (edges[point] | edges[point + 1]) & MIXED != 0
        vertices[point] = (DIFFERS if differs else 0) + (MIXED if mixed else 0)


CALLEES_FIRST = (turn, settle, begin, differ, compared, pass_by, meet, leave, walk)
"""For the compiler, see `geometry/compiled.py`."""

CALLED = ("turn", "settle")
"""Called in thirteen places: expanded there, they run no faster and compile in twice the time."""
