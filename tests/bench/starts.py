"""The start of `regions render`: with kernels still to be compiled, and with compiled ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Spread
from tests.conftest import ROOT, SHAPES

SPEC = "name: {name}\nshape:\n  geojson: {name}.geojson\n"


@dataclass(frozen=True)
class StartRow:
    """One shape.

    Attributes:
        name: The shape.
        cold: Seconds with an empty kernel cache.
        warm: Seconds with a filled one.
        kernels: Files that the cold start left in the cache.
    """

    name: str
    cold: float
    warm: Spread
    kernels: int


def starts(large: Path | None, rounds: int) -> Iterator[StartRow]:
    """A small shape, and a map from a GeoJSON file where there is one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(SHAPES / "war_zone_a.yaml", folder)
        specs = {"war zone a": folder / "war_zone_a.yaml"}
        if large is not None:
            shutil.copy(large, folder / "map.geojson")
            specs["Canada"] = folder / "map.yaml"
            specs["Canada"].write_text(SPEC.format(name="map"), encoding="utf-8")
        for title, spec in specs.items():
            cache = folder / f"{spec.stem}-kernels"
            cold = rendered(spec, cache)
            warm = Spread.of(rendered(spec, cache) for _ in range(rounds))
            kernels = sum(path.suffix == ".nbc" for path in cache.rglob("*"))
            yield StartRow(title, cold, warm, kernels)


def rendered(spec: Path, cache: Path) -> float:
    """Seconds of the whole command, in a process of its own."""
    command = [sys.executable, "-m", "regions", "render", str(spec)]
    command += ["--output", str(spec.with_suffix(".png"))]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begin
