"""A text to a comparison: a parser by recursive descent.

    comparison  =  sum (">=" | ">" | "<=" | "<") sum
    sum         =  product (("+" | "-") product)*
    product     =  factor (("*" | "/" | nothing) factor)*
    factor      =  ("+" | "-")* power
    power       =  atom ["^" whole number]
    atom        =  number | name | "x" | "y" | "(" sum ")"

A bare `x` or `y` is the coordinate. Names of units that are no words, such as `war zone`, stand in
single quotes; a quote within is doubled. Where there are no names, `2 x y` is a product too, as
long as no number follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from regions.text.algebra.dialect import Dialect
from regions.text.algebra.sums import (
    CONSTANT,
    MAX_DEGREE,
    Sum,
    SumError,
    Term,
    add,
    power,
    product,
    quotient,
)
from regions.text.algebra.tokens import COORDINATES, TOKEN, name_of
from regions.text.places import shortened
from regions.text.tokens import Parser, TextFault, Token

MAX_BRACKETS = 20
"""Brackets open at a time: the parser recurses, and nobody nests them so deep."""

MAX_DIGITS = 400
"""Characters of a number, and size of its exponent: all doubles can be written out in them."""

_COMPARISONS = {">=": (1, False), ">": (1, True), "<=": (-1, False), "<": (-1, True)}
"""The factor of left minus right side, and whether the result must exceed 0."""


class ExpressionError(TextFault):
    """The text is no comparison."""


class Mention(NamedTuple):
    """A coordinate or a unit that a text names, and where."""

    offset: int
    name: str
    is_coordinate: bool


@dataclass(frozen=True)
class Comparison:
    """`sum >= 0`, or `sum > 0` where it is strict.

    Attributes:
        sum: Left minus right side; right minus left where `<=` or `<` was written.
        strict: Whether the sum must exceed 0.
        offset: Where the comparison's sign stands.
        mentions: Everything that the text names, in its order.
    """

    sum: Mapping[Term, Fraction]
    strict: bool
    offset: int
    mentions: tuple[Mention, ...]


def parse(text: str, dialect: Dialect) -> Comparison:
    """The comparison that a text says.

    Raises:
        ExpressionError: The text is no comparison of sums.
    """
    return _Parser(text, dialect).comparison()


@contextmanager
def _at(token: Token) -> Iterator[None]:
    """What no sum can be is wrong at this token."""
    try:
        yield
    except SumError as error:
        raise ExpressionError(token.offset, str(error)) from None


class _Parser(Parser):
    """A method for each rule of the grammar."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        super().__init__(text, TOKEN)
        self._dialect = dialect
        self._mentions: list[Mention] = []
        self._open = 0

    def comparison(self) -> Comparison:
        if self._next.kind == "end":
            raise ExpressionError(0, f"{self._dialect.whole} is empty; write {self._dialect.form}")
        left = self._sum()
        sign = self._next
        if sign.text not in _COMPARISONS:
            raise self._unexpected("there is no comparison; add >= and a number")
        self._take()
        right = self._sum()
        if self._next.text in _COMPARISONS:
            raise self._fault(f"this compares a second time; {self._dialect.again}")
        if self._next.kind != "end":
            raise self._unexpected("nothing may follow here; remove it")
        factor, strict = _COMPARISONS[sign.text]
        total: Sum = {}
        with _at(sign):
            add(total, left, factor)
            add(total, right, -factor)
        return Comparison(total, strict, sign.offset, tuple(self._mentions))

    def _sum(self) -> Sum:
        total, sign = self._product(), self._next
        while sign.text in ("+", "-"):
            self._take()
            summand = self._product()
            with _at(sign):
                add(total, summand, -1 if sign.text == "-" else 1)
            sign = self._next
        return total

    def _product(self) -> Sum:
        result = self._factor()
        while self._next.text in ("*", "/") or self._is_beside():
            sign = self._next
            if not self._is_beside():
                self._take()
            other = self._factor()
            with _at(sign):
                result = quotient(result, other) if sign.text == "/" else product(result, other)
        return result

    def _is_beside(self) -> bool:
        """Whether what comes next is multiplied though no sign says so."""
        factor = self._next.kind == "word" or self._next.text == "("
        return factor and not self._dialect.units

    def _factor(self) -> Sum:
        sign = 1
        while self._next.text in ("+", "-"):
            sign *= -1 if self._take().text == "-" else 1
        result: Sum = {}
        add(result, self._power(), sign)
        return result

    def _power(self) -> Sum:
        base = self._atom()
        if self._next.text != "^":
            return base
        sign, exponent = self._take(), self._take()
        if exponent.text not in map(str, range(1, MAX_DEGREE + 1)):
            message = f"an exponent is a whole number from 1 to {MAX_DEGREE}"
            raise ExpressionError(exponent.offset, message)
        with _at(sign):
            return power(base, int(exponent.text))

    def _atom(self) -> Sum:
        match self._next.kind:
            case "number":
                return {CONSTANT: self._number()}
            case "word" | "quoted":
                return {self._name(): Fraction(1)}
            case "sign" if self._next.text == "(":
                return self._brackets()
            case _:
                raise self._unexpected(f"{self._dialect.atom} is missing here")

    def _number(self) -> Fraction:
        token = self._take()
        exponent = re.split("[eE]", token.text)[-1] if "e" in token.text.lower() else "0"
        if len(token.text) > MAX_DIGITS or abs(int(exponent)) > MAX_DIGITS:
            raise ExpressionError(token.offset, "this number is too long; use a shorter one")
        return Fraction(token.text)

    def _name(self) -> Term:
        token = self._take()
        if token.text in COORDINATES:
            self._mentions.append(Mention(token.offset, token.text, True))
            return COORDINATES[token.text]
        if not self._dialect.units:
            raise ExpressionError(token.offset, self._dialect.fault(token) or _misnamed(token))
        self._mentions.append(Mention(token.offset, name_of(token), False))
        return name_of(token)

    def _brackets(self) -> Sum:
        bracket = self._take()
        if self._open == MAX_BRACKETS:
            message = f"brackets are nested more than {MAX_BRACKETS} deep; multiply some out"
            raise ExpressionError(bracket.offset, message)
        self._open += 1
        inner = self._sum()
        if self._next.kind == "end":
            raise ExpressionError(bracket.offset, "this bracket is never closed; add )")
        if self._next.text != ")":
            raise self._unexpected("a ) is missing here")
        self._take()
        self._open -= 1
        return inner

    def _fault(self, message: str) -> ExpressionError:
        return ExpressionError(self._next.offset, message)

    def _unexpected(self, missing: str) -> ExpressionError:
        """What is wrong with the next token where something else should stand."""
        for token in (self._last, self._next):
            if fault := self._dialect.fault(token):
                return ExpressionError(token.offset, fault)
        kind, text, _ = self._next
        if text == ")" and not self._open:
            return self._fault("no bracket is open here; remove )")
        if text == self._last.text == "*":
            return self._fault("** has no meaning here; write ^ for a power")
        if kind in ("number", "word", "quoted") or text == "(":
            last, here = shortened(self._last.text), shortened(text)
            if self._last.kind == kind == "word":
                advice = f"add one, or put a name with spaces in quotes: '{last} {here}'"
                return self._fault(f"there is no operator between {last} and {here}; {advice}")
            return self._fault(f"put a * between {last} and {here}")
        return self._fault(missing)


def _misnamed(token: Token) -> str:
    """What is wrong with a name where only coordinates have one."""
    name = token.text
    if set(name.lower()) <= set(COORDINATES):
        return f"{shortened(name)} is no coordinate; did you mean {'*'.join(name.lower())}?"
    return f"{shortened(name)} is no coordinate; use x, y and numbers only"
