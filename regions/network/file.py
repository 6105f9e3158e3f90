"""The network file: JSON of the contract, doubles exact in both directions.

`docs/network-file.md` describes the format; `regions schema --network` prints its JSON Schema. A
file whose name ends in .yaml or .yml is a network as a person writes it, see `network/handset/`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StrictInt, ValidationError

from regions.errors import NetworkError, Problem
from regions.files import MEGABYTE, read_text, write_atomically
from regions.network.layers import gates_from_rows
from regions.network.model import (
    MAX_EXPONENT,
    WEIGHT_LIMIT,
    Floats,
    Network,
    Output,
)
from regions.network.names import Names
from regions.network.positions import parse_path, problem_at, problem_in
from regions.text.algebra.sums import MAX_DEGREE

FILE_LIMIT = 512 * MEGABYTE
"""A network of 800,000 units with long names takes about 300 MB."""

YAML = (".yaml", ".yml")
"""Suffixes of files that hold a network written by hand."""

MAX_PROBLEMS = 100
"""Problems listed of one file: more of them have one cause."""

UnitRef: TypeAlias = Annotated[StrictInt, Field(ge=0, lt=2**31)] | str
Weight: TypeAlias = Annotated[StrictInt, Field(gt=-WEIGHT_LIMIT, lt=WEIGHT_LIMIT)]
Power: TypeAlias = Annotated[StrictInt, Field(ge=0, le=MAX_DEGREE)]
Number: TypeAlias = Annotated[FiniteFloat, Field(strict=True)]
Corner: TypeAlias = tuple[Number, Number]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SeparatorEntry(_Part):
    """One separator: it fires where `weights . features + bias >= 0`."""

    name: Annotated[str, Field(min_length=1)]
    weights: list[Number]
    bias: Number
    points: tuple[Corner, Corner] | None = Field(
        default=None, description="The two points the line was drawn through, for reports."
    )


class GateEntry(_Part):
    """One gate: it fires where the weighted sum of its inputs plus the bias is at least 0."""

    name: Annotated[str, Field(min_length=1)]
    inputs: list[UnitRef] = Field(description="Earlier units, by name or by number.")
    weights: list[Weight] = Field(description="One integer for each input.")
    bias: Number = Field(description="A multiple of 1/2.")


class OutputEntry(_Part):
    """One named region: it is where its unit fires."""

    name: Annotated[str, Field(min_length=1)]
    unit: UnitRef


class NetworkEntry(_Part):
    """A threshold network over the plane."""

    format: Literal[1]
    center: Corner = Field(description="Subtracted from a point first.")
    exponent: Annotated[StrictInt, Field(ge=-MAX_EXPONENT, le=MAX_EXPONENT)] = Field(
        description="Power of two a point is then multiplied by."
    )
    features: list[tuple[Power, Power]] = Field(
        min_length=2,
        description="Monomials [i, j] for x^i y^j, by degree, then by falling power of x.",
    )
    exact: bool = Field(default=False, description="No weight was rounded.")
    window: tuple[Number, Number, Number, Number] | None = Field(
        default=None, description="The part of the plane worth looking at."
    )
    separators: list[SeparatorEntry]
    gates: list[GateEntry]
    outputs: list[OutputEntry]


def network_schema() -> dict[str, Any]:
    """The JSON Schema of the network file."""
    return NetworkEntry.model_json_schema()


def save(network: Network, path: str | os.PathLike[str]) -> None:
    """Write a network to a JSON file, or to YAML by its suffix; whole or not at all.

    Raises:
        OutputError: The file cannot be written.
        NetworkError: The network cannot be written in YAML.
    """
    if is_yaml(path):
        from regions.network.handset import write as handset

        lines = iter([handset.dumps(network)])
    else:
        lines = _text(network)

    def write(file: Path) -> None:
        with file.open("w", encoding="utf-8") as stream:
            stream.writelines(lines)

    write_atomically(Path(path), write)


def load_network(path: str | os.PathLike[str]) -> Network:
    """Read a network from a JSON file, or from YAML by its suffix.

    Raises:
        NetworkError: The file cannot be read or breaks the format; all that is wrong, with places.
    """
    if is_yaml(path):
        from regions.network.handset import read as handset

        return handset.load(path)
    return loads(read_text(Path(path), FILE_LIMIT, NetworkError), file=str(path))


def is_yaml(path: str | os.PathLike[str]) -> bool:
    """Whether a file is named as YAML."""
    return Path(path).suffix.lower() in YAML


def dumps(network: Network) -> str:
    """The JSON text: one line a unit, so that two versions of a network can be compared."""
    return "".join(_text(network))


def _text(network: Network) -> Iterator[str]:
    names = list(network.names)
    head = {
        "format": 1,
        "center": [_plain(c) for c in network.center],
        "exponent": network.exponent,
        "features": network.features,
        "exact": network.exact,
    }
    if network.window is not None:
        head["window"] = [_plain(edge) for edge in network.window]
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    yield "{\n" + ",\n".join(lines)
    yield from _block(
        "separators", (_separator(network, i, names) for i in range(network.n_separators))
    )
    yield from _block("gates", (_gate(network, g, names) for g in range(network.n_gates)))
    yield from _block("outputs", ({"name": o.name, "unit": names[o.unit]} for o in network.outputs))
    yield "\n}\n"


def _block(key: str, entries: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A list with one entry a line."""
    yield f',\n  "{key}": ['
    last = ""
    for entry in entries:
        yield f"{',' if last else ''}\n    {json.dumps(entry, ensure_ascii=False)}"
        last = "\n  "
    yield f"{last}]"


