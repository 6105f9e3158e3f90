"""Kernels that open threshold gates into AND, OR and sums, and write a formula as a stream.

With positive weights over literals, of total W, and the threshold t (see `network/words.py`):

    w >= t       the literal is enough by itself:       literal OR rest,   the rest reaches t
    W - w < t    the others fall short without it:      literal AND rest,  the rest reaches t - w

If any literal can be taken off like this, the heaviest can. So the inputs are sorted by weight, and
one look at each is enough; from where neither holds on, the rest is a sum.

Compiled by Numba, as `pruning.py`, which tells what a stream is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regions.network.pruned.pruning import AND, FIRES, OPEN, OR, SILENT

SUM = 2
"""The op of an item that belongs to the sum at the end of its gate."""


def open_gates(
    start: Any,
    inputs: Any,
    weights: Any,
    bias: Any,
    first: int,
    states: Any,
    opened_start: Any,
    units: Any,
    signed: Any,
    ops: Any,
    needs: Any,
    sizes: Any,
    depths: Any,
) -> None:
    """Open all gates, in order; constants among their inputs are worked in.

    Args:
        start: Compressed rows, as in `Gates`.
        inputs: Likewise.
        weights: Likewise; within a gate their magnitudes fall.
        bias: `(n_gates,)`.
        first: Number of separators.
        states: `(n_gates,)`, written to as all that follows: a constant, or open.
        opened_start: `(n_gates + 1,)` compressed rows of the next three.
        units: The inputs that count, outermost first.
        signed: Their weights.
        ops: How each is joined with all that follow it.
        needs: `(n_gates,)` what the sum has to reach with which a gate ends, if any.
        sizes: `(n_gates,)` float64: tokens of each gate's stream, at most.
        depths: `(n_gates,)` gates that can be open at once in it, at most.
    """
    out = 0
    for gate in range(len(bias)):
        opened_start[gate] = out
        need, total = int(np.ceil(-bias[gate])), 0
        for k in range(start[gate], start[gate + 1]):
            weight, inner = weights[k], inputs[k] - first
            state = states[inner] if inner >= 0 else OPEN
            if state == FIRES:
                need -= weight
            elif state == OPEN:
                total += abs(weight)
                need -= min(weight, 0)
        size, below, last = 1.0, 0, -1
        for k in range(start[gate], start[gate + 1]):
            weight, inner = abs(weights[k]), inputs[k] - first
            if weight == 0 or (inner >= 0 and states[inner] != OPEN):
                continue
            if last != SUM and (need <= 0 or total < need):
                break
            if last == SUM:
                op = SUM
            elif weight >= need:
                op = OR
            else:
                op = AND if total - weight < need else SUM
            if op == SUM and last != SUM:
                size += 3.0
            last = op
            if op == AND:
                need -= weight
            total -= weight
            units[out], signed[out], ops[out] = inputs[k], weights[k], op
            out += 1
            size += 1.0 + (sizes[inner] if inner >= 0 else 1.0)
            below = max(below, depths[inner] if inner >= 0 else 0)
        states[gate] = OPEN
        if out == opened_start[gate]:
            states[gate] = FIRES if need <= 0 else SILENT
        needs[gate], sizes[gate], depths[gate] = need, size, below + 2
    opened_start[len(bias)] = out


def write_stream(
    root: int,
    first: int,
    opened_start: Any,
    units: Any,
    signed: Any,
    ops: Any,
    needs: Any,
    stream: Any,
    separators: Any,
    flips: Any,
    stack: Any,
) -> Any:
    """Write an opened gate as a stream, negations pushed down to the literals.

    `NOT (s >= n)` is `W - s >= W - n + 1`, and W - s is the same sum over the negated literals.

    Args:
        root: The outermost gate's number; not a constant.
        first: Number of separators.
        opened_start: What `open_gates` wrote, as all that follows up to `needs`.
        units: Likewise.
        signed: Likewise.
        ops: Likewise.
        needs: Likewise.
        stream: Written to.
        separators: `(n,)`, written to: the separator of each literal.
        flips: `(n,)`, written to: 1 for a literal that is its negation.
        stack: `(5, depth)` int64, working memory.

    Returns:
        The stream's length, and the number of literals.
    """
    out, literals, depth = 0, 0, -1
    gate, place, flip, op = root, opened_start[root], 0, AND
    while True:
        # Enter a gate, or the sum at its end.
        depth += 1
        is_sum = 1 if ops[place] == SUM else 0
        stack[0, depth], stack[1, depth], stack[2, depth] = gate, place, 2 * op + is_sum
        stack[3, depth], stack[4, depth] = flip, out
        out += 1
        if is_sum:
            total = 0
            for k in range(place, opened_start[gate + 1]):
                total += abs(signed[k])
            stream[out] = total - needs[gate] + 1 if flip else needs[gate]
            stream[out + 1] = total
            out += 2
        while True:
            gate, place, head = stack[0, depth], stack[1, depth], stack[2, depth]
            flip = stack[3, depth]
            end = opened_start[gate + 1]
            if place == end:
                begin = stack[4, depth]
                stream[begin] = -((out - begin) * 4 + head)
                if depth == 0:
                    return out, literals
                depth -= 1
                continue
            if ops[place] == SUM and not head & 1:
                # The rest of a chain is a sum: its last item.
                stack[1, depth], op = end, AND
                break
            op = AND if head & 1 else ops[place] ^ flip
            if head & 1:
                stream[out] = abs(signed[place])
                out += 1
            negated = (signed[place] < 0) ^ flip
            stack[1, depth] = place + 1
            if units[place] >= first:
                gate, flip = units[place] - first, negated
                place = opened_start[gate]
                break
            stream[out] = 2 * literals + op
            separators[literals], flips[literals] = units[place], negated
            out, literals = out + 1, literals + 1


CALLEES_FIRST = (open_gates, write_stream)

SIGNATURES = {
    "open_gates": "(i8[::1], i8[::1], i8[::1], f8[::1], i8, i1[::1], i8[::1], i8[::1], i8[::1],"
    "i1[::1], i8[::1], f8[::1], i8[::1])",
    "write_stream": "(i8, i8, i8[::1], i8[::1], i8[::1], i1[::1], i8[::1], i4[::1], i8[::1],"
    "f8[::1], i8[:,::1])",
}
