"""Does one hidden layer suffice for a shape? The answer in words, and as a picture."""

from __future__ import annotations

from regions.story.one_layer.figure import one_layer_figure
from regions.story.one_layer.text import one_layer_answer

__all__ = ["one_layer_answer", "one_layer_figure"]
