"""Strategy `one-layer`: a unit's sums on all faces, and a proof that there is no such unit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regions.compiler.one_layer import Obstruction, decide
from regions.compiler.strategies import Draft, compiled
from regions.draw import style
from regions.draw.lines import zero_sets
from regions.draw.panels import (
    WIDTH,
    Panel,
    add_area,
    add_arrow,
    add_head,
    add_mark,
    add_note,
    add_panel,
    add_path,
    add_word,
    sheet,
)
from regions.network.model import Floats, Network
from regions.shape.model import Spec
from regions.shape.reference import reference

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOUSE_WINDOW = (-3.8, -1.6, 9.8, 9.6)
STAR_WINDOW = (-11.2, -10.2, 11.2, 11.2)

HEIGHT, BOTTOM = 190.0, 40.0
"""Of both panels, in points, and their distance from the sheet's lower edge."""

CONTOUR = 1.5
"""Width of an outline in points."""

ROOM = 5.0
"""Points around the middle of a face that a number needs."""

ARROW = 12.0
PLACES = (0.5, 0.13, 0.87, 0.5, 0.06, 0.06)
"""An arrow's length in points, and where along each line of the house there is room for it."""

SKY = style.REGION_COLORS[0]


def one_layer(house: Spec, star: Spec) -> Figure:
    """The house, which one unit tells from its outside, and the star, which none does."""
    figure = sheet(18)
    windows = HOUSE_WINDOW, STAR_WINDOW
    scales = [HEIGHT / (ymax - ymin) for _, ymin, _, ymax in windows]
    widths = [s * (xmax - xmin) for s, (xmin, _, xmax, _) in zip(scales, windows, strict=True)]
    margin = (WIDTH - sum(widths)) / 3
    corners = (margin, BOTTOM), (2 * margin + widths[0], BOTTOM)
    left, right = map(add_panel, [figure] * 2, corners, scales, windows)
    _draw_sums(left, house)
    _draw_obstruction(right, star)
    return figure


def _draw_sums(panel: Panel, house: Spec) -> None:
    """Each line with its weight, and in each face the sum of those that fire."""
    network = compiled(Draft(house), "one-layer").network
    row = network.gates.row(0)
    weights = dict(
        zip(network.gates.inputs[row].tolist(), network.gates.weights[row].tolist(), strict=True)
    )
    threshold = round(0.5 - network.gates.bias[0])
    visible = zero_sets(network, panel.view, np.arange(network.n_separators))
    lines = {zero_set.separator: panel.view.to_window(zero_set.paths[0]) for zero_set in visible}
    for line in lines.values():
        add_path(panel, line, style.LINE_COLOR)
    for face in _faces(panel, list(lines.values())):
        _draw_face(panel, face, network, weights, threshold)
    _draw_outline(panel, house)
    for (separator, line), place in zip(lines.items(), PLACES, strict=True):
        _draw_weight(panel, line, place, f"+{weights[separator]}")
    add_head(panel, f"{house.name}: fires where the sum is ≥ {threshold}")
    add_note(panel, ["crossing a line along its arrow adds its weight"])


def _faces(panel: Panel, lines: list[Floats]) -> list[shapely.Polygon]:
    """What the lines cut the panel into."""
    frame = shapely.box(*panel.view.window).exterior
    edges = shapely.union_all([frame, *map(shapely.LineString, lines)])
    faces: list[shapely.Polygon] = shapely.get_parts(shapely.polygonize([edges])).tolist()
    return faces


def _draw_face(
    panel: Panel, face: shapely.Polygon, network: Network, weights: dict[int, int], threshold: int
) -> None:
    """The sum in the middle of a face, if there is room."""
    circle = shapely.maximum_inscribed_circle(face, tolerance=2.0**-8)
    middle, rim = shapely.get_coordinates(circle)
    trace = network.trace((float(middle[0]), float(middle[1])))
    total = sum(weight for unit, weight in weights.items() if trace[unit].output)
    inside = total >= threshold
    if inside:
        add_area(panel, face, SKY)
    if np.hypot(*(rim - middle)) * panel.view.scale > ROOM:
        add_word(panel, middle, str(total), style.TEXT_COLOR if inside else style.QUIET_COLOR)


def _draw_weight(panel: Panel, line: Floats, place: float, weight: str) -> None:
    """An arrow to the 1-side, which lies to the left of a visible line, with the weight behind."""
    start, end = line
    along = (end - start) / np.hypot(*(end - start))
    left, base = np.array([-along[1], along[0]]), start + place * (end - start)
    add_arrow(panel, base, left, ARROW)
    add_word(panel, base, weight, style.ARROW_COLOR, style.NAME_SIZE, away=-8.0 * left)


def _draw_obstruction(panel: Panel, star: Spec) -> None:
    """The cells of the certificate: discs inside, rings outside."""
    draft = Draft(star)
    found = decide(*draft.by_edges, draft.frame)
    assert isinstance(found, Obstruction)
    area = reference(star.shape, star.window, 1.0).region
    add_area(panel, area, SKY)
    for start, end in pairwise(shapely.get_coordinates(area)):
        add_path(panel, panel.whole_line(start, end), style.LINE_COLOR)
    _draw_outline(panel, star)
    for witness in found.witnesses:
        add_mark(panel, witness.point, style.ARROW_COLOR, hollow=not witness.inside)
    add_head(panel, f"{star.name}: no weights will do")
    count = sum(witness.inside for witness in found.witnesses)
    kinds = f"{count} discs inside, {count} rings outside:"
    add_note(
        panel,
        [
            kinds,
            f"each of the {len(found.half_planes)} half-planes holds as many discs as rings",
        ],
    )


def _draw_outline(panel: Panel, spec: Spec) -> None:
    outline = reference(spec.shape, spec.window, 1.0).region
    add_path(panel, shapely.get_coordinates(outline), style.OUTLINE_COLOR, CONTOUR)
