"""The network in exact rationals: what each unit answers at a rational point, nothing rounded."""

from __future__ import annotations

from fractions import Fraction

from regions.network.model import Network


def exact_outputs(network: Network, x: Fraction, y: Fraction) -> list[bool]:
    """The outputs of all units at a point, the weights read as the rationals that they are.

    The forward pass in doubles may differ where it rounds a sum that is nearly 0.

    Args:
        network: Any network.
        x: Of the point, in the user's coordinates.
        y: Likewise.
    """
    scale = Fraction(2) ** network.exponent
    u, v = ((c - Fraction(m)) * scale for c, m in zip((x, y), network.center, strict=True))
    features = [u**i * v**j for i, j in network.features]
    fired = []
    for weights, bias in zip(network.weights.tolist(), network.bias.tolist(), strict=True):
        terms = (Fraction(w) * f for w, f in zip(weights, features, strict=True) if w)
        fired.append(sum(terms, Fraction(bias)) >= 0)
    gates = network.gates
    for gate, bias in enumerate(gates.bias.tolist()):
        row = gates.row(gate)
        inputs, weights = gates.inputs[row].tolist(), gates.weights[row].tolist()
        total = sum(w for unit, w in zip(inputs, weights, strict=True) if fired[unit])
        fired.append(total + bias >= 0)
    return fired
