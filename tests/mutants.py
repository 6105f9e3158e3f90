"""`python -m tests.mutants`: networks one step away from right, and who notices.

Random shapes of few lines are compiled, and one number of the network is changed. Each mutant is
judged by `regions.prove`, by the enumeration of all cells in `tests/cells.py`, which shares nothing
with it, and by the raster check. The table says how many each has found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TypeAlias

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray

import regions
from regions.network.model import Gates, Network
from regions.shape.model import (
    Box,
    Complement,
    Difference,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
)
from regions.shape.source import as_spec
from tests import adversaries as adverse
from tests.cells import as_read, border_lines, distinct, judge
from tests.conftest import SHAPES

STRATEGIES = ("parts", "edges", "cover", "auto")

LINES = 60
"""Distinct lines of a shape, at most."""

RIGHT = 100
"""Networks that are proved as they were compiled."""

EACH = 40
"""Mutants of each kind."""

Generator: TypeAlias = np.random.Generator

SHIFT = 1e-6
"""Part of the window's extent by which a separator is moved."""

GALLERY = (
    *("checkers", "plus", "square_with_hole", "star", "strip", "two_islands"),
    "war_zone_a",
)


@dataclass(frozen=True, eq=False)
class Base:
    """A network as it was compiled.

    Attributes:
        name: Family, strategy and seed.
        spec: The shape.
        network: Its network.
    """

    name: str
    spec: Spec
    network: Network


@dataclass(frozen=True, eq=False)
class Mutant:
    """A network with one step away from right.

    Attributes:
        kind: Which step.
        base: The network before it.
        network: The network after it.
    """

    kind: str
    base: Base
    network: Network

    @property
    def name(self) -> str:
        return f"{self.base.name}, {self.kind}"


# Shapes


def _lattice(rng: Generator) -> Spec:
    return as_spec(adverse.untangled(int(rng.integers(5, 18)), 9, _seed(rng)))


def _turned(rng: Generator) -> Spec:
    polygon = adverse.untangled(int(rng.integers(5, 14)), 9, _seed(rng))
    return as_spec(_off_lattice(polygon, rng))


def _holed(rng: Generator) -> Spec:
    """A polygon without another in it: a hole, which may touch a side, or a notch."""
    hole = adverse.untangled(int(rng.integers(3, 9)), 7, _seed(rng))
    whole = shapely.difference(shapely.box(0, 0, 9, 7), shapely.affinity.translate(hole, 1))
    return as_spec(whole if rng.random() < 0.5 else _off_lattice(whole, rng))


def _star(rng: Generator) -> Spec:
    return as_spec(adverse.star_shaped(int(rng.integers(5, 20)), _seed(rng)))


def _touching(rng: Generator) -> Spec:
    """Parts and holes that touch in vertices."""
    size = int(rng.integers(2, 5))
    made = (
        lambda: adverse.checkerboard(size),
        lambda: adverse.polyomino(4, _seed(rng)),
        lambda: adverse.fan(2),
        lambda: adverse.diamond_chain(size),
        lambda: shapely.MultiPolygon([_triangle(5, 1, 3, 4), _triangle(-4, 2, -3, -4)]),
    )
    parts = made[rng.integers(len(made))]()
    return as_spec(parts if rng.random() < 0.6 else _off_lattice(parts, rng))


def _triangle(ax: float, ay: float, bx: float, by: float) -> shapely.Polygon:
    return shapely.Polygon([(0, 0), (ax, ay), (bx, by)])


def _blocks(rng: Generator) -> Spec:
    """An L, a U or a frame, straight or turned."""
    notch = [(2, 2, 6, 5), (2, 1, 4, 5), (1, 1, 4, 3)][rng.integers(3)]
    blocks = shapely.difference(shapely.box(0, 0, 6, 5), shapely.box(*notch))
    return as_spec(blocks if rng.random() < 0.4 else _off_lattice(blocks, rng))


def _gallery(rng: Generator) -> Spec:
    return regions.load(SHAPES / f"{GALLERY[rng.integers(len(GALLERY))]}.yaml")


def _boolean(rng: Generator) -> Spec:
    return _spec_of_tree(rng, 1.0)


def _decimal(rng: Generator) -> Spec:
    """On a grid of 0.1, which is no double."""
    return _spec_of_tree(rng, 0.1)


def _many(rng: Generator) -> Spec:
    corners, seed = int(rng.integers(30, 58)), _seed(rng)
    made = (
        lambda: adverse.untangled(corners, 20, seed),
        lambda: adverse.star_shaped(corners, seed),
        lambda: adverse.tenths(adverse.untangled(corners, 15, seed)),
        lambda: adverse.polyomino(8, seed),
    )
    return as_spec(made[rng.integers(len(made))]())


FAMILIES: dict[str, Callable[[Generator], Spec]] = {
    "lattice": _lattice,
    "turned": _turned,
    "hole": _holed,
    "star-shaped": _star,
    "touching": _touching,
    "blocks": _blocks,
    "gallery": _gallery,
    "boolean": _boolean,
    "boolean of tenths": _decimal,
    "many lines": _many,
}


