"""The point of `--at`: two numbers, exact."""

from __future__ import annotations

import re
from fractions import Fraction

from regions.errors import InputError, Problem
from regions.geometry.polynomials import Point

_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_QUOTIENT = re.compile(r"[+-]?[0-9]+/[0-9]+")

MOST_LETTERS = 100
"""Of a coordinate."""

LARGEST = Fraction(10) ** 150
"""Of a coordinate, as in shapes."""


def read_point(text: str) -> Point:
    """`X,Y`, each a decimal or a fraction such as 1/3.

    Raises:
        InputError: It is something else.
    """
    parts = text.split(",")
    if len(parts) != 2:
        said = f"{_shown(text)} is no point; give two numbers with a comma, such as 2,5 or 1/3,0.5"
        raise InputError([Problem(said, "--at")])
    found = [_coordinate(name, part.strip()) for name, part in zip("xy", parts, strict=True)]
    problems = [Problem(each, "--at") for each in found if isinstance(each, str)]
    if problems:
        raise InputError(problems)
    x, y = (each for each in found if isinstance(each, Fraction))
    return x, y


def _coordinate(name: str, text: str) -> Fraction | str:
    """The number, or what is wrong with it."""
    wrong = f"{name} is {_shown(text)}"
    spelled = _DECIMAL.fullmatch(text) or _QUOTIENT.fullmatch(text)
    if spelled is None or len(text) > MOST_LETTERS:
        return f"{wrong}; give a finite number such as 2, -0.5 or 1/3"
    try:
        value = Fraction(text)
    except ZeroDivisionError:
        return f"{wrong}; the denominator must not be 0"
    return value if abs(value) <= LARGEST else f"{wrong}; it may be at most 1e150 in size"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
