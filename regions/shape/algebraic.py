"""Polynomial inequalities as people write them: `x^2 - y^2 <= 1`."""

from __future__ import annotations

from regions.geometry.polynomials import Polynomial
from regions.text.algebra.dialect import Dialect
from regions.text.algebra.expression import ExpressionError, parse

MAX_LENGTH = 10_000
"""Characters: a polynomial of degree 6 has 28 coefficients; read within a second."""

MAX_CONIC = 2
"""Degree of a conic."""

_LOGIC = "combine two shapes by union, intersection or complement"

INEQUALITY = Dialect(
    whole="the inequality",
    form="one such as x^2 + y^2 <= 1",
    atom="a number, x or y",
    hint="use numbers, x, y, + - * / ^ ( ) and one <= or >=",
    again="give a shape for each comparison under `intersection:`",
    units=False,
    signs={
        "=": "say which side of the curve: compare with <= or >=",
        "&": _LOGIC,
        "|": "write powers of x and y; there is no absolute value",
        "'": "remove it",
        '"': "remove it",
    },
    words={"and": _LOGIC, "or": _LOGIC, "not": _LOGIC},
)


def polynomial_of(text: str, degree: int | None = None) -> Polynomial:
    """The polynomial that is at least 0 where an inequality holds; decimals are exact.

    Args:
        text: Such as `(x^2 + y^2 - 1)^3 <= x^2*y^3`.
        degree: The highest, where that is less than a network's.

    Raises:
        ExpressionError: It is no inequality of polynomials with `<=` or `>=`, or too long.
    """
    if len(text) > MAX_LENGTH:
        message = f"the inequality has more than {MAX_LENGTH:,} characters; multiply it out"
        raise ExpressionError(0, message)
    comparison = parse(text, INEQUALITY)
    if comparison.strict:
        sign = text[comparison.offset]
        message = f"regions are closed: their border belongs to them; write {sign}="
        raise ExpressionError(comparison.offset, message)
    terms = [(m, c) for m, c in comparison.sum.items() if isinstance(m, tuple) and c]
    found = Polynomial(tuple(sorted(terms)))
    if degree is not None and found.degree > degree:
        message = f"this has degree {found.degree}, a conic at most {degree}; use `polynomial:`"
        raise ExpressionError(0, message)
    return found
