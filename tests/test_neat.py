"""Neat numbers: the separator that is stored, as a person would write it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

import regions
from regions.geometry.polynomials import X
from regions.network.evaluate import preactivations
from regions.network.layers import gates_from_rows
from regions.network.model import Floats, Monomial, Network, Output, monomials
from regions.network.names import Names
from regions.network.neat import Neat, neat_separator, sum_text
from regions.shape.model import Annulus, Box, Circle, Ellipse, HalfPlane, Shape, Spec
from tests.conftest import SHAPES

WINDOW = (-20.0, -20.0, 20.0, 20.0)


def network(
    weights: list[float],
    bias: float,
    features: tuple[Monomial, ...] = monomials(1),
    sources: Floats | None = None,
) -> Network:
    """A network of one separator."""
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=features,
        weights=np.array([weights]),
        bias=np.array([bias]),
        gates=gates_from_rows([]),
        names=Names.of(["line"]),
        outputs=(Output("region", 0),),
        sources=sources,
    )


def compiled(shape: Shape) -> Network:
    return regions.compile(Spec("trial", shape, WINDOW))


def all_neat(net: Network) -> list[str]:
    """Every separator as `show` writes it."""
    found = [neat_separator(net, i) for i in range(net.n_separators)]
    return [f"~ {neat}" if neat and not neat.exact else str(neat) for neat in found]


def exact_coefficients(net: Network, i: int) -> list[Fraction]:
    """x, y and constant of a stored line over the user's coordinates, multiplied out by hand."""
    a, b = (Fraction(w) * Fraction(2) ** net.exponent for w in net.weights[i, :2].tolist())
    cx, cy = map(Fraction, net.center)
    return [a, b, Fraction(float(net.bias[i])) - a * cx - b * cy]


tenths = st.tuples(*[st.integers(-9999, 9999)] * 2, st.sampled_from([1, 8, 10, 1000])).map(
    lambda t: (t[0] / t[2], t[1] / t[2])
)
shifts = st.sampled_from([0, 17, 500_000])


@given(st.tuples(tenths, tenths, tenths), shifts)
def test_edges_run_through_the_decimals(corners: tuple[tuple[float, float], ...], far: int) -> None:
    polygon = shapely.Polygon([(round(x + far, 3), y) for x, y in corners])
    assume(polygon.is_valid and polygon.area > 1e-3)
    net = regions.compile(polygon)
    written = [
        [Fraction(repr(c)) for c in p] for p in shapely.get_coordinates(polygon)[:3].tolist()
    ]
    assert net.sources is not None
    for i in np.flatnonzero(np.isfinite(net.sources).all(axis=(1, 2))):
        neat = neat_separator(net, i)
        assert neat is not None
        heights = sorted(neat.polynomial(x, y) for x, y in written)
        assert heights[:2] == [0, 0], "through two corners, the third on the side that fires"
        assert heights[2] > 0
        stored = exact_coefficients(net, i)
        shown = [neat.polynomial.coefficient(m) for m in ((1, 0), (0, 1), (0, 0))]
        ratios = {a / b if b else a for a, b in zip(stored, shown, strict=True)} - {0}
        assert neat.exact == (len(ratios) == 1)


@pytest.mark.parametrize(
    "shape",
    [
        Circle((0.1, 0.2), 0.3),
        Circle((1234.5, -987.6), 3.3),
        Ellipse((3.7, 2.2), (0.5, 0.3), 90.0),
        Annulus((-1.1, 0.7), 0.4, 1.9),
        Ellipse((0.0, 0.0), (4.0, 2.0), 30.0),
        Box(0.1, 0.2, 1e5 + 0.3, 0.4),
        HalfPlane(0.3, 0.7, -0.1),
    ],
    ids=str,
)
def test_neat_and_stored_fire_alike(shape: Shape) -> None:
    """Off the line, by far less than a thousandth of what the decimals say."""
    net = compiled(shape)
    rng = np.random.default_rng(7)
    centre = net.center if net.center != (0.0, 0.0) else getattr(shape, "center", (0.0, 0.0))
    points = np.array(centre) + rng.normal(size=(200, 2)) * [[2.0, 2.0]]
    fired = preactivations(net, points[:, 0], points[:, 1]) >= 0
    for i in range(net.n_separators):
        neat = neat_separator(net, i)
        assert neat is not None
        values = [neat.polynomial(*map(Fraction, point)) for point in points.tolist()]
        assert fired[i].tolist() == [v >= 0 for v in values]
        assert len({bool(f) for f in fired[i]}) == 2 or isinstance(shape, Box)


