"""One colour for a unit, the same in every view."""

from __future__ import annotations

from regions.draw.style import UNIT_COLORS


def unit_color(unit: int) -> str:
    """The colour of a unit, by its number: neighbours differ, and after eight they come again.

    Where units have to be told apart for certain their names do it.
    """
    return UNIT_COLORS[unit % len(UNIT_COLORS)]
