"""A network as the document that a person would write: the other way of `read.py`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from regions.errors import NetworkError, Problem
from regions.files import MEGABYTE
from regions.network.handset.normal import nearest_double
from regions.network.model import Monomial, Network, monomials
from regions.text.algebra.sums import (
    CONSTANT,
    MAX_DEGREE,
    Sum,
    SumError,
    add,
    monomial_text,
    power,
    product,
)
from regions.text.algebra.tokens import spell_name
from regions.text.document import MAX_TEXT
from regions.text.scalars import resolve

LONGEST_KEY = 1000
"""Characters of a name: YAML takes a key only if its colon comes within 1024."""

_PLAIN = re.compile(r"[A-Za-z_][\w.\[\]-]*(?: [\w.\[\]-]+)*", re.ASCII)

_ROUNDED = (
    "# The network computes in coordinates of its own. In the user's, {count} of its {total}",
    "# separators need numbers too long for doubles: here they are rounded to the nearest ones.",
)


def dumps(network: Network) -> str:
    """The YAML text. Read back it says the same at every point, unless a comment says otherwise.

    Separators stand in the user's own coordinates: exactly where doubles can hold their numbers,
    and a network that has those coordinates keeps its numbers as they are. Units' names lose the
    region's name and the dot that they begin with, as long as no two become alike.

    Raises:
        NetworkError: A name or a number does not fit, or the text would be too large to be read.
    """
    names = [*network.names, *(output.name for output in network.outputs)]
    misfits = [name for name in names if not name.isprintable() or len(name) > LONGEST_KEY]
    if misfits:
        message = f"the name {misfits[0][:40]!r} is too long or no text for YAML; write JSON"
        raise NetworkError([Problem(message)])
    try:
        text = "\n".join(_lines(network)) + "\n"
    except SumError:
        message = "a number fits no double in the user's coordinates; write JSON"
        raise NetworkError([Problem(message)]) from None
    if len(text.encode()) > MAX_TEXT:
        size = f"a network of {network.size:,} units takes more than {MAX_TEXT // MEGABYTE} MB"
        raise NetworkError([Problem(f"{size} as YAML, too much to be read back; write JSON")])
    return text


def _lines(network: Network) -> Iterator[str]:
    found = [_nearest(total) for total in _user_sums(network)]
    sums = [rounded for rounded, _ in found]
    count = sum(not exact for _, exact in found)
    if count:
        yield from (line.format(count=count, total=len(sums)) for line in _ROUNDED)
    yield "network:"
    yield f"  features: [{', '.join(map(monomial_text, _features(network, sums)))}]"
    if network.window is not None:
        yield f"  window: [{', '.join(map(_number, network.window))}]"
    yield "  units:"
    names = _names(network)
    texts = [_separator(total) for total in sums]
    texts += [_gate(network, gate, names) for gate in range(network.n_gates)]
    yield from (f"    {_key(n)}: {_quoted(text)}" for n, text in zip(names, texts, strict=True))
    match network.outputs:
        case (only,) if only.name == names[only.unit]:
            yield f"  output: {_key(only.name)}"
        case outputs:
            yield "  outputs:"
            yield from (f"    {_key(each.name)}: {_key(names[each.unit])}" for each in outputs)


def _names(network: Network) -> list[str]:
    """The units' names; `roof.edge[0]` for `house.roof.edge[0]` in the network of one house."""
    names = list(network.names)
    if len(network.outputs) > 1:
        return names
    short = [name.removeprefix(f"{network.outputs[0].name}.") for name in names]
    return short if all(short) and len(set(short)) == len(short) else names


def _features(network: Network, sums: Sequence[Mapping[Monomial, float]]) -> list[Monomial]:
    """The network's, and those that appear where its powers are multiplied out."""
    used = {term for total in sums for term, number in total.items() if number}
    return [m for m in monomials(MAX_DEGREE) if m in used or m in network.features]


def _user_sums(network: Network) -> Iterator[Sum]:
    """Each separator's sum over the user's x and y, exactly that of the network times 2^k.

    The power of two gives back to the highest terms the weights that the network holds.
    """
    features = [_feature(network, monomial) for monomial in network.features]
    for weights, bias in zip(network.weights.tolist(), network.bias.tolist(), strict=True):
        degrees = [sum(m) for m, w in zip(network.features, weights, strict=True) if w]
        scale = Fraction(2) ** -(network.exponent * max(degrees, default=0))
        total: Sum = {}
        for weight, feature in zip(weights, features, strict=True):
            if weight:
                add(total, {term: Fraction(weight) * scale * n for term, n in feature.items()})
        add(total, {CONSTANT: Fraction(bias) * scale})
        yield total


def _feature(network: Network, monomial: Monomial) -> Sum:
    """A monomial of `u = (x - center) * 2^exponent`, over x and y."""
    scale = Fraction(2) ** network.exponent
    result: Sum = {CONSTANT: Fraction(1)}
    axes = zip(((1, 0), (0, 1)), network.center, monomial, strict=True)
    for axis, center, exponent in axes:
        if exponent:
            u: Sum = {axis: scale, CONSTANT: -Fraction(center) * scale}
            result = product(result, power(u, exponent))
    return result


def _nearest(total: Sum) -> tuple[dict[Monomial, float], bool]:
    """The nearest doubles, and whether they are the numbers themselves."""
    rounded = {term: nearest_double(n) for term, n in total.items() if isinstance(term, tuple)}
    return rounded, all(Fraction(n) == total[term] for term, n in rounded.items())


def _separator(total: Mapping[Monomial, float]) -> str:
    """By falling degree: `-4*x - 3*y + 36 >= 0`."""
    falling = sorted(total, key=lambda term: (-sum(term), -term[0]))
    terms = [(total[term], monomial_text(term)) for term in falling if total[term]]
    if not any(name for _, name in terms):
        terms.insert(0, (0.0, "x"))
    return f"{_sum(terms)} >= 0"


def _gate(network: Network, gate: int, names: Sequence[str]) -> str:
    row = network.gates.row(gate)
    inputs, weights = network.gates.inputs[row].tolist(), network.gates.weights[row].tolist()
    terms = [(w, spell_name(names[unit])) for unit, w in zip(inputs, weights, strict=True) if w]
    return f"{_sum(terms)} >= {_number(-network.gates.bias[gate])}"


def _sum(terms: Iterable[tuple[float, str]]) -> str:
    """`-4*x - 3*y + 36`, `left + 2*roof`; without terms `0`."""
    text = ""
    for number, name in terms:
        size = abs(number)
        term = name if name and size == 1 else "*".join(filter(None, (_number(size), name)))
        if text:
            text += f" {'-' if number < 0 else '+'} {term}"
        else:
            text = f"{'-' if number < 0 else ''}{term}"
    return text or "0"


def _number(number: float) -> str:
    """A double such that it reads back the same: `3`, `0.1`, `1e-05`."""
    number = float(number)
    whole = number == int(number) and abs(number) < 2**53
    return str(int(number)) if whole else repr(number)


def _key(name: str) -> str:
    """A name as YAML: plain where that is safe."""
    plain = _PLAIN.fullmatch(name) and isinstance(resolve(name), str)
    return name if plain else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