def test_the_star() -> None:
    net = regions.compile(regions.load(SHAPES / "star.yaml"))
    found = dict(zip(net.names, all_neat(net), strict=False))
    assert found["star.edge[0]"] == "~ 5955 x - 2939 y + 29390"
    assert found["star.edge[2]"] == "~ 4.635 x + 4.756 y + 29.387445"
    assert found["star.edge[4]"] == "~ -1545 x + 2939 y + 14695"


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        (Box(0.1, 0.25, 3, 4), ["y - 0.25", "-x + 3", "-y + 4", "~ x - 0.1"]),
        (Box(0, 0.5, 1, 2), ["2 y - 1", "-x + 1", "-y + 2", "x"]),
        (Circle((0.0, 0.0), 3.0), ["-x^2 - y^2 + 9"]),
        (Circle((3.7, 2.2), 1.5), ["~ -x^2 - y^2 + 7.4 x + 4.4 y - 16.28"]),
        (
            Annulus((0.1, 0), 0.2, 0.4),
            ["~ -x^2 - y^2 + 0.2 x + 0.15", "~ x^2 + y^2 - 0.2 x - 0.03"],
        ),
        (Ellipse((0.0, 0.0), (0.5, 0.3), 0.0), ["~ -36 x^2 - 100 y^2 + 9"]),
        (Ellipse((0.0, 0.0), (4.0, 2.0), 45.0), ["~ -5 x^2 + 6 x y - 5 y^2 + 32"]),
        (HalfPlane(-2, 6, -1), ["-2 x + 6 y - 1"]),
        (HalfPlane(0.3, 0.7, -0.1), ["~ 3 x + 7 y - 1"]),
        (HalfPlane(1, 1, -1.5), ["2 x + 2 y - 3"]),
    ],
    ids=str,
)
def test_primitives(shape: Shape, shown: list[str]) -> None:
    assert all_neat(compiled(shape)) == shown


def test_one_long_number_is_let_pass() -> None:
    (shown,) = all_neat(compiled(Ellipse((0.0, 0.0), (4.0, 2.0), 30.0)))
    head, middle, tail = shown.partition("10.3923048454132")
    assert (head, middle) == ("~ -7 x^2 + ", "10.3923048454132")
    assert tail.endswith(" x y - 13 y^2 + 64")


def test_maps_keep_their_six_places() -> None:
    net = regions.compile(regions.load(SHAPES / "poland.yaml"))
    assert net.exponent != 0
    found = [neat_separator(net, i) for i in range(0, net.n_separators, 20)]
    assert all(neat is not None and len(str(neat)) < 45 for neat in found)


@pytest.mark.parametrize(
    ("weights", "bias", "shown"),
    [
        ([2.0, 4.0], -6.0, "2 x + 4 y - 6"),
        ([0.1, 0.2], -0.3, "~ x + 2 y - 3"),
        ([1.0, 0.0], -1 / 3, "~ 3 x - 1"),
        ([np.pi, np.e], 1.0, "None"),
        ([0.0, 0.0], 1.0, "None"),
    ],
)
def test_networks_of_others(weights: list[float], bias: float, shown: str) -> None:
    assert all_neat(network(weights, bias)) == [shown]


def test_higher_degrees_stay_as_they_are() -> None:
    features = monomials(3)
    cubic = [0.0] * (len(features) - 1) + [1.0]
    assert neat_separator(network(cubic, 1.0, features), 0) is None
    line = [2.0, 1.0] + [0.0] * (len(features) - 2)
    assert all_neat(network(line, 1.0, features)) == ["2 x + y + 1"]


@pytest.mark.parametrize(
    "points",
    [[[0, 0], [1, 1.0]], [[0, 1.0], [0, 1]], [[np.nan, 0], [0, 0]], [[0, 1], [7, 1.00001]]],
)
def test_points_of_another_line_are_not_believed(points: list[list[float]]) -> None:
    """A file may name any points: the separator decides."""
    third = network([0.0, 1.0], -1 / 3, sources=np.array([points]))
    assert all_neat(third) == ["~ 3 y - 1"]
    pi = network([np.pi, np.e], 1.0, sources=np.array([points]))
    assert neat_separator(pi, 0) is None


def test_points_are_read_in_the_separators_direction() -> None:
    points = np.array([[[0.1, 0.2], [0.4, 0.3]]])
    (drawn,) = np.diff(points[0], axis=0)
    w = [float(-drawn[1]), float(drawn[0])]
    bias = -(w[0] * 0.1 + w[1] * 0.2)
    assert all_neat(network(w, bias, sources=points)) == ["~ -2 x + 6 y - 1"]
    assert all_neat(network([-w[0], -w[1]], -bias, sources=points)) == ["~ 2 x - 6 y + 1"]


def test_coordinates_beyond_all_doubles_do_no_harm() -> None:
    net = network([1.0, 1.0], -0.1)
    far = replace(net, center=(1e308, -1e308), exponent=1000)
    assert str(neat_separator(far, 0)) == "x + y"


def test_sums_are_written_plainly() -> None:
    assert sum_text([(1, "x"), (-1.0, "y"), (0.5, "")]) == "x - y + 0.5"
    assert sum_text([(-1, "x"), (Fraction(-1, 8), "")]) == "-x - 0.125"
    assert sum_text([(Fraction(1, 3), "x"), (1e300, "y")]) == "0.3333333333333333 x + 1e+300 y"
    assert sum_text([]) == "0"
    assert sum_text([(1, "")]) == "1"
    assert str(Neat(2 * X, True)) == "2 x"
