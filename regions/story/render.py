"""The picture of a spec and its network: what `regions render` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regions.check.compare import Report
from regions.draw.labels import Pair
from regions.draw.layout import PAGE
from regions.draw.region import Marked, figure
from regions.network.model import Network
from regions.shape.model import Spec
from regions.shape.reference import reference
from regions.text.wording import counted
from regions.tolerances import FLATTENING

if TYPE_CHECKING:
    import shapely
    from matplotlib.figure import Figure

PIXELS = 900
"""Width and height of a PNG: 6 inches at 150 dots."""


def region_picture(
    spec: Spec,
    network: Network,
    report: Report,
    border: shapely.Geometry,
    marked: Marked | None = None,
    below: float = 0.0,
    page_size: Pair = (PAGE, PAGE),
) -> Figure:
    """The region of a network with the outline of its shape and the verdict of the raster check.

    Args:
        spec: The shape.
        network: A network for it, compiled or not.
        report: Of the raster check.
        border: The shape's `outline`.
        marked: A point to be marked.
        below: Printed points that are kept free below.
        page_size: Width and height in printed points.
    """
    return figure(
        network,
        window=spec.window,
        outline=border,
        title=spec.name,
        subtitle=caption(network, report),
        marked=marked,
        below=below,
        page_size=page_size,
    )


def outline(spec: Spec) -> shapely.Geometry:
    """What a spec's shape covers of its window, its curves flattened as finely as pictures show."""
    xmin, ymin, xmax, ymax = spec.window
    tolerance = FLATTENING * max(xmax - xmin, ymax - ymin) / PIXELS
    return reference(spec.shape, spec.window, tolerance).region


def caption(network: Network, report: Report) -> str:
    """Size, depth and agreement in one line."""
    return f"{counted(network.size, 'unit')}, depth {network.depth}, {report.agreement}"


def network_caption(network: Network) -> str:
    """What a network consists of, in one line."""
    kinds = (network.n_separators, "separator"), (network.n_gates, "gate")
    parts = " and ".join(counted(number, kind) for number, kind in kinds if number)
    return f"{counted(network.size, 'unit')} ({parts}), depth {network.depth}"
