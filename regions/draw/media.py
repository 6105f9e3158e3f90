"""What a picture is made for: a printed page, or a slide that is seen from the last row."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from regions.draw.panels import WIDTH

MediumName: TypeAlias = Literal["print", "slide"]


class Medium(NamedTuple):
    """The sheet on which a picture is laid out; letters have the same sizes on all.

    Attributes:
        width: In points.
        height: In points; None where it may be as high as its content.
        dpi: Dots to the inch of a PNG.
    """

    width: float
    height: float | None
    dpi: int


MEDIA: dict[MediumName, Medium] = {
    "print": Medium(WIDTH, None, 150),
    "slide": Medium(480.0, 270.0, 288),
}
"""A slide of 1,920 x 1,080 pixels is laid out on little paper: 8 points are 3 percent of its
height, as 16 points on a slide of 13.3 inches."""
