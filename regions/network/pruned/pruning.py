"""Kernels that cut a formula down to what a box leaves open.

A **stream** is a formula in one int32 array, depth first. What stands in a gate are its items,
literals and gates. A gate is a chain or a sum:

    chain   x1 op1 (x2 op2 (... xn))           each op is that of the item before it, AND or OR
    sum     w1 x1 + w2 x2 + ... >= need        with positive weights

A literal is twice the number of its row in `lines`, plus its op. A gate begins with minus the sum
of four times its length, twice its op, and 1 for a sum. A sum then tells what it has to reach and
how much it can reach, and has a weight before each item. The op of a chain's last item says
nothing.

    a AND (b OR (c AND d))               -20  a&  b|  c&  d&        a& = 2 a + 0,  b| = 2 b + 1
    2 a + 2 b + (c OR d) >= 3            -41  3  5  2  a&  2  b&  1  -12  c|  d|

Compiled by Numba (`geometry/compiled.py`), so they must stay in its subset. Nothing is multiplied
and added in one step: LLVM contracts only under `fastmath`, which is off.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regions.network.pruned.bounding import curve_signs

AND, OR = 0, 1
"""Ops. An AND is decided by a 0, an OR by a 1: by its own number."""

SILENT, FIRES, OPEN = 0, 1, 2
"""What is known of a unit on all of a box."""


def retagged(token: int, op: int) -> int:
    """An item's first token with another op."""
    return (token & ~1) | op if token >= 0 else -((-token & ~2) | (2 * op))


def extent(token: int) -> int:
    """The length of an item, given its first token."""
    return 1 if token >= 0 else -token >> 2


def unweighed(stream: Any, start: int, end: int, op: int) -> int:
    """Make a sum that begins at `start` a chain of one op; the new end."""
    read, write = start + 3, start + 1
    while read < end:
        size = extent(stream[read + 1])
        stream[write] = retagged(stream[read + 1], op)
        for k in range(1, size):
            stream[write + k] = stream[read + 1 + k]
        read, write = read + 1 + size, write + size
    return write


