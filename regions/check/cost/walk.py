"""What the walk along all lines of an arrangement costs (`check/walked.py`)."""

from __future__ import annotations

COMPILE_AFTER = 2**15
"""Pairs of lines from which on the walk is compiled."""

PLAIN = 1.8e-5
"""Seconds for each pair of lines as it stands."""

COMPILED = 1.5e-6
"""The same compiled."""

LOADING = 0.6
"""Seconds until what was compiled before is there; the first time it takes 10."""


def seconds_walking(lines: int) -> float:
    """About how long the walk takes."""
    pairs = lines**2
    return PLAIN * pairs if pairs < COMPILE_AFTER else LOADING + COMPILED * pairs
