"""What a network and a CSG tree say of one rational point, computed as plainly as can be.

An oracle for proofs: nothing here comes from the package under test but the trees and networks
themselves. Separators are taken as their doubles stand, in rational arithmetic; a turned ellipse's
sine and cosine are computed to 60 digits.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from regions.network.model import Network
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
)
from tests.oracle import contains

Point = tuple[Fraction, Fraction]

DIGITS = 60


class UnsureError(Exception):
    """The point lies so near to a turned ellipse that 60 digits do not tell."""


def separator_value(network: Network, separator: int, point: Point) -> Fraction:
    """The pre-activation without rounding."""
    scale = Fraction(2) ** network.exponent
    u, v = ((c - Fraction(m)) * scale for c, m in zip(point, network.center, strict=True))
    weights = map(Fraction, network.weights[separator].tolist())
    terms = (w * u**i * v**j for w, (i, j) in zip(weights, network.features, strict=True))
    return sum(terms, Fraction(network.bias[separator]))


def network_says(network: Network, point: Point) -> bool:
    """Whether the network's only region holds a point."""
    fired = [separator_value(network, i, point) >= 0 for i in range(network.n_separators)]
    gates = network.gates
    for gate in range(len(gates)):
        row = gates.row(gate)
        pairs = zip(gates.inputs[row].tolist(), gates.weights[row].tolist(), strict=True)
        fired.append(sum(w for i, w in pairs if fired[i]) + gates.bias[gate] >= 0)
    return fired[network.output().unit]


def shape_says(shape: Shape, point: Point) -> bool:
    """Whether a CSG tree holds a point.

    Raises:
        UnsureError: A turned ellipse passes too near.
    """
    x, y = point
    match shape:
        case Algebraic(polynomial):
            return sum(c * x**i * y**j for (i, j), c in polynomial.terms) >= 0
        case Circle(center, radius):
            return _square(point, center) <= Fraction(radius) ** 2
        case Annulus(center, inner, outer):
            return Fraction(inner) ** 2 <= _square(point, center) <= Fraction(outer) ** 2
        case Ellipse():
            return _in_ellipse(shape, point)
        case HalfPlane(a, b, c):
            return Fraction(a) * x + Fraction(b) * y + Fraction(c) >= 0
        case Algebraic(polynomial):
            return sum(c * x**i * y**j for (i, j), c in polynomial.terms) >= 0
        case Box(xmin, ymin, xmax, ymax):
            return Fraction(xmin) <= x <= Fraction(xmax) and Fraction(ymin) <= y <= Fraction(ymax)
        case Polygonal(geometry):
            return contains(geometry, [point])[0]
        case Union(operands):
            return any(shape_says(operand, point) for operand in operands)
        case Intersection(operands):
            return all(shape_says(operand, point) for operand in operands)
        case Difference(operands):
            first, *taken = (shape_says(operand, point) for operand in operands)
            return first and not any(taken)
        case SymmetricDifference(operands):
            return sum(shape_says(operand, point) for operand in operands) % 2 == 1
        case Complement(operand):
            return not shape_says(operand, point)
    raise TypeError(type(shape).__name__)


def _square(point: Point, center: tuple[float, float]) -> Fraction:
    (x, y), (cx, cy) = point, map(Fraction, center)
    return (x - cx) ** 2 + (y - cy) ** 2


def _in_ellipse(ellipse: Ellipse, point: Point) -> bool:
    (x, y), (cx, cy), (a, b) = point, map(Fraction, ellipse.center), map(Fraction, ellipse.radii)
    cosine, sine = cosine_and_sine(ellipse.angle)
    p = cosine * (x - cx) + sine * (y - cy)
    q = cosine * (y - cy) - sine * (x - cx)
    value = 1 - (p / a) ** 2 - (q / b) ** 2
    if ellipse.angle % 90 and abs(value) < Fraction(1, 10 ** (DIGITS // 2)):
        raise UnsureError
    return value >= 0


def cosine_and_sine(degrees: float | Fraction) -> tuple[Fraction, Fraction]:
    """Of an angle in degrees, exact for multiples of 90, else to 60 digits."""
    quarter, rest = divmod(Fraction(degrees) % 360, 90)
    with localcontext() as context:
        context.prec = DIGITS + 20
        angle = Decimal(rest.numerator) / Decimal(rest.denominator) * _pi() / 180
        sine = cosine = Decimal(0)
        term, k = Decimal(1), 0
        while k < 4 or abs(term) > Decimal(10) ** -(DIGITS + 15):
            signed = -term if k % 4 >= 2 else term
            cosine, sine = (cosine, sine + signed) if k % 2 else (cosine + signed, sine)
            k += 1
            term = term * angle / k
        found = Fraction(cosine), Fraction(sine)
    if rest == 0:
        found = Fraction(1), Fraction(0)
    for _ in range(int(quarter)):
        found = -found[1], found[0]
    return found


def _pi() -> Decimal:
    """Gauss and Legendre: the arithmetic-geometric mean of 1 and 1/sqrt(2)."""
    a, b, t, p = Decimal(1), 1 / Decimal(2).sqrt(), Decimal("0.25"), Decimal(1)
    for _ in range(8):
        mean = (a + b) / 2
        a, b, t, p = mean, (a * b).sqrt(), t - p * (a - mean) ** 2, 2 * p
    return (a + b) ** 2 / (4 * t)
