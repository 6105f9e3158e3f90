"""Strategy `one-layer`: a unit's sums on all faces, and a proof that there is no such unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regions.draw.lines import View
from regions.draw.panels import WIDTH, add_head, add_note, add_panel, add_plain, sheet
from regions.shape.model import Spec
from regions.story.one_layer.answer import Refused, Served
from regions.story.one_layer.numbers import faces_in
from regions.story.one_layer.proof import draw_proof
from regions.story.one_layer.question import ask
from regions.story.one_layer.stage import Stage
from regions.story.one_layer.sums import add_weights, draw_sums

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT, BOTTOM = 190.0, 42.0
"""Of both panels, in points, and their distance from the sheet's lower edge."""

ABOVE = 22.0
"""Points for the flags between a panel and its head."""


def one_layer(house: Spec, star: Spec) -> Figure:
    """The house, which one unit tells from its outside, and the star, which none does."""
    served, refused = ask(house), ask(star)
    assert isinstance(served, Served)
    assert isinstance(refused, Refused)
    figure = sheet(19)
    plain = add_plain(figure)
    views = [_view(answer.plane.window) for answer in (served, refused)]
    widths = [view.size[0] for view in views]
    margin = (WIDTH - sum(widths)) / 3
    corners = (margin, BOTTOM), (2 * margin + widths[0], BOTTOM)
    left, right = (
        add_panel(figure, corner, view.scale, view.window)
        for corner, view in zip(corners, views, strict=True)
    )
    draw_sums(left, served, faces_in(served, left.view))
    add_weights(Stage(figure, plain, left), served)
    add_head(left, f"{house.name}: fires where the sum is ≥ {served.threshold}", ABOVE)
    add_note(left, ["each flag points to where its weight counts"])
    draw_proof(right, refused)
    add_head(right, f"{star.name}: no weights will do", ABOVE)
    held = f"each of the {len(refused.half_planes)} half-planes holds as many discs as rings"
    add_note(right, [held])
    return figure


def _view(window: tuple[float, float, float, float]) -> View:
    return View(window, HEIGHT / (window[3] - window[1]))
