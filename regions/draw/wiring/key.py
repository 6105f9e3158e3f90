"""The key of a diagram: what its signs mean, said once each and only where they occur."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regions.draw.wiring.grouping import Grouping
from regions.draw.wiring.model import Chart
from regions.network.model import Network
from regions.network.words import gate_words
from regions.text.wording import counted

MIXED = "mixed"
"""What is neither AND nor OR nor a number of inputs."""

EXPLAINED, LETTERS = 3, 200
"""Up to so many mixed gates are put into words below, if the words are no longer."""

TIMES = "\N{MULTIPLICATION SIGN}"

FUNCTION = f"each unit gives 1 where its sum of weight {TIMES} input, plus bias, is ≥ 0; else 0"
CIRCLES = "circle at a gate: a negative weight, it reads NOT"
ONLY_ONES = "all weights of gates are 1"
ONES = "a wire into a gate without a number has weight 1"
MINUS_ONES = f"{ONES}, with a circle alone \N{MINUS SIGN}1"
UNTOLD = f"{MIXED}: a gate that is neither AND nor OR alone"
MULTIPLE = f"{TIMES}3: three connections drawn as one, their weights left out; the wider, the more"
PRODUCTS = "features are products of the inputs"


def notes(
    chart: Chart, network: Network, grouping: Grouping, names: Sequence[str], within: int
) -> tuple[str, ...]:
    """What has to be said below a chart.

    Args:
        chart: Without notes.
        network: Which it shows.
        grouping: Which units share a box.
        names: Of the boxes, as they are shown.
        within: Connections inside of groups.
    """
    return tuple(_spoken(chart, network, grouping, names, within))


def _spoken(
    chart: Chart, network: Network, grouping: Grouping, names: Sequence[str], within: int
) -> Iterator[str]:
    forms = [node.form for node in chart.nodes]
    units = ("separator", "gate", "group")
    between = [w for w in chart.wires if forms[w.source] in units and forms[w.target] in units]
    single = [wire for wire in between if wire.connections == 1]
    yield FUNCTION
    if "features" in chart.heads:
        yield PRODUCTS
    bare = [wire for wire in single if not wire.label]
    if bare:
        only_ones = bool((network.gates.weights == 1).all())
        circled = any(wire.negative for wire in bare)
        yield ONLY_ONES if only_ones else MINUS_ONES if circled else ONES
    if any(wire.negative for wire in single):
        yield CIRCLES
    if any(wire.connections > 1 for wire in chart.wires):
        yield MULTIPLE
    if within:
        yield f"{counted(within, 'connection')} within groups left out"
    if any(MIXED in node.lines for node in chart.nodes):
        yield from _in_words(chart, network, grouping, names) or (UNTOLD,)


def _in_words(
    chart: Chart, network: Network, grouping: Grouping, names: Sequence[str]
) -> tuple[str, ...]:
    """What each mixed gate says; nothing if that is too much."""
    if not grouping.whole:
        return ()
    boxes = [node for node in chart.nodes if node.units]
    mixed = [unit for unit, node in enumerate(boxes) if MIXED in node.lines]
    if len(mixed) > EXPLAINED:
        return ()
    first = network.n_separators
    told = [f"{names[unit]} is {gate_words(network, unit - first, names=names)}" for unit in mixed]
    return tuple(told) if all(len(words) <= LETTERS for words in told) else ()
