"""A small arithmetic text to a number: `2*r + 1`, `sqrt(3)/2`, `r * cos(30)`.

    sum      =  product (("+" | "-") product)*
    product  =  signed (("*" | "/") signed)*
    signed   =  ("+" | "-")* power
    power    =  atom [("^" | "**") signed]
    atom     =  number | name | function "(" sum ("," sum)* ")" | "(" sum ")"

So `-2^2` is -4, and `2^3^2` is `2^(3^2)`. Angles are in degrees, as everywhere in the language.
What stays exact, and what does not, is said in `rational.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from regions.text import rational
from regions.text.places import shortened
from regions.text.rational import Number, OutOfDomain
from regions.text.tokens import NUMBER, Parser, TextFault, Token

MAX_LENGTH = 200
"""Characters of a text: longer ones are hard to read; names for their parts help."""

MAX_DEPTH = 20
"""Brackets and powers inside one another: the parser recurses."""

CONSTANTS: Mapping[str, Number] = {"pi": math.pi}


class Function(NamedTuple):
    """A function, and how many values it takes: from `least` to `most`."""

    call: Callable[..., Number]
    least: int = 1
    most: int = 1


FUNCTIONS: Mapping[str, Function] = {
    "sqrt": Function(rational.square_root),
    "sin": Function(rational.sine),
    "cos": Function(rational.cosine),
    "abs": Function(abs),
    "min": Function(min, 2, MAX_LENGTH),
    "max": Function(max, 2, MAX_LENGTH),
}

TAKEN = frozenset({*CONSTANTS, *FUNCTIONS})
"""Names that have a meaning already."""

_OPERATIONS: Mapping[str, Callable[[Number, Number], Number]] = {
    "+": rational.add,
    "-": rational.subtract,
    "*": rational.multiply,
    "/": rational.divide,
}

_TOKEN = re.compile(
    r"\s*(?:"
    rf"{NUMBER}"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|[-+*/^(),])"
    r"|(?P<other>\S))"
)
_HINTS = {
    "\u2212": "write -",
    "·": "write *",
    "\xd7": "write *",
    "÷": "write /",
    ":": "write /",
    "²": "write ^2",
    "³": "write ^3",
    "√": "write sqrt(...)",
    "π": "write pi",
    "°": "angles are in degrees already; remove it",
    "%": "write /100",
}
_HINT = "use numbers, names, + - * / ^ and ( )"


class ArithmeticFault(TextFault):
    """The text is no arithmetic, or has no result."""


class UnknownName(ArithmeticFault):
    """A name that is neither given nor has a meaning of its own."""

    def __init__(self, offset: int, name: str) -> None:
        super().__init__(offset, f"'{name}' is not defined")
        self.name = name


def evaluate(text: str, parameters: Mapping[str, Number]) -> Number:
    """The number that a text comes to: a fraction where it is exact, else a double.

    Raises:
        ArithmeticFault: The text is no arithmetic, or has no result; an `UnknownName` where a name
            is not among the parameters.
    """
    if len(text) > MAX_LENGTH:
        message = f"the text has {len(text)} characters; use at most {MAX_LENGTH}, name the parts"
        raise ArithmeticFault(0, message)
    return _Reader(text, parameters).whole()


@contextmanager
def _at(token: Token) -> Iterator[None]:
    """What has no result has none at this token."""
    try:
        yield
    except OutOfDomain as error:
        raise ArithmeticFault(token.offset, str(error)) from None


class _Reader(Parser):
    """A method for each rule of the grammar."""

    def __init__(self, text: str, parameters: Mapping[str, Number]) -> None:
        super().__init__(text, _TOKEN)
        self._parameters = parameters
        self._depth = 0

    def whole(self) -> Number:
        if self._next.kind == "end":
            raise ArithmeticFault(0, "the text is empty; give a number")
        value = self._sum()
        if self._next.kind != "end":
            raise self._unexpected("operator")
        return value

    def _sum(self) -> Number:
        value = self._product()
        while self._next.text in ("+", "-"):
            value = self._operate(value, self._take(), self._product())
        return value

    def _product(self) -> Number:
        value = self._signed()
        while self._next.text in ("*", "/"):
            value = self._operate(value, self._take(), self._signed())
        return value

    @staticmethod
    def _operate(left: Number, sign: Token, right: Number) -> Number:
        with _at(sign):
            return _OPERATIONS[sign.text](left, right)

    def _signed(self) -> Number:
        negative = False
        while self._next.text in ("+", "-"):
            negative ^= self._take().text == "-"
        value = self._power()
        return -value if negative else value

    def _power(self) -> Number:
        base = self._atom()
        if self._next.text not in ("^", "**"):
            return base
        sign = self._take()
        with self._inside(sign):
            exponent = self._signed()
        with _at(sign):
            return rational.power(base, exponent)

    def _atom(self) -> Number:
        match self._next.kind:
            case "number":
                token = self._take()
                with _at(token):
                    return rational.read(token.text)
            case "word":
                return self._name(self._take())
            case "sign" if self._next.text == "(":
                (value,) = self._values(1, 1)
                return value
            case _:
                raise self._unexpected("value")

    def _name(self, word: Token) -> Number:
        if word.text in FUNCTIONS:
            call, least, most = FUNCTIONS[word.text]
            if self._next.text != "(":
                message = f"{word.text} is a function; write {word.text}(...)"
                raise ArithmeticFault(word.offset, message)
            values = self._values(least, most)
            with _at(word):
                return call(*values)
        for known in (self._parameters, CONSTANTS):
            if word.text in known:
                return known[word.text]
        raise UnknownName(word.offset, word.text)

    def _values(self, least: int, most: int) -> list[Number]:
        """What stands in brackets: so many sums with commas between them."""
        bracket = self._take()
        with self._inside(bracket):
            values = [self._sum()]
            while self._next.text == "," and len(values) < most:
                self._take()
                values.append(self._sum())
        if self._next.kind == "end":
            message = "this bracket is never closed; add ), and quotes if the text holds a comma"
            raise ArithmeticFault(bracket.offset, message)
        if self._next.text != ")":
            raise self._unexpected("operator")
        self._take()
        if len(values) < least:
            raise ArithmeticFault(bracket.offset, f"give at least {least} values here")
        return values

    @contextmanager
    def _inside(self, token: Token) -> Iterator[None]:
        if self._depth == MAX_DEPTH:
            message = f"brackets and powers are nested more than {MAX_DEPTH} deep; name the parts"
            raise ArithmeticFault(token.offset, message)
        self._depth += 1
        yield
        self._depth -= 1

    def _unexpected(self, missing: str) -> ArithmeticFault:
        """Of the token that comes next: it cannot stand where a value or an operator is missing."""
        kind, text, offset = self._next
        match kind:
            case "other":
                message = f"{shortened(text)} has no meaning here; {_HINTS.get(text, _HINT)}"
            case "end":
                message = f"a number is missing after {self._last.text}; add it"
            case "sign" if text == ",":
                message = "a comma parts the values of min and max; write decimals with a point"
            case "sign" if text == ")" and missing == "operator":
                message = "this bracket was never opened; remove it"
            case "sign" if missing == "value":
                message = f"a number is missing before {text}; add it"
            case _:
                message = f"an operator is missing before {shortened(text)}; add one of + - * / ^"
        return ArithmeticFault(offset, message)
