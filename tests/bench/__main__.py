"""`python -m tests.bench [--quick] [--output FOLDER]`: all measurements, and the page on them.

Sections are printed as they are finished; the page is written at the end, and its pictures.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.bench import report
from tests.bench.compiling import compiling
from tests.bench.curves import draw_compiling, draw_points, draw_rasters
from tests.bench.learned import installed, learned
from tests.bench.measure import Plan
from tests.bench.memory import memory
from tests.bench.peers import RASTERS
from tests.bench.points import points
from tests.bench.rasters import rasters, wrong
from tests.bench.scale import QUICK, WHOLE
from tests.bench.starts import starts
from tests.bench.subjects import CANADA, POLAND, growing, subjects
from tests.conftest import ROOT

PAGE = "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
    parser.add_argument("--output", type=Path, help="by default docs/, or build/bench if quick")
    options = parser.parse_args()
    default = ROOT / "build" / "bench" if options.quick else ROOT / "docs"
    bench(options.quick, options.output or default)


def bench(quick: bool, folder: Path) -> None:
    """Measure everything, print it, and write the page and its pictures to a folder."""
    scale = QUICK if quick else WHOLE
    begin = time.perf_counter()
    left_out: list[str] = []
    if not installed():
        left_out.append("scikit-learn is not installed")
    shapes = list(subjects(scale.edges, left_out.append))
    large = None if quick or not CANADA.exists() else CANADA
    sections: list[str] = []
    # Kernels are compiled, and streams made, before anything is timed.
    list(rasters(shapes, (), scale.sides[:1], Plan(1, 1, 0.0)))

    def finished(section: str) -> None:
        sections.append(section)
        print(section, flush=True)
        print(f"({time.perf_counter() - begin:.0f} s so far)", file=sys.stderr, flush=True)

    finished(report.head(scale, left_out, quick))
    filled = list(rasters(shapes, RASTERS, scale.sides, scale.plan))
    finished(report.raster_section(filled, RASTERS))
    differing = list(wrong(shapes, RASTERS, scale.exact))
    finished(report.wrong_section(differing, RASTERS, scale.exact))
    asked = list(points(shapes, scale.points, scale.plan, scale.patience))
    finished(report.point_section(asked))
    finished(report.scaling_section(filled, asked))
    compiled = list(compiling(growing(scale.compiled, scale.edges), scale.parts, scale.plan))
    finished(report.compile_section(compiled))
    if installed():
        fitted = list(learned(scale.samples, scale.plan))
        finished(report.learned_section(fitted, scale.samples))
    peaks = memory(large or POLAND, *scale.memory)
    finished(report.memory_section(peaks))
    finished(report.start_section(list(starts(large, scale.plan.least))))

    pictures = folder / report.PICTURES
    draw_rasters(filled, pictures / "rasters.png")
    draw_points(asked, pictures / "points.png")
    draw_compiling(compiled, pictures / "compiling.png")
    page = "\n".join(section.strip() + "\n" for section in sections)
    (folder / PAGE).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