def _spec_of_tree(rng: Generator, step: float) -> Spec:
    reach = 12 * step
    return Spec("tree", _tree(rng, step, 2), (-reach, -reach, reach, reach))


def _tree(rng: Generator, step: float, levels: int) -> Shape:
    if levels == 0:
        return _primitive(rng, step)
    kinds = (Union, Intersection, Difference, SymmetricDifference)
    kind = kinds[rng.integers(len(kinds))]
    tree = kind(tuple(_tree(rng, step, int(rng.integers(levels))) for _ in range(2)))
    return Complement(tree) if rng.random() < 0.1 else tree


def _primitive(rng: Generator, step: float) -> Shape:
    x, y, width, height = (rng.integers((0, 0, 2, 2), (5, 5, 6, 6)) * step).tolist()
    match rng.integers(4):
        case 0:
            a, b = (rng.integers(1, 4, 2) * rng.choice([-1, 1], 2)).tolist()
            return HalfPlane(a, b, -a * x - b * y)
        case 1:
            return Box(x, y, x + width, y + height)
        case _:
            polygon = adverse.untangled(int(rng.integers(3, 7)), 8, _seed(rng))
            return Polygonal(shapely.transform(polygon, lambda p: p * step))


def _off_lattice(geometry: shapely.Geometry, rng: Generator) -> shapely.Geometry:
    """Turned, scaled and shifted by amounts that are no simple fractions."""
    while True:
        turned = adverse.rotated(geometry, float(rng.uniform(0, 90)))
        scale, shift = rng.uniform(0.3, 3), rng.uniform(-9, 9, 2)
        moved = shapely.transform(turned, lambda p, k=scale, d=shift: p * k + d)
        # Where parts touch on an edge, rounding may make them overlap.
        if moved.is_valid:
            return moved


def _seed(rng: Generator) -> int:
    return int(rng.integers(2**20))


# Networks


@cache
def bases() -> tuple[Base, ...]:
    """The first networks that seeds give: each family with every strategy, more than once."""
    found: list[Base] = []
    seed = 0
    while len(found) < RIGHT:
        base = _base(len(found), seed)
        found += [base] if base is not None else []
        seed += 1
    return tuple(found)


