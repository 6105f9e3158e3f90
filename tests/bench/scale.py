"""How large everything is that is measured: whole, or so small that a test can run it all."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.measure import Plan


@dataclass(frozen=True)
class Scale:
    """Sizes and patience.

    Attributes:
        sides: Pixels along the longer side of the rasters that are timed.
        exact: Of the raster whose pixels are compared.
        points: Numbers of points that are classified.
        samples: Labelled points for the learned alternative.
        edges: Of the largest shape taken.
        compiled: Vertices about which real maps are compiled.
        parts: Edges up to which the strategy `parts` is timed: beyond, it takes minutes.
        memory: Side of the raster and number of points in the process whose memory is measured.
        plan: Rounds.
        patience: Seconds that one call of others with points may take; beyond, some are asked.
    """

    sides: tuple[int, ...]
    exact: int
    points: tuple[int, ...]
    samples: int
    edges: int
    compiled: tuple[int, ...]
    parts: int
    memory: tuple[int, int]
    plan: Plan
    patience: float


WHOLE = Scale(
    sides=(1024, 2048, 4096, 8192),
    exact=2048,
    points=(1_000_000, 10_000_000),
    samples=20_000,
    edges=500_000,
    compiled=(50, 100, 200, 500, 1000, 2000, 4000, 7500, 12000),
    parts=100_000,
    memory=(4096, 10_000_000),
    plan=Plan(most=7, least=3, budget=1.0),
    patience=0.5,
)

QUICK = Scale(
    sides=(64, 128),
    exact=128,
    points=(1000, 3000),
    samples=500,
    edges=2000,
    compiled=(50, 200),
    parts=2000,
    memory=(128, 1000),
    plan=Plan(most=2, least=1, budget=0.05),
    patience=0.05,
)
