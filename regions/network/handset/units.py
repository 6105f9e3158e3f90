"""The texts of all units to separators and gates, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from regions.network.handset.mentions import Fault, misnamed
from regions.network.handset.normal import Gate, Separator, gate, negation, separator
from regions.network.model import Monomial
from regions.text.algebra.dialect import Dialect
from regions.text.algebra.expression import Comparison, ExpressionError, parse
from regions.text.algebra.sums import CONSTANT, SumError, monomial_text
from regions.text.document import MAX_PROBLEMS

MAX_FAULTS = MAX_PROBLEMS + 1
"""Names are compared with all others for a hint: after so many faults none is looked for."""


UNITS = Dialect(
    whole="the unit",
    form="a comparison such as 4*x - 3*y + 12 >= 0 or left + right >= 2",
    atom="a number or a name",
    hint="use numbers, names, + - * / ^ ( ) and one comparison",
    again="make it a unit of its own",
    units=True,
    signs={
        "&": "AND of two units is left + right >= 2",
        "|": "OR of two units is left + right >= 1",
        "'": "a name in single quotes ends with another one",
        '"': "put a name in single quotes",
    },
    words={
        "and": "AND of two units is left + right >= 2",
        "or": "OR of two units is left + right >= 1",
        "not": "NOT of a unit is -left >= 0",
    },
)
"""What units say."""


class Units:
    """What a document's units come to.

    Attributes:
        separators: By name.
        gates: By name; constants among them.
        faults: What is wrong, each with the unit's name.
    """

    def __init__(
        self, texts: Mapping[str, str | None], features: Sequence[Monomial], signs: bool
    ) -> None:
        """Read the texts.

        Args:
            texts: By name, in the order of the document; None for what is no text.
            features: That separators may read, in the network's order.
            signs: Whether units answer -1 and +1.
        """
        self.separators: dict[str, Separator] = {}
        self.gates: dict[str, Gate] = {}
        self.faults: list[tuple[str, Fault]] = []
        self._features = features
        self._signs = signs
        self._turned: set[str] = set()
        self._said = {name: self._parsed(name, text) for name, text in texts.items()}
        above: dict[str, None] = {}
        for name, comparison in self._said.items():
            if comparison is not None:
                self._read(name, comparison, above)
            above[name] = None

    def fires(self, unit: str) -> str:
        """The unit that fires exactly where the written one does: of a turned one its NOT."""
        if unit not in self._turned:
            return unit
        name = f"not {unit}"
        while name in self._said:
            name += "'"
        self.gates[name] = negation(unit)
        return name

    def _parsed(self, name: str, text: str | None) -> Comparison | None:
        if text is None:
            return None
        try:
            return parse(text, UNITS)
        except ExpressionError as error:
            self.faults.append((name, (error.offset, error.message)))
            return None

    def _read(self, name: str, comparison: Comparison, above: Mapping[str, None]) -> None:
        found = chain(misnamed(name, self._said, above.keys()), self._unlisted(comparison))
        faults = list(islice(found, max(0, MAX_FAULTS - len(self.faults))))
        self.faults += [(name, fault) for fault in faults]
        if faults or len(self.faults) >= MAX_FAULTS:
            return
        try:
            if any(mention.is_coordinate for mention in comparison.mentions):
                self.separators[name] = separator(comparison, self._features)
                self._turned |= {name} if comparison.strict else set()
            else:
                self.gates[name] = gate(comparison, self._turned, self._signs)
        except SumError as error:
            self.faults.append((name, (0, f"{error}; use other numbers")))

    def _unlisted(self, comparison: Comparison) -> Iterator[Fault]:
        """Monomials that the network has no feature for."""
        known = {*self._features, CONSTANT}
        place = next((m.offset for m in comparison.mentions if m.is_coordinate), 0)
        for term in comparison.sum:
            if isinstance(term, tuple) and term not in known:
                text = monomial_text(term)
                yield place, f"{text} is no feature of this network; add {text} to `features`"
