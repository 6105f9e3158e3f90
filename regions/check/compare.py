"""The raster check: a network against the Shapely reference, pixel centre by pixel centre.

Where a flattened curve leaves the reference undecided, the shape's own definition tells. Pixels
whose centre lies within a stated band of a primitive's border are counted apart: the band is the
rounding bound, about 1e-12 of the extent, and hardly a pixel is in it but those whose centre lies
on a border.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from regions.check.band import Band
from regions.check.expect import Unmet, broken_expectations
from regions.check.notebook import as_html
from regions.check.overlay import Overlay, overlay
from regions.check.proof import Boundary
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.model import Spec
from regions.shape.source import Source, as_spec

Verdict: TypeAlias = Literal["equal", "equal except on the boundary", "different"]

PIXELS = 512
"""Pixels along the longer side of the window, unless a grid is given."""


@dataclass(frozen=True)
class Report:
    """What the raster check found, within the window and outside the band.

    Attributes:
        name: The spec's.
        verdict: `equal` if no pixel differs.
        coverage: Part of the shape's pixels that the network covers.
        spill: Pixels it covers outside the shape, relative to the shape's.
        iou: Intersection over union.
        mismatched: Pixels on which network and reference differ.
        pixels: Pixels of the grid.
        band: Pixels left out because their centre lies within `band_width` of a border.
        band_width: On each side of a border, in the user's units.
        area: The network's area within the window: the reference's, plus the pixels by which the
            network covers more or less.
        failures: Expectations of the spec that the network does not meet, in words.
        empty: Whether neither the shape nor the network has a pixel: nothing was to be seen.
    """

    name: str
    verdict: Verdict
    coverage: float
    spill: float
    iou: float
    mismatched: int
    pixels: int
    band: int
    band_width: float
    area: float
    failures: tuple[str, ...]
    empty: bool = False

    @property
    def ok(self) -> bool:
        """Whether no pixel differs and every expectation holds."""
        return self.mismatched == 0 and not self.failures

    @property
    def agreement(self) -> str:
        """The IoU in words, or that there was nothing to be seen."""
        return "no pixel inside" if self.empty else f"IoU {self.iou:.6g}"

    @property
    def said(self) -> str:
        """What was found, in words, without the word that judges it."""
        head = (
            f"{self.name}: {self.verdict}, {self.agreement}, "
            f"{self.mismatched} of {self.pixels} pixels differ, {self.band} in the band"
        )
        return "\n".join([head, *(f"       expect: {failure}" for failure in self.failures)])

    def __str__(self) -> str:
        return marked(self.said, self.ok)

    def _repr_html_(self) -> str:
        return as_html(str(self), self.ok)

    def to_dict(self) -> dict[str, Any]:
        """The contract's keys, ready for JSON."""
        keys = ("name", "verdict", "coverage", "spill", "iou", "mismatched", "pixels", "band", "ok")
        more = {"band_width": self.band_width, "area": self.area, "failures": list(self.failures)}
        return {key: getattr(self, key) for key in keys} | more


def verify(
    network: Network,
    spec: Source,
    grid: Grid | None = None,
    boundary: Boundary = "strict",
) -> Report:
    """Compare a network with a spec's shape on a raster, and check the spec's expectations.

    Says nothing about what lies between the pixel centres, nor of those in the band.

    Args:
        network: Of one region.
        spec: The shape, and what is expected of it: whatever `regions.compile` takes.
        grid: Where to compare, in place of the spec's window; by default that window with 512
            pixels along its longer side.
        boundary: Whether points count that the spec expects inside or outside and that lie in the
            band, so that they may be on the boundary.

    Raises:
        NetworkError: The network has several regions.
        InputError: Rounding or flattening would hide a tenth of a pixel or more.
    """
    network.output()
    spec = as_spec(spec)
    seen = overlay(network, spec.shape, grid or window_grid(spec))
    counts = _Counts.of(seen)
    strict = boundary == "strict"
    area = seen.area + (counts.spill - counts.missed) * float(np.prod(seen.grid.pixel))
    unmet = broken_expectations(network, spec.expect, area)
    return Report(
        name=spec.name,
        verdict="different" if counts.mismatched else "equal",
        coverage=counts.both / counts.shape if counts.shape else 1.0,
        spill=counts.spill / max(counts.shape, 1),
        iou=counts.both / counts.either if counts.either else 1.0,
        mismatched=counts.mismatched,
        pixels=seen.band.size,
        band=int(seen.band.sum()),
        band_width=seen.around.width,
        area=area,
        failures=tuple(str(each) for each in unmet if strict or not _let_off(each, seen.around)),
        empty=counts.either == 0,
    )


def _let_off(unmet: Unmet, band: Band) -> bool:
    """Whether an expectation is about a point so near to a border that it may be on it."""
    return unmet.point is not None and bool(band.contains(np.array([unmet.point]))[0])


def marked(text: str, ok: bool) -> str:
    """What was found, after the word that judges it."""
    return f"{'ok' if ok else 'FAILED':6} {text}"


def window_grid(spec: Spec) -> Grid:
    """The grid that a spec is compared on unless another is given."""
    return Grid.fitting(spec.window, PIXELS)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Pixels of the shape, and of the network inside and outside it."""

    shape: int
    both: int
    spill: int

    @classmethod
    def of(cls, seen: Overlay) -> _Counts:
        shape = int((seen.wanted & ~seen.band).sum())
        return cls(shape, shape - int(seen.missed.sum()), int(seen.spill.sum()))

    @property
    def missed(self) -> int:
        return self.shape - self.both

    @property
    def mismatched(self) -> int:
        return self.missed + self.spill

    @property
    def either(self) -> int:
        return self.shape + self.spill
