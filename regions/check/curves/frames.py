"""A network's separators as exact polynomials, in its own coordinates and in the user's."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.polynomials import Polynomial, polynomial
from regions.network.model import Network


@dataclass(frozen=True, eq=False)
class NetworkFrame:
    """`u = (x - center) * 2^exponent`, without rounding.

    Attributes:
        center: In the user's coordinates.
        scale: `2^exponent`.
    """

    center: tuple[Fraction, Fraction]
    scale: Fraction

    @classmethod
    def of(cls, network: Network) -> NetworkFrame:
        """A network's frame."""
        x, y = network.center
        return cls((Fraction(x), Fraction(y)), Fraction(2) ** network.exponent)

    def to_user(self, inner: Polynomial) -> Polynomial:
        """A polynomial of u as one of x: the same values at the same points."""
        (cx, cy), scale = self.center, self.scale
        return inner.rescaled(scale, (-scale * cx, -scale * cy))

    def from_user(self, outer: Polynomial) -> Polynomial:
        """A polynomial of x as one of u."""
        return outer.rescaled(1 / self.scale, self.center)


def inner_polynomials(network: Network) -> list[Polynomial]:
    """The separators' polynomials in the network's coordinates: their doubles as they stand."""
    rows = zip(network.weights.tolist(), network.bias.tolist(), strict=True)
    return [polynomial(zip(network.features, weights, strict=True), bias) for weights, bias in rows]
