"""How large the boxes of a diagram are, and how far apart the wires that end at one."""

from __future__ import annotations

from collections.abc import Sequence

from regions.draw import style
from regions.draw.text import fitted, text_size
from regions.draw.wiring.model import Node, Wire
from regions.draw.wrap import wrapped

NAME, SMALL = style.KEY_SIZE, style.NAME_SIZE
"""Sizes of the letters of a name, and of all others in a diagram."""

LINE = 10.5
"""From a line of a box to the next; all lengths are points."""

PAD, FLAT_PAD = 3.5, 2.0
"""Above the first line and below the last."""

SIDE = 6.0
"""Left and right of the words in a box."""

BESIDE = 10.0
"""Between a name and the inequality beside it."""

NAME_WIDTHS = (104.0, 130.0, 160.0)
"""Of the longest name: the least at which names that differ still do when they are cut."""

NARROW_NAMES = (60.0,)
"""The same where the room for a diagram is fixed and no other one fits."""

LONGEST_LINE = 190.0
"""Of what stands below or beside a name; what is longer takes several lines."""

LABELLED, CIRCLED, BARE = 10.0, 6.5, 4.5
"""Between wires that end at one box: with numbers, with circles, with neither."""

MOST_BARE = 160.0
"""Of a side at which bare wires end; more of them stand closer."""

CIRCLE = 4.6
"""Its width."""

STACK, SHEETS = 2.2, 2
"""How far the sheets of a group's stack lie apart, and how many lie behind the first."""

LANE, TAG_SIDE, TAG_FREE = 6.0, 5.0, 1.5
"""A lane without numbers, what it is wider than its widest number on each side, and the part of
that which is free of the wire."""


def fitted_words(
    nodes: Sequence[Node], name_widths: Sequence[float] = NAME_WIDTHS
) -> tuple[Node, ...]:
    """Boxes whose words are no longer than a box can hold."""
    distinct = len({node.head for node in nodes})
    for width in name_widths:
        heads = [fitted(node.head, NAME, width) for node in nodes]
        if len(set(heads)) == distinct:
            break
    return tuple(
        node._replace(
            head=head,
            lines=tuple(row for line in node.lines for row in wrapped(line, SMALL, LONGEST_LINE)),
        )
        for node, head in zip(nodes, heads, strict=True)
    )


def beside_names(nodes: Sequence[Node]) -> float:
    """From the left edge of a flat box to what stands beside its name, the same for all."""
    widths = [text_size(node.head, NAME)[0] for node in nodes if node.flat]
    return SIDE + max(widths, default=0.0) + BESIDE


def spacing(wires: Sequence[Wire]) -> float:
    """Between the wires that end at one box."""
    if any(wire.label for wire in wires):
        return LABELLED
    if any(wire.negative for wire in wires):
        return CIRCLED
    return min(BARE, MOST_BARE / max(1, len(wires)))


def box_height(node: Node, wires: Sequence[Wire]) -> float:
    """Enough for its words, and for the wires that end there."""
    rows = max(1, len(node.lines)) if node.flat else 1 + len(node.lines)
    words = LINE * rows + 2 * (FLAT_PAD if node.flat or rows == 1 else PAD)
    return max(words, (len(wires) - 1) * spacing(wires) + 2 * PAD)


def overhang(node: Node) -> float:
    """Room that a group's stack needs, above and for balance below."""
    return 2 * STACK * SHEETS if node.form == "group" else 0.0


def box_width(node: Node, beside: float) -> float:
    """Enough for its words."""
    lines = max((text_size(line, SMALL)[0] for line in node.lines), default=0.0)
    if node.flat:
        return beside + lines + SIDE
    return max(text_size(node.head, NAME)[0], lines) + 2 * SIDE


def lane(wires: Sequence[Wire]) -> float:
    """The level part of wires before they end."""
    widths = [text_size(wire.label, SMALL)[0] + 2 * TAG_SIDE for wire in wires if wire.label]
    circle = CIRCLE if any(wire.negative for wire in wires) else 0.0
    return max(LANE, max(widths, default=0.0)) + circle
