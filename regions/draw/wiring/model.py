"""What a diagram of a network consists of, before anything has a place: boxes, wires and a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from regions.draw import style

Form: TypeAlias = Literal["input", "separator", "gate", "group", "output"]


class Node(NamedTuple):
    """A box, or words alone at either end.

    Attributes:
        column: From the left.
        form: What it stands for.
        head: Its name.
        lines: What stands below the name; beside it, where it is `flat`.
        color: Of the frame and of the wires that leave it.
        units: How many units it stands for.
        flat: Whether the lines stand beside the name.
    """

    column: int
    form: Form
    head: str
    lines: tuple[str, ...] = ()
    color: str = style.QUIET_COLOR
    units: int = 0
    flat: bool = False


class Wire(NamedTuple):
    """One connection, or several drawn as one.

    Attributes:
        source: Number of the node on the left.
        target: Number of the node on the right.
        label: Its weight, or "".
        negative: Whether a gate reads NOT.
        connections: How many it stands for.
    """

    source: int
    target: int
    label: str = ""
    negative: bool = False
    connections: int = 1


@dataclass(frozen=True)
class Chart:
    """A diagram without places.

    Attributes:
        nodes: Columns in order, within each in the order of the units.
        wires: No two join the same nodes.
        heads: What stands above each column.
        wired: Whether the wires into separators carry their weights.
        notes: The key.
    """

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    heads: tuple[str, ...]
    wired: bool
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """How many units share boxes, or ""."""
        groups = [node.units for node in self.nodes if node.units > 1]
        if not groups:
            return ""
        whole = sum(groups) == sum(node.units for node in self.nodes)
        units = "all" if whole else f"{sum(groups):,} of them"
        return f"{units} in {len(groups):,} group" + ("s" if len(groups) > 1 else "")
