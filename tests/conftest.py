"""Shared by all tests: where real data lies, and the fixed Hypothesis profile."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
SHAPES = ROOT / "shapes"
SHARED = ROOT.parent / "shared" / "data"

# One fixed profile everywhere: the same examples on every machine, no deadline on a busy one.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("fixed")
