"""Regions of polynomial inequalities: their texts, bounds, reference, networks and proofs."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import regions
from regions.check.cost.signs import Sizes
from regions.check.curves.question import Question
from regions.geometry.extent import extent
from regions.geometry.polynomials import Polynomial, X, Y, is_degenerate
from regions.network.raster import Grid
from regions.shape.algebraic import MAX_LENGTH, polynomial_of
from regions.shape.bounds import default_window
from regions.shape.conic_outlines import drawn_conic
from regions.shape.level_sets import flattened_polynomial
from regions.shape.model import (
    Algebraic,
    Bounds,
    Box,
    Circle,
    Difference,
    Intersection,
    Shape,
    Spec,
    Union,
)
from regions.shape.reference import reference
from regions.text.algebra.expression import ExpressionError
from tests.conftest import SHAPES
from tests.pointwise import network_says, shape_says

WINDOW = (-3.0, -2.5, 2.75, 3.25)
HEART = "(x^2 + y^2 - 1)^3 <= x^2*y^3"
KINDS = {
    "ellipse": "2x^2 + x y + y^2 <= 3",
    "parabola": "y >= x^2 - 1",
    "hyperbola": "x^2 - 2y^2 <= 1",
    "two lines": "(x - y)(x + 2y - 1) >= 0",
    "parallel lines": "(x + y)^2 <= 1",
    "one line twice": "(x - 2y)^2 <= 0",
    "point": "(x - 1)^2 + y^2 <= 0",
    "half-plane": "x >= 0.1 - 3y",
    "cusp": "y^2 <= x^3",
    "loop": "y^2 <= x^2 (x + 1)",
    "lemniscate": "(x^2 + y^2)^2 <= 2(x^2 - y^2)",
    "lone point": "y^2 <= x^2 (x - 1)",
    "quartic": "x^4 + y^4 - 3x y <= 1/2",
    "quintic": "y <= x^5/3 - x^2 + 0.1",
    "heart": HEART,
}


def spec_of(shape: Shape, window: Bounds | None = WINDOW) -> Spec:
    return Spec("trial", shape, window or default_window(shape) or WINDOW)


def fault(text: str, degree: int | None = None) -> tuple[int, str]:
    with pytest.raises(ExpressionError) as caught:
        polynomial_of(text, degree)
    return caught.value.offset, caught.value.message


# Texts -------------------------------------------------------------------------------------------

numbers = st.sampled_from(["2", "0.1", "1e-3", ".5", "30", "1/3"])
atoms = st.sampled_from(["x", "y"]) | numbers
texts = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", "-", "*"]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-({})/4".format),
        inner.map("({})^2".format),
    ),
    max_leaves=6,
)


def said(text: str, x: Fraction, y: Fraction) -> Fraction:
    """Of a sum, by Python."""
    code = re.sub(r"[0-9.]+(e-?[0-9]+)?", r"F('\g<0>')", text.replace("^2", "**two"))
    return eval(code, {"F": Fraction, "x": x, "y": y, "two": 2})


@given(texts, texts, st.fractions(-3, 3, max_denominator=9), st.fractions(-3, 3, max_denominator=9))
def test_texts_say_what_python_says(left: str, right: str, x: Fraction, y: Fraction) -> None:
    try:
        found = polynomial_of(f"{left} <= {right}")
    except ExpressionError:
        assert "beyond degree 6" in fault(f"{left} <= {right}")[1]
        return
    assert found(x, y) == said(right, x, y) - said(left, x, y)
    assert found == -polynomial_of(f"{left} >= {right}")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("2x >= 1", "2*x >= 1"),
        ("x y^2(x + 1)2e0x >= 0", "x*y^2*(x + 1)*2*x >= 0"),
        ("(x + 1)(y - 1) >= 0", "(x + 1)*(y - 1) >= 0"),
        ("1/2x >= -y/3x", "x/2 >= -y/3*x"),
        ("-2x^2 >= y", "0 - 2*(x^2) - y >= 0"),
    ],
)
def test_a_product_needs_no_sign(short: str, long: str) -> None:
    if "2e0" in short:
        assert fault(short) == (12, "put a * between ) and 2e0")
    else:
        assert polynomial_of(short) == polynomial_of(long)


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("", 0, "the inequality is empty; write one such as x^2 + y^2 <= 1"),
        ("x^2 + y^2", 9, "there is no comparison"),
        ("x^2 + y^2 < 1", 10, "regions are closed: their border belongs to them; write <="),
        ("1 > x", 2, "write >="),
        ("x^2 = y", 4, "say which side of the curve: compare with <= or >="),
        ("0 <= x <= 1", 7, "give a shape for each comparison under `intersection:`"),
        ("x^2 + z <= 1", 6, "z is no coordinate; use x, y and numbers only"),
        ("sin(x) <= 1", 0, "sin is no coordinate"),
        ("3xy <= 1", 1, "xy is no coordinate; did you mean x*y?"),
        ("X <= 1", 0, "X is no coordinate; did you mean x?"),
        ("x <= 1 and y <= 1", 7, "and is no operator; combine two shapes by union"),
        ("x <= 'y'", 5, "'y' is no coordinate"),
        ("|x| <= 1", 0, "there is no absolute value"),
        ("x**2 <= 1", 2, "write ^ for a power"),
        ("x^0.5 <= 1", 2, "an exponent is a whole number from 1 to 6"),
        ("x^-1 <= 1", 2, "an exponent is a whole number"),
        ("1/x <= 1", 1, "divide by numbers only"),
        ("x/(1 - 1) <= 1", 1, "this divides by 0"),
        ("x^4*y^3 <= 1", 3, "x^4*y^3 is beyond degree 6"),
        ("x 2 <= 1", 2, "put a * between x and 2"),
        ("(x <= 1", 3, "a ) is missing here"),
        ("x + <= 1", 4, "a number, x or y is missing here"),
        ("(" * 21 + "x" + ")" * 21 + " >= 0", 20, "brackets are nested more than 20 deep"),
        ("1e999x <= 1", 0, "this number is too long"),
        ("(1e399x)^5 (1e399x) <= (1e399y)^5 1e399", 8, "a number becomes too long"),
        ("x" + " + x" * (MAX_LENGTH // 4) + " >= 0", 0, "more than 10,000 characters"),
    ],
)
def test_what_is_wrong_with_a_text_and_where(text: str, offset: int, message: str) -> None:
    place, found = fault(text)
    assert message in found
    assert place == offset


def test_a_conic_has_degree_2() -> None:
    assert polynomial_of("x^3 - x^3 + y^2 >= x", 2) == polynomial_of("y^2 >= x")
    assert "this has degree 3, a conic at most 2" in fault("x^3 >= y", 2)[1]


# Bounds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("x^2 + y^2 <= 1", (-1, -1, 1, 1)),
        ("(x - 1000)^2 + 4(y + 3)^2 <= 4", (998, -4, 1002, -2)),
        ("(x^2 + y^2 - 1)(x^2 + y^2 - 9) <= 0", (-3, -3, 3, 3)),
        ("1e20(x^2 + y^2) <= 1e-20", (-1e-20, -1e-20, 1e-20, 1e-20)),
        (HEART, (-1.139, -1, 1.139, 1.2372)),
    ],
)
def test_bounds_are_tight(text: str, box: Bounds) -> None:
    found = np.array(extent(polynomial_of(text)))
    wanted = np.array(box)
    size = max(wanted[2:] - wanted[:2])
    outward = np.array([-1, -1, 1, 1]) * (found - wanted)
    assert (outward > -1e-4 * size).all()
    assert (outward < 6e-3 * size).all()


@pytest.mark.parametrize(
    "text", ["y >= x^2", "x y >= 1", "x^2 - y^2 <= 1", "x^2 + y^2 >= 1", "y^3 <= x^2", "x >= 0"]
)
def test_the_unbounded_has_none(text: str) -> None:
    assert extent(polynomial_of(text)) is None


def test_the_empty_has_none() -> None:
    assert extent(polynomial_of("x^2 + y^2 <= -1")) is None


# The reference -----------------------------------------------------------------------------------


def misjudged(polynomial: Polynomial, window: Bounds, tolerance: float) -> tuple[int, float]:
    """How many points that the reference vouches for it has wrong, and its bound."""
    found = flattened_polynomial(polynomial, window, tolerance)
    rng = np.random.default_rng(0)
    low, high = np.array(window[:2]), np.array(window[2:])
    points = rng.uniform(low, high, (500, 2))
    borders = shapely.union_all([shapely.boundary(found.region), found.doubtful])
    near = shapely.get_coordinates(borders)
    if len(near):
        near = near[rng.integers(len(near), size=1500)]
        near = near + rng.normal(size=near.shape) * 2 * found.error
        points = np.concatenate([points, near[((near > low) & (near < high)).all(axis=1)]])
    said = shapely.intersects_xy(found.region, *points.T)
    sure = ~shapely.dwithin(borders, shapely.points(points), found.error)
    wrong = 0
    for (x, y), inside in zip(points[sure].tolist(), said[sure].tolist(), strict=True):
        wrong += (polynomial(Fraction(x), Fraction(y)) >= 0) != inside
    assert sure.sum() > 400
    return wrong, found.error


@pytest.mark.parametrize("kind", KINDS)
def test_the_reference_is_right_beyond_its_bound(kind: str) -> None:
    wrong, error = misjudged(polynomial_of(KINDS[kind]), WINDOW, 2.0**-9)
    assert wrong == 0
    assert error <= 2.0**-9


coefficients = st.integers(-9, 9).map(lambda c: Fraction(c, 4))


@st.composite
def polynomials(draw: st.DrawFn, degrees: st.SearchStrategy[int]) -> Polynomial:
    degree = draw(degrees)
    powers = [(i, n - i) for n in range(degree + 1) for i in range(n + 1)]
    terms = [(power, draw(coefficients)) for power in powers]
    found = Polynomial(tuple(sorted((power, c) for power, c in terms if c)))
    return found if found.degree else found + polynomial_of("x >= 0")


@settings(max_examples=10)
@given(polynomials(st.integers(1, 6)))
def test_the_reference_of_any_polynomial(polynomial: Polynomial) -> None:
    assert misjudged(polynomial, WINDOW, 2.0**-8)[0] == 0


def test_a_bound_that_cannot_be_kept_is_told() -> None:
    found = flattened_polynomial(polynomial_of("(x - 2y)^2 <= 0"), WINDOW, 2.0**-30)
    assert 2.0**-30 < found.error < 2.0**-11


# Networks and proofs -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_one_neuron_verified_and_proved(kind: str) -> None:
    spec = spec_of(Algebraic(polynomial_of(KINDS[kind])))
    network = regions.compile(spec)
    assert (network.size, network.exact) == (1, True)
    assert regions.verify(network, spec, Grid.fitting(spec.window, 128)).ok
    proof = regions.prove(network, spec)
    assert (proof.verdict, proof.distance) == ("equal", 0)


@pytest.mark.parametrize("name", ["heart", "hyperbola"])
def test_the_specs_keep_what_they_promise(name: str) -> None:
    spec = regions.load(SHAPES / f"{name}.yaml")
    assert regions.verify(regions.compile(spec), spec).ok


@settings(max_examples=50)
@given(polynomials(st.integers(1, 6)), st.integers(0, 1), st.data())
def test_networks_say_what_polynomials_say(
    polynomial: Polynomial, minus: int, data: st.DataObject
) -> None:
    other = Circle((0.25, -0.5), 1.5)
    shape = (Union, Difference)[minus]((Algebraic(polynomial), other))
    network = regions.compile(spec_of(shape))
    place = st.integers(-40, 40).map(lambda c: Fraction(c, 16))
    for point in data.draw(st.lists(st.tuples(place, place), min_size=5, max_size=5)):
        assert network_says(network, point) == shape_says(shape, point)


@settings(max_examples=25)
@given(polynomials(st.integers(2, 6)), polynomials(st.integers(2, 4)))
def test_booleans_of_polynomials_are_proved(first: Polynomial, second: Polynomial) -> None:
    shape = Difference((Box(-2, -2, 2, 2.5), Algebraic(first), Algebraic(second)))
    spec = spec_of(shape)
    assert regions.prove(regions.compile(spec), spec).verdict == "equal"


@pytest.mark.parametrize("kind", ["ellipse", "hyperbola", "quartic", "heart"])
def test_a_wrong_weight_is_found(kind: str) -> None:
    spec = spec_of(Algebraic(polynomial_of(KINDS[kind])))
    network = regions.compile(spec)
    wrong = replace(network, bias=network.bias * (1 + 2.0**-20))
    proof = regions.prove(wrong, spec)
    assert proof.verdict == "different"
    assert proof.witness is not None
    assert network_says(wrong, proof.witness.exact) == proof.witness.network
    assert shape_says(spec.shape, proof.witness.exact) == proof.witness.shape


LONG = {
    "ellipse": ("2.000000123456789123x^2 + x y/3 + y^2 <= 3.1415926535898", 1e-14),
    "cubic": ("y <= 0.123456789012345678x^3 - x + 1/3", 1e-14),
    "two lines": ("(x - 0.1234567890123)(y - 2.3456789012345x) >= 0", 1e-5),
    "cusp": ("(y - 0.123456789)^2 <= 0.123456789123x^3", 1e-3),
    "heart": ("(x^2 + (y - 0.123456789)^2 - 1)^3 <= x^2 (y - 0.123456789)^3", 1e-3),
}
"""Whose weights are rounded; at singular points rounding moves a curve farther."""


@pytest.mark.parametrize("kind", LONG)
def test_roundings_are_read_as_what_they_round(kind: str) -> None:
    text, most = LONG[kind]
    polynomial = polynomial_of(text)
    spec = spec_of(Algebraic(polynomial))
    network = regions.compile(spec)
    assert not network.exact
    proof = regions.prove(network, spec)
    assert proof.verdict == "equal"
    assert 0 < proof.distance < most
    weights = network.weights.copy()
    weights[0, np.flatnonzero(weights[0])[-1]] *= 1 + 2.0**-40
    question = Question.of(replace(network, weights=weights), spec)
    assert len(question.atoms) == question.definition.atoms + 1


def test_without_a_bound_nothing_is_read_into_a_separator() -> None:
    """Of a line twice, nothing may be left by a rounding: it stands as it is."""
    spec = spec_of(Algebraic(polynomial_of("(x - 0.1234567890123y)^2/3 <= 0")))
    question = Question.of(regions.compile(spec), spec)
    assert len(question.atoms) == question.definition.atoms + 1


def test_the_boundary_at_a_singular_point_is_left_open() -> None:
    """A point alone is the region: there its polynomial has but one sign."""
    spec = spec_of(Algebraic(polynomial_of(KINDS["lone point"])))
    question = Question.of(regions.compile(spec), spec)
    assert question.on_boundary(np.array([[2]], dtype=np.uint8)) is None


@pytest.mark.parametrize(
    ("text", "degenerate"),
    [
        (KINDS[k], k in ("two lines", "one line twice", "point"))
        for k in ("ellipse", "parabola", "hyperbola", "two lines", "one line twice", "point")
    ],
)
def test_degenerate_conics(text: str, degenerate: bool) -> None:
    assert is_degenerate(polynomial_of(text)) == degenerate


def test_a_prediction_counts_curves_and_lines() -> None:
    pair = tuple(Algebraic(polynomial_of(text)) for text in ("y >= x^3", "y >= 0.1 - x"))
    sizes = Sizes.of(regions.compile(spec_of(pair[0])), Union((*pair, Circle((0, 0), 1))))
    assert (sizes.curves, sizes.lines) == (2, 1)


def test_units_are_named_by_the_words_of_the_language() -> None:
    texts = ("y >= x^2", "y <= x + 1", "y >= x^3")
    shape = Intersection(tuple(Algebraic(polynomial_of(text)) for text in texts))
    names = set(regions.compile(spec_of(shape)).names)
    assert names == {"trial.conic[0]", "trial.conic[1]", "trial.polynomial", "trial"}


# Ellipses and strips, whose corners are reckoned --------------------------------------------------


SEEN = (-4.0, -3.0, 4.0, 5.0)
FINE = 2.0**-6


@given(st.lists(st.integers(-6, 6), min_size=6, max_size=6), st.sampled_from([-1, 1]))
@settings(max_examples=25, deadline=None)
def test_conics_that_are_reckoned_are_those_that_are_divided(numbers: list[int], sign: int) -> None:
    a, b, c, d, e, f = map(Fraction, numbers)
    conic = sign * (
        f - (a * X + b * Y + c) * (a * X + b * Y + c) - (d * X + e * Y) * (d * X + e * Y)
    )
    assume(conic.degree > 0)
    drawn = drawn_conic(conic, SEEN, FINE)
    if drawn is None:
        return
    region, error = drawn
    assert error <= 2 * FINE
    wanted = flattened_polynomial(conic, SEEN, FINE)
    differing = shapely.symmetric_difference(
        shapely.intersection(region, shapely.box(*SEEN)),
        shapely.intersection(wanted.region, shapely.box(*SEEN)),
    )
    border = shapely.union_all([shapely.boundary(region), wanted.doubtful])
    near = shapely.buffer(border, error + wanted.error + 1e-12)
    assert shapely.difference(differing, near).area <= 1e-12


@pytest.mark.parametrize("other", [X * Y - 1, Y - X * X, X * X - Y * Y, X * X * X + Y * Y - 1])
def test_other_conics_are_divided(other: Polynomial) -> None:
    assert drawn_conic(other, SEEN, FINE) is None


def test_a_flat_ellipse_is_divided_too() -> None:
    flat = 1 - (X * X + Fraction(10) ** 20 * Y * Y)
    assert drawn_conic(flat, SEEN, FINE) is None


@pytest.mark.parametrize("power", [-320, -100, 100, 320])
def test_ellipses_of_extreme_size_are_reckoned_or_left_alone(power: int) -> None:
    size = Fraction(10) ** power
    drawn = drawn_conic(size - (X * X + 2 * X * Y + 2 * Y * Y) * size, SEEN, FINE)
    assert drawn is not None
    assert abs(drawn[0].area - math.pi) < 1e-4
    for flat in (size - (X * X + size * size * Y * Y), size - (size * X * X + Y * Y)):
        drawn = drawn_conic(flat, SEEN, FINE)
        assert drawn is None or drawn[1] <= 2 * FINE


@pytest.mark.parametrize("lean", [Fraction(0), Fraction(1, 3), 1 / Fraction(10) ** 320])
def test_strips_that_hardly_lean_are_reckoned(lean: Fraction) -> None:
    for along in (X + lean * Y, Y + lean * X, -lean * X + Y):
        drawn = drawn_conic(1 - (along - 1) * (along - 1), SEEN, FINE)
        assert drawn is not None
        wanted = flattened_polynomial(1 - (along - 1) * (along - 1), SEEN, FINE).region
        difference = shapely.symmetric_difference(drawn[0], wanted)
        assert shapely.intersection(difference, shapely.box(*SEEN)).area < 1


def test_a_window_of_extreme_height_makes_no_warnings() -> None:
    heart = polynomial_of("(x^2 + y^2 - 1)^3 <= x^2*y^3")
    seen = reference(Algebraic(heart), (-5.0, -5.0, 5.0, 1e150), 1.0)
    assert seen.region.area < 1e151


def test_a_strip_that_only_touches_the_window_has_no_area_there() -> None:
    strip = 1 - (X + Y - 10) * (X + Y - 10)
    seen = reference(Algebraic(strip), (0.0, 0.0, 4.5, 4.5), 0.01)
    assert seen.region.area == 0
