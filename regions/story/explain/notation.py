"""How formulas are written: in plain letters, or in TeX. Both spell the same digits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import assert_never

from regions.story.explain.formula import (
    LARGEST_DOUBLE,
    Formula,
    Heaviside,
    Letter,
    Number,
    Power,
    Product,
    Relation,
    Sign,
    Sum,
    Tuple,
)

PLACES = 16
"""Behind the point, at most, of a fraction that is written as a decimal."""

LONGEST = 30
"""Letters of a fraction; a longer one is given as the nearest double."""

TINIEST = Fraction(1, 2**1022)
"""From here on doubles have all their digits."""

DOUBLE_DIGITS = 17
"""That tell any two doubles apart."""


def digits(size: Fraction | float) -> tuple[str, str | None]:
    """A number from 0 on as a decimal, or as numerator and denominator."""
    if isinstance(size, float):
        whole = size == int(size) and size < 2**53
        return (f"{size:.0f}" if whole else repr(size)), None
    for places in range(PLACES + 1):
        if 10**places % size.denominator == 0:
            spelled = str(int(size * 10**places)).zfill(places + 1)
            point = len(spelled) - places
            return (f"{spelled[:point]}.{spelled[point:]}" if places else spelled), None
    if len(str(size)) > LONGEST:
        return _rounded(size), None
    return str(size.numerator), str(size.denominator)


def _rounded(size: Fraction) -> str:
    """The nearest double; 17 digits of what doubles do not reach."""
    if TINIEST <= size <= LARGEST_DOUBLE:
        return repr(float(size))
    with localcontext(prec=DOUBLE_DIGITS) as context:
        quotient = context.divide(Decimal(size.numerator), Decimal(size.denominator))
    return f"{quotient.normalize():e}"


class Notation(ABC):
    """Writes formulas; what differs between plain letters and TeX stands in the subclasses."""

    times: str
    beside: str
    slash: bool

    def __call__(self, formula: Formula) -> str:
        """A formula in one line."""
        match formula:
            case Number():
                return "-" * _is_negative(formula) + self._number(formula)
            case Letter():
                return self.letter(formula)
            case Power(base, exponent):
                spelled = self(base)
                bare = isinstance(base, Letter) or spelled.replace(".", "").isdigit()
                return self.power(spelled if bare else self.brackets(spelled), exponent)
            case Product(factors):
                return self._product(factors)
            case Sum(terms):
                head, *rest = terms
                return self(head) + "".join(map(self._summand, rest))
            case Heaviside(argument):
                return f"H{self.brackets(self(argument))}"
            case Tuple(items):
                return self.brackets(", ".join(map(self, items)))
            case Relation(first, rest):
                return self(first) + "".join(f" {self.sign(s)} {self(side)}" for s, side in rest)
            case _:
                assert_never(formula)

    def _number(self, number: Number) -> str:
        """A number without its sign."""
        value = number.value
        above, below = digits(-value if value < 0 else value)
        return above if below is None else self.fraction(above, below)

    def _summand(self, term: Formula) -> str:
        """A term that is not the first, with its sign."""
        match term:
            case Number(value) if value < 0:
                return f" - {self._number(term)}"
            case Product((Number(value), *rest)) if value < 0:
                size = () if value == -1 else (Number(-value),)
                return f" - {self._product((*size, *rest), first=bool(size))}"
            case _:
                return f" + {self(term)}"

    def _product(self, factors: Sequence[Formula], *, first: bool = True) -> str:
        """Factors; where something stands before them, a negative one is bracketed."""
        if first and _is_minus_one(factors[0]):
            return "-" + self._product(factors[1:], first=False)
        text = self._factor(factors[0], first=first)
        for factor in factors[1:]:
            letters = isinstance(factor, Letter) or (
                isinstance(factor, Power) and isinstance(factor.base, Letter)
            )
            text += (self.beside if letters else self.times) + self._factor(factor, first=False)
        return text

    def _factor(self, factor: Formula, *, first: bool) -> str:
        late = not first and (_is_negative(factor) or (self.slash and _is_quotient(factor)))
        bracketed = isinstance(factor, Sum) or late
        return self.brackets(self(factor)) if bracketed else self(factor)

    def brackets(self, text: str) -> str:
        """The text in round brackets."""
        return f"({text})"

    @abstractmethod
    def letter(self, letter: Letter) -> str:
        """A variable."""

    @abstractmethod
    def power(self, base: str, exponent: int) -> str:
        """A power of what is written already."""

    @abstractmethod
    def fraction(self, above: str, below: str) -> str:
        """A fraction of whole numbers."""

    @abstractmethod
    def sign(self, sign: Sign) -> str:
        """A relation's sign."""


class Plain(Notation):
    """In letters that every terminal has."""

    times = "*"
    beside = " "
    slash = True

    def letter(self, letter: Letter) -> str:
        """A variable."""
        index = "" if letter.index is None else str(letter.index)
        layer = "" if letter.layer is None else f"^({letter.layer})"
        return letter.letter + index + layer

    def power(self, base: str, exponent: int) -> str:
        """A power of what is written already."""
        return f"{base}^{exponent}"

    def fraction(self, above: str, below: str) -> str:
        """A fraction of whole numbers."""
        return f"{above}/{below}"

    def sign(self, sign: Sign) -> str:
        """A relation's sign."""
        return sign


_TEX_SIGNS: dict[Sign, str] = {
    "=": "=",
    "~": r"\approx",
    ">=": r"\ge",
    ">": ">",
    "<=": r"\le",
    "<": "<",
}
_GREEK = {"phi": r"\varphi"}


class Tex(Notation):
    """In TeX's mathematics."""

    times = r" \cdot "
    # No thin space: Markdown readers take a backslash before a comma for their own.
    beside = " "
    slash = False

    def letter(self, letter: Letter) -> str:
        """A variable."""
        index = "" if letter.index is None else f"_{{{letter.index}}}"
        layer = "" if letter.layer is None else f"^{{({letter.layer})}}"
        return _GREEK.get(letter.letter, letter.letter) + index + layer

    def power(self, base: str, exponent: int) -> str:
        """A power of what is written already."""
        return f"{base}^{{{exponent}}}"

    def fraction(self, above: str, below: str) -> str:
        """A fraction of whole numbers."""
        return rf"\frac{{{above}}}{{{below}}}"

    def sign(self, sign: Sign) -> str:
        """A relation's sign."""
        return _TEX_SIGNS[sign]

    def _number(self, number: Number) -> str:
        text = super()._number(number)
        if "e" not in text or text.startswith("\\"):
            return text
        head, _, exponent = text.partition("e")
        return rf"{head} \cdot 10^{{{int(exponent)}}}"


def _is_quotient(formula: Formula) -> bool:
    """Whether a number is written as one."""
    match formula:
        case Number(float()):
            return False
        case Number():
            return digits(abs(Fraction(formula.value)))[1] is not None
        case _:
            return False


def _is_minus_one(formula: Formula) -> bool:
    return isinstance(formula, Number) and formula.value == -1


def _is_negative(formula: Formula) -> bool:
    match formula:
        case Number(value):
            return value < 0
        case Product((first, *_)):
            return _is_negative(first)
        case _:
            return False
