"""The document of a hand-set network to a network: all that is wrong in it is said at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import TypeAlias

import numpy as np

from regions.errors import NetworkError, Problem
from regions.files import read_text
from regions.geometry.boxes import has_area
from regions.network.handset.units import UNITS, Units
from regions.network.layers import gates_from_rows
from regions.network.model import Monomial, Network, Output, monomials
from regions.network.names import Names
from regions.text.algebra.expression import ExpressionError, parse
from regions.text.algebra.sums import CONSTANT, MAX_DEGREE
from regions.text.document import MAX_PROBLEMS, MAX_TEXT, Language, read_document
from regions.text.places import Document, Path, Value, shortened
from regions.text.wording import described, nearest, unknown_key

HANDSET = Language(NetworkError, "network", "write a network of that size as JSON")

KEYS = ("features", "activation", "units", "output", "outputs", "window")
ACTIVATIONS = ("step", "sign")
"""What units answer: 0 or 1; or -1 and +1, with +1 for 0."""

Body: TypeAlias = dict[str, Value]
Box: TypeAlias = tuple[float, float, float, float]


def load(path: str | os.PathLike[str]) -> Network:
    """Read a network from a YAML file.

    Raises:
        NetworkError: As `loads`, or the file cannot be read.
    """
    return loads(read_text(FilePath(path), MAX_TEXT, NetworkError), file=os.fspath(path))


def loads(text: str, file: str | None = None) -> Network:
    """Read a network from the YAML that a person wrote.

    Raises:
        NetworkError: The text is no such network; all that is wrong, with places.
    """
    return _Reading(read_document(text, file, HANDSET)).network()


class _Reading:
    """One document, key by key: what is wrong is noted, and the reading goes on."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def network(self) -> Network:
        """The network, or all problems as a NetworkError."""
        body = self._body()
        features, signs = self._features(body), self._activation(body)
        texts, window = self._texts(body), self._window(body)
        outputs = self._outputs(body, texts)
        units = Units(texts, features, signs)
        for name, (offset, message) in units.faults:
            self._note(("units", name), message, within=offset)
        self._require_none()
        fires = {region: units.fires(unit) for region, unit in outputs.items()}
        return _assembled(features, units, fires, window)

    def _require_none(self) -> None:
        found = sorted(self.problems, key=lambda p: (p.line or 0, p.column or 0))
        if len(found) > MAX_PROBLEMS:
            more = Problem("and more; correct these first", file=self.document.file)
            found = [*found[:MAX_PROBLEMS], more]
        if found:
            raise NetworkError(found)

    def _note(self, path: Path, message: str, *, at_key: bool = False, within: int = 0) -> None:
        path = ("network", *path)
        self.problems.append(self.document.problem(path, message, at_key=at_key, within=within))

    def _body(self) -> Body:
        """What stands under `network:`.

        Raises:
            NetworkError: There is no such mapping.
        """
        match self.document.data:
            case {"network": dict() as body, **others}:
                for key in map(str, others):
                    message = unknown_key(key, ["network"])
                    self.problems.append(self.document.problem((key,), message, at_key=True))
                for key in [key for key in body if key not in KEYS]:
                    self._note((key,), unknown_key(key, KEYS), at_key=True)
                return body
            case {"network": other}:
                message = f"found {described(other)}; give a mapping with `units:`"
                raise NetworkError([self.document.problem(("network",), message)])
            case {"shape": _}:
                message = "this is a spec; a network written by hand begins with `network:`"
            case {"separators": _}:
                message = "this is a network in JSON; name the file .json"
            case other:
                message = f"found {described(other)}; give a mapping with `network:`"
        raise NetworkError([self.document.problem((), message)])

    def _features(self, body: Body) -> tuple[Monomial, ...]:
        """The monomials that separators may read, in the network's order; x and y always."""
        written = body.get("features", [])
        if not isinstance(written, list):
            message = f"found {described(written)}; give a list such as [x, y, x^2, x*y, y^2]"
            self._note(("features",), message)
            written = []
        found = {*monomials(1)}
        for place, item in enumerate(written):
            monomial = _monomial(item)
            if monomial is None:
                message = f"found {described(item)}; give powers of x and y such as x^2 or x*y"
                self._note(("features", place), f"{message}, up to degree {MAX_DEGREE}")
            else:
                found.add(monomial)
        return tuple(monomial for monomial in monomials(MAX_DEGREE) if monomial in found)

    def _activation(self, body: Body) -> bool:
        """Whether units answer -1 and +1."""
        chosen = body.get("activation", ACTIVATIONS[0])
        if chosen not in ACTIVATIONS:
            message = f"found {described(chosen)}; give step (0 and 1) or sign (-1 and +1)"
            self._note(("activation",), message)
        return chosen == "sign"

    def _texts(self, body: Body) -> dict[str, str | None]:
        """What each unit says, in the order of the document; None for what is no text."""
        units = body.get("units")
        if not isinstance(units, dict) or not units:
            found = f"found {described(units)}" if "units" in body else "the key is missing"
            self._note(("units",), f"{found}; give each unit a name and {UNITS.form}")
            return {}
        for name, text in units.items():
            if not name:
                self._note(("units", name), "the name is empty; give the unit one", at_key=True)
            if not isinstance(text, str):
                self._note(("units", name), f"found {described(text)}; give {UNITS.form}")
        return {name: text if isinstance(text, str) else None for name, text in units.items()}

    def _outputs(self, body: Body, texts: Mapping[str, str | None]) -> dict[str, str]:
        """The unit of each region."""
        match body:
            case {"output": _, "outputs": _}:
                message = "both output and outputs are given; keep one of the two"
                self._note(("output",), message, at_key=True)
            case {"output": unit}:
                return {str(unit): self._unit(("output",), unit, texts)}
            case {"outputs": dict() as regions} if regions:
                for region in regions:
                    if not region:
                        self._note(("outputs", region), "the region needs a name", at_key=True)
                return {r: self._unit(("outputs", r), unit, texts) for r, unit in regions.items()}
            case {"outputs": other}:
                message = f"found {described(other)}; give each region's name and its unit"
                self._note(("outputs",), message)
            case _:
                example = [*texts][-1] if texts else "NAME"
                message = f"there is no output; add `output: {shortened(example)}`"
                self.problems.append(self.document.problem(("network",), message))
        return {}

    def _unit(self, path: Path, unit: Value, texts: Mapping[str, str | None]) -> str:
        """The name of an existing unit."""
        if not isinstance(unit, str):
            self._note(path, f"found {described(unit)}; give the name of a unit")
            return ""
        if unit not in texts:
            near = nearest(unit, texts)
            hint = f"did you mean {shortened(near)}?" if near else "name a unit that is there"
            self._note(path, f"no unit is called {shortened(unit)}; {hint}")
        return unit

    def _window(self, body: Body) -> Box | None:
        written = body.get("window")
        if written is None:
            return None
        edges = written if isinstance(written, list) else []
        numbers = [float(n) for n in edges if isinstance(n, int | float)]
        if len(numbers) == len(edges) == 4:
            window = (numbers[0], numbers[1], numbers[2], numbers[3])
            if has_area(window):
                return window
        message = "this is no box; give [xmin, ymin, xmax, ymax], xmin < xmax, ymin < ymax"
        self._note(("window",), message)
        return None


def _monomial(item: Value) -> Monomial | None:
    """The monomial that an item of the feature list says."""
    try:
        comparison = parse(f"{item} >= 0", UNITS)
    except ExpressionError:
        return None
    match [term for term in comparison.sum.items() if term[1]]:
        case [((int(), int()) as monomial, 1)] if monomial != CONSTANT:
            return monomial
        case _:
            return None


def _assembled(
    features: tuple[Monomial, ...], units: Units, fires: Mapping[str, str], window: Box | None
) -> Network:
    """The network of what was read; `fires` names the unit of each region."""
    number = {name: i for i, name in enumerate([*units.separators, *units.gates])}
    separators = units.separators.values()
    rows = [
        ([number[name] for name in gate.inputs], list(gate.weights), gate.bias)
        for gate in units.gates.values()
    ]
    weights = np.array([s.weights for s in separators], dtype=np.float64)
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=features,
        weights=weights.reshape(-1, len(features)),
        bias=np.array([s.bias for s in separators], dtype=np.float64),
        gates=gates_from_rows(rows),
        names=Names.of([*number]),
        outputs=tuple(Output(region, number[unit]) for region, unit in fires.items()),
        exact=all(s.exact for s in separators),
        window=window,
    )
