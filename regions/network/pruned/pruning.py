"""Kernels that cut a formula down to what a box leaves open; sound without a tolerance.

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

AND, OR = 0, 1
"""Ops. An AND is decided by a 0, an OR by a 1: by its own number."""

SILENT, FIRES, OPEN = 0, 1, 2
"""What is known of a unit on all of a box."""


SLACK = 2.0**-43
"""Relative bound of all rounding in a pre-activation, in its value at the middle of a box, and in
its slopes: fewer than 300 operations on the way to each, 2^-53 each, three times over."""

TINY = 2.0**-700
"""Absolute bound of what underflow does to a feature where coordinates are below 2^20."""


def power_bounds(powers: Any, exponent: int, low_end: int, high_end: int) -> Any:
    """The least and the greatest power of one coordinate on a box.

    It grows with the coordinate where the exponent is odd, with its magnitude where it is even.
    Both hold in floating point: rounding is monotone, and symmetric about 0. So the extremes stand
    at the ends of the box, or at 0.
    """
    a, b = powers[exponent, low_end], powers[exponent, high_end]
    low, high = min(a, b), max(a, b)
    if exponent > 0 and exponent % 2 == 0 and powers[1, low_end] < 0 < powers[1, high_end]:
        low = 0.0
    return low, high


def feature_bounds(monomials: Any, xpow: Any, ypow: Any, box: Any, bounds: Any) -> None:
    """What the monomials do on a box, one row each.

    The columns are: the least and the greatest value, as the forward pass computes it; the value at
    the middle of the box; the least and the greatest slope along x, times half the box's width; the
    same along y; a bound of all these magnitudes together. A product is monotone in each of its
    factors: its extremes stand at the corners. Not every bound is attained.

    Args:
        monomials: `(m, 2)` exponents.
        xpow: `(degree + 1, columns)` powers of the columns' coordinates, which ascend.
        ypow: `(degree + 1, rows)` powers of the rows' coordinates, which fall.
        box: `(4,)` first and last row, first and last column.
        bounds: `(m + degree + 1, 8)`, written to; the last rows are working memory. For lines alone
            only the first two columns.
    """
    top, bottom, left, right = box[0], box[1], box[2], box[3]
    bounds[0, 0], bounds[0, 1] = xpow[1, left], xpow[1, right]
    bounds[1, 0], bounds[1, 1] = ypow[1, bottom], ypow[1, top]
    if len(monomials) == 2:
        return
    xmid = 0.5 * xpow[1, left] + 0.5 * xpow[1, right]
    ymid = 0.5 * ypow[1, bottom] + 0.5 * ypow[1, top]
    across = max(xpow[1, right] - xmid, xmid - xpow[1, left])
    upright = max(ypow[1, top] - ymid, ymid - ypow[1, bottom])
    # Below: the bounds of the powers of either coordinate, and their values at the middle.
    below = len(monomials)
    xmiddle = ymiddle = 1.0
    for i in range(max(len(xpow), len(ypow))):
        if i < len(xpow):
            bounds[below + i, 0], bounds[below + i, 1] = power_bounds(xpow, i, left, right)
        if i < len(ypow):
            bounds[below + i, 2], bounds[below + i, 3] = power_bounds(ypow, i, bottom, top)
        bounds[below + i, 4], bounds[below + i, 5] = xmiddle, ymiddle
        xmiddle *= xmid
        ymiddle *= ymid
    for k in range(len(monomials)):
        i, j = monomials[k, 0], monomials[k, 1]
        bounds[k, 2], bounds[k, 7] = bounds[below + i, 4] * bounds[below + j, 5], TINY
        for part in range(3):
            # The monomial, its slope along x, its slope along y.
            p, q = i - (part == 1), j - (part == 2)
            size = across * i if part == 1 else upright * j if part == 2 else 1.0
            low = high = 0.0
            if p >= 0 and q >= 0:
                xlow, xhigh = bounds[below + p, 0], bounds[below + p, 1]
                ylow, yhigh = bounds[below + q, 2], bounds[below + q, 3]
                a, b, c, d = xlow * ylow, xlow * yhigh, xhigh * ylow, xhigh * yhigh
                low, high = size * min(min(a, b), min(c, d)), size * max(max(a, b), max(c, d))
            column = 0 if part == 0 else 2 * part + 1
            bounds[k, column], bounds[k, column + 1] = low, high
            bounds[k, 7] += max(abs(low), abs(high))


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
    bounds: Any,
    slack: float,
    stack: Any,
) -> Any:
    """What a box leaves of a formula; written behind it in the same array.

    The bounds of a literal on the box are the sums of its products' extremes, in the forward pass's
    own order. A product is monotone in its feature and a sum in its terms, in floating point too.
    So every value that is computed on the box lies between the bounds, and a sign that they agree
    on is that of every one.

    The terms of a curve pull against each other. So it also has the bounds of the mean value
    theorem: its value at the middle, plus or minus the greatest slopes times half the sides. They
    hold for exact arithmetic, and `slack` makes up for all that rounding can do.

    Where the rest of a chain turns out to be a constant v, the items before it whose op v decides
    go with it, from the last on. `cut0` and `cut1` are where the chain then ends, for v = 0 and 1.

    Args:
        stream: Holds the formula at `begin`.
        begin: Its first place.
        write: Where the result goes; from there the array has room for as much again, and a token.
        lines: `(n, 4)`: weights of x and y, bias, and 1 if negated, plus 2 if there are more terms.
        first: `(n + 1,)` where the further terms of each row of `lines` begin.
        feature: `(t,)` their features.
        weight: `(t,)` their weights.
        bounds: What `feature_bounds` wrote.
        slack: `SLACK`, or infinity where coordinates are so large that it does not hold.
        stack: `(6, depth)` int64, working memory.

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
        stack[0, depth], stack[1, depth], stack[2, depth] = start, stop, head
        stack[3, depth], stack[4, depth], stack[5, depth] = cut0, cut1, last
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
            # The literals from here to the next gate.
            while read < stop:
                token = stream[read + (head & 1)]
                if token < 0:
                    break
                literal = token >> 1
                w0, w1, flags = lines[literal, 0], lines[literal, 1], lines[literal, 3]
                a, b, c, d = w0 * x0, w0 * x1, w1 * y0, w1 * y1
                low, high = min(a, b) + min(c, d), max(a, b) + max(c, d)
                ones, zeros = low + lines[literal, 2] >= 0.0, high + lines[literal, 2] < 0.0
                if flags >= 2.0:
                    flags -= 2.0
                    sure = lines[literal, 2]
                    middle, total = sure, abs(sure)
                    xlow = xhigh = ylow = yhigh = 0.0
                    for k in range(first[literal] - 2, first[literal + 1]):
                        at = k - first[literal] + 2 if k < first[literal] else feature[k]
                        w = lines[literal, at] if k < first[literal] else weight[k]
                        if k >= first[literal]:
                            a, b = w * bounds[at, 0], w * bounds[at, 1]
                            low += min(a, b)
                            high += max(a, b)
                        middle += w * bounds[at, 2]
                        a, b = w * bounds[at, 3], w * bounds[at, 4]
                        xlow += min(a, b)
                        xhigh += max(a, b)
                        a, b = w * bounds[at, 5], w * bounds[at, 6]
                        ylow += min(a, b)
                        yhigh += max(a, b)
                        total += abs(w) * bounds[at, 7]
                    reach = max(-xlow, xhigh) + max(-ylow, yhigh) + slack * total
                    ones = low + sure >= 0.0 or middle - reach >= 0.0
                    zeros = high + sure < 0.0 or middle + reach < 0.0
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
                    stream[write] = token
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
                start, stop, head = stack[0, depth], stack[1, depth], stack[2, depth]
                cut0, cut1, last = stack[3, depth], stack[4, depth], stack[5, depth]
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


CALLEES_FIRST = (power_bounds, feature_bounds, retagged, extent, unweighed, prune)
