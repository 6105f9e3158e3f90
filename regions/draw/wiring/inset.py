"""The diagram of a network as a part of another picture."""

from __future__ import annotations

from regions.draw.labels import Size
from regions.draw.panels import Panel
from regions.draw.wiring.drawing import HEAD_LINE, Drawing
from regions.draw.wiring.layout import Layout
from regions.draw.wiring.measure import NARROW_NAMES
from regions.draw.wiring.place import planned
from regions.draw.wiring.sheet import charts
from regions.network.model import Network


def inset_size(network: Network, size: Size) -> Size:
    """Width and height, the heads of the columns included, that the diagram will have."""
    width, height = _fitted(network, size).size
    return width, height + HEAD_LINE


def add_inset(panel: Panel, network: Network, corner: tuple[float, float], size: Size) -> None:
    """Draw what tells most of a network and has room, in the middle of a rectangle.

    Args:
        panel: Whose units are points.
        network: Of any size.
        corner: The rectangle's upper left corner.
        size: Its width and height.
    """
    layout = _fitted(network, size)
    width, height = layout.size
    aside, below = (size[0] - width) / 2, (size[1] - HEAD_LINE - height) / 2
    Drawing(panel, layout, (corner[0] + aside, corner[1] - HEAD_LINE - below)).draw()


def _fitted(network: Network, size: Size) -> Layout:
    wide, high = size[0], size[1] - HEAD_LINE
    for drawn in charts(network):
        plan = planned(drawn)
        if plan.width <= wide and plan.height <= high:
            return plan.layout(wide, high)
    return planned(drawn, NARROW_NAMES).layout(wide, high)
