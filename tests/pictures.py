"""Whether a committed picture is the one that is drawn today, and whether its words can be read."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from regions.draw.style import NAME_SIZE

VISIBLE = 24 / 255
"""A difference in a colour channel that an eye could see; another CPU's rounding gives 1 / 255."""

BLOCK = 30
"""Pixels: the width and height of a picture are multiples of it."""


def blurred(picture: np.ndarray) -> np.ndarray:
    """Means over blocks of pixels: how a version of matplotlib sets letters is lost."""
    height, width, channels = picture.shape
    blocks = picture.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, channels)
    return blocks.mean(axis=(1, 3))


def difference(drawn: Path, committed: Path) -> float:
    """The greatest difference of two PNGs in a colour channel, 1 where their sizes differ.

    One that was drawn by another version of matplotlib is compared by its blocks.
    """
    first, second = imread(drawn), imread(committed)
    if first.shape != second.shape:
        return 1.0
    with Image.open(committed) as picture:
        software = picture.info["Software"]
    if f"version{matplotlib.__version__}," not in software:
        first, second = blurred(first), blurred(second)
    return float(np.abs(first.astype(float) - second.astype(float)).max())


def words(figure: Figure) -> list[tuple[str, float, Bbox]]:
    """All texts of a figure with their sizes and boxes, in pixels."""
    figure.draw_without_rendering()  # Only then axes and keys have put their words in place.
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    return [(t.get_text(), t.get_fontsize(), t.get_window_extent(renderer)) for t in found]


def faults(figure: Figure) -> list[str]:
    """Words that are too small, cut off by the sheet, or in each other's way."""
    found = words(figure)
    width, height = figure.bbox.size
    small = [text for text, size, _ in found if size < NAME_SIZE]
    cut = [t for t, _, b in found if b.x0 < 0 or b.y0 < 0 or b.x1 > width or b.y1 > height]
    pairs = combinations(found, 2)
    return small + cut + [f"{a} | {b}" for (a, _, p), (b, _, q) in pairs if p.overlaps(q)]
