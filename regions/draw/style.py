"""Colours, sizes and fonts of all pictures, in one place.

Colours are from Okabe and Ito (2008), "Color universal design": told apart with any common colour
vision. Lines, arrows and regions differ in lightness, so that a print in grey keeps them apart.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

FONT = "DejaVu Sans"
"""Comes with matplotlib, so a picture has the same letters on every machine."""

FIGURE_INCHES = 6.0
PNG_DPI = 150
VECTOR_DPI = 300
"""Resolution of the region's raster inside SVG and PDF: what a printer shows."""

MONO = "DejaVu Sans Mono"
"""For specs; comes with matplotlib, too."""

POINTS_PER_INCH = 72.0

REGION_COLORS = ("#56b4e9", "#d55e00", "#f0e442", "#0072b2", "#e69f00", "#009e73", "#cc79a7")
"""Neighbours in the list differ in lightness too: sky blue and orange are the same grey."""

DIFFERENCE_COLORS = (REGION_COLORS[0], REGION_COLORS[1], "#262626")
"""Of what only the first of two regions holds, only the second, and both: ever darker."""

UNIT_COLORS = (
    *("#0072b2", "#d55e00", "#117733", "#aa4499", "#332288", "#997700", "#882255", "#2a8c82"),
)
"""Lines and letters that stand for units: all have a contrast of 3 and more on white. After Okabe
and Ito, and the schemes "muted" and "high-contrast" of Paul Tol (2021, "Colour schemes")."""

REGION_ALPHA = 0.42
LINE_COLOR = "#0072b2"
ARROW_COLOR = "#d55e00"
OUTLINE_COLOR = "#1a1a1a"
NAME_COLOR = "#0b3d5c"
FRAME_COLOR = "#9a9a9a"
TEXT_COLOR = "#262626"
QUIET_COLOR = "#5a5a5a"
HALO_COLOR = "white"

TITLE_SIZE = 13.0
SUBTITLE_SIZE = 9.5
AXIS_SIZE = 9.5
TICK_SIZE = 8.5
KEY_SIZE = 8.5
NAME_SIZE = 8.0
"""Sizes in points. 8 is the least that stays readable in print."""

LINE_WIDTH = 0.9
OUTLINE_WIDTH = 1.1
FRAME_WIDTH = 0.7
TICK_LENGTH = 3.0
HALO_WIDTH = 2.2

ARROW_LENGTH = 15.0
ARROW_HALF_WIDTH = 3.2
ARROW_HEAD = 7.0
ARROW_STEM = 0.55
"""The arrow in points: length from line to tip, half width and length of the head, half the
width of the stem."""

MARK_SIZE = 7.5
MARK_COLOR = TEXT_COLOR

Z_REGION, Z_LINE, Z_OUTLINE, Z_ARROW, Z_NAME, Z_MARK = 1.0, 2.0, 3.0, 4.0, 5.0, 6.0

TEXT: dict[str, Any] = {"family": FONT, "parse_math": False, "usetex": False}
"""For every text: a `$` in a user's name is a dollar sign, whatever the settings around us."""


def context() -> AbstractContextManager[None]:
    """Matplotlib's own defaults with what makes files reproducible, inside a `with` only.

    The user's settings must not reach a figure of ours: the same input gives the same bytes.
    """
    import matplotlib.style

    fixed = {
        "font.family": [FONT],
        "svg.hashsalt": "regions",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "figure.dpi": PNG_DPI,
    }
    settings: AbstractContextManager[None] = matplotlib.style.context(["default", fixed])
    return settings
