"""A unit's sum as shades: one colour for each sign, the paler the nearer to 0."""

from __future__ import annotations

import numpy as np

from regions.draw import style
from regions.draw.panels import Panel, add_path
from regions.network.model import Floats
from regions.network.raster import Grid

POSITIVE, NEGATIVE = style.LINE_COLOR, style.ARROW_COLOR

PALEST, DARKEST = 0.04, 0.72
"""Opacities of 0 and of the largest sum."""

ZERO_WIDTH = 1.2
"""Of the line where the sum is 0, in points."""


def add_shades(panel: Panel, grid: Grid, values: Floats) -> None:
    """Draw sums, `(height, width)` on a grid, with the line where their sign changes."""
    from contourpy import contour_generator
    from matplotlib.colors import to_rgba_array

    largest = float(np.abs(values).max()) or 1.0
    colors = (to_rgba_array([NEGATIVE, POSITIVE]) * 255).round().astype(np.uint8)
    image = colors[(values >= 0).astype(np.int64)]
    opacity = PALEST + (DARKEST - PALEST) * np.abs(values) / largest
    image[..., 3] = (255 * opacity).round().astype(np.uint8)
    xmin, ymin, xmax, ymax = grid.bounds
    panel.ax.imshow(image, extent=(xmin, xmax, ymin, ymax), origin="upper", zorder=style.Z_REGION)
    if min(values.shape) > 1:
        for line in contour_generator(grid.xs, grid.ys, values).lines(0.0):
            add_path(panel, np.asarray(line), style.TEXT_COLOR, ZERO_WIDTH)
