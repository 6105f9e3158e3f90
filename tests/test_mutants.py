"""Networks one step away from right: what the proof says is so, by an enumeration of all cells."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache

import pytest
import shapely

import regions
from regions.check.proof import Proof
from regions.geometry.arrangement import arrangement
from regions.shape.source import as_spec
from tests import adversaries as adverse
from tests.cells import (
    Judgement,
    Line,
    Point,
    as_read,
    as_they_stand,
    border_lines,
    distinct,
    enumerated,
    judge,
    network_at,
)
from tests.mutants import (
    EACH,
    FAMILIES,
    KINDS,
    LINES,
    RIGHT,
    STRATEGIES,
    Base,
    Mutant,
    Row,
    bases,
    mutants,
    proof_of,
)
from tests.pointwise import network_says, shape_says


@cache
def proved(mutant: Mutant) -> Proof:
    return regions.prove(mutant.network, mutant.base.spec)


@cache
def judged(mutant: Mutant) -> Judgement:
    return judge(mutant.network, mutant.base.spec)


def of_kind(kind: str) -> list[Mutant]:
    found = [mutant for mutant in mutants() if mutant.kind == kind]
    assert len(found) == EACH
    return found


# What is right


def test_networks_as_compiled_are_proved_and_are_right() -> None:
    """100 of them; the cells are all there, for faces, edges and vertices obey Euler's formula."""
    assert len(bases()) == RIGHT
    names = [base.name.rpartition(",")[0] for base in bases()]
    assert set(names) == {f"{family}, {way}" for family in FAMILIES for way in STRATEGIES}
    for base in bases():
        found = judge(base.network, base.spec)
        assert proof_of(base).verdict == found.verdict == "equal", base.name
        faces, edges, vertices = found.cells.counts
        assert vertices - edges + faces == 1
        assert len(found.cells.signs) <= LINES


def test_some_shapes_have_many_lines() -> None:
    lines = [len(distinct(border_lines(base.spec.shape))) for base in bases()]
    assert sum(number > LINES * 2 // 3 for number in lines) >= 3
    assert sum(not base.network.exact for base in bases()) >= RIGHT // 4


# What is wrong


@pytest.mark.parametrize("kind", KINDS)
def test_verdicts_on_mutants_are_those_of_the_enumeration(kind: str) -> None:
    """Mutants that are proved equal are so on every cell; the others differ where they should."""
    found = {m.name: (proved(m).verdict, judged(m).verdict) for m in of_kind(kind)}
    assert {name: both for name, both in found.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_witnesses_are_what_they_say(kind: str) -> None:
    """By rational evaluation of the network as its doubles stand, and of the shape.

    Off a lattice the witness may lie within the rounding of a separator: there it counts as read.
    """
    for mutant in of_kind(kind):
        witness, network, spec = proved(mutant).witness, mutant.network, mutant.base.spec
        assert (witness is None) == (proved(mutant).verdict == "equal")
        if witness is None:
            continue
        point, read = witness.exact, as_read(network, spec)
        assert witness.network != witness.shape == shape_says(spec.shape, point), mutant.name
        assert network_at(network, read, point) == witness.network, mutant.name
        if network_says(network, point) != witness.network:
            assert not mutant.base.network.exact, mutant.name
        lines = distinct([*read, *border_lines(spec.shape)])
        assert witness.dimension == max(0, 2 - _through(lines, point)), mutant.name


def _through(lines: list[Line], point: Point) -> int:
    """How many lines run through a point."""
    x, y = point
    return sum(a * x + b * y + c == 0 for a, b, c in lines)


def test_the_steps_that_are_asked_for_are_wrong_nearly_always() -> None:
    """A mutation that changes nothing would prove nothing."""
    verdicts = Counter(proved(m).verdict for m in mutants() if m.kind != list(KINDS)[-1])
    assert verdicts["different"] >= 180
    assert verdicts["equal"] >= 1


def test_mutants_differ_on_the_boundary_only_where_points_of_it_are_given_away() -> None:
    verdicts = Counter(proved(m).verdict for m in of_kind("one edge without its points"))
    assert verdicts["equal except on the boundary"] >= EACH // 2


def test_the_raster_misses_small_steps() -> None:
    """As the table counts: what differs, what both judges agree on, what no pixel shows."""
    small, large = Row(), Row()
    for mutant in of_kind("one separator shifted by 1e-6")[:4]:
        small.count(mutant)
    for mutant in of_kind("one bias moved by one")[:2]:
        large.count(mutant)
    assert small == Row(mutants=4, different=4, agreed=4, missed=4)
    assert large == Row(mutants=2, different=2, agreed=2, missed=0)


# The judge


def test_the_judge_says_of_each_cell_what_is_said_of_its_point() -> None:
    """In fractions, one point by one; and the cells are those of the package's arrangement."""
    small = [mutant for mutant in mutants() if _small(mutant.base)][::3]
    assert len(small) >= 10
    for mutant in small:
        found, spec = judged(mutant), mutant.base.spec
        lines = distinct([*as_they_stand(mutant.network), *border_lines(spec.shape)])
        signs = [tuple(row) for row in found.cells.signs.T.tolist()]
        expected = [tuple(row) for row in arrangement(lines).signs.tolist()]
        assert sorted(signs) == sorted(expected), mutant.name
        for (x, y, w), *said in zip(
            found.cells.points.T.tolist(), found.network, found.shape, strict=True
        ):
            point = Fraction(x, w), Fraction(y, w)
            plainly = [network_says(mutant.network, point), shape_says(spec.shape, point)]
            assert said == plainly, mutant.name


def _small(base: Base) -> bool:
    """A shape of few lines that are what they stand for."""
    return base.network.exact and len(distinct(border_lines(base.spec.shape))) <= 10


def test_cells_of_lines_without_crossings() -> None:
    assert enumerated([]).counts == (1, 0, 0)
    assert enumerated([(1, 2, 0)]).counts == (2, 1, 0)
    assert enumerated([(1, 2, 0), (1, 2, 5), (2, 4, 3)]).counts == (4, 3, 0)
    assert enumerated([(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 7)]).counts == (9, 11, 3)


def test_rounded_separators_are_read_as_their_edges() -> None:
    polygon = adverse.rotated(shapely.box(0, 0, 3, 2), 17)
    spec = as_spec(polygon)
    network = regions.compile(spec, "edges")
    edges = set(distinct(border_lines(spec.shape)))
    assert set(distinct(as_read(network, spec))) == edges
    assert not set(distinct(as_they_stand(network))) & edges


def test_one_separator_is_moved_and_read_as_it_stands() -> None:
    for mutant in of_kind("one separator shifted by 1e-6"):
        before, after = (
            as_read(n, mutant.base.spec) for n in (mutant.base.network, mutant.network)
        )
        [moved] = [i for i, line in enumerate(before) if after[i] != line]
        assert after[moved] == as_they_stand(mutant.network)[moved], mutant.name