def prune(
    stream: Any,
    begin: int,
    write: int,
    lines: Any,
    first: Any,
    feature: Any,
    weight: Any,
    curves: Any,
    bounds: Any,
    slack: float,
    stack: Any,
) -> Any:
    """What a box leaves of a formula; written behind it in the same array.

    The bounds of a line on the box are the sums of its products' extremes, in the forward pass's
    own order, without a tolerance; for curves see `bounding.curve_signs`. A product is monotone in
    its feature and a sum in its terms, in floating point too. So every value that is computed on
    the box lies between the bounds, and a sign that they agree on is that of every one.

    Where the rest of a chain turns out to be a constant v, the items before it whose op v decides
    go with it, from the last on. `cut0` and `cut1` are where the chain then ends, for v = 0 and 1.

    Args:
        stream: Holds the formula at `begin`.
        begin: Its first place.
        write: Where the result goes; from there the array has room for as much again, and a token.
        lines: `(n, 4)`: weights of x and y, bias, and 1 if negated; a curve also has
            twice its row in `curves`, from 1 on.
        first: `(n + 1,)` where the further terms of each row of `lines` begin.
        feature: `(t,)` their features.
        weight: `(t,)` their weights.
        curves: `(c, side * side)` the coefficient of `x^i y^j` of each curve at `i * side + j`.
        bounds: What `bounding.box_bounds` wrote.
        slack: `bounding.SLACK`, or infinity where coordinates are so large that it does not hold.
        stack: `(depth, 6)` int64, working memory.

    Returns:
        The state of the formula, and where what is left of it ends.
    """
    x0, x1, y0, y1 = bounds[0, 0], bounds[0, 1], bounds[1, 0], bounds[1, 1]
    read, depth = begin, -1
    # Of the open gate: where it begins and what it is, where it ends in the source, and for a chain
    # its cuts and the op of its last item, for a sum what it needs, its total and its least weight.
    start, stop, head = 0, 0, 0
    cut0, cut1, last = 0, 0, 0
    while True:
        # Enter the gate at `read`.
        depth += 1
        stack[depth, 0], stack[depth, 1], stack[depth, 2] = start, stop, head
        stack[depth, 3], stack[depth, 4], stack[depth, 5] = cut0, cut1, last
        head = -stream[read]
        start, stop = write, read + (head >> 2)
        if head & 1:
            cut0, cut1, last = stream[read + 1], stream[read + 2], stream[read + 2]
            read, write = read + 3, write + 3
        else:
            read, write = read + 1, write + 1
            cut0, cut1, last = write, write, AND
        # The constant that the rest of the gate has become.
        tail = OPEN
        while True:
            # The literals from here to the next gate. Most of the time goes here, so places have no
            # sign: of others Numba asks whether they count from the end.
            while read < stop:
                token = stream[np.uint64(read + (head & 1))]
                if token < 0:
                    break
                literal = token >> 1
                w0, w1, flags = lines[literal, 0], lines[literal, 1], lines[literal, 3]
                a, b, c, d = w0 * x0, w0 * x1, w1 * y0, w1 * y1
                low, high = min(a, b) + min(c, d), max(a, b) + max(c, d)
                ones, zeros = low + lines[literal, 2] >= 0.0, high + lines[literal, 2] < 0.0
                if flags >= 2.0:
                    flags = float(int(flags) & 1)
                    ones, zeros = curve_signs(
                        literal, low, high, lines, first, feature, weight, curves, bounds, slack,
                    )  # fmt: skip
                negated = flags == 1.0
                known, fires = ones | zeros, ones != negated
                if head & 1:
                    size = stream[read]
                    stream[write], stream[write + 1] = size, token
                    read += 2
                    if not known:
                        write += 2
                        last = min(last, size)
                        continue
                    cut1 -= size
                    cut0 -= size if fires else 0
                    if cut0 <= 0 or cut1 < cut0:
                        tail = FIRES if cut0 <= 0 else SILENT
                        break
                else:
                    last = token & 1
                    # Always written, kept only if open: no branch to mispredict.
                    stream[np.uint64(write)] = token
                    write += 1 - known
                    cut0 = write if (1 - known) & last else cut0
                    cut1 = write if (1 - known) & (1 - last) else cut1
                    read += 1
                    if known & (fires == last):
                        tail = last
                        break
            if tail == OPEN and read < stop:
                if head & 1:
                    stream[write] = stream[read]
                    read, write = read + 1, write + 1
                break
            # Leave the gate, and its parents as long as this decides or completes them.
            while True:
                read = stop
                op = head >> 1 & 1
                if head & 1:
                    chain = False
                    if cut0 <= 0 or cut1 < cut0:
                        tail = FIRES if cut0 <= 0 else SILENT
                    if tail == OPEN and (last >= cut0 or cut1 - last < cut0):
                        chain = True
                        write = unweighed(stream, start, write, OR if last >= cut0 else AND)
                else:
                    chain = True
                    tail = 1 - last if tail == OPEN else tail
                    write = cut1 if tail else cut0
                    tail = OPEN if write > start + 1 else tail
                if tail != OPEN:
                    write = start
                elif chain:
                    token = stream[start + 1]
                    if write == start + 1 + extent(token) and (depth > 0 or token < 0):
                        # One item: it takes the place of the gate.
                        stream[start] = retagged(token, op)
                        for k in range(start + 1, write - 1):
                            stream[k] = stream[k + 1]
                        write -= 1
                    else:
                        stream[start] = -((write - start) * 4 + op * 2)
                else:
                    stream[start] = -((write - start) * 4 + op * 2 + 1)
                    stream[start + 1], stream[start + 2] = cut0, cut1
                if depth == 0:
                    return tail, write
                child = start
                start, stop, head = stack[depth, 0], stack[depth, 1], stack[depth, 2]
                cut0, cut1, last = stack[depth, 3], stack[depth, 4], stack[depth, 5]
                depth -= 1
                if head & 1:
                    size = stream[child - 1]
                    if tail == OPEN:
                        last = min(last, size)
                    else:
                        write = child - 1
                        cut1 -= size
                        cut0 -= size if tail == FIRES else 0
                        tail = FIRES if cut0 <= 0 else SILENT if cut1 < cut0 else OPEN
                else:
                    last = op
                    if tail == OPEN:
                        cut0 = write if op == OR else cut0
                        cut1 = write if op == AND else cut1
                    elif tail != op:
                        tail = OPEN
                if tail == OPEN and read < stop:
                    break


CALLEES_FIRST = (retagged, extent, unweighed, prune)
