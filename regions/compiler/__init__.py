"""The compiler: from a shape to the network whose decision region is that shape.

    spec -> frame -> formula over separators -> flattened formula -> network

Each stage has its own frozen type; `build` is their list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from regions.compiler.emit import emit
from regions.compiler.formula import Formula
from regions.compiler.parts import polygon_in_parts
from regions.compiler.passes.flatten import flatten
from regions.compiler.translate import PolygonStrategy, frame_points, translate
from regions.geometry.frame import Frame, choose_frame
from regions.network.model import Network
from regions.shape.model import Spec
from regions.shape.source import Source, as_spec

STRATEGIES: Mapping[str, PolygonStrategy] = MappingProxyType({"parts": polygon_in_parts})
"""How a polygon becomes a formula, by name."""

DEFAULT_STRATEGY = "parts"


@dataclass(frozen=True, eq=False)
class Build:
    """A network with what it was made from.

    Attributes:
        spec: The shape, with its name and window.
        strategy: How polygons were taken apart.
        frame: The network's coordinates.
        formula: What the gates say, in negation normal form.
        network: The result.
    """

    spec: Spec
    strategy: str
    frame: Frame
    formula: Formula
    network: Network


def build(source: Source, strategy: str = DEFAULT_STRATEGY) -> Build:
    """Compile a shape and keep the stages.

    Args:
        source: A Spec, a Shape, the path of a YAML file, a Shapely polygon, or anything with
            `__geo_interface__`.
        strategy: A name in `STRATEGIES`.

    Raises:
        SpecError: The shape or its document is refused.
        ValueError: There is no such strategy.
    """
    if strategy not in STRATEGIES:
        raise ValueError(f"unknown strategy {strategy!r}; known: {', '.join(STRATEGIES)}")
    spec = as_spec(source)
    frame = choose_frame(frame_points(spec.shape))
    formula, separators = translate(spec.shape, spec.name, frame, STRATEGIES[strategy])
    formula = flatten(formula)
    network = emit(formula, separators, frame, spec.name, spec.window)
    return Build(spec, strategy, frame, formula, network)


def compile(source: Source, strategy: str = DEFAULT_STRATEGY) -> Network:
    """The network whose decision region is the shape; see `build` for the arguments.

    Raises:
        SpecError: The shape or its document is refused.
        ValueError: There is no such strategy.
    """
    return build(source, strategy).network
