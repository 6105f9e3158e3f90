"""The pictures of `docs/compiler.md`, drawn from what the compiler itself decides.

In a checkout, `python -m regions.story.stages docs/pictures` draws them all. One file a stage.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regions.draw.save import save
from regions.shape.load import load
from regions.story.stages.edges import edges
from regions.story.stages.gates import fused, shortened
from regions.story.stages.one_layer import one_layer
from regions.story.stages.terms import cover, parts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["pictures", "write_all"]

SHAPES = Path("shapes")
"""Where `star.yaml` and `war_zone_a.yaml` lie, seen from the root of a checkout."""


def pictures(shapes: Path = SHAPES) -> dict[str, Figure]:
    """All pictures by the names of their files.

    Raises:
        SpecError: A shape cannot be used.
    """
    star, house = load(shapes / "star.yaml"), load(shapes / "war_zone_a.yaml")
    return {
        "edges": edges(),
        "parts": parts(star),
        "cover": cover(star),
        "one_layer": one_layer(house, star),
        "fuse": fused(),
        "shorten": shortened(),
    }


def write_all(folder: Path, shapes: Path = SHAPES) -> None:
    """Draw all pictures into a folder, a PNG each.

    Raises:
        SpecError: A shape cannot be used.
        OutputError: The folder is missing, or cannot be written to.
    """
    for name, figure in pictures(shapes).items():
        save(figure, folder / f"{name}.png")
