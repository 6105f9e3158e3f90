"""Figures as files: PNG, SVG or PDF by suffix, the same bytes for the same figure."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from regions.draw.style import PNG_DPI, VECTOR_DPI, context
from regions.errors import OutputError, Problem
from regions.files import write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg", ".pdf")

METADATA: dict[str, dict[str, str | None]] = {
    ".png": {},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""No dates: equal pictures are equal files. A PNG keeps the version of matplotlib that drew it:
another one sets letters a little differently."""


def check_suffix(path: str | os.PathLike[str]) -> str:
    """The format a path asks for, as one of `SUFFIXES`: worth knowing before any work.

    Raises:
        OutputError: Another suffix or none.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        found = f"pictures cannot be written as {suffix!r}" if suffix else "the name has no suffix"
        raise OutputError([Problem(f"{found}; end it in one of {known}", file=str(path))])
    return suffix


def save(
    figure: Figure,
    path: str | os.PathLike[str],
    *,
    pixels: int | None = None,
    colors: int | None = None,
) -> None:
    """Write a figure as PNG, SVG or PDF, whole or not at all.

    Args:
        figure: From `regions.draw.region.figure`, or any other.
        path: Its suffix chooses the format.
        pixels: Width of a PNG; by default 150 to the inch.
        colors: How many a PNG has at most, 256 or fewer: a small file for a plain picture.

    Raises:
        OutputError: The suffix is unknown, or the file cannot be written.
    """
    suffix = check_suffix(path)
    png_dpi = PNG_DPI if pixels is None else pixels / figure.get_figwidth()
    dpi = png_dpi if suffix == ".png" else VECTOR_DPI

    def write(temporary: Path) -> None:
        metadata = METADATA[suffix]
        figure.savefig(temporary, format=suffix[1:], dpi=dpi, metadata=metadata)

    def write_palette(temporary: Path) -> None:
        whole = io.BytesIO()
        figure.savefig(whole, format="raw", dpi=dpi)
        width, height = (int(side * dpi) for side in figure.get_size_inches())
        _write_palette(whole.getvalue(), (width, height), temporary, int(colors or 0))

    few = suffix == ".png" and colors is not None
    with context():
        write_atomically(Path(path), write_palette if few else write)


def _write_palette(pixels: bytes, size: tuple[int, int], path: Path, colors: int) -> None:
    """A PNG of RGBA pixels in their most frequent colours; it names what drew it, as others do."""
    import matplotlib
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text(
        "Software", f"Matplotlib version{matplotlib.__version__}, https://matplotlib.org/"
    )
    picture = Image.frombytes("RGBA", size, pixels).convert("RGB")
    few = picture.quantize(colors, dither=Image.Dither.NONE)
    # The best compression takes six times as long, for a twentieth of the file.
    few.save(path, format="PNG", pnginfo=info)
