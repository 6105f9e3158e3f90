"""A kernel that turns a formula into a branching program, which is walked for one point at a time.

A **program** is a table of nodes. A node tests a line, `(w0*u + w1*v) + b >= 0`, and says where to
go on if so, and if not. A chain needs nothing else: what decides an item decides where to go. A sum
has a counter, and nodes that set and raise it.

A node has 32 bytes, four doubles or eight int32:

    a line     w0         w1           b    | if it fires, if not
    special    kind, row  weight, need      | if so, if not

A target is twice the number of a node, plus 1 if that is special, or `ACCEPT` or `REJECT`. The node
of an item has the number of its first token, so the heads of chains leave gaps.

Compiled by Numba, as `pruning.py`, which tells what a stream is.
"""

from __future__ import annotations

from typing import Any

from regions.network.pruned.pruning import OR, extent

ACCEPT, REJECT, BEYOND = -1, -2, -3
"""Targets that end a program; the last one where there is none that could tell."""

CURVE, RESET, ADD = 0, 1, 2
"""Kinds of special nodes: test the curve of a row; set the counter of a row to 0; add a weight to
it and ask whether it reaches what is needed."""


def entry(stream: Any, place: int, shift: int, lines: Any) -> int:
    """The target that begins an item: its first literal, or the node that resets its counter."""
    while stream[place] < 0 and not -stream[place] & 1:
        place += 1
    token = stream[place]
    special: bool = token < 0 or lines[token >> 1, 3] >= 2.0
    return 2 * (place + shift) + special


def write_program(
    stream: Any, begin: int, lines: Any, start: int, nodes: Any, jumps: Any, stack: Any
) -> int:
    """Write a formula as a program; where it is entered.

    Args:
        stream: Holds the formula at `begin`.
        begin: Its first place.
        lines: As for `pruning.prune`.
        start: The number of the node at `begin`. One for each token must be free, but not this one
            if the formula is a chain.
        nodes: `(n, 4)` float64, written to.
        jumps: `(n, 8)` int32, the same memory.
        stack: `(depth, 6)` int64, working memory.

    Returns:
        A target.
    """
    shift, read, depth = start - begin, begin, -1
    fires, fails = ACCEPT, REJECT
    while True:
        # The item at `read`, whose targets are known.
        token = stream[read]
        node = read + shift
        if token >= 0:
            literal = token >> 1
            flags = lines[literal, 3]
            if flags >= 2.0:
                flags = float(int(flags) & 1)
                jumps[node, 0], jumps[node, 1] = CURVE, literal
            else:
                for k in range(3):
                    nodes[node, k] = lines[literal, k]
            jumps[node, 6], jumps[node, 7] = fires, fails
            if flags == 1.0:
                jumps[node, 6], jumps[node, 7] = fails, fires
            read += 1
        else:
            depth += 1
            head = -token
            stack[depth, 0], stack[depth, 1] = read + (head >> 2), head
            stack[depth, 2], stack[depth, 3] = fires, fails
            read += 1
            if head & 1:
                stack[depth, 4] = stream[read]
                read += 2
                jumps[node, 0], jumps[node, 1] = RESET, depth
                jumps[node, 6] = jumps[node, 7] = entry(stream, read + 1, shift, lines)
        while depth >= 0 and read == stack[depth, 0]:
            depth -= 1
        if depth < 0:
            return entry(stream, begin, shift, lines)
        # The targets of the next item of the gate that is open.
        stop, head, fires, fails = (
            stack[depth, 0],
            stack[depth, 1],
            stack[depth, 2],
            stack[depth, 3],
        )
        if head & 1:
            node, size = read + shift, stream[read]
            read += 1
            after = read + extent(stream[read])
            if after < stop:
                fails = entry(stream, after + 1, shift, lines)
            jumps[node, 0], jumps[node, 1] = ADD, depth
            jumps[node, 2], jumps[node, 3] = size, stack[depth, 4]
            jumps[node, 6], jumps[node, 7] = fires, fails
            fires = 2 * node + 1
        else:
            token = stream[read]
            op = token & 1 if token >= 0 else -token >> 1 & 1
            after = read + extent(token)
            if after < stop:
                following = entry(stream, after, shift, lines)
                if op == OR:
                    fails = following
                else:
                    fires = following


CALLEES_FIRST = (entry, write_program)
