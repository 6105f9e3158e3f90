"""How the inequality of a conic is found: centre, radii, the equation multiplied out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from regions.geometry.polynomials import Polynomial
from regions.story.explain.conics import Conic, conic, root
from regions.story.explain.document import Span, Spans
from regions.story.explain.formula import (
    ZERO,
    Formula,
    Letter,
    Power,
    Product,
    Sum,
    X,
    Y,
    number,
    polynomial_sum,
    relation,
    roughly,
    scaled,
    vector,
    weighted,
)

M, R = Letter("M"), Letter("r")


def curve_steps(polynomial: Polynomial, exact: bool) -> Iterator[tuple[str, Spans]]:
    """From what the curve is to the sign of its inequality.

    Args:
        polynomial: Of degree two.
        exact: Whether its numbers are those of the spec, none of them rounded.
    """
    found = conic(polynomial)
    yield "curve", tuple(_what(found))
    if found.squares is not None:
        yield from _multiplied_out(found, polynomial)
    else:
        yield "kind", tuple(_discriminant(found, exact))


def _what(found: Conic) -> Iterator[Span]:
    article = "an" if found.kind[0] in "aeiou" else "a"
    yield f"{article} {found.kind}"
    if found.center is not None:
        yield " about "
        yield relation(M, "=", vector(*found.center))
    squares = found.squares
    if squares is None:
        return
    if found.kind == "circle":
        radius = root(squares[0])
        yield " with "
        yield relation(R, "=", number(radius)) if radius else _squared(R, squares[0])
        return
    yield " with the half-axes "
    yield _axis(Letter("r", 1), squares[0])
    yield " along x and "
    yield _axis(Letter("r", 2), squares[1])
    yield " along y"


def _axis(letter: Letter, square: Fraction) -> Formula:
    half = root(square)
    return relation(letter, "=", number(half)) if half else _squared(letter, square)


def _squared(letter: Letter, square: Fraction) -> Formula:
    return relation(Power(letter, 2), "=", number(square))


def _multiplied_out(found: Conic, polynomial: Polynomial) -> Iterator[tuple[str, Spans]]:
    """`(x - 3)^2 + (y - 5)^2 = 9`, then all on one side, then the sign of the side."""
    a, _, c, *_ = found.numbers
    assert found.center is not None
    p, q = found.center
    factor = abs(a) if a == c else Fraction(1)
    across, up = abs(a) / factor, abs(c) / factor
    squares = Sum((scaled(across, _square(X, p)), scaled(up, _square(Y, q))))
    left = polynomial * (1 if a > 0 else -1)
    times = () if factor == 1 else ("times ", number(factor), " and ")
    yield (
        "equation",
        (relation(squares, "=", number(abs(found.level) / factor)), "; ", *times,
         "multiplied out ", relation(polynomial_sum(left), "=", ZERO)),
    )  # fmt: skip
    if a > 0:
        yield "side", ("outside, where the left side is positive",)
    else:
        yield "side", ("inside, where the left side is negative; so all signs are changed",)


def _square(letter: Letter, middle: Fraction) -> Formula:
    return Power(weighted([(1, letter), (-middle, None)]), 2)


def _discriminant(found: Conic, exact: bool) -> Iterator[Span]:
    """`b^2 - 4ac` for `a x^2 + b xy + c y^2`."""
    a, b, c, *_ = found.numbers
    value = b * b - 4 * a * c
    names = Product((number(4), Letter("a"), Letter("c")))
    yield "with a, b and c before "
    yield Power(X, 2)
    yield ", "
    yield Product((X, Y))
    yield " and "
    yield Power(Y, 2)
    yield ": "
    yield relation(
        weighted([(1, Power(Letter("b"), 2)), (-1, names)]),
        "=" if exact else "~",
        number(value) if exact else roughly(value),
        *((">" if value > 0 else "<", ZERO) if value else ()),
    )
