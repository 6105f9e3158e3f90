"""What a document has defined so far: numbers and shapes by name, and how much the shapes hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from regions.errors import Problem, SpecError
from regions.shape.effort import Effort
from regions.shape.model import Shape, operands
from regions.shape.names import name_fault
from regions.shape.references import References
from regions.text.arithmetic import TAKEN, ArithmeticFault, UnknownName, evaluate
from regions.text.places import shortened
from regions.text.rational import Number, read
from regions.text.wording import nearest

MAX_DEPTH = 1_000
"""Shapes inside one another by way of definitions: names of units grow with the depth."""

MAX_USED = 1_000_000
"""Shapes that all uses of a document stand for, what those use in turn counted each time. Twenty
definitions that each use the one above twice stand for as many: on paper nothing bounds that."""


_DEFINE = "define it under `define:` at the top"


class Refused(Exception):  # noqa: N818 - no error of its own: the definition's has been noted
    """What is asked for has been refused where it was defined."""


@dataclass(frozen=True)
class Extent:
    """How many shapes a shape stands for, itself and repeated ones included, and how deep."""

    count: int
    depth: int


@dataclass(eq=False)
class Definitions:
    """Grows from the top of `define` to its end, so that each definition sees those above it.

    Attributes:
        names: All names that the document defines, those further below included.
    """

    names: tuple[str, ...] = ()
    _numbers: dict[str, Number] = field(default_factory=dict)
    _shapes: dict[str, Shape] = field(default_factory=dict)
    _measured: dict[int, tuple[Shape, Extent]] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    _used: int = 0

    def add_number(self, name: str, written: float | str) -> None:
        """Define a parameter.

        A decimal counts as it is written: a third of 0.3 is 0.1, whatever the doubles say.
        """
        exact = self.number(written) if isinstance(written, str) else read(repr(written))
        self._numbers[name] = exact

    def add_shape(self, name: str, shape: Shape) -> None:
        """Define a shape, which is called by the definition's name if it has none of its own.

        Raises:
            SpecError: It is nested too deep.
        """
        named = shape if shape.name else replace(shape, name=name)
        if self._extent(named).depth > MAX_DEPTH:
            message = f"'{name}' nests shapes more than {MAX_DEPTH} deep; flatten the tree"
            raise SpecError([Problem(message)])
        self._shapes[name] = named

    def refuse(self, name: str) -> None:
        """Note that a definition is wrong: what uses it is not to blame."""
        self._refused.add(name)

    def number(self, text: str) -> Number:
        """The number that an arithmetic text comes to.

        Raises:
            ArithmeticFault: The text is no arithmetic, or names no number that stands above.
            Refused: It uses a parameter that has been refused.
        """
        try:
            return evaluate(text, self._numbers)
        except UnknownName as error:
            if error.name in self._shapes:
                message = f"'{error.name}' is a shape; arithmetic takes numbers"
            else:
                wrong = self._unknown(error.name, {*self._numbers, *TAKEN})
                message = wrong or f"'{error.name}' is not defined; give a number, or {_DEFINE}"
            raise ArithmeticFault(error.offset, message) from None

    def shape(self, name: str) -> Shape:
        """The shape of that name: each time the same object.

        Raises:
            SpecError: There is none above, or all that is used would be too much.
            Refused: It has been refused, or there has been too much before.
        """
        if name not in self._shapes:
            raise SpecError([Problem(self._no_shape(name))])
        if self._used > MAX_USED:
            raise Refused
        shape = self._shapes[name]
        self._used += self._extent(shape).count
        if self._used > MAX_USED:
            message = (
                f"with this, all that is used stands for more than {MAX_USED:,} shapes; "
                "use less of what uses others in turn"
            )
            raise SpecError([Problem(message)])
        return shape

    def _extent(self, shape: Shape) -> Extent:
        """The extent of a shape; what has been measured already is not walked again."""
        stack = [shape]
        while stack:
            inputs = operands(stack[-1])
            unknown = [operand for operand in inputs if id(operand) not in self._measured]
            if unknown:
                stack += unknown
                continue
            node, below = stack.pop(), [self._measured[id(operand)][1] for operand in inputs]
            count = 1 + sum(extent.count for extent in below)
            depth = max((1 + extent.depth for extent in below), default=0)
            # The node is kept, too: while it lives, no other has its id.
            self._measured[id(node)] = node, Extent(count, depth)
        return self._measured[id(shape)][1]

    def _no_shape(self, name: str) -> str:
        if name in self._numbers:
            return f"'{name}' is a number; name a shape"
        wrong = self._unknown(name, self._shapes)
        if wrong is not None:
            return wrong
        shapes = f"the shapes here are {', '.join(self._shapes)}" if self._shapes else _DEFINE
        return f"there is no shape '{shortened(name)}'; {shapes}"

    def _unknown(self, name: str, known: Iterable[str]) -> str | None:
        """Why a name that the document seems to define cannot be used here."""
        if name in self._refused:
            raise Refused
        if name in self.names:
            return f"'{name}' is not yet defined here; a definition may use only those above it"
        near = nearest(name, known)
        asked = f"did you mean '{near}'?"
        return None if near is None else f"'{shortened(name)}' is not defined; {asked}"


@dataclass(frozen=True)
class Context:
    """What a document's values may refer to."""

    references: References
    definitions: Definitions = field(default_factory=Definitions)
    effort: Effort = field(default_factory=Effort)


def definition_fault(name: str) -> str | None:
    """Why a definition cannot be called so, and what would be right; None if it can."""
    if name in TAKEN:
        return f"'{name}' has a meaning in arithmetic; choose another name"
    if not (name.isascii() and name.isidentifier()):
        return f"'{shortened(name)}' is no name like r2 or roof; use letters a to z, digits and _"
    return name_fault(name)
