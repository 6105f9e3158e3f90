"""The three pictures at the top of the README: what a lecturer would show first.

In a checkout, `python -m regions.story.front docs/pictures/front` draws them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from regions.check.compare import verify
from regions.compiler import build
from regions.draw.look import Look
from regions.shape.load import load
from regions.story.views import Subject, ViewName, view

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN: dict[str, tuple[str, str, ViewName]] = {
    "units": ("war_zone_a", "parts", "units"),
    "network": ("war_zone_a", "parts", "network"),
    "one_layer": ("star", "parts", "one-layer"),
}
"""Shape, strategy and view by the name of the file."""

LOOK = Look(colors=128)


def pictures(shapes: Path) -> dict[str, Figure]:
    """All pictures by the names of their files.

    Raises:
        SpecError: A shape cannot be used.
    """
    found = {}
    for name, (shape, strategy, shown) in SHOWN.items():
        spec = load(shapes / f"{shape}.yaml")
        made = build(spec, strategy)
        subject = Subject(spec, made.network, made, verify(made.network, spec))
        found[name] = view(subject, shown, LOOK.medium)
    return found


def write_all(folder: Path, shapes: Path = Path("shapes")) -> None:
    """Draw all pictures into a folder, a PNG each.

    Raises:
        SpecError: A shape cannot be used.
        OutputError: The folder is missing, or cannot be written to.
    """
    for name, figure in pictures(shapes).items():
        LOOK.save(figure, folder / f"{name}.png")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
