"""Figures inside a page: as an SVG element, as the address of a PNG, as what a cell shows."""

from __future__ import annotations

import base64
import io
import re
from functools import partial
from typing import TYPE_CHECKING

from regions.draw import style
from regions.draw.save import METADATA

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PATH_DATA = re.compile(r' d="[^"]*"')

SCREEN_DPI = 96
"""Of a browser's page."""

_LONG = re.compile(r"\d+\.\d{3,}")
"""Numbers with three decimals and more."""


def svg_element(figure: Figure, dpi: int) -> str:
    """A figure as `<svg ...>...</svg>`, the same for the same figure.

    Path data is rounded to 1/100 of a point, which nobody sees: letters are outlines, and take a
    third less room then.

    Args:
        figure: Its rasters and whatever else is `rasterized` become images.
        dpi: Resolution of these.
    """
    text = _written(figure, "svg", dpi).decode("utf-8")
    element = text[text.index("<svg") :].rstrip()
    return _PATH_DATA.sub(lambda data: _LONG.sub(_rounded, data[0]), element)


def png_address(figure: Figure, dpi: int) -> str:
    """A figure as the `src` of an `<img>` that holds the whole picture."""
    return f"data:image/png;base64,{base64.b64encode(_written(figure, 'png', dpi)).decode()}"


def show_in_notebooks(figure: Figure) -> None:
    """Let a figure that pyplot does not know, and its Axes, show themselves in a cell."""
    for each in (figure, *figure.axes):
        vars(each)["_repr_png_"] = partial(_png_of_cell, figure)


def _png_of_cell(figure: Figure) -> tuple[bytes, dict[str, int]]:
    """Two pixels for one of the page's, and the size on the page."""
    size = figure.get_size_inches() * SCREEN_DPI
    width, height = (round(float(side)) for side in size)
    return _written(figure, "png", 2 * SCREEN_DPI), {"width": width, "height": height}


def _written(figure: Figure, format_: str, dpi: int) -> bytes:
    written = io.BytesIO()
    with style.context():
        figure.savefig(written, format=format_, dpi=dpi, metadata=METADATA[f".{format_}"])
    return written.getvalue()


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
