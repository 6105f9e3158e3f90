"""The views of a spec and its network: what `regions render --view` and `regions.picture` draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from regions.check.compare import Report, verify
from regions.draw.cells import cells
from regions.draw.inline import show_in_notebooks
from regions.draw.layout import PAGE
from regions.draw.look import Look
from regions.draw.media import MEDIA, Medium
from regions.draw.themes import darkened
from regions.draw.units import units
from regions.draw.wiring import network_figure
from regions.network.model import Network
from regions.shape.model import Spec
from regions.shape.source import Source, as_spec
from regions.story.one_layer import one_layer_figure
from regions.story.onepage import story
from regions.story.render import network_caption, outline, region_picture

if TYPE_CHECKING:
    import shapely
    from matplotlib.figure import Figure

    from regions.compiler import Build

ViewName: TypeAlias = Literal["region", "units", "network", "story", "cells", "one-layer"]

LIGHT = Look()


@dataclass(frozen=True, eq=False)
class Subject:
    """What is drawn.

    Attributes:
        spec: The shape.
        network: A network for it, compiled or not.
        made: The stages that made the network, None for one that was read from a file.
        report: Of the raster check.
        text: The spec's document, empty if there is none.
    """

    spec: Spec
    network: Network
    made: Build | None
    report: Report
    text: str = ""

    @cached_property
    def outline(self) -> shapely.Geometry:
        """What the shape covers of its window, as pictures show it."""
        return outline(self.spec)


def view(subject: Subject, name: ViewName, medium: Medium, shade: bool = False) -> Figure:
    """One view as a figure, on white; `shade` as in `render_view`."""
    spec, network = subject.spec, subject.network
    match name:
        case "region":
            size = (PAGE, PAGE) if medium.height is None else (medium.width, medium.height)
            return region_picture(spec, network, subject.report, subject.outline, page_size=size)
        case "units":
            border, title = subject.outline, spec.name
            return units(network, spec.window, medium, outline=border, title=title, shade=shade)
        case "story":
            return story(subject, medium)
        case "cells":
            return cells(network, spec.window, medium, title=spec.name)
        case "network":
            return network_figure(network, medium, spec.name, network_caption(network))
        case "one-layer":
            return one_layer_figure(spec, medium)
        case _:
            assert_never(name)


def render_view(
    subject: Subject, name: ViewName, path: Path, look: Look = LIGHT, shade: bool = False
) -> None:
    """Write a view to a PNG, SVG or PDF file, chosen by its suffix.

    Args:
        subject: What is drawn.
        name: The view.
        path: Written whole or not at all.
        look: Medium, colours and size.
        shade: Whether the view `units` shows sums, and not only where units fire.

    Raises:
        OutputError: The suffix is unknown, or the file cannot be written.
        InputError: The view cannot show this network.
    """
    look.save(view(subject, name, look.medium, shade), path)


def picture(
    source: Source,
    name: ViewName = "region",
    *,
    network: Network | None = None,
    strategy: str = "auto",
    shade: bool = False,
    slide: bool = False,
    dark: bool = False,
) -> Figure:
    """A view as a matplotlib Figure, as `regions render --view` writes it.

    Args:
        source: The shape: whatever `regions.compile` takes.
        name: `region`, `units`, `network`, `story`, `cells` or `one-layer`.
        network: Drawn in place of what the compiler makes of the shape.
        strategy: How it is compiled otherwise.
        shade: In the view `units`, sums in place of where units fire.
        slide: 480 x 270 points, to be seen from the last row.
        dark: Light on dark.

    Raises:
        SpecError: The shape is refused.
        InputError: It cannot be compiled or compared, or the view cannot show it.
    """
    from regions.compiler import build

    spec = as_spec(source)
    made = build(spec, strategy) if network is None else None
    shown = made.network if made else network
    assert shown is not None
    subject = Subject(spec, shown, made, verify(shown, spec))
    figure = view(subject, name, MEDIA["slide" if slide else "print"], shade)
    if dark:
        darkened(figure)
    show_in_notebooks(figure)
    return figure
