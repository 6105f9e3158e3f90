"""Formulas as values: what is said of a network, before any notation writes it.

-4 x - 3 y + 36 >= 0     Relation(Sum(Product(-4, x), Product(-3, y), 36), (">=", 0))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from regions.geometry.polynomials import Polynomial
from regions.network.model import Monomial

Sign: TypeAlias = Literal["=", "~", ">=", ">", "<=", "<"]
"""How two sides compare; `~` is equal up to rounding."""

ROUGH_DIGITS = 6
"""Of a number that is only given roughly."""

LARGEST_DOUBLE = 2**1023

MOST_LETTERS = 9
"""Of a number that is given as it is where there is little room."""


@dataclass(frozen=True, slots=True)
class Number:
    """A rational, exact; or a double, which is written as short as it is told from all others."""

    value: Fraction | float


@dataclass(frozen=True, slots=True)
class Letter:
    """A variable: `x`, `h_3`, and with a layer in brackets above it, `W^(2)`."""

    letter: str
    index: int | None = None
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Power:
    """A base to a whole exponent from 2 on."""

    base: Formula
    exponent: int


@dataclass(frozen=True, slots=True)
class Product:
    """Factors."""

    factors: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Summands; a negative number, or a product that begins with one, is written as a minus."""

    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Heaviside:
    """`H(...)`: the step function of a formula."""

    argument: Formula


@dataclass(frozen=True, slots=True)
class Tuple:
    """Coordinates of a point, or components of a vector in one line."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A chain of equations and inequalities."""

    first: Formula
    rest: tuple[tuple[Sign, Formula], ...]


Formula: TypeAlias = Number | Letter | Power | Product | Sum | Heaviside | Tuple | Relation

X, Y = Letter("x"), Letter("y")
ZERO = Number(Fraction(0))


def number(value: Fraction | int) -> Number:
    """An exact number."""
    return Number(Fraction(value))


def roughly(value: Fraction) -> Number:
    """A number in a few digits; beyond doubles as it is."""
    if abs(value) >= LARGEST_DOUBLE:
        return number(value)
    return Number(float(f"{float(value):.{ROUGH_DIGITS}g}"))


def brief(value: Fraction) -> Number:
    """A number as it is where that is short, else roughly."""
    if abs(value) >= LARGEST_DOUBLE:
        return number(value)
    short = Fraction(repr(float(value))) == value and len(repr(float(value))) <= MOST_LETTERS
    return number(value) if short else roughly(value)


def relation(first: Formula, *rest: Sign | Formula) -> Relation:
    """`relation(a, "=", b, ">=", c)`."""
    signs, sides = rest[::2], rest[1::2]
    return Relation(first, tuple(zip(signs, sides, strict=True)))  # type: ignore[arg-type]


def vector(*items: Formula | Fraction | int) -> Tuple:
    """A point or vector of formulas and numbers."""
    return Tuple(
        tuple(number(i) if isinstance(i, Fraction | int) else i for i in items),
    )


def scaled(factor: Fraction | int, formula: Formula) -> Formula:
    """A factor times a formula; the factor 1 is left out, and -1 leaves the sign."""
    if factor == 1:
        return formula
    factors = formula.factors if isinstance(formula, Product) else (formula,)
    return Product((number(factor), *factors))


def weighted(terms: Iterable[tuple[Fraction | int, Formula | None]]) -> Formula:
    """`2 x - y + 3` from numbers and what they multiply; None for the constant; zeros left out."""
    shown: list[Formula] = []
    for factor, formula in terms:
        if factor:
            shown.append(number(factor) if formula is None else scaled(factor, formula))
    return _summed(shown)


def monomial(power: Monomial, letters: Sequence[Formula] = (X, Y)) -> Formula | None:
    """`x^2 y`, or None for 1."""
    factors = [
        base if exponent == 1 else Power(base, exponent)
        for base, exponent in zip(letters, power, strict=True)
        if exponent
    ]
    if not factors:
        return None
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def falling(polynomial: Polynomial) -> list[tuple[Monomial, Fraction]]:
    """The terms in the order of print: highest powers first, of these the powers of x."""
    return sorted(polynomial.terms, key=lambda term: (-sum(term[0]), -term[0][0]))


def polynomial_sum(polynomial: Polynomial, letters: Sequence[Formula] = (X, Y)) -> Formula:
    """`-x^2 - y^2 + 9`."""
    return weighted((c, monomial(m, letters)) for m, c in falling(polynomial))


def inserted(polynomial: Polynomial, point: Sequence[Fraction]) -> Formula:
    """The polynomial with numbers in place of x and y: `-4*2 - 3*5 + 36`."""
    return polynomial_sum(polynomial, [number(value) for value in point])


def compared(total: Formula, value: Fraction, strictly: bool = False) -> Relation:
    """`5 - 4 = 1 >= 0`, and just `1 >= 0` where the sum is that number already.

    Args:
        total: A sum.
        value: What it is.
        strictly: Whether to write `>`; the value must then not be 0.
    """
    positive: Sign = ">" if strictly else ">="
    outcome: tuple[Sign, Formula] = (positive if value >= 0 else "<", ZERO)
    if total == number(value):
        return Relation(total, (outcome,))
    return Relation(total, (("=", number(value)), outcome))


def _summed(terms: Sequence[Formula]) -> Formula:
    match terms:
        case []:
            return ZERO
        case [single]:
            return single
        case _:
            return Sum(tuple(terms))
