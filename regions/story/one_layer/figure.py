"""The answer as a picture: all sums, or the cells of the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regions.draw.media import Medium
from regions.shape.model import Spec
from regions.story.one_layer.answer import Served
from regions.story.one_layer.proof import proof_figure
from regions.story.one_layer.question import ask
from regions.story.one_layer.sums import sums_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def one_layer_figure(spec: Spec, medium: Medium) -> Figure:
    """Draw whether one hidden layer suffices for a shape, and why.

    Raises:
        NotCompilableError: Nothing is decided: a border is curved, or there are too many lines.
        InputError: It is decided, but there are more lines than a picture can show.
    """
    answer = ask(spec)
    if isinstance(answer, Served):
        return sums_figure(answer, medium)
    return proof_figure(answer, medium)
