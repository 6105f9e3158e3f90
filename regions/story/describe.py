"""A network in words and numbers: what `regions show` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from regions.network.model import Network, feature_name
from regions.network.neat import neat_separator, sum_text
from regions.network.words import gate_kind, gate_words
from regions.text.wording import counted

if TYPE_CHECKING:
    from regions.compiler import Build
    from regions.compiler.strategies import Compared
    from regions.story.sizes import Alternative, SizeReport

SHOWN = 40
"""Units of a kind that are listed; the rest is counted. `regions compile` writes them all."""

ROUNDED = "~ the spec's decimals, of which the network holds the nearest doubles"
"""Said once, where a separator is not exactly what is shown."""


def summary(
    network: Network,
    name: str,
    made: Build | None,
    report: SizeReport,
    others: Sequence[Alternative] = (),
) -> dict[str, Any]:
    """What `describe` says, ready for JSON, with the contract's keys; weights are left out."""
    found = {
        "name": name,
        "size": network.size,
        "depth": network.depth,
        "n_separators": network.n_separators,
        "n_gates": network.n_gates,
        "strategy": made and made.strategy,
        "features": [feature_name(monomial) for monomial in network.features],
        "exact": network.exact,
        "center": list(network.center),
        "exponent": network.exponent,
        "outputs": {output.name: network.names[output.unit] for output in network.outputs},
        **report.to_dict(),
    }
    if made and made.compared:
        found["auto"] = [asdict(compared) for compared in made.compared]
    if others:
        found["compared"] = [other.to_dict() for other in others]
    return found


def describe(
    network: Network,
    name: str,
    made: Build | None,
    report: SizeReport,
    others: Sequence[Alternative] = (),
) -> str:
    """Sizes, the feature map, and the weights of the first units.

    Args:
        network: For the shape of that name.
        name: Of the shape.
        made: The stages that made the network, None for one that was read from a file.
        report: Its sizes.
        others: What every strategy gives, to be listed; may be empty.
    """
    return "\n".join(_lines(network, name, made, report, others))


def _lines(
    network: Network,
    name: str,
    made: Build | None,
    report: SizeReport,
    others: Sequence[Alternative],
) -> Iterator[str]:
    yield f"{name} ({f'strategy {made.strategy}' if made else 'read from a file'})"
    yield from _sizes(network, report)
    if made and made.compared:
        yield f"  auto compared: {'; '.join(map(_compared, made.compared))}"
    yield f"  features ({', '.join(_feature_names(network))})"
    yield f"  coordinates {_coordinates(network)}"
    yield f"  weights {'exact' if network.exact else 'rounded to doubles'}"
    if others:
        yield from _table(others)
    yield from _separators(network)
    yield from _gates(network)
    for output in network.outputs:
        yield f"region {output.name}: unit {network.names[output.unit]}"


def _separators(network: Network) -> Iterator[str]:
    listed = range(min(network.n_separators, SHOWN))
    found = [neat_separator(network, i) for i in listed]
    rounded = any(neat and not neat.exact for neat in found)
    if listed:
        yield "separators, each fires where the sum is >= 0"
    if rounded:
        yield f"  {ROUNDED}"
    width = max((len(network.names[i]) for i in listed), default=0)
    for i, neat in zip(listed, found, strict=True):
        mark = "~ " if neat and not neat.exact else "  " * rounded
        yield f"  {network.names[i]:{width}}  {mark}{neat or _stored(network, i)}"
    yield from _rest(network.n_separators)


def _gates(network: Network) -> Iterator[str]:
    if network.n_gates:
        yield "gates, each fires where the sum is >= 0; a negative weight reads NOT"
    for gate in range(min(network.n_gates, SHOWN)):
        name, kind = network.names[network.n_separators + gate], gate_kind(network, gate)
        yield f"  {name}: {kind}" if kind else f"  {name}"
        yield f"      {_gate_sum(network, gate)}"
        if not kind:
            yield f"      {gate_words(network, gate, limit=SHOWN)}"
    yield from _rest(network.n_gates)


