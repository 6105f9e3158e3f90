"""The frozen type of a threshold network: separators, then gates, in topological order.

    points (x, y)  ->  u = (x - center) * 2^exponent  ->  features phi(u)     layer 0
    separator i:  H(weights[i] . phi(u) + bias[i])                            layer 1
    gate g:       H(sum of integer weights over earlier units + bias)         layers 2, 3, ...

`H(z) = 1 if z >= 0 else 0`. Units are numbered through: separators first, then gates. A constant
is a gate without inputs. Evaluation stands in `network/evaluate.py`, the file in `network/file.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regions.display import painted
from regions.errors import NetworkError, Problem
from regions.network.names import Names
from regions.network.remade import Recipe, remade

if TYPE_CHECKING:
    import os

    from regions.network.pruned.index import Index
    from regions.network.pruned.stream import Stream
    from regions.network.trace import Trace

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Monomial: TypeAlias = tuple[int, int]
"""`(i, j)` stands for `x^i * y^j`."""

WEIGHT_LIMIT = 2**23
"""Bound on a gate's total absolute weight: with a half-integer bias its sum is exact in float32."""

MAX_EXPONENT = 1000


def monomials(degree: int) -> tuple[Monomial, ...]:
    """The feature map up to a degree: by degree, then by falling power of x."""
    return tuple((total - j, j) for total in range(1, degree + 1) for j in range(total + 1))


def feature_name(monomial: Monomial) -> str:
    """`(2, 1)` as `x^2 y`."""
    powers = zip("xy", monomial, strict=True)
    return " ".join(base + (f"^{power}" if power > 1 else "") for base, power in powers if power)


@dataclass(frozen=True, eq=False)
class Gates:
    """Gates in compressed rows: gate g reads `inputs[start[g]:start[g + 1]]`.

    Attributes:
        start: `(n_gates + 1,)`, ascending from 0.
        inputs: `(n,)` unit numbers, each smaller than the gate's own.
        weights: `(n,)` integers.
        bias: `(n_gates,)` multiples of 1/2.
    """

    start: Ints
    inputs: Ints
    weights: Ints
    bias: Floats

    def __post_init__(self) -> None:
        if not (np.asarray(self.weights) == np.rint(self.weights)).all():
            raise NetworkError([Problem("a gate's weights must be integers", "gates")])
        for name in ("start", "inputs", "weights"):
            _freeze(self, name, np.int64)
        _freeze(self, "bias", np.float64)

    def __reduce__(self) -> Recipe:
        return remade(self)

    def __len__(self) -> int:
        return len(self.bias)

    def row(self, gate: int) -> slice:
        """Where a gate's inputs stand in `inputs` and `weights`."""
        return slice(int(self.start[gate]), int(self.start[gate + 1]))


class GateBlock(NamedTuple):
    """Gates of one layer, with their inputs packed together.

    Attributes:
        units: `(k,)` unit numbers of the gates.
        start: `(k + 1,)` where each gate's inputs begin in `inputs`.
        inputs: `(n,)` unit numbers.
        weights: `(n, 1)` int32.
        bias: `(k, 1)`.
    """

    units: Ints
    start: Ints
    inputs: Ints
    weights: NDArray[np.int32]
    bias: Floats


@dataclass(frozen=True, slots=True)
class Output:
    """A named region: it is where its unit fires."""

    name: str
    unit: int