def _base(place: int, seed: int) -> Base | None:
    """A network of few lines in which literals can be swapped, if the seed gives one."""
    family = list(FAMILIES)[place % len(FAMILIES)]
    strategy = STRATEGIES[place // len(FAMILIES) % len(STRATEGIES)]
    spec = FAMILIES[family](np.random.default_rng([seed, 14]))
    network = regions.compile(spec, strategy)
    lines = distinct([*as_read(network, spec), *border_lines(spec.shape)])
    if len(lines) > LINES or not _swaps(network):
        return None
    return Base(f"{family}, {strategy}, seed {seed}", spec, network)


@cache
def proof_of(base: Base) -> regions.Proof:
    return regions.prove(base.network, base.spec)


@cache
def mutants() -> tuple[Mutant, ...]:
    """`EACH` of each kind, of networks that are proved right; each network is taken twice."""
    right = [base for base in bases() if proof_of(base).verdict == "equal"]
    found = []
    for k, (kind, mutation) in enumerate(KINDS.items()):
        for i in range(EACH):
            base = right[(k * EACH // 2 + i) % len(right)]
            found.append(Mutant(kind, base, mutation(base, np.random.default_rng([k, i]))))
    return tuple(found)


def flip_weight(base: Base, rng: Generator) -> Network:
    """A gate's weight gets the other sign."""
    weights = base.network.gates.weights.copy()
    weights[rng.integers(len(weights))] *= -1
    return _with_gates(base.network, weights=weights)


def move_bias(base: Base, rng: Generator) -> Network:
    """A gate's bias is one more or one less."""
    bias = base.network.gates.bias.copy()
    bias[rng.integers(len(bias))] += rng.choice([-1, 1])
    return _with_gates(base.network, bias=bias)


def swap_literals(base: Base, rng: Generator) -> Network:
    """Two separators that gates read change places."""
    pairs = _swaps(base.network)
    p, q = pairs[rng.integers(len(pairs))]
    inputs = base.network.gates.inputs.copy()
    inputs[[p, q]] = inputs[[q, p]]
    return _with_gates(base.network, inputs=inputs)


def drop_edge(base: Base, rng: Generator) -> Network:
    """No gate reads a certain separator: a conjunction and a disjunction of the others remain."""
    network, gates = base.network, base.network.gates
    read = np.unique(gates.inputs[gates.inputs < network.n_separators])
    dropped = rng.choice(read)
    start, inputs, weights, bias = [0], [], [], []
    for gate in range(len(gates)):
        terms = _terms(gates, gate)
        left = [(unit, weight) for unit, weight in terms if unit != dropped]
        gone = sum(weight for unit, weight in terms if unit == dropped)
        needed = sum(max(w, 0) for _, w in left) + min(gone, 0) + gates.bias[gate] < 0
        # What is left out counts as true in a conjunction, as false in a disjunction.
        kept = max(gone, 0) if needed else min(gone, 0)
        inputs += [unit for unit, _ in left]
        weights += [weight for _, weight in left]
        bias.append(gates.bias[gate] + kept)
        start.append(len(inputs))
    arrays = (np.array(values) for values in (start, inputs, weights, bias))
    return replace(network, gates=Gates(*arrays))


def shift_separator(base: Base, rng: Generator) -> Network:
    """A separator moves by 1e-6 of the window's extent."""
    network = base.network
    xmin, ymin, xmax, ymax = base.spec.window
    extent = max(xmax - xmin, ymax - ymin) * 2.0**network.exponent
    bias, moved = network.bias.copy(), rng.integers(network.n_separators)
    length = np.hypot(*network.weights[moved, :2])
    bias[moved] += rng.choice([-1, 1]) * SHIFT * extent * length
    return replace(network, bias=bias)


Mutation: TypeAlias = Callable[[Base, Generator], Network]


def give_border_away(base: Base, rng: Generator) -> Network:
    """`H(z)` becomes `NOT H(-z)`, which is 0 on the line, wherever it is read."""
    network, gates = base.network, base.network.gates
    weights, bias = network.weights.copy(), network.bias.copy()
    heavy, offset = gates.weights.copy(), gates.bias.copy()
    given = rng.integers(len(bias))
    weights[given], bias[given] = -weights[given], -bias[given]
    reader = np.repeat(np.arange(len(gates)), np.diff(gates.start))
    reads = gates.inputs == given
    np.add.at(offset, reader[reads], heavy[reads])
    heavy[reads] *= -1
    changed = Gates(gates.start, gates.inputs, heavy, offset)
    return replace(network, weights=weights, bias=bias, gates=changed)


KINDS: dict[str, Mutation] = {
    "one gate weight flipped": flip_weight,
    "one bias moved by one": move_bias,
    "two literals swapped": swap_literals,
    "one edge dropped": drop_edge,
    "one separator shifted by 1e-6": shift_separator,
    "one edge without its points": give_border_away,
}


def _swaps(network: Network) -> list[tuple[int, int]]:
    """Pairs of terms that read separators, and say something else when these change places."""
    gates = network.gates
    reader = np.repeat(np.arange(len(gates)), np.diff(gates.start)).tolist()
    inputs, weights = gates.inputs.tolist(), gates.weights.tolist()
    reads = [{unit for unit, _ in _terms(gates, gate)} for gate in range(len(gates))]
    terms = [t for t, unit in enumerate(inputs) if unit < network.n_separators]

    def swap(p: int, q: int) -> bool:
        if reader[p] == reader[q]:
            return bool(weights[p] != weights[q])
        return inputs[p] not in reads[reader[q]] and inputs[q] not in reads[reader[p]]

    return [(p, q) for i, p in enumerate(terms) for q in terms[:i] if swap(p, q)]


def _terms(gates: Gates, gate: int) -> list[tuple[int, int]]:
    row = gates.row(gate)
    return list(zip(gates.inputs[row].tolist(), gates.weights[row].tolist(), strict=True))


def _with_gates(network: Network, **arrays: NDArray[np.generic]) -> Network:
    return replace(network, gates=replace(network.gates, **arrays))


# The table


@dataclass
class Row:
    """What became of the mutants of a kind.

    Attributes:
        mutants: How many there are.
        different: How many the proof refutes off the shape's boundary.
        bordering: How many differ on the boundary only.
        equal: How many are still right.
        other: How many have another verdict.
        agreed: On how many of all the enumeration of cells gives the same verdict.
        missed: Of those that differ, how many the raster check passes.
    """

    mutants: int = 0
    different: int = 0
    bordering: int = 0
    equal: int = 0
    other: int = 0
    agreed: int = 0
    missed: int = 0

    def count(self, mutant: Mutant) -> None:
        network, spec = mutant.network, mutant.base.spec
        verdict = regions.prove(network, spec).verdict
        columns = {
            "different": "different",
            "equal except on the boundary": "bordering",
            "equal": "equal",
        }
        column = columns.get(verdict, "other")
        setattr(self, column, getattr(self, column) + 1)
        self.mutants += 1
        self.agreed += judge(network, spec).verdict == verdict
        self.missed += verdict != "equal" and regions.verify(network, spec).ok


def main() -> None:
    right = Counter(proof_of(base).verdict for base in bases())
    print(f"{len(bases())} networks as compiled: {dict(right)}")
    columns = [field.name for field in fields(Row)]
    print(f"{'':32}" + "".join(f"{column:>11}" for column in columns))
    for kind in KINDS:
        row = Row()
        for mutant in mutants():
            if mutant.kind == kind:
                row.count(mutant)
        print(
            f"{kind:32}" + "".join(f"{getattr(row, column):>11}" for column in columns), flush=True
        )


if __name__ == "__main__":
    main()
