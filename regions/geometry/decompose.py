"""How a chain falls apart into its edges: long ones in the middle, short ones into fewest gates.

A long chain is split in the vertex nearest its middle, so that the formula's depth stays near the
logarithm of its length. A short one may be split in any vertex of its hull, and its parts again;
among all these formulas one is found that takes the fewest threshold units, by dynamic programming
over the chain's parts.

What is counted. Nested gates of one kind are one gate, and a gate takes in one of the gates it
reads (`compiler/passes/fuse.py`). So the units of a formula are its gates that read no gates: the
`units` of a gate are those of the gates it reads, or 1 if it reads none. Of two formulas with as
many units that one is taken that is split nearer the middle.

The functions run as they stand and compiled, like those of `chains.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regions.geometry.chains import cross, hull, split

Ints = NDArray[np.int64]

SHORT = 32
"""Edges of a short chain. Twice as many would save one unit in a thousand on coasts, and take three
times as long."""

FAR = 2**30
"""Units of what cannot be had."""


def decompose(
    x: Sequence[float],
    y: Sequence[float],
    lo: int,
    hi: int,
    error: float,
    rows: Ints,
    count: int,
    above: int,
) -> int:
    """Write all splits of a chain.

    Args:
        x: Coordinates of the vertices.
        y: The same.
        lo: First vertex of the chain.
        hi: Last vertex, at least lo + 1.
        error: As in `chains.py`.
        rows: `(n, 4)` receives rows `(lo, vertex, hi, above)`: the chain lo..hi is split at
            |vertex| into two, joined by AND where the vertex has a plus sign, else by OR.
        count: Rows that are filled.
        above: The row in which the chain came about.

    Returns:
        Rows that are filled now.
    """
    pending = [(lo, hi, above)]
    while len(pending) > 0:
        begin, end, above = pending.pop()
        if end - begin == 1:
            continue
        if end - begin <= SHORT:
            count = _write_fewest(x, y, begin, end, error, rows, count, above)
            continue
        signed = split(x, y, begin, end, error)
        _write(rows, count, begin, signed, end, above)
        pending.append((abs(signed), end, count))
        pending.append((begin, abs(signed), count))
        count += 1
    return count


def _write(rows: Ints, count: int, lo: int, signed: int, hi: int, above: int) -> None:
    rows[count, 0], rows[count, 1], rows[count, 2], rows[count, 3] = lo, signed, hi, above


def _write_fewest(
    x: Sequence[float],
    y: Sequence[float],
    lo: int,
    hi: int,
    error: float,
    rows: Ints,
    count: int,
    above: int,
) -> int:
    """`decompose` for a short chain.

    Its part from lo + i to lo + j is number `i * wide + j`; that part as an AND is twice that, plus
    1, as an OR twice that.
    """
    wide = hi - lo + 1
    turning, reach = _runs(x, y, lo, hi, error)
    parts, first, splits = _reachable_parts(x, y, lo, hi, error, reach)
    units, best = [0] * (2 * wide * wide), [0] * (2 * wide * wide)
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        begin, end = part // wide, part % wide
        units[2 * part] = units[2 * part + 1] = FAR
        if end <= reach[begin]:
            units[2 * part + int(turning[begin] > 0)] = 0
        for signed in splits[first[number] : first[number + 1]]:
            kind, vertex = int(signed > 0), abs(signed) - lo
            own = 2 * part + kind
            total = _units(units, begin * wide + vertex, kind)
            total += _units(units, vertex * wide + end, kind)
            aside = abs(2 * vertex - begin - end)
            if total < units[own] or (
                total == units[own] and aside < abs(2 * (abs(best[own]) - lo) - begin - end)
            ):
                units[own], best[own] = total, signed
    pending = [(0, hi - lo, above)]
    while len(pending) > 0:
        begin, end, above = pending.pop()
        if end - begin > 1:
            own = 2 * (begin * wide + end)
            kind = int(rows[above, 1] > 0)
            if units[own + kind] > max(units[own + 1 - kind], 1):
                kind = 1 - kind
            if end <= reach[begin]:
                signed = split(x, y, lo + begin, lo + end, error)
            else:
                signed = best[own + kind]
            _write(rows, count, lo + begin, signed, lo + end, above)
            pending.append((abs(signed) - lo, end, count))
            pending.append((begin, abs(signed) - lo, count))
            count += 1
    return count


def _runs(
    x: Sequence[float], y: Sequence[float], lo: int, hi: int, error: float
) -> tuple[list[int], list[int]]:
    """How a chain turns: a part that turns one way only is one gate, however it is split.

    Returns:
        For each vertex, counted from lo, the turn at the one after it; and the last vertex to which
        a part from there may run without turning the other way.
    """
    turning, reach = [0] * (hi - lo + 1), [hi - lo] * (hi - lo + 1)
    for k in range(hi - lo - 2, -1, -1):
        turning[k] = cross(x, y, lo + k + 1, lo + k, lo + k + 2, lo + k + 1, error)
        if k + 2 < hi - lo:
            reach[k] = reach[k + 1] if turning[k] == turning[k + 1] else k + 2
    return turning, reach


def _reachable_parts(
    x: Sequence[float], y: Sequence[float], lo: int, hi: int, error: float, reach: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """The parts that splits lead to, longest first, and where each may be split.

    Returns:
        The parts' numbers; where the splits of each begin among all, and where the last end; the
        splits, as `hull` gives them.
    """
    wide = hi - lo + 1
    reached = [False] * (wide * wide)
    reached[hi - lo] = True
    parts: list[int] = []
    splits: list[int] = []
    first = [0]
    for length in range(hi - lo, 1, -1):
        for begin in range(wide - length):
            end = begin + length
            if reached[begin * wide + end]:
                parts.append(begin * wide + end)
                if end <= reach[begin]:
                    first.append(len(splits))
                    continue
                for signed in hull(x, y, lo + begin, lo + end, error):
                    vertex = abs(signed) - lo
                    reached[begin * wide + vertex] = reached[vertex * wide + end] = True
                    splits.append(signed)
                first.append(len(splits))
    return parts, first, splits


def _units(units: list[int], part: int, kind: int) -> int:
    """Units of the gates that a part adds to a gate of this kind, one by itself of the other."""
    return min(units[2 * part + kind], max(units[2 * part + 1 - kind], 1))


CALLEES_FIRST = (_units, _runs, _reachable_parts, _write, _write_fewest, decompose)
"""For the compiler, see `geometry/compiled.py`."""