def _separator(network: Network, index: int, names: list[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": names[index],
        "weights": [_plain(w) for w in network.weights[index]],
        "bias": _plain(network.bias[index]),
    }
    if network.sources is not None and np.isfinite(network.sources[index]).all():
        entry["points"] = [[_plain(c) for c in point] for point in network.sources[index]]
    return entry


def _gate(network: Network, gate: int, names: list[str]) -> dict[str, Any]:
    row = network.gates.row(gate)
    return {
        "name": names[network.n_separators + gate],
        "inputs": [names[i] for i in network.gates.inputs[row]],
        "weights": network.gates.weights[row].tolist(),
        "bias": _plain(network.gates.bias[gate]),
    }


def _plain(number: float) -> float | int:
    """3.0 as 3, which reads back as the same double; -0.0 and large numbers stay floats."""
    value = float(number)
    small = abs(value) < 2**53 and value == int(value)
    return int(value) if small and (value != 0 or str(value) == "0.0") else value


def loads(text: str, file: str | None = None) -> Network:
    """Read a network from JSON text.

    Raises:
        NetworkError: The text breaks the format; all that is wrong, with places.
    """
    try:
        return _network(NetworkEntry.model_validate_json(text))
    except ValidationError as cause:
        faults = [(error["loc"], _words(error["type"], error["msg"])) for error in cause.errors()]
    except NetworkError as cause:
        faults = [(parse_path(problem.path), problem.message) for problem in cause.problems]
    data = _parse(text, file)
    if len(faults) > MAX_PROBLEMS:
        faults = [*faults[:MAX_PROBLEMS], ((), f"and {len(faults) - MAX_PROBLEMS} more problems")]
    raise NetworkError(problem_in(text, file, data, loc, said) for loc, said in faults)


def _parse(text: str, file: str | None) -> Any:
    """The text as plain data.

    Raises:
        NetworkError: It is no JSON, with the place.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as cause:
        said = f"not JSON: {cause.msg}; mend the syntax, or name the file .yaml if it is YAML"
        raise NetworkError([problem_at(text, file, cause.pos, "", said)]) from None
    except (RecursionError, ValueError):
        said = "nested too deep, or a number too long, for a network"
        raise NetworkError([Problem(said, file=file)]) from None


def _network(entry: NetworkEntry) -> Network:
    names = [s.name for s in entry.separators] + [g.name for g in entry.gates]
    numbers = {name: number for number, name in reversed(list(enumerate(names)))}
    problems: list[Problem] = []

    def number(ref: int | str, path: str) -> int:
        if isinstance(ref, str) and ref not in numbers:
            problems.append(Problem(f"no unit is named {ref!r}; name an earlier unit", path))
        return numbers.get(ref, 0) if isinstance(ref, str) else ref

    for i, separator in enumerate(entry.separators):
        if len(separator.weights) != len(entry.features):
            message = f"{len(separator.weights)} weights for {len(entry.features)} features"
            problems.append(Problem(f"{message}; give one each", f"separators[{i}].weights"))
    rows = []
    for g, gate in enumerate(entry.gates):
        if len(gate.weights) != len(gate.inputs):
            message = f"{len(gate.weights)} weights for {len(gate.inputs)} inputs; give one each"
            problems.append(Problem(message, f"gates[{g}].weights"))
        inputs = [number(ref, f"gates[{g}].inputs[{k}]") for k, ref in enumerate(gate.inputs)]
        rows.append((inputs, gate.weights, gate.bias))
    outputs = tuple(
        Output(o.name, number(o.unit, f"outputs[{k}].unit")) for k, o in enumerate(entry.outputs)
    )
    if problems:
        raise NetworkError(problems)
    return Network(
        center=entry.center,
        exponent=entry.exponent,
        features=tuple(entry.features),
        weights=np.array([s.weights for s in entry.separators], dtype=np.float64).reshape(
            -1, len(entry.features)
        ),
        bias=np.array([s.bias for s in entry.separators], dtype=np.float64),
        gates=gates_from_rows(rows),
        names=Names.of(names),
        outputs=outputs,
        exact=entry.exact,
        window=entry.window,
        sources=_sources(entry),
    )


def _sources(entry: NetworkEntry) -> Floats | None:
    if all(separator.points is None for separator in entry.separators):
        return None
    nowhere = ((np.nan, np.nan), (np.nan, np.nan))
    points = [s.points if s.points is not None else nowhere for s in entry.separators]
    return np.array(points, dtype=np.float64)


def _words(kind: str, message: str) -> str:
    """A validation error in the words of the format."""
    match kind:
        case "missing":
            return "this key is missing; add it"
        case "extra_forbidden":
            return "this key is unknown; remove it, or see the network file's schema"
        case _:
            return message[0].lower() + message[1:]
