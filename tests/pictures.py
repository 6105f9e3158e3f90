"""Whether a committed picture is the one that is drawn today."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.image import imread
from PIL import Image

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
