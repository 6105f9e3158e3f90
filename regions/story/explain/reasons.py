"""Which units decide an answer: a few that force it, whatever all others say."""

from __future__ import annotations

from collections.abc import Sequence

from regions.network.model import Network


def deciding(network: Network, fired: Sequence[bool], output: int) -> list[int]:
    """Units that force the output at a point, each gate followed by those that force it.

    Of each gate the inputs with the largest weights are taken, of those that speak for its answer,
    until the gate answers so whatever its other inputs say; then of these inputs likewise.

    Args:
        network: Any network.
        fired: What each unit answers at the point.
        output: The unit whose answer is explained.
    """
    found: dict[int, None] = {}
    ahead = [output]
    while ahead:
        unit = ahead.pop()
        if unit not in found:
            found[unit] = None
            if unit >= network.n_separators:
                ahead.extend(reversed(_forcing(network, fired, unit)))
    return list(found)


def _forcing(network: Network, fired: Sequence[bool], unit: int) -> list[int]:
    gates, gate = network.gates, unit - network.n_separators
    row = gates.row(gate)
    total: dict[int, int] = {}
    for source, weight in zip(gates.inputs[row].tolist(), gates.weights[row].tolist(), strict=True):
        total[source] = total.get(source, 0) + weight
    # The sum if all inputs spoke against the answer, and each that speaks for it moves it back.
    up = fired[unit]
    worst = float(gates.bias[gate]) + sum(w for w in total.values() if (w < 0) == up)
    speaking = [s for s, w in total.items() if w and (fired[s] == (w > 0)) == up]
    taken = []
    for source in sorted(speaking, key=lambda s: -abs(total[s])):
        if (worst >= 0) == up:
            break
        taken.append(source)
        worst += abs(total[source]) if up else -abs(total[source])
    return taken
