"""The strategies: how polygons become formulas, and the stages from a spec to its network."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from regions.compiler.circuit import Circuit
from regions.compiler.cover import polygon_by_cover, refuse_many_edges
from regions.compiler.edges import polygons_by_edges
from regions.compiler.emit import emit
from regions.compiler.formula import Formula
from regions.compiler.one_layer import Obstruction, OneLayer, Undecided, decide
from regions.compiler.parts import polygon_in_parts
from regions.compiler.passes import simplify
from regions.compiler.passes.fuse import fuse
from regions.compiler.passes.shorten import shorten
from regions.compiler.paths import PolygonStrategy
from regions.compiler.refusal import NotCompilableError
from regions.compiler.separators import Separators
from regions.compiler.translate import frame_points, one_by_one, translate
from regions.errors import Problem
from regions.geometry.frame import Frame, choose_frame
from regions.network.model import Network
from regions.network.names import Label
from regions.shape.model import Spec


@dataclass(frozen=True, slots=True)
class Compared:
    """What `auto` found of one strategy.

    Attributes:
        strategy: Its name.
        size: Units of its network, None where there is none.
        depth: Of its network, None likewise.
        reason: Why there is none, or why it does not count; else "".
        spared: Whether it was not even tried, since it could not win.
    """

    strategy: str
    size: int | None
    depth: int | None
    reason: str = ""
    spared: bool = False

    @classmethod
    def of(cls, made: Build) -> Compared:
        """A strategy that served the shape."""
        return cls(made.strategy, made.network.size, made.network.depth)


@dataclass(frozen=True, eq=False)
class Build:
    """A network with what it was made from.

    Attributes:
        spec: The shape, with its name and window.
        strategy: What made the network; never `auto`, but what that chose.
        frame: The network's coordinates.
        formula: The shape over separators, ANDs and ORs.
        circuit: The network's gates.
        network: The result.
        n_caps: Separators that only keep rounding within bounds.
        compared: What `auto` compared; empty for any other strategy.
    """

    spec: Spec
    strategy: str
    frame: Frame
    formula: Formula
    circuit: Circuit
    network: Network
    n_caps: int
    compared: tuple[Compared, ...] = ()


class Draft:
    """A spec on its way to networks: what several strategies need is made once.

    Attributes:
        spec: The shape.
        frame: The coordinates of all its networks.
    """

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.frame = choose_frame(frame_points(spec.shape))

    @cached_property
    def by_edges(self) -> tuple[Formula, Separators]:
        """Peterson's formula of each polygon, simplified."""
        return self.formula(polygons_by_edges)

    def formula(self, polygons: PolygonStrategy) -> tuple[Formula, Separators]:
        """The simplified formula of the shape."""
        formula, separators = translate(self.spec.shape, self.spec.name, self.frame, polygons)
        # What simplification leaves of the region may have lost its name.
        return simplify(formula).with_root_named(Label(self.spec.name)), separators


def _textbook(draft: Draft) -> Build:
    """Convex parts, an AND each, an OR, as the spec is written: no gate takes in another."""
    formula, separators = draft.formula(one_by_one(polygon_in_parts))
    return _built(draft, "parts", formula, fuse(formula, limit=0), separators)


def _by_edges(draft: Draft) -> Build:
    """Each edge one unit, gates fused."""
    formula, separators = draft.by_edges
    return _built(draft, "edges", formula, shorten(fuse(formula)), separators)


def _by_cover(draft: Draft) -> Build:
    """Overlapping convex terms over the edges' own lines, gates fused."""
    refuse_many_edges(draft.spec.shape)
    formula, separators = draft.formula(one_by_one(polygon_by_cover))
    return _built(draft, "cover", formula, shorten(fuse(formula)), separators)


def in_one_layer(draft: Draft, vertex_pairs: bool = False) -> Build:
    """A single threshold unit over the edges' own lines.

    Args:
        draft: The spec.
        vertex_pairs: Whether the unit may read all lines through two of the shape's vertices too.

    Raises:
        NotCompilableError: There is no such unit, or none is looked for.
    """
    match decided(draft, vertex_pairs):
        case OneLayer() as answer:
            circuit = answer.circuit(Label(draft.spec.name))
            return _built(draft, "one-layer", draft.by_edges[0], circuit, answer.separators)
        case Obstruction() as obstruction:
            raise NotCompilableError([Problem(obstruction.reason)], obstruction)
        case Undecided(reason):
            raise NotCompilableError([Problem(reason)])


def decided(draft: Draft, vertex_pairs: bool = False) -> OneLayer | Obstruction | Undecided:
    """Whether a single threshold unit serves, and which one; see `in_one_layer`."""
    formula, separators = draft.by_edges
    if separators.caps:
        return Undecided(_NEEDLES)
    return decide(formula, separators, draft.frame, vertex_pairs)


_NEEDLES = (
    "one layer is not looked for where a corner is so sharp that its tip needs a line of its own "
    "to keep rounding within bounds; coordinates of at most 24 bits on one lattice are not rounded"
)


NAMED: Mapping[str, Callable[[Draft], Build]] = MappingProxyType(
    {"parts": _textbook, "edges": _by_edges, "cover": _by_cover, "one-layer": in_one_layer}
)
"""The strategies by name."""


def compiled(draft: Draft, strategy: str) -> Build:
    """All stages of one strategy.

    Raises:
        NotCompilableError: The strategy cannot serve this shape.
    """
    with _collector_paused():
        return NAMED[strategy](draft)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Do without Python's cyclic garbage collector for the time of a compilation.

    A large map makes many thousand tuples, and no cycles; the collector would look through all of
    them again and again, a sixth of the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _built(
    draft: Draft, strategy: str, formula: Formula, circuit: Circuit, separators: Separators
) -> Build:
    spec, frame = draft.spec, draft.frame
    network = emit(circuit, separators, frame, spec.name, spec.window)
    return Build(spec, strategy, frame, formula, circuit, network, len(separators.caps))
