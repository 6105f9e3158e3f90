"""Kernels that cut a formula down to what a box leaves open; sound without a tolerance.

A **stream** is a formula in one int32 array, depth first. A gate begins with minus four times its
length plus its kind; what it joins follows, literals (rows of `lines`) and gates:

    AND(a, OR(b, c), d)            -24  a  -13  b  c  d
    2 a + 2 b + OR(c, d) >= 3      -42  3  5  2  a  2  b  1  -13  c  d

A sum also tells what it has to reach, how much it can reach, and a weight, positive, before each
thing it adds. A gate joins at least two things, and neither AND nor OR a gate of its own kind;
where the whole formula is one literal, one gate joins that.

Compiled by Numba (`geometry/compiled.py`), so they must stay in its subset. Nothing is multiplied
and added in one step: LLVM contracts only under `fastmath`, which is off.
"""

from __future__ import annotations

from typing import Any

AND, OR, SUM = 0, 1, 2
"""Kinds of gates. An AND is decided by a 0, an OR by a 1: by its own number."""

SILENT, FIRES, OPEN = 0, 1, 2
"""What is known of a unit on all of a box."""


def feature_bounds(monomials: Any, xpow: Any, ypow: Any, box: Any, bounds: Any) -> None:
    """The least and the greatest value of each monomial on a box, as the forward pass computes it.

    A power of one coordinate grows with it where its exponent is odd, and with its magnitude where
    it is even. Both hold in floating point: rounding is monotone, and symmetric about 0. So its
    extremes stand at the ends of the box, or at 0. A product is monotone in each of its factors:
    its extremes stand at the corners. Not every bound is attained.

    Args:
        monomials: `(m, 2)` exponents.
        xpow: `(degree + 1, columns)` powers of the columns' coordinates, which ascend.
        ypow: `(degree + 1, rows)` powers of the rows' coordinates, which fall.
        box: `(4,)` first and last row, first and last column.
        bounds: `(m, 2)`, written to.
    """
    top, bottom, left, right = box[0], box[1], box[2], box[3]
    for k in range(len(monomials)):
        i, j = monomials[k, 0], monomials[k, 1]
        a, b = xpow[i, left], xpow[i, right]
        xlow, xhigh = min(a, b), max(a, b)
        if i % 2 == 0 and i > 0 and xpow[1, left] < 0 < xpow[1, right]:
            xlow = 0.0
        a, b = ypow[j, top], ypow[j, bottom]
        ylow, yhigh = min(a, b), max(a, b)
        if j % 2 == 0 and j > 0 and ypow[1, bottom] < 0 < ypow[1, top]:
            ylow = 0.0
        p, q, r, s = xlow * ylow, xlow * yhigh, xhigh * ylow, xhigh * yhigh
        bounds[k, 0] = min(min(p, q), min(r, s))
        bounds[k, 1] = max(max(p, q), max(r, s))


def literal_state(token: int, lines: Any, terms: Any, bounds: Any) -> Any:
    """Whether a literal holds on all of a box, and whether on none of it.

    Its bounds are the sums of its products' extremes, in the forward pass's own order. A product is
    monotone in its feature and a sum in its terms, in floating point too. So every value that is
    computed on the box lies between the bounds, and a sign that they agree on is that of every one.

    Args:
        token: The literal.
        lines: `(n, 4)`: weights of x and y, bias, and 1 if negated, plus 2 if there are more terms.
        terms: `(first, feature, weight)`: the further terms of each literal, in compressed rows.
        bounds: `(m, 2)` extremes of the features on the box.
    """
    w0, w1, flags = lines[token, 0], lines[token, 1], lines[token, 3]
    a, b, c, d = w0 * bounds[0, 0], w0 * bounds[0, 1], w1 * bounds[1, 0], w1 * bounds[1, 1]
    low, high = min(a, b) + min(c, d), max(a, b) + max(c, d)
    if flags >= 2.0:
        first, feature, weight = terms
        flags -= 2.0
        for k in range(first[token], first[token + 1]):
            a, b = weight[k] * bounds[feature[k], 0], weight[k] * bounds[feature[k], 1]
            low += min(a, b)
            high += max(a, b)
    fires, silent = low + lines[token, 2] >= 0.0, high + lines[token, 2] < 0.0
    negated = flags == 1.0
    return (fires & (not negated)) | (silent & negated), (silent & (not negated)) | (fires & negated)