def _sizes(network: Network, report: SizeReport) -> Iterator[str]:
    found, separators = report.sizes, counted(network.n_separators, "separator")
    gates = counted(network.n_gates, "gate")
    yield f"  size {network.size:,}: {separators} and {gates}, depth {network.depth}"
    edges = (
        f"{counted(report.edges, 'edge')} in the spec, {report.units_per_edge:.2f} units an edge"
    )
    lines = f"{counted(found.distinct_lines, 'distinct separator')} up to direction"
    yield f"  {edges}; {lines}"
    if report.lower_bound is not None:
        least = counted(report.lower_bound, "unit")
        kind = "lines" if len(network.features) == 2 else "lines and conics"
        yield f"  an exact network whose separators are {kind} has at least {least}"
    if network.n_gates:
        inputs = f"at most {found.largest_fan_in:,} inputs, weights up to {found.largest_weight:,}"
        yield f"  gates with {inputs}; {counted(found.relays, 'relay')} more in strict layers"


def _compared(compared: Compared) -> str:
    if compared.spared:
        return f"{compared.strategy} not tried, as it cannot be smaller"
    if compared.size is None:
        return f"{compared.strategy} none"
    deep = f" ({compared.reason})" if compared.reason else ""
    return f"{compared.strategy} {compared.size:,}{deep}"


def _table(others: Sequence[Alternative]) -> Iterator[str]:
    """Strategies side by side; where there is no network, the reason below."""
    heads = ("strategy", "units", "separators", "gates", "depth", "weight", "inputs", "relays")
    yield "strategies compared"
    yield "  {:10} {:>9} {:>11} {:>9} {:>6} {:>9} {:>7} {:>8}".format(*heads)
    for other in others:
        if other.network is None or other.sizes is None:
            yield f"  {other.strategy:10} {'none':>9}"
            continue
        network, found = other.network, other.sizes
        yield (
            f"  {other.strategy:10} {network.size:9,} {network.n_separators:11,} "
            f"{network.n_gates:9,} {network.depth:6} {found.largest_weight:9,} "
            f"{found.largest_fan_in:7,} {found.relays:8,}"
        )
    for other in others:
        if other.reason:
            yield f"  {other.strategy}: {other.reason}"


def _rest(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"  ... and {count - SHOWN:,} more; `regions compile SPEC -o net.json` writes all"


def _own_coordinates(network: Network) -> bool:
    return network.center == (0.0, 0.0) and network.exponent == 0


def _coordinates(network: Network) -> str:
    """How u and v, the network's coordinates, are made of the user's x and y."""
    if _own_coordinates(network):
        return "the user's own"
    own = zip("uv", "xy", network.center, strict=True)
    return ", ".join(f"{u} = {_scaled(x, c, network.exponent)}" for u, x, c in own)


def _scaled(letter: str, center: float, exponent: int) -> str:
    shifted = sum_text([(1, letter), (-center, "")]) if center else letter
    if exponent == 0:
        return shifted
    return f"({shifted}) * 2^{exponent}" if center else f"{letter} * 2^{exponent}"


def _feature_names(network: Network) -> list[str]:
    """The features as powers of x and y, or of u and v where the network has its own."""
    names = map(feature_name, network.features)
    letters = {} if _own_coordinates(network) else str.maketrans("xy", "uv")
    return [name.translate(letters) for name in names]


def _stored(network: Network, index: int) -> str:
    """A separator's own weights, of which none is short."""
    weights = zip(network.weights[index].tolist(), _feature_names(network), strict=True)
    numbers = [*weights, (float(network.bias[index]), "")]
    return sum_text((number, name) for number, name in numbers if number)


def _gate_sum(network: Network, gate: int) -> str:
    row = network.gates.row(gate)
    inputs, weights = network.gates.inputs[row], network.gates.weights[row]
    shown = zip(weights[:SHOWN].tolist(), inputs[:SHOWN].tolist(), strict=True)
    terms: list[tuple[float, str]] = [(weight, network.names[unit]) for weight, unit in shown]
    if len(inputs) > SHOWN:
        terms.append((1, f"... {len(inputs) - SHOWN:,} more"))
    bias = float(network.gates.bias[gate])
    return sum_text([*terms, (bias, "")] if bias or not terms else terms)
