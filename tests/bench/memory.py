"""Memory: the peak of a fresh process after each step. Run as a module it is that process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

MEBIBYTE = 2**20
STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class MemoryRow:
    """A step of the process.

    Attributes:
        step: What it has just done.
        peak: Bytes held at most, up to here.
    """

    step: str
    peak: int


def memory(path: Path, side: int, points: int) -> list[MemoryRow]:
    """What a process needs that compiles a map, fills a raster and classifies points."""
    command = [sys.executable, "-m", "tests.bench.memory", str(path)]
    command += [str(side), str(points)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [MemoryRow(step, peak) for step, peak in json.loads(done.stdout)]


def peak() -> int:
    """Bytes this process has held at most.

    `ru_maxrss` of a process that was started by a large one begins with that one's size on Linux,
    so the kernel's own mark is read there.
    """
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
        if found is not None:
            return 1024 * int(found[1])
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def steps(path: Path, side: int, points: int) -> Iterator[tuple[str, int]]:
    """The work, with the peak after each step."""
    import regions
    from regions.network.raster import Grid
    from tests.bench.points import cloud, ours_points
    from tests.bench.subjects import geometry

    region = geometry(path)
    yield "start, read the map", peak()
    network = regions.compile(region, "edges")
    yield f"compile it, {network.size:,} units", peak()
    grid = Grid.fitting(region.bounds, side)
    regions.rasterize(network, grid)
    yield f"fill {grid.width:,} x {grid.height:,} pixels", peak()
    drawn = cloud(region.bounds, points, 0.0)
    yield f"draw {points:,} random points, {drawn.nbytes / MEBIBYTE:,.0f} MiB", peak()
    ours_points(network, drawn, True, 1)
    yield "classify them", peak()


if __name__ == "__main__":
    name, side, points = sys.argv[1:]
    found = list(steps(Path(name), int(side), int(points)))
    json.dump(found, sys.stdout)