def shift(stream: Any, place: int, end: int) -> int:
    """Take one token out; the new end."""
    for k in range(place, end - 1):
        stream[k] = stream[k + 1]
    return end - 1


def unweighed(stream: Any, start: int, end: int) -> int:
    """Make a sum that begins at `start` a gate without weights; the new end."""
    read, write = start + 3, start + 1
    while read < end:
        token = stream[read + 1]
        size = 1 if token >= 0 else -token >> 2
        for k in range(size):
            stream[write + k] = stream[read + 1 + k]
        read, write = read + 1 + size, write + size
    return write


def prune(
    stream: Any, begin: int, write: int, lines: Any, terms: Any, bounds: Any, stack: Any
) -> Any:
    """What a box leaves of a formula; written behind it in the same array.

    Args:
        stream: Holds the formula at `begin`.
        begin: Its first place.
        write: Where the result goes; from there the array has room for as much again, and a token.
        lines: As for `literal_state`.
        terms: Likewise.
        bounds: Likewise.
        stack: `(6, depth)` int64, working memory.

    Returns:
        The state of the formula, and where what is left of it ends.
    """
    read, depth = begin, -1
    start, stop, kind, need, total, least = 0, 0, 0, 0, 0, 0
    while True:
        # Enter the gate at `read`.
        depth += 1
        stack[0, depth], stack[1, depth], stack[2, depth] = start, stop, kind
        stack[3, depth], stack[4, depth], stack[5, depth] = need, total, least
        size = -stream[read]
        start, stop, kind = write, read + (size >> 2), size & 3
        read, write = read + 1, write + 1
        if kind == SUM:
            need, total = stream[read], stream[read + 1]
            least = total
            read, write = read + 2, write + 2
        while True:
            # The literals from here to the next gate.
            state = OPEN
            if kind == SUM:
                while read < stop and stream[read + 1] >= 0:
                    weight, token = stream[read], stream[read + 1]
                    fires, silent = literal_state(token, lines, terms, bounds)
                    stream[write], stream[write + 1] = weight, token
                    read += 2
                    if fires | silent:
                        total -= weight
                        need -= weight if fires else 0
                    else:
                        write += 2
                        least = min(least, weight)
                if need <= 0 or total < need:
                    state = FIRES if need <= 0 else SILENT
            else:
                while read < stop:
                    token = stream[read]
                    if token < 0:
                        break
                    fires, silent = literal_state(token, lines, terms, bounds)
                    # Always written, kept only if open: no branch to mispredict.
                    stream[write] = token
                    write += 1 - (fires | silent)
                    read += 1
                    if (fires & (kind == OR)) | (silent & (kind == AND)):
                        state = kind
                        break
            if state == OPEN and read < stop:
                if kind == SUM:
                    stream[write] = stream[read]
                    read, write = read + 1, write + 1
                break
            # Leave the gate, and its parents as long as this decides or completes them.
            while True:
                if state == OPEN and kind == SUM:
                    if least >= need or total - least < need:
                        kind = OR if least >= need else AND
                        write = unweighed(stream, start, write)
                    else:
                        stream[start + 1], stream[start + 2] = need, total
                if state == OPEN and kind != SUM and write == start + 1:
                    state = 1 - kind
                if state != OPEN:
                    read, write = stop, start
                else:
                    stream[start] = -((write - start) * 4 + kind)
                    token = stream[start + 1]
                    alone = kind != SUM and write == start + 1 + (1 if token >= 0 else -token >> 2)
                    if alone and (depth > 0 or token < 0):
                        write = shift(stream, start, write)
                if depth == 0:
                    return state, write
                child = start
                start, stop, kind = stack[0, depth], stack[1, depth], stack[2, depth]
                need, total, least = stack[3, depth], stack[4, depth], stack[5, depth]
                depth -= 1
                if state == OPEN:
                    if kind == SUM:
                        least = min(least, stream[child - 1])
                    elif stream[child] < 0 and -stream[child] & 3 == kind:
                        write = shift(stream, child, write)
                elif kind == SUM:
                    write = child - 1
                    total -= stream[write]
                    need -= stream[write] if state == FIRES else 0
                    state = FIRES if need <= 0 else SILENT if total < need else OPEN
                elif state != kind:
                    state = OPEN
                if state == OPEN and read < stop:
                    break


CALLEES_FIRST = (feature_bounds, literal_state, shift, unweighed, prune)
