"""The rules every network keeps; `Network` applies them at birth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from regions.geometry.boxes import has_area
from regions.network.layers import segment_reduce
from regions.network.model import MAX_EXPONENT, WEIGHT_LIMIT, monomials
from regions.text.algebra.sums import MAX_DEGREE

if TYPE_CHECKING:
    from regions.network.model import Bools, Network

Fault: TypeAlias = tuple[str, str]
"""Path in the network, and what is wrong there; what would be right."""


def faults(network: Network) -> Iterator[Fault]:
    """Every rule a network breaks. Later groups are only looked at when earlier ones hold."""
    for group in (_shapes, _values, _order, _names):
        found = list(group(network))
        yield from found
        if found:
            return


def _shapes(network: Network) -> Iterator[Fault]:
    gates, count = network.gates, len(network.bias)
    if network.weights.shape != (count, len(network.features)):
        yield "separators", "weights and features differ in number; give one weight a feature"
    names = network.names
    if len(names) != count + len(gates) or len(names.prefix) != len(names.number):
        yield "names", "there must be one name for each unit"
    elif len(names) and not 0 <= names.prefix.min() <= names.prefix.max() < len(names.prefixes):
        yield "names", "a name's prefix does not exist"
    if network.sources is not None and network.sources.shape != (count, 2, 2):
        yield "separators", "points must be two points (x, y) for each separator"
    starts = gates.start
    if (
        len(starts) != len(gates) + 1
        or starts[0] != 0
        or starts[-1] != len(gates.inputs)
        or (np.diff(starts) < 0).any()
    ):
        yield "gates", "the row starts must ascend from 0 to the number of inputs"
    if len(gates.inputs) != len(gates.weights):
        yield "gates", "inputs and weights differ in number; give one weight an input"


def _values(network: Network) -> Iterator[Fault]:
    gates = network.gates
    if len(network.center) != 2 or not np.isfinite(network.center).all():
        yield "center", "the center must be two finite numbers"
    if not isinstance(network.exponent, int) or abs(network.exponent) > MAX_EXPONENT:
        yield "exponent", f"the exponent must be an integer of at most {MAX_EXPONENT}"
    window = network.window
    if window is not None and not (len(window) == 4 and has_area(window)):
        yield "window", "the window must be finite, with xmin < xmax and ymin < ymax"
    allowed = monomials(MAX_DEGREE)
    order = [allowed.index(feature) if feature in allowed else -1 for feature in network.features]
    if -1 in order:
        yield "features", f"a feature must be a monomial of degree 1 to {MAX_DEGREE}"
    elif order[:2] != [0, 1] or order != sorted(set(order)):
        yield "features", "features must begin with x, y and ascend by degree, then falling x"
    finite = np.isfinite(network.weights).all(axis=1) & np.isfinite(network.bias)
    yield from _where(~finite, "separators", "weights and bias must be finite")
    small = np.isfinite(gates.bias) & (np.abs(gates.bias) < WEIGHT_LIMIT)
    doubled = np.where(small, gates.bias, 0.25) * 2
    yield from _where(np.rint(doubled) != doubled, "gates", "the bias must be a multiple of 1/2")
    # Each weight is cut off at the limit first, so that no sum can wrap round.
    size = np.minimum(np.abs(np.clip(gates.weights, -WEIGHT_LIMIT, WEIGHT_LIMIT)), WEIGHT_LIMIT)
    heavy = segment_reduce(np.add, size, gates.start, 0) >= WEIGHT_LIMIT
    yield from _where(heavy, "gates", "the total absolute weight must stay below 2^23")


def _order(network: Network) -> Iterator[Fault]:
    gates, count = network.gates, len(network.bias)
    owner = np.repeat(np.arange(len(gates)), np.diff(gates.start))
    late = (gates.inputs < 0) | (gates.inputs >= owner + count)
    bad = np.zeros(len(gates), dtype=np.bool_)
    bad[owner[late]] = True
    yield from _where(bad, "gates", "inputs must be units that stand before the gate")
    if not network.outputs:
        yield "outputs", "there must be at least one output"
    for k, output in enumerate(network.outputs):
        if not 0 <= output.unit < count + len(gates):
            yield f"outputs[{k}]", "the unit does not exist"
    regions = [output.name for output in network.outputs]
    if len(set(regions)) != len(regions) or "" in regions:
        yield "outputs", "each output needs a name of its own"


def _names(network: Network) -> Iterator[Fault]:
    names = network.names
    empty = np.array([not prefix for prefix in names.prefixes], dtype=np.bool_)
    bad = names.repeated() | (empty[names.prefix] & (names.number < 0))
    for unit in np.flatnonzero(bad).tolist():
        gate = unit - network.n_separators
        place = f"gates[{gate}].name" if gate >= 0 else f"separators[{unit}].name"
        yield place, f"the name {names[unit]!r} is empty or stands twice; give each unit its own"


def _where(bad: Bools, group: str, message: str) -> Iterator[Fault]:
    yield from ((f"{group}[{i}]", message) for i in np.flatnonzero(bad))
