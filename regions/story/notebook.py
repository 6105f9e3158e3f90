"""What notebooks show of networks and specs: `regions/display.py` finds these functions by name."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from regions.check.notebook import card
from regions.compiler.demands import edge_count
from regions.draw.geometry import own_figure
from regions.draw.inline import SCREEN_DPI, png_address, svg_element
from regions.draw.region import NAMED, figure
from regions.network.model import Network, feature_name
from regions.shape.model import Expectation, Spec
from regions.story.plots import plot_shape
from regions.text.wording import counted

if TYPE_CHECKING:
    from regions.network.model import Floats

MOST_UNITS = 1000
"""A network with more is told in words: a cell that shows it should not take long."""

MOST_BORDERS = 100_000
"""Edges and curves; a spec with more has no picture."""

SPEC_INCHES, SPEC_DPI = 3.6, 192
"""Width of a spec's picture, at two pixels for one of the screen's."""

LISTED = 6
"""Points and regions that are listed; the rest is counted."""


def network_svg(network: Network) -> str | None:
    """The picture that `regions.plot` draws, with sizes; None where `network_html` says why not."""
    if _undrawn(network):
        return None
    drawn = figure(network, title=_title(network), subtitle=_sizes(network))
    if network.n_separators > NAMED:
        # Many lines, or curves of many points, are smaller as an image.
        for lines in drawn.axes[0].collections:
            lines.set_rasterized(True)
    return svg_element(drawn, SCREEN_DPI)


def network_html(network: Network) -> str | None:
    """A network in words, and why there is no picture; None where `network_svg` draws one."""
    reason = _undrawn(network)
    if not reason:
        return None
    regions = f"regions: {', '.join(_first([output.name for output in network.outputs]))}"
    separators, gates = counted(network.n_separators, "separator"), counted(network.n_gates, "gate")
    rounded = "exact" if network.exact else "rounded"
    parts = f"{separators} over {', '.join(_features(network))}; {gates}; {rounded} weights"
    rows = (regions, _sizes(network), parts)
    return card(
        f"<b>{html.escape(_title(network))}</b>",
        *map(html.escape, rows[len(network.outputs) == 1 :]),
        f"<i>{html.escape(reason)}</i>",
    )


def spec_html(spec: Spec) -> str:
    """Name, sentence, picture of the shape, and what is expected; nothing is compiled."""
    xmin, ymin, xmax, ymax = spec.window
    rows = [f"window ({xmin:g}, {ymin:g}) to ({xmax:g}, {ymax:g})", *_expected(spec.expect)]
    return card(
        f"<b>{html.escape(spec.name)}</b>",
        *([html.escape(spec.about)] if spec.about else []),
        _picture(spec),
        *map(html.escape, rows),
    )


def _picture(spec: Spec) -> str:
    """An image of the shape, or how to get one."""
    borders = edge_count(spec.shape)
    if borders > MOST_BORDERS:
        return f"<i>{borders:,} edges are not drawn unasked: regions.plot_shape(spec)</i>"
    drawn = own_figure(SPEC_INCHES, SPEC_INCHES * _aspect(spec))
    plot_shape(spec, drawn.axes[0])
    source, width = png_address(drawn, SPEC_DPI), round(SPEC_INCHES * SCREEN_DPI)
    return f'<img src="{source}" width="{width}" alt="{html.escape(spec.name)}">'


def _undrawn(network: Network) -> str:
    """Why a network is not drawn unasked, and how it is; "" if it is."""
    if network.window is None:
        return "no window to draw: regions.plot(net, window=(xmin, ymin, xmax, ymax))"
    if network.size > MOST_UNITS:
        return f"more than {MOST_UNITS:,} units are not drawn unasked: regions.plot(net)"
    return ""


def _title(network: Network) -> str:
    one = len(network.outputs) == 1
    return network.outputs[0].name if one else counted(len(network.outputs), "region")


def _sizes(network: Network) -> str:
    return f"{counted(network.size, 'unit')}, depth {network.depth}"


def _features(network: Network) -> list[str]:
    return [feature_name(monomial) for monomial in network.features]


def _aspect(spec: Spec) -> float:
    """Height of the picture relative to its width: of the window, within bounds."""
    xmin, ymin, xmax, ymax = spec.window
    return min(max((ymax - ymin) / (xmax - xmin), 0.4), 1.5)


def _expected(expect: Expectation) -> Iterator[str]:
    if len(expect.inside):
        yield f"expects inside: {_points(expect.inside)}"
    if len(expect.outside):
        yield f"expects outside: {_points(expect.outside)}"
    if expect.area is not None:
        yield f"expects an area of {expect.area:g} within {expect.area_tolerance:.2g}"
    if expect.max_size is not None:
        yield f"expects at most {counted(expect.max_size, 'unit')}"


def _points(points: Floats) -> str:
    return ", ".join(_first([f"({x:g}, {y:g})" for x, y in points.tolist()]))


def _first(texts: list[str]) -> list[str]:
    more = len(texts) - LISTED
    return texts if more <= 0 else [*texts[:LISTED], f"and {more:,} more"]
