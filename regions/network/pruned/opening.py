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

from regions.network.pruned.pruning import AND, FIRES, OPEN, OR, SILENT, SUM


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
    kinds: Any,
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
        kinds: How each is joined with all that follow it.
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
        size, below, runs, last = 0.0, 0, 0, -1
        for k in range(start[gate], start[gate + 1]):
            weight, inner = abs(weights[k]), inputs[k] - first
            if weight == 0 or (inner >= 0 and states[inner] != OPEN):
                continue
            if last != SUM and (need <= 0 or total < need):
                break
            if last == SUM:
                kind = SUM
            elif weight >= need:
                kind = OR
            else:
                kind = AND if total - weight < need else SUM
            if kind != last:
                size, runs, last = size + 3.0, runs + 1, kind
            if kind == AND:
                need -= weight
            total -= weight
            units[out], signed[out], kinds[out] = inputs[k], weights[k], kind
            out += 1
            size += 1.0 + (sizes[inner] if inner >= 0 else 1.0)
            below = max(below, depths[inner] if inner >= 0 else 0)
        states[gate] = OPEN
        if out == opened_start[gate]:
            states[gate] = FIRES if need <= 0 else SILENT
        needs[gate], sizes[gate], depths[gate] = need, size, below + runs
    opened_start[len(bias)] = out


def write_stream(
    root: int,
    first: int,
    opened_start: Any,
    units: Any,
    signed: Any,
    kinds: Any,
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
        kinds: Likewise.
        needs: Likewise.
        stream: Written to.
        separators: `(n,)`, written to: the separator of each literal.
        flips: `(n,)`, written to: 1 for a literal that is its negation.
        stack: `(5, depth)` int64, working memory.

    Returns:
        The stream's length, and the number of literals.
    """
    out, literals, depth = 0, 0, -1
    gate, place, flip, kind = root, opened_start[root], 0, SUM
    entering = True
    while True:
        if entering:
            # The run of inputs from `place` on that are joined alike; its literals come first.
            entering = False
            end, stop = opened_start[gate + 1], place
            own = SUM if kinds[place] == SUM else kinds[place] ^ flip
            depth += 1
            stack[4, depth] = out if own == SUM or own != kind else -1
            if stack[4, depth] >= 0:
                out += 1
            if own == SUM:
                total = 0
                for k in range(place, end):
                    total += abs(signed[k])
                stream[out] = total - needs[gate] + 1 if flip else needs[gate]
                stream[out + 1] = total
                out += 2
            while stop < end and kinds[stop] == kinds[place]:
                if units[stop] < first:
                    if own == SUM:
                        stream[out] = abs(signed[stop])
                        out += 1
                    stream[out] = literals
                    separators[literals] = units[stop]
                    flips[literals] = (signed[stop] < 0) ^ flip
                    out, literals = out + 1, literals + 1
                stop += 1
            stack[0, depth], stack[1, depth], stack[2, depth] = gate, place, stop
            stack[3, depth] = own * 2 + flip
        gate, place, stop = stack[0, depth], stack[1, depth], stack[2, depth]
        kind, flip = stack[3, depth] >> 1, stack[3, depth] & 1
        while place < stop and units[place] < first:
            place += 1
        stack[1, depth] = place + 1
        if place < stop:
            # Then its gates, one by one.
            if kind == SUM:
                stream[out] = abs(signed[place])
                out += 1
            flip ^= signed[place] < 0
            gate = units[place] - first
            place = opened_start[gate]
            entering = True
        elif place == stop and stop < opened_start[gate + 1]:
            # At last what it joins with the rest of its own gate.
            entering = True
        else:
            begin = stack[4, depth]
            if begin >= 0:
                stream[begin] = -((out - begin) * 4 + kind)
            if depth == 0:
                return out, literals
            depth -= 1


CALLEES_FIRST = (open_gates, write_stream)
