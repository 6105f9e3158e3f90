"""Separators in neat numbers: the user's x and y, and the decimals that a person wrote.

The double 0.1 is no tenth, so a line through (0.1, 0) has long weights, and the network's own
coordinates add digits to them. Here the decimals are read again: from the two points that a line
was drawn through, or from the ratios of the weights. The network keeps following its doubles;
`Neat.exact` says whether these are the neat numbers themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.polynomials import Polynomial, collected
from regions.geometry.weights import over_one_denominator
from regions.network.model import Network, feature_name, monomials

WHOLE_DIGITS = 5
DECIMAL_DIGITS = 8
"""Digits of a weight that is neat: of whole numbers, which are multiplied out for it, and of
decimals, differences of two coordinates on maps."""

BIAS_DIGITS = 11
"""Digits that a bias may have beyond the longest weight: it is a sum of weights times coordinates,
of ten digits in a national grid to the millimetre, and one digit carries."""

MOST_PLACES = 16
"""Places behind the point; a double of the usual sizes tells no more."""

LARGEST_RATIO = 10**6
"""Denominators tried for the ratio of two weights. By chance one ratio in 500 comes as close as
`READING` to such a fraction, and it is no less within rounding of it."""

READING = 2.0**-48
"""Part of its summands by which a number may miss the decimal it is read as: in units of 2^-53,
16 for the rounding of weights and bias, as in `FORWARD_ERROR`, and 16 for that of coordinates."""

MIXED = 3
"""Short weights that make a conic worth showing in spite of one long weight: the ellipse with
half-axes 4 and 2, turned by 30 degrees, is -7 x^2 + 6 sqrt(3) x y - 13 y^2 + 64."""

_ORDER = (*monomials(2), (0, 0))
"""x, y, x^2, xy, y^2 and the constant: the order of six numbers."""

_CURVED = slice(2, 5)
_NO_CURVE = 3 * (Fraction(0),)


@dataclass(frozen=True, slots=True)
class Neat:
    """A separator in short numbers: it fires where `polynomial >= 0`, over the user's x and y.

    Attributes:
        polynomial: The numbers as they are shown.
        exact: Whether it is the stored separator times a positive number. Otherwise the stored one
            is within rounding of it.
    """

    polynomial: Polynomial
    exact: bool

    def __str__(self) -> str:
        return _text(self.polynomial)


def neat_separator(network: Network, index: int) -> Neat | None:
    """A separator in neat numbers, or None where none are found.

    Short numbers over the user's own coordinates stay as they are stored. Else a line is read from
    its source points, if the stored one runs through them within rounding; other separators are
    read from the ratios of their weights.

    Args:
        network: Any network.
        index: Number of the separator.
    """
    stored = _stored(network, index)
    if stored is None:
        return None
    own = _to_user(stored, network.center, network.exponent)
    found = next(filter(None, _readings(network, index, stored, own)), None)
    return None if found is None else Neat(found, _proportional(found, own))


def user_polynomial(network: Network, index: int) -> Polynomial:
    """A separator as it is stored, over the user's x and y; exact, of any degree.

    Args:
        network: Any network.
        index: Number of the separator.
    """
    weights = map(Fraction, network.weights[index].tolist())
    terms = [*zip(network.features, weights, strict=True)]
    terms.append(((0, 0), Fraction(float(network.bias[index]))))
    return _to_user(collected(terms), network.center, network.exponent)


def sum_text(terms: Iterable[tuple[Fraction | float, str]]) -> str:
    """`-2 x + 6 y - 1`, given numbers and the names of their factors; 1 times a name is the name.

    Fractions that are decimals of few digits are written in full, all others as doubles.
    """
    (sign, first), *rest = [_term(number, factor) for number, factor in terms] or [("+", "0")]
    head = f"-{first}" if sign == "-" else first
    return " ".join([head, *(f"{sign} {text}" for sign, text in rest)])


def _term(number: Fraction | float, factor: str) -> tuple[str, str]:
    """Sign and size of one summand."""
    size = -number if number < 0 else number
    text = factor if factor and size == 1 else " ".join(filter(None, (_digits(size), factor)))
    return "-" if number < 0 else "+", text


def _digits(size: Fraction | float) -> str:
    decimal = _decimal(size) if isinstance(size, Fraction) else None
    if decimal is None:
        size = float(size)
        return f"{size:.0f}" if size == int(size) and size < 2**53 else repr(size)
    whole, places = decimal
    digits = str(whole).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _decimal(number: Fraction) -> tuple[int, int] | None:
    """`(n, places)` for n / 10^places, or None beyond `MOST_PLACES` places."""
    for places in range(MOST_PLACES + 1):
        if 10**places % number.denominator == 0:
            return int(number * 10**places), places
    return None


def _stored(network: Network, index: int) -> Polynomial | None:
    """The separator over the network's coordinates; None of a constant or beyond degree two."""
    weights = network.weights[index].tolist()
    powers = dict(zip(network.features, map(Fraction, weights), strict=True))
    if not any(powers.values()) or any(w for p, w in powers.items() if sum(p) > 2):
        return None
    numbers = [powers.get(power, Fraction(0)) for power in monomials(2)]
    return _polynomial([*numbers, Fraction(float(network.bias[index]))])


