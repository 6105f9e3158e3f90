"""How large a network is, next to what its shape demands and to what other strategies give."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from regions.compiler.demands import edge_count, least_units
from regions.compiler.refusal import NotCompilableError
from regions.compiler.strategies import NAMED, Draft, compiled
from regions.network.model import Network
from regions.network.sizes import Sizes, sizes
from regions.shape.model import Spec


@dataclass(frozen=True, slots=True)
class SizeReport:
    """A network measured against its shape.

    Attributes:
        sizes: Of the network.
        edges: Border pieces of the shape's primitives: straight edges, and curves.
        units_per_edge: Size over edges.
        lower_bound: Units that any exact network of the region has at least, None where unknown.
    """

    sizes: Sizes
    edges: int
    units_per_edge: float
    lower_bound: int | None

    def to_dict(self) -> dict[str, Any]:
        """Flat, for JSON."""
        found = asdict(self)
        return {**found.pop("sizes"), **found}


def size_report(network: Network, spec: Spec) -> SizeReport:
    """Measure a network for a shape, compiled or not."""
    edges = edge_count(spec.shape)
    return SizeReport(sizes(network), edges, network.size / edges, least_units(spec.shape))


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one strategy gives for a shape: a network's sizes, or the reason why not.

    Attributes:
        strategy: Its name.
        network: What it made, or None.
        sizes: Of the network, or None.
        reason: Why there is none, or "".
    """

    strategy: str
    network: Network | None
    sizes: Sizes | None
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        if self.network is None or self.sizes is None:
            return {"strategy": self.strategy, "reason": self.reason}
        return {
            "strategy": self.strategy,
            "size": self.network.size,
            "depth": self.network.depth,
            "n_separators": self.network.n_separators,
            "n_gates": self.network.n_gates,
            **asdict(self.sizes),
        }


def compare_strategies(spec: Spec) -> tuple[Alternative, ...]:
    """Build a shape with every strategy, also with those that `auto` would spare.

    Raises:
        SpecError: The shape cannot be compiled at all.
    """
    draft = Draft(spec)
    return tuple(_alternative(draft, name) for name in NAMED)


def _alternative(draft: Draft, strategy: str) -> Alternative:
    try:
        network = compiled(draft, strategy).network
    except NotCompilableError as refusal:
        reason = "; ".join(problem.message for problem in refusal.problems)
        return Alternative(strategy, None, None, reason)
    return Alternative(strategy, network, sizes(network))
