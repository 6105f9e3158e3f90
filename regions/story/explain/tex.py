"""What Markdown and LaTeX share: formulas and matrices in TeX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regions.story.explain.document import Layer
from regions.story.explain.formula import Formula, number
from regions.story.explain.notation import Tex

TEX = Tex()


def layer_tex(layer: Layer) -> str:
    """One layer as an equation of columns and a matrix."""
    weights = _matrix([[number(w) for w in row] for row in layer.weights])
    inputs, outputs = _column(layer.inputs), _column(layer.outputs)
    bias = _column([number(each) for each in layer.bias])
    step = rf"H\left( {weights} {inputs} + {bias} \right)"
    return f"{TEX(layer.left)} = {outputs} = {step}"


def _column(items: Iterable[Formula]) -> str:
    return _matrix([[item] for item in items])


def _matrix(rows: Sequence[Sequence[Formula]]) -> str:
    body = r" \\ ".join(" & ".join(map(TEX, row)) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
