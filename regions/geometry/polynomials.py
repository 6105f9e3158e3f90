"""Polynomials in x and y with rational coefficients: sums, products, quotients, all exact.

Doubles are rationals, so a separator's polynomial is one of these, and so is the polynomial whose
sign defines a circle.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from regions.geometry.weights import over_one_denominator

Monomial: TypeAlias = tuple[int, int]
"""`(i, j)` stands for `x^i * y^j`."""

Point: TypeAlias = tuple[Fraction, Fraction]
Number: TypeAlias = Fraction | int


@dataclass(frozen=True)
class Polynomial:
    """A sum of monomials.

    Attributes:
        terms: Coefficients other than 0 by monomial, sorted: equal polynomials have equal terms.
    """

    terms: tuple[tuple[Monomial, Fraction], ...] = ()

    @cached_property
    def degree(self) -> int:
        """The largest degree of a monomial; 0 for a constant, also for 0."""
        return max((i + j for (i, j), _ in self.terms), default=0)

    @cached_property
    def gradient(self) -> tuple[Polynomial, Polynomial]:
        """The derivatives by x and by y."""
        return self.taylor((1, 0)), self.taylor((0, 1))

    def coefficient(self, monomial: Monomial) -> Fraction:
        """The factor of a monomial, 0 where it does not occur."""
        return dict(self.terms).get(monomial, Fraction(0))

    def __call__(self, x: Fraction, y: Fraction) -> Fraction:
        """The value at a point: over one denominator, with one division at the end."""
        terms, denominator, (right, up) = self._whole
        p, q = x.as_integer_ratio()
        r, s = y.as_integer_ratio()
        total = sum(c * p**i * q ** (right - i) * r**j * s ** (up - j) for (i, j), c in terms)
        return Fraction(total, denominator * q**right * s**up)

    @cached_property
    def _whole(self) -> tuple[tuple[tuple[Monomial, int], ...], int, Monomial]:
        """The terms in integers, their common denominator, and the largest powers of x and y."""
        denominator = math.lcm(*(c.denominator for _, c in self.terms))
        terms = [(m, c.numerator * (denominator // c.denominator)) for m, c in self.terms]
        largest = [max((m[axis] for m, _ in terms), default=0) for axis in (0, 1)]
        return tuple(terms), denominator, (largest[0], largest[1])

    def __add__(self, other: Polynomial | Number) -> Polynomial:
        return collected([*self.terms, *_of(other).terms])

    def __neg__(self) -> Polynomial:
        return Polynomial(tuple((monomial, -c) for monomial, c in self.terms))

    def __sub__(self, other: Polynomial | Number) -> Polynomial:
        return self + -_of(other)

    def __rsub__(self, other: Number) -> Polynomial:
        return _of(other) - self

    def __mul__(self, other: Polynomial | Number) -> Polynomial:
        if not isinstance(other, Polynomial):
            return Polynomial(tuple((m, c * other) for m, c in self.terms) if other else ())
        second = other.terms
        products = (((i + k, j + m), c * d) for (i, j), c in self.terms for (k, m), d in second)
        return collected(products)

    __radd__ = __add__
    __rmul__ = __mul__

    def composed(self, x: Polynomial, y: Polynomial) -> Polynomial:
        """The polynomial with others in place of x and y."""
        powers = [_powers(base, self.degree) for base in (x, y)]
        total = Polynomial()
        for (i, j), c in self.terms:
            total += c * (powers[0][i] * powers[1][j])
        return total

    def rescaled(self, scale: Number, shift: Point) -> Polynomial:
        """The polynomial with `scale*x + shift[0]` and `scale*y + shift[1]` in place of x and y.

        All in integers: over one denominator m of these numbers, `x = (s u + a) / m`. With n the
        degree, m^n times the term `c x^i y^j` is `c m^(n-i-j) (s u + a)^i (s v + b)^j`.
        """
        (s, a, b), m = over_one_denominator((Fraction(scale), *shift))
        whole, under = over_one_denominator([c for _, c in self.terms])
        n = self.degree
        total: dict[Monomial, int] = {}
        for ((i, j), _), c in zip(self.terms, whole, strict=True):
            c *= m ** (n - i - j)
            ups = _expanded(s, b, j)
            for k, right in _expanded(s, a, i):
                for h, up in ups:
                    total[k, h] = total.get((k, h), 0) + c * right * up
        under *= m**n
        terms = ((monomial, Fraction(c, under)) for monomial, c in sorted(total.items()) if c)
        return Polynomial(tuple(terms))

    def taylor(self, monomial: Monomial) -> Polynomial:
        """What stands before `dx^i * dy^j` in the expansion about a point, as a polynomial in it.

        It is the derivative i times by x and j times by y, over i! j!.
        """
        i, j = monomial
        return collected(
            ((a - i, b - j), c * math.comb(a, i) * math.comb(b, j))
            for (a, b), c in self.terms
            if a >= i and b >= j
        )

    def quotient(self, divisor: Polynomial) -> Polynomial | None:
        """The polynomial which times the divisor is this one, None if there is none.

        Division by one polynomial in lexicographic order: the remainder is 0 exactly if it
        divides (Cox, Little, O'Shea, "Ideals, Varieties, and Algorithms", 1992, section 2.3).
        """
        (first, second), leading = divisor.terms[-1]
        rest, found = self, Polynomial()
        while rest.terms:
            (i, j), c = rest.terms[-1]
            if i < first or j < second:
                return None
            step = Polynomial((((i - first, j - second), c / leading),))
            found, rest = found + step, rest - step * divisor
        return found

    def primitive(self) -> tuple[Polynomial, int]:
        """The multiple with coprime integers, the last of them positive, and this one's sign.

        Two polynomials are multiples of each other exactly if these are equal. Not for 0.
        """
        sign = 1 if self.terms[-1][1] > 0 else -1
        return (self if sign > 0 else -self).coprime(), sign

    def coprime(self) -> Polynomial:
        """The multiple by a positive number with coprime integers; not for 0."""
        integers, _ = over_one_denominator([c for _, c in self.terms])
        divisor = math.gcd(*integers)
        terms = zip(self.terms, integers, strict=True)
        return Polynomial(tuple([(m, Fraction(n // divisor)) for (m, _), n in terms]))

    def scaled(self) -> Polynomial:
        """A multiple by a power of two whose largest coefficient lies between 1/2 and 2."""
        return self * Fraction(2) ** -self.exponent

    @property
    def exponent(self) -> int:
        """Of the power of two that `scaled` divides by; 0 for the polynomial 0."""
        largest = max((abs(c) for _, c in self.terms), default=Fraction(1))
        return largest.numerator.bit_length() - largest.denominator.bit_length()


def is_degenerate(quadratic: Polynomial) -> bool:
    """Whether a conic is a pair of lines, one line, or a point; then it has singular points.

    So it is exactly if the determinant of its symmetric matrix of order 3 is 0. Others have none.
    """
    a, b, c = (quadratic.coefficient(m) for m in ((2, 0), (1, 1), (0, 2)))
    d, e, f = (quadratic.coefficient(m) for m in ((1, 0), (0, 1), (0, 0)))
    return 4 * a * c * f + b * d * e - a * e * e - c * d * d - f * b * b == 0


def _of(value: Polynomial | Number) -> Polynomial:
    if isinstance(value, Polynomial):
        return value
    return Polynomial((((0, 0), Fraction(value)),)) if value else Polynomial()


def collected(terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
    """A sum of monomials, in any order and more than once."""
    total: dict[Monomial, Fraction] = {}
    for monomial, c in terms:
        total[monomial] = total.get(monomial, Fraction(0)) + c
    return Polynomial(tuple(sorted((monomial, c) for monomial, c in total.items() if c)))


def _expanded(scale: int, shift: int, exponent: int) -> list[tuple[int, int]]:
    """The powers of u in `(scale * u + shift)^exponent`, with their coefficients."""
    if not shift:
        return [(exponent, scale**exponent)]
    return [
        (k, math.comb(exponent, k) * scale**k * shift ** (exponent - k))
        for k in range(exponent + 1)
    ]


def _powers(base: Polynomial, highest: int) -> list[Polynomial]:
    powers = [_of(1)]
    for _ in range(highest):
        powers.append(powers[-1] * base)
    return powers


X = Polynomial((((1, 0), Fraction(1)),))
Y = Polynomial((((0, 1), Fraction(1)),))


def polynomial(terms: Iterable[tuple[Monomial, float | Number]], constant: float) -> Polynomial:
    """A sum of monomials and a constant, given in doubles."""
    return collected([*((m, Fraction(c)) for m, c in terms), ((0, 0), Fraction(constant))])


def line(a: float | Number, b: float | Number, c: float | Number) -> Polynomial:
    """`a*x + b*y + c`."""
    return Fraction(a) * X + Fraction(b) * Y + Fraction(c)


def exact(point: tuple[float, float]) -> Point:
    """A point's doubles as the rationals they are."""
    return Fraction(point[0]), Fraction(point[1])


def line_through(start: Point, end: Point) -> Polynomial:
    """0 on the line through two points, positive to the left of start -> end."""
    (ax, ay), (bx, by) = start, end
    return (bx - ax) * (Y - ay) - (by - ay) * (X - ax)


def ellipse(center: Point, radii: Point, direction: Point) -> Polynomial:
    """At least 0 exactly on the closed ellipse: `1 - (p / a)^2 - (q / b)^2`, times `(a b)^2`.

    Here p runs from the centre along the first half-axis a, whose direction is the unit vector
    given, and q along the second, b.
    """
    (a, b), (cosine, sine) = radii, direction
    p, q = cosine * X + sine * Y, cosine * Y - sine * X
    return _about(center, (a * b) ** 2 - b * b * (p * p) - a * a * (q * q))


def circle(center: Point, radius: Fraction) -> Polynomial:
    """At least 0 exactly on the closed disc: `r^2 - |x - center|^2`."""
    return _about(center, radius * radius - X * X - Y * Y)


def _about(center: Point, polynomial: Polynomial) -> Polynomial:
    """The polynomial with its origin moved to a point."""
    return polynomial.rescaled(1, (-center[0], -center[1]))
