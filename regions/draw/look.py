"""How a picture is written: for which medium, in which colours, how large."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regions.draw.media import MEDIA, Medium, MediumName
from regions.draw.save import save
from regions.draw.themes import Theme, darkened

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Look:
    """What can be chosen of every picture.

    Attributes:
        name: What it is made for.
        theme: Dark on light, or light on dark.
        pixels: Width of a PNG; None for the medium's own.
        colors: How many a PNG has at most, 256 or fewer; None for any number.
    """

    name: MediumName = "print"
    theme: Theme = "light"
    pixels: int | None = None
    colors: int | None = None

    @property
    def medium(self) -> Medium:
        """The sheet."""
        return MEDIA[self.name]

    def save(self, figure: Figure, path: str | os.PathLike[str]) -> None:
        """Write a figure that was drawn on white; it cannot be used again.

        Raises:
            OutputError: The suffix is unknown, or the file cannot be written.
        """
        if self.theme == "dark":
            darkened(figure)
        width = self.pixels or round(figure.get_figwidth() * self.medium.dpi)
        save(figure, path, pixels=width, colors=self.colors)
