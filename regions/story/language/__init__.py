"""The pictures of `docs/language.md`, drawn from the examples that stand beside them on the page.

In a checkout, `python -m regions.story.language docs/language.md docs/pictures/language` draws them
all: each once to stand beside its example, and once smaller for the table at the top.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regions.draw.save import save
from regions.draw.thumbnail import BESIDE, IN_TABLE, thumbnail
from regions.story.language.examples import Example, examples
from regions.story.language.scene import scene

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Example", "examples", "pictures", "save_picture", "write_all"]

SHAPES = Path("shapes")
"""Where the files lie that examples name, seen from the root of a checkout."""

COLORS = 64
"""Of a picture: there are hundreds of them with a few colours each, and their blends at edges."""

SMALL = "small"
"""The folder of the small ones, within that of the others."""


def pictures(example: Example, shapes: Path = SHAPES) -> dict[str, Figure]:
    """Both pictures of an example, by their files seen from the pictures' folder.

    Raises:
        SpecError: The example is refused.
    """
    shown = scene(example.text, shapes)
    formats = {f"{example.name}.png": BESIDE, f"{SMALL}/{example.name}.png": IN_TABLE}
    return {file: thumbnail(shown, format_) for file, format_ in formats.items()}


def write_all(page: Path, folder: Path, shapes: Path = SHAPES) -> None:
    """Draw the pictures of a page into a folder, two PNGs an example.

    Raises:
        SpecError: An example is refused.
        OutputError: A folder is missing, or cannot be written to.
    """
    for example in examples(page.read_text(encoding="utf-8")):
        for file, figure in pictures(example, shapes).items():
            save_picture(figure, folder / file)


def save_picture(figure: Figure, path: Path) -> None:
    """Write one picture as a small file.

    Raises:
        OutputError: It cannot be written.
    """
    save(figure, path, colors=COLORS)