def _to_user(stored: Polynomial, center: tuple[float, float], exponent: int) -> Polynomial:
    """The same polynomial over x, for u = (x - center) * 2^exponent; exact."""
    scale = Fraction(2) ** exponent
    x, y = map(Fraction, center)
    return stored.rescaled(scale, (-scale * x, -scale * y))


def _readings(
    network: Network, index: int, stored: Polynomial, own: Polynomial
) -> Iterator[Polynomial | None]:
    """The separator read in several ways, what tells most first; None where it has no neat form."""
    if network.center == (0.0, 0.0) and network.exponent == 0:
        yield stored if _is_neat(stored) else None
    yield _multiple(own)
    slack = _slack(stored, own, network)
    if network.sources is not None and not any(_numbers(own)[_CURVED]):
        drawn = _through(network.sources[index].tolist(), own, slack)
        yield drawn and _multiple(drawn)
    yield _by_ratios(own, slack)


def _as_written(number: Fraction | float) -> Fraction:
    """The shortest decimal that rounds to a double."""
    return Fraction(repr(float(number)))


def _slack(stored: Polynomial, own: Polynomial, network: Network) -> Polynomial:
    """How far rounding may have moved each coefficient over the user's coordinates.

    The sum of sizes of all that is added up to it. A conic's constant was added up from its centre
    c before: with x^2 goes -2 c x, so c^2 is about the square of that weight.
    """
    sizes = _polynomial(map(abs, _numbers(stored)))
    x, y = network.center
    total = _to_user(sizes, (-abs(x), -abs(y)), network.exponent)
    ox, oy, *bent, _ = map(abs, _numbers(own))
    curved = sum(bent)
    centred = (ox + oy) ** 2 / curved if curved else Fraction(0)
    *weights, bias = _numbers(total)
    # Coordinates reach up to 1 in a frame that rounds, and biases are raised accordingly.
    reach = sum(_numbers(sizes)[:2]) if network.exponent else 0
    return _polynomial(Fraction(READING) * size for size in (*weights, bias + centred + reach))


def _through(
    points: Sequence[Sequence[float]], own: Polynomial, slack: Polynomial
) -> Polynomial | None:
    """The line through two points as a person wrote them, or None if it is another line."""
    if not all(map(math.isfinite, (*points[0], *points[1]))):
        return None
    (px, py), (qx, qy) = [map(_as_written, point) for point in points]
    x, y = py - qy, qx - px
    a, b, *_, c = _numbers(own)
    if x * a + y * b < 0:
        x, y = -x, -y
    # The bias was rounded for both points at once: the farther one sets the scale.
    far_x, far_y = max(abs(px), abs(qx)), max(abs(py), abs(qy))
    by_x, by_y, *_, by_one = _numbers(slack)
    error = by_x * far_x + by_y * far_y + by_one
    if any(abs(a * u + b * v + c) > error for u, v in ((px, py), (qx, qy))):
        return None
    return _polynomial((x, y, *_NO_CURVE, -(x * px + y * py))) if x or y else None