@dataclass(frozen=True, eq=False)
class Network:
    """A threshold network over the plane, valid from birth and never changed.

    Attributes:
        center: Subtracted from a point first.
        exponent: Power of two it is then multiplied by.
        features: Monomials of layer 0, over the normalised point.
        weights: `(n_separators, n_features)` float64.
        bias: `(n_separators,)` float64.
        gates: The gates, in topological order.
        names: One for each unit, no two alike.
        outputs: One or more named regions.
        exact: True when every weight is exactly what its shape says, nothing rounded.
        window: The part of the plane worth looking at; no bearing on the meaning.
        sources: `(n_separators, 2, 2)`: the two points each line was drawn through, in the
            user's coordinates, NaN for other separators; or None.

    Raises:
        NetworkError: A rule above is broken; all broken rules are named at once.
    """

    center: tuple[float, float]
    exponent: int
    features: tuple[Monomial, ...]
    weights: Floats
    bias: Floats
    gates: Gates
    names: Names
    outputs: tuple[Output, ...]
    exact: bool = False
    window: tuple[float, float, float, float] | None = None
    sources: Floats | None = None

    def __post_init__(self) -> None:
        from regions.network.validate import faults

        _freeze(self, "weights", np.float64)
        _freeze(self, "bias", np.float64)
        if self.sources is not None:
            _freeze(self, "sources", np.float64)
        problems = [Problem(message, path) for path, message in faults(self)]
        if problems:
            raise NetworkError(problems)

    def __reduce__(self) -> Recipe:
        return remade(self)

    def __repr__(self) -> str:
        regions = ", ".join(output.name for output in self.outputs)
        counts = f"{self.n_separators} separators, {self.n_gates} gates"
        return f"<Network {regions}: {counts}, depth {self.depth}>"

    def _repr_svg_(self) -> str | None:
        """For notebooks: the region over the window; None if there is no window, or too much."""
        return painted("network_svg", self)

    def _repr_html_(self) -> str | None:
        """For notebooks: in words what `_repr_svg_` does not show; None if it does."""
        return painted("network_html", self)

    @property
    def n_separators(self) -> int:
        """Number of separators."""
        return len(self.bias)

    @property
    def n_gates(self) -> int:
        """Number of gates."""
        return len(self.gates)

    @property
    def size(self) -> int:
        """Number of threshold units in all."""
        return self.n_separators + self.n_gates

    @cached_property
    def levels(self) -> Ints:
        """`(size,)` layer of each unit: 1 for separators and constants, else above its inputs."""
        from regions.network.layers import unit_levels

        levels = unit_levels(self)
        levels.flags.writeable = False
        return levels

    @cached_property
    def schedule(self) -> tuple[GateBlock, ...]:
        """The gates in blocks that can be computed at once, in order."""
        from regions.network.layers import gate_blocks

        return gate_blocks(self)

    @cached_property
    def streams(self) -> tuple[Stream | None, ...]:
        """Each region as a formula to prune; None where that would be too long."""
        from regions.network.pruned.stream import streams

        return streams(self)

    @cached_property
    def indexes(self) -> dict[int, Index | None]:
        """What `network/points.py` has made of regions, by number, to look points up in."""
        return {}

    @property
    def depth(self) -> int:
        """Threshold layers on the longest path to an output."""
        return max(int(self.levels[output.unit]) for output in self.outputs)

    def output(self, region: str | None = None) -> Output:
        """The named output, or the only one.

        Raises:
            NetworkError: No such region, or several and none named.
        """
        known = {output.name: output for output in self.outputs}
        if region is None and len(known) == 1:
            return self.outputs[0]
        if region in known:
            return known[region]
        names = ", ".join(sorted(known))
        if region is None:
            raise NetworkError([Problem(f"the network has several regions; name one of {names}")])
        raise NetworkError([Problem(f"there is no region {region!r}; the network has {names}")])

    def fires(self, points: ArrayLike, *, index: bool | None = None) -> Bools:
        """Whether each point, `(n, 2)`, lies in each region: `(n, k)`, in the order of `outputs`.

        Args:
            points: Finite coordinates.
            index: Whether to look the points up in an index, which is made once and kept. It is
                sooner done where points and units are many, and says the same. None to choose.

        Raises:
            ValueError: The array is not `(n, 2)`, or a coordinate is not finite.
        """
        from regions.network.points import fires

        return fires(self, points, index)

    def inside(
        self, points: ArrayLike, region: str | None = None, *, index: bool | None = None
    ) -> Bools:
        """Whether each point, `(n, 2)`, lies in a region: `(n,)`.

        Args:
            points: As for `fires`.
            region: Its name; not needed if there is but one.
            index: As for `fires`.

        Raises:
            ValueError: As `fires`.
            NetworkError: There are several regions and none is named, or there is no such region.
        """
        from regions.network.points import inside

        return inside(self, points, self.outputs.index(self.output(region)), index)

    def label(self, points: ArrayLike, *, index: bool | None = None) -> Ints:
        """Number of the first region that contains each point, `(n, 2)`; -1 where none does.

        Args:
            points: As for `fires`.
            index: As for `fires`.

        Raises:
            ValueError: As `fires`.
        """
        from regions.network.points import label

        return label(self, points, index)

    def trace(self, point: tuple[float, float]) -> Trace:
        """Every unit's name, pre-activation and output at one point.

        Raises:
            ValueError: As `fires`.
        """
        from regions.network.trace import trace

        return trace(self, point)

    def layered(self) -> Network:
        """The same function with each gate reading only the layer just below it.

        Units are ordered by layer, and relays (gates that repeat one unit) carry values across.
        """
        from regions.network.layers import layered

        return layered(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the network to a JSON file, its doubles exact; whole or not at all.

        A path that ends in .yaml or .yml gets the form that people write, see
        `network/handset/write.py`.

        Raises:
            OutputError: The file cannot be written.
            NetworkError: The network cannot be written in YAML.
        """
        from regions.network.file import save

        save(self, path)


def _freeze(holder: object, name: str, kind: type[np.generic]) -> None:
    """Replace an array of a frozen dataclass by a copy of its own that cannot be written to."""
    array = np.array(getattr(holder, name), dtype=kind)
    array.flags.writeable = False
    object.__setattr__(holder, name, array)


def first_region(fired: Bools) -> Ints:
    """`(n, k)` columns of regions to `(n,)` indices of the first that holds, or -1."""
    first: Ints = np.where(fired.any(axis=1), fired.argmax(axis=1), -1)
    return first
