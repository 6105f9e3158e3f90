"""Shared by all tests: where real data lies, and the fixed Hypothesis profile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
SHAPES = ROOT / "shapes"
SHARED = ROOT.parent / "shared" / "data"


def shared(path: str) -> Path:
    """A file of the real geometry beside the checkout.

    A clone without it skips the tests that ask for it; continuous integration may not.
    """
    if not SHARED.is_dir():
        if "CI" in os.environ:
            pytest.fail("the real geometry does not lie beside this checkout")
        pytest.skip("the real geometry does not lie beside this checkout")
    return SHARED / path


# One fixed profile everywhere: the same examples on every machine, no deadline on a busy one.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("fixed")