def _by_ratios(own: Polynomial, slack: Polynomial) -> Polynomial | None:
    """The coefficients in short numbers, where their ratios are fractions within rounding."""
    numbers, errors = _numbers(own), _numbers(slack)
    for pivot, error in zip(numbers, errors, strict=True):
        if abs(pivot) <= error:
            continue
        ratios = [(n / abs(pivot)).limit_denominator(LARGEST_RATIO) for n in numbers]
        far = [
            i
            for i, (n, e, ratio) in enumerate(zip(numbers, errors, ratios, strict=True))
            if abs(ratio * abs(pivot) - n) > e + abs(ratio) * error
        ]
        if not far:
            return _multiple(_polynomial(ratios))
        if len(far) == 1 and sum(map(bool, ratios)) - 1 >= MIXED:
            return _with_one_long(ratios, far[0], numbers[far[0]] / abs(pivot))
    return None


def _with_one_long(ratios: list[Fraction], place: int, number: Fraction) -> Polynomial | None:
    """Whole numbers but for one, which is given as a double."""
    ratios[place] = Fraction(0)
    scale = _to_whole(ratios)
    whole = _polynomial(ratios) * scale
    if not _is_neat(whole, WHOLE_DIGITS) or abs(number * scale) >= 10**WHOLE_DIGITS:
        return None
    mixed = _numbers(whole)
    mixed[place] = Fraction(float(number * scale))
    return _polynomial(mixed)


def _multiple(polynomial: Polynomial) -> Polynomial | None:
    """The neat multiple: with leading ones, else in whole numbers, else as it is."""
    numbers = _numbers(polynomial)
    curved = [abs(number) for number in numbers[_CURVED] if number]
    leading = set(curved or (abs(number) for number in numbers[:2] if number))
    if len(leading) == 1:
        ones = polynomial * (Fraction(1) / leading.pop())
        if _is_neat(ones):
            return ones
    whole = polynomial * _to_whole(numbers)
    if _is_neat(whole, WHOLE_DIGITS):
        return whole
    return polynomial if _is_neat(polynomial) else None


def _to_whole(numbers: Sequence[Fraction]) -> Fraction:
    """The factor that makes numbers whole, without a common divisor."""
    integers, common = over_one_denominator(numbers)
    return Fraction(common, math.gcd(*integers))


def _is_neat(polynomial: Polynomial, most: int = DECIMAL_DIGITS) -> bool:
    *weights, bias = map(_digits_of, _numbers(polynomial))
    return max(weights) <= most and bias <= max(weights) + BIAS_DIGITS


def _digits_of(number: Fraction) -> float:
    decimal = _decimal(number)
    return math.inf if decimal is None else len(str(abs(decimal[0])))


def _proportional(a: Polynomial, b: Polynomial) -> bool:
    """Whether b is a times a positive number."""
    pairs = list(zip(_numbers(a), _numbers(b), strict=True))
    factor = next(q / p for p, q in pairs if p)
    return factor > 0 and all(p * factor == q for p, q in pairs)


def _numbers(polynomial: Polynomial) -> list[Fraction]:
    by_monomial = dict(polynomial.terms)
    return [by_monomial.get(monomial, Fraction(0)) for monomial in _ORDER]


def _polynomial(numbers: Iterable[Fraction]) -> Polynomial:
    """From six numbers."""
    return collected(zip(_ORDER, numbers, strict=True))


def _text(polynomial: Polynomial) -> str:
    """Highest powers first."""
    names = [*map(feature_name, monomials(2)), ""]
    terms = list(zip(_numbers(polynomial), names, strict=True))
    falling = [*terms[_CURVED], *terms[:2], terms[-1]]
    return sum_text((number, name) for number, name in falling if number)
