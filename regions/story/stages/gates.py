"""The passes `fuse` and `shorten`: gates before and after, as boxes and wires."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regions.compiler.formula import Formula
from regions.compiler.passes.threshold import Threshold
from regions.compiler.strategies import Draft, compiled
from regions.draw import style
from regions.draw.diagram import AND, BOX_HEIGHT, OR, PLAIN, SUM, Box, add_box, add_stub, add_wire
from regions.draw.panels import WIDTH, Panel, add_path, add_plain, sheet, write
from regions.geometry.peterson import split_ring
from regions.network.neat import sum_text
from regions.shape.source import as_spec
from regions.story.stages.edges import BOAT, formula_text, letter

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INPUT, GATE, UNIT, LINK = 22.0, 38.0, 60.0, 44.0
"""Widths of boxes; all lengths are points."""

TOP, STEP = 194.0, 24.0
"""Height of the first box of a column, and from one to the next."""

HEAD = TOP + 27.0
"""Height of the words above."""

LEVEL, REACH = 58.0, 130.0
"""From one layer of gates to the next, and from a column to the unit that reads it."""

STUB = 16.0

LINKS = 4
"""Gates of the chain that is drawn. The pass takes none that is shorter than eight."""


def fused() -> Figure:
    """The boat's formula as gates, and as the one unit that they become."""
    made = compiled(Draft(as_spec(shapely.Polygon(BOAT))), "edges")
    [unit] = made.circuit.gates
    figure = sheet(17)
    panel = add_plain(figure)
    _draw_gates(panel, 44.0, made.formula)
    weighed = [
        (weight, letter(~node)) for node, weight in zip(unit.inputs, unit.weights, strict=True)
    ]
    letters = _column(392.0, [name for _, name in weighed], INPUT)
    _draw_unit(panel, letters, unit.weights, unit.threshold)
    _write_head(figure, 165.0, f"before: {len(made.formula.gates)} gates")
    _write_head(figure, 472.0, "after: one unit")
    formula = formula_text(split_ring(BOAT, hole=False, exact=True))
    words = f"{formula}   is   {sum_text(weighed)} ≥ {unit.threshold}"
    write(figure, (WIDTH / 2, 12.0), words, style.AXIS_SIZE, style.TEXT_COLOR)
    return figure


def shortened() -> Figure:
    """A chain of gates, and what is computed at once in its place."""
    figure = sheet(17)
    panel = add_plain(figure)
    _draw_chain(panel)
    unit, names = Threshold.of("and", [0]), {0: "g1"}
    for link in range(1, LINKS):
        given, without = 4 * link, 4 * link + 2
        unit = unit.joined("and", [given]).joined("or", [without])
        names |= {given: f"g{link + 1}(1)", without: f"g{link + 1}(0)"}
    weight_of = dict(zip(unit.signals, unit.weights, strict=True))
    links = _column(380.0, list(names.values()), LINK, SUM)
    _draw_unit(panel, links, [weight_of[signal] for signal in names], unit.threshold)
    _write_head(figure, 152.0, "before: each gate waits for the one before it")
    _write_head(figure, 440.0, "after: all at once, given a 1 and given a 0")
    law = "g(x) = g(0) OR (g(1) AND x)"
    write(figure, (WIDTH / 2, 12.0), law, style.AXIS_SIZE, style.TEXT_COLOR)
    return figure


def _write_head(figure: Figure, x: float, text: str) -> None:
    write(figure, (x, HEAD), text, style.AXIS_SIZE, style.TEXT_COLOR)


def _column(x: float, words: Sequence[str], width: float, color: str = PLAIN) -> list[Box]:
    return [Box((x, TOP - STEP * row), width, word, color) for row, word in enumerate(words)]


def _draw_gates(panel: Panel, x: float, formula: Formula) -> None:
    """A formula without negations, each gate to the right of what it reads."""
    letters = _column(x, list(map(letter, range(len(BOAT)))), INPUT)
    boxes = {~edge: box for edge, box in enumerate(letters)}
    for number, gate in enumerate(formula.gates):
        read = [boxes[signal >> 1] for signal in gate.inputs]
        right = max(box.center[0] for box in read) + LEVEL
        level = sum(box.center[1] for box in read) / len(read)
        color = AND if gate.kind == "and" else OR
        boxes[number] = Box((right, level), GATE, gate.kind.upper(), color)
        for box in read:
            add_wire(panel, box, boxes[number])
    for box in boxes.values():
        add_box(panel, box)
    add_stub(panel, boxes[formula.root >> 1], STUB)


def _draw_unit(panel: Panel, column: Sequence[Box], weights: Sequence[int], threshold: int) -> None:
    """A unit that fires where the weights of what fires reach the threshold."""
    (x, top), (_, bottom) = column[0].center, column[-1].center
    unit = Box((x + REACH, (top + bottom) / 2), UNIT, f"sum ≥ {threshold}", SUM)
    for box, weight in zip(column, weights, strict=True):
        add_wire(panel, box, unit, str(weight))
    for box in (*column, unit):
        add_box(panel, box)
    add_stub(panel, unit, STUB)


def _draw_chain(panel: Panel) -> None:
    """Gates that read one another, and other units from below."""
    middle = TOP - STEP * (LINKS - 1)
    gates = [Box((56.0 + LEVEL * k, middle), GATE, f"g{k + 1}", SUM) for k in range(LINKS)]
    for gate in gates:
        add_box(panel, gate)
        add_stub(panel, gate, LEVEL - GATE)
        x, y = gate.center[0], middle - BOX_HEIGHT / 2
        for lean in (-1.0, 0.0, 1.0):
            others = np.array([[x + 7 * lean, y], [x + 11 * lean, y - STUB]])
            add_path(panel, others, style.QUIET_COLOR)
