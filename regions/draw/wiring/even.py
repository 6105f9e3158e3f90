"""Boxes in a column, each as near as possible to where it should be, without overlap."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    wanted: Sequence[float], heights: Sequence[float], gap: float, high: float
) -> list[float]:
    """Middles of boxes that stand in this order between 0 and `high`, `gap` or more apart.

    The sum of the squared distances from `wanted` is least. Less the room that the boxes before it
    take, each middle must not fall, which is isotonic regression: neighbours that would be out of
    order are pooled at their mean (Ayer et al. 1955). Bounds only cut the result off.
    """
    room: list[float] = []
    used = 0.0
    for height in heights:
        room.append(used + height / 2)
        used += height + gap
    slack = max(0.0, high - used + gap)
    pools: list[tuple[float, int]] = []
    for middle, before in zip(wanted, room, strict=True):
        total, count = middle - before, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            more, members = pools.pop()
            total, count = total + more, count + members
        pools.append((total, count))
    free = [min(max(total / count, 0.0), slack) for total, count in pools for _ in range(count)]
    return [shift + before for shift, before in zip(free, room, strict=True)]
