"""A network in words and numbers: what `regions show` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regions.network.model import Network, feature_name

SHOWN = 40
"""Units of a kind that are listed; the rest is counted. `regions compile` writes them all."""


def summary(network: Network, name: str, strategy: str | None) -> dict[str, Any]:
    """The contract's keys, ready for JSON. `strategy` is None for a network read from a file."""
    return {
        "name": name,
        "size": network.size,
        "depth": network.depth,
        "n_separators": network.n_separators,
        "n_gates": network.n_gates,
        "strategy": strategy,
        "features": [feature_name(monomial) for monomial in network.features],
        "exact": network.exact,
        "center": list(network.center),
        "exponent": network.exponent,
        "outputs": {output.name: network.names[output.unit] for output in network.outputs},
    }


def describe(network: Network, name: str, strategy: str | None) -> str:
    """Sizes, the feature map, and the weights of the first units."""
    return "\n".join(_lines(network, name, strategy))


def _lines(network: Network, name: str, strategy: str | None) -> Iterator[str]:
    made = f"strategy {strategy}" if strategy else "read from a file"
    separators = counted(network.n_separators, "separator")
    yield f"{name} ({made})"
    yield (
        f"  size {network.size}: {separators} and {counted(network.n_gates, 'gate')}, "
        f"depth {network.depth}"
    )
    yield f"  features ({', '.join(map(feature_name, network.features))})"
    yield f"  coordinates {_coordinates(network)}"
    yield f"  weights {'exact' if network.exact else 'rounded to doubles'}"
    yield "separators, each fires where the sum is >= 0"
    width = max((len(network.names[i]) for i in range(_listed(network.n_separators))), default=0)
    for i in range(_listed(network.n_separators)):
        yield f"  {network.names[i]:{width}}  {_separator(network, i)}"
    yield from _rest(network.n_separators)
    yield "gates, each fires where the sum is >= 0"
    for g in range(_listed(network.n_gates)):
        yield f"  {network.names[network.n_separators + g]}"
        yield f"      {_gate(network, g)}"
    yield from _rest(network.n_gates)
    for output in network.outputs:
        yield f"region {output.name}: unit {network.names[output.unit]}"


def counted(number: int, noun: str) -> str:
    """`1 unit`, `1,024 units`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(count: int) -> int:
    return min(count, SHOWN)


def _rest(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"  ... and {count - SHOWN:,} more; `regions compile SPEC -o net.json` writes all"


def _coordinates(network: Network) -> str:
    """How u is made of the user's x and y."""
    if network.center == (0.0, 0.0) and network.exponent == 0:
        return "the user's own"
    x, y = network.center
    return f"u = ((x, y) - ({x!r}, {y!r})) * 2^{network.exponent}, x and y below are those of u"


def _separator(network: Network, index: int) -> str:
    terms = [
        _term(weight, feature_name(monomial))
        for weight, monomial in zip(network.weights[index], network.features, strict=True)
        if weight != 0
    ]
    if network.bias[index] != 0 or not terms:
        terms.append(_term(network.bias[index], ""))
    return _sum(terms)


def _gate(network: Network, gate: int) -> str:
    row = network.gates.row(gate)
    inputs, weights = network.gates.inputs[row], network.gates.weights[row]
    shown = zip(weights[:SHOWN], inputs[:SHOWN], strict=True)
    terms = [_term(weight, network.names[unit]) for weight, unit in shown]
    if len(inputs) > SHOWN:
        terms.append(("+", f"... {len(inputs) - SHOWN:,} more"))
    return _sum([*terms, _term(network.gates.bias[gate], "")])


def _term(number: float, factor: str) -> tuple[str, str]:
    """Sign and size of one summand; a factor of 1 is not written."""
    size = abs(float(number))
    digits = f"{size:.0f}" if size == int(size) and size < 2**53 else repr(size)
    text = factor if factor and size == 1 else " ".join(filter(None, (digits, factor)))
    return "-" if number < 0 else "+", text


def _sum(terms: list[tuple[str, str]]) -> str:
    (sign, first), *rest = terms
    head = f"-{first}" if sign == "-" else first
    return " ".join([head, *(f"{sign} {text}" for sign, text in rest)])
