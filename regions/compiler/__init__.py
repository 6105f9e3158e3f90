"""The compiler: from a shape to the network whose decision region is that shape.

    spec -> frame -> formula over separators -> simpler formula -> circuit -> network

Each stage has its own frozen type; `strategies.py` lists them. A strategy says how polygons become
formulas; `auto` takes the smallest network of them all.
"""

from __future__ import annotations

from regions.compiler.auto import smallest
from regions.compiler.refusal import NotCompilableError
from regions.compiler.strategies import NAMED, Build, Draft, compiled, in_one_layer
from regions.errors import Problem
from regions.network.model import Network
from regions.shape.source import Source, as_spec

__all__ = [
    "AUTO",
    "STRATEGIES",
    "Build",
    "NotCompilableError",
    "build",
    "compile",
    "decide_one_layer",
]

AUTO = "auto"

STRATEGIES = (*NAMED, AUTO)
"""Names for `build` and `compile`."""


def build(source: Source, strategy: str = AUTO, max_depth: int | None = None) -> Build:
    """Compile a shape and keep the stages.

    Args:
        source: A Spec, a Shape, the path of a YAML file, a Shapely polygon, or anything with
            `__geo_interface__`.
        strategy: A name in `STRATEGIES`.
        max_depth: Most threshold layers on a path, the separators' included.

    Raises:
        SpecError: The shape or its document is refused.
        NotCompilableError: The strategy cannot serve this shape, or not within the depth. It is a
            SpecError too, and says what can.
        ValueError: There is no such strategy, or `max_depth` is no depth.
    """
    if strategy not in STRATEGIES:
        raise ValueError(f"unknown strategy {strategy!r}; known: {', '.join(STRATEGIES)}")
    if max_depth is not None and (type(max_depth) is not int or max_depth < 1):
        raise ValueError(f"max_depth must be a whole number from 1 on, not {max_depth!r}")
    spec = as_spec(source)
    if strategy == AUTO:
        return smallest(spec, max_depth)
    made = compiled(Draft(spec), strategy)
    if max_depth is not None and made.network.depth > max_depth:
        said = f"strategy {strategy} needs depth {made.network.depth}, more than {max_depth}"
        raise NotCompilableError([Problem(f"{said}; allow more, or use strategy {AUTO}")])
    return made


def compile(source: Source, strategy: str = AUTO, max_depth: int | None = None) -> Network:
    """The network whose decision region is the shape; see `build` for the arguments.

    Raises:
        SpecError: The shape or its document is refused, or the strategy cannot serve it.
        ValueError: There is no such strategy.
    """
    return build(source, strategy, max_depth).network


def decide_one_layer(source: Source, vertex_pairs: bool = False) -> Build:
    """Decide whether one hidden layer suffices: the separators, and one threshold unit.

    Args:
        source: As for `build`; its borders straight.
        vertex_pairs: Whether the unit may read, beside the lines of the shape's own edges, all
            lines through two of its vertices.

    Returns:
        The network, if there is one.

    Raises:
        NotCompilableError: There is none: its `obstruction` holds the cells that prove it. Or it is
            not looked for: a border is curved, there are too many lines, or rounding forbids it.
        SpecError: The shape or its document is refused.
    """
    return in_one_layer(Draft(as_spec(source)), vertex_pairs)
