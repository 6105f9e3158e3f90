"""The diagram of a network as a part of another picture."""

from __future__ import annotations

from dataclasses import dataclass

from regions.draw.labels import Size
from regions.draw.panels import Panel
from regions.draw.wiring.drawing import HEAD_LINE, Drawing
from regions.draw.wiring.layout import Layout
from regions.draw.wiring.measure import NARROW_NAMES
from regions.draw.wiring.place import planned
from regions.draw.wiring.sheet import charts
from regions.network.model import Network


@dataclass(frozen=True, eq=False)
class Inset:
    """A diagram that has its places, but is not drawn yet.

    Attributes:
        layout: Without the heads of the columns.
    """

    layout: Layout

    @property
    def size(self) -> Size:
        """Width and height, the heads of the columns included."""
        width, height = self.layout.size
        return width, height + HEAD_LINE

    def draw(self, panel: Panel, corner: tuple[float, float], size: Size) -> None:
        """Draw it in the middle of a rectangle that has room for it.

        Args:
            panel: Whose units are points.
            corner: The rectangle's upper left corner.
            size: Its width and height.
        """
        aside, below = ((room - own) / 2 for room, own in zip(size, self.size, strict=True))
        Drawing(panel, self.layout, (corner[0] + aside, corner[1] - HEAD_LINE - below)).draw()


def inset(network: Network, size: Size) -> Inset:
    """What tells most of a network of any size and has room in a width and height."""
    return Inset(_fitted(network, size[0], size[1] - HEAD_LINE))


def _fitted(network: Network, wide: float, high: float) -> Layout:
    for drawn in charts(network):
        plan = planned(drawn)
        if plan.width <= wide and plan.height <= high:
            return plan.layout(wide, high)
    return planned(drawn, NARROW_NAMES).layout(wide, high)
