"""The network in exact rationals: what each unit says at a rational point, nothing rounded.

The forward pass in doubles may differ where it rounds a sum that is nearly 0.
"""

from __future__ import annotations

from fractions import Fraction

from regions.network.model import Network, feature_name
from regions.network.trace import Trace, UnitTrace


def exact_values(network: Network, x: Fraction, y: Fraction) -> list[Fraction]:
    """The pre-activations of all units at a point, the weights read as the rationals they are.

    A unit fires where its own is at least 0.

    Args:
        network: Any network.
        x: Of the point, in the user's coordinates.
        y: Likewise.
    """
    features = list(_features(network, x, y).values())
    values = []
    for weights, bias in zip(network.weights.tolist(), network.bias.tolist(), strict=True):
        terms = (Fraction(w) * f for w, f in zip(weights, features, strict=True) if w)
        values.append(sum(terms, Fraction(bias)))
    gates = network.gates
    fired = [value >= 0 for value in values]
    for gate, bias in enumerate(gates.bias.tolist()):
        row = gates.row(gate)
        inputs, weights = gates.inputs[row].tolist(), gates.weights[row].tolist()
        total = sum(w for unit, w in zip(inputs, weights, strict=True) if fired[unit])
        values.append(total + Fraction(bias))
        fired.append(values[-1] >= 0)
    return values


def exact_outputs(network: Network, x: Fraction, y: Fraction) -> list[bool]:
    """The outputs of all units at a point: see `exact_values`."""
    return [value >= 0 for value in exact_values(network, x, y)]


def exact_trace(network: Network, x: Fraction, y: Fraction) -> Trace:
    """The trace of a point: computed exactly, each number then rounded once, for the reader.

    So `output` is right, too, beside a pre-activation that is too small for doubles and shows as
    0.

    Args:
        network: Any network.
        x: Of the point, in the user's coordinates.
        y: Likewise.
    """
    values = exact_values(network, x, y)
    return Trace(
        point=(float(x), float(y)),
        features={name: float(value) for name, value in _features(network, x, y).items()},
        units=tuple(
            UnitTrace(name, float(value), value >= 0)
            for name, value in zip(network.names, values, strict=True)
        ),
        regions={output.name: values[output.unit] >= 0 for output in network.outputs},
    )


def _features(network: Network, x: Fraction, y: Fraction) -> dict[str, Fraction]:
    """Layer 0, by name."""
    scale = Fraction(2) ** network.exponent
    u, v = ((c - Fraction(m)) * scale for c, m in zip((x, y), network.center, strict=True))
    return {feature_name((i, j)): u**i * v**j for i, j in network.features}
