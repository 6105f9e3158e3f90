"""Tick marks with labels that stay short and true: far from the origin, or in tiny units.

Matplotlib's own labels turn 500000 to 500030 into `0 .. 30` with a small `+5e5` aside. Here the
axis label says what the numbers are: `x`, `x - 6400000`, `x / 10^-9`, `(x - 5) / 10^-9`.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"
LONGEST = 8
"""Letters of the longest label written in full: a northing of 7 digits, or 1234.125."""

LEAST_STEP = Decimal("0.0001")
"""Smaller steps are counted in a power of ten: 0.00002 is hard to read."""

NEAR = 10
"""How many window's widths a number that is subtracted may be away: labels gain a digit or two."""

_DIGITS = decimal.Context(prec=60)
"""Enough for the exact multiple of a step next to any coordinate a window can show."""

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Ticks:
    """Tick marks of one axis.

    Attributes:
        positions: In the user's coordinates, ascending.
        labels: One for each.
        quantity: What the labels are the values of, such as `x` or `(x - 5) / 10^-9`.
    """

    positions: tuple[float, ...]
    labels: tuple[str, ...]
    quantity: str


def ticks(name: str, low: float, high: float, spacing: float) -> Ticks:
    """Multiples of 1, 2 or 5 times a power of ten, at least `spacing` apart, in [low, high]."""
    with decimal.localcontext(_DIGITS):
        # The shortest decimal that reads as the double: a window from 0.1 has a tick at 0.1.
        start, end = Decimal(repr(float(low))), Decimal(repr(float(high)))
        step = _round_step(Decimal(repr(float(spacing))))
        first = (start / step).to_integral_value(decimal.ROUND_CEILING)
        last = (end / step).to_integral_value(decimal.ROUND_FLOOR)
        values = [(first + i) * step for i in range(int(last - first) + 1)]
        shift = Decimal(0) if _plain(values, step) else _shift(start, end)
        shifted = [value - shift for value in values]
        power = 0 if _plain(shifted, step) else _thousands(shifted)
        labels = tuple(_spelled(value.scaleb(-power)) for value in shifted)
        return Ticks(tuple(map(float, values)), labels, _quantity(name, shift, power))


def _round_step(least: Decimal) -> Decimal:
    unit = Decimal(1).scaleb(least.adjusted())
    return next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= least)


def _plain(values: list[Decimal], step: Decimal) -> bool:
    return step >= LEAST_STEP and all(len(_spelled(value)) <= LONGEST for value in values)


def _shift(start: Decimal, end: Decimal) -> Decimal:
    """The roundest number near a window that is far from 0 for its size, else 0."""
    middle, reach = (start + end) / 2, NEAR * (end - start)
    if abs(middle) <= reach:
        return Decimal(0)
    unit = Decimal(1).scaleb(middle.adjusted())
    while True:
        nearest = (middle / unit).to_integral_value(decimal.ROUND_HALF_EVEN) * unit
        if abs(nearest - middle) <= reach:
            return nearest
        unit /= 10


def _thousands(values: list[Decimal]) -> int:
    """The power of ten, a multiple of 3, that leaves one to three digits before the point."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    return 3 * (largest.adjusted() // 3) if largest else 0


def _spelled(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", MINUS)


def _quantity(name: str, shift: Decimal, power: int) -> str:
    if shift:
        sign = MINUS if shift > 0 else "+"
        name = f"{name} {sign} {_spelled(abs(shift))}"
        name = f"({name})" if power else name
    return f"{name} / 10{str(power).translate(_SUPERSCRIPT)}" if power else name
