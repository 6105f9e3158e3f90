"""`regions explain`: the worked solution, a trace, or the question of one layer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from regions.commands.options import (
    FORMATS,
    STRATEGIES,
    max_depth_option,
    network_option,
    output_option,
    outside_option,
    spec_argument,
)
from regions.commands.shared import about, load, network_for, tell

if TYPE_CHECKING:
    from regions.shape.model import Spec


@click.command()
@spec_argument
@output_option("standard output")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Markdown is GitHub's; LaTeX is a whole document.",
)
@click.option(
    "--at", metavar="X,Y", help="Insert this point into every neuron instead, such as 2,5 or 1/3,0."
)
@click.option(
    "--one-layer",
    "one_layer",
    is_flag=True,
    help="Answer whether one hidden layer suffices, and why; -o FILE.png draws the answer.",
)
@click.option(
    "--strategy",
    type=click.Choice(STRATEGIES),
    default="parts",
    show_default=True,
    help="How polygons become gates; parts is the textbook form.",
)
@max_depth_option
@network_option
@outside_option
@click.pass_context
def explain(
    ctx: click.Context,
    spec: Path,
    output: Path | None,
    form: str,
    at: str | None,
    one_layer: bool,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
) -> None:
    """Write the worked solution: each line, each gate, the matrices, the check.

    With --at X,Y what each neuron says at a point, in exact numbers.
    """
    from regions.draw.save import SUFFIXES
    from regions.story.explain import WRITERS, read_point, solution, trace

    if one_layer:
        others = ("at", "network_file", "form", "strategy", "max_depth")
        if any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in others):
            options = "--at, --network, --format, --strategy and --max-depth"
            raise click.UsageError(f"--one-layer goes with none of {options}")
        _answer_one_layer(spec, load(spec, allow_outside), output)
        return
    if output is not None and output.suffix.lower() in SUFFIXES:
        raise click.UsageError(
            f"explain writes text, and {output.name} would be no picture; --one-layer draws one, "
            "and TeX makes a PDF of what --format latex writes"
        )
    point = None if at is None else read_point(at)
    loaded = load(spec, allow_outside)
    network, made = network_for(spec, loaded, strategy, max_depth, network_file)
    with about(network_file or spec):
        network.output()
    with about(spec):
        told = solution(loaded, network, made) if point is None else trace(loaded, network, point)
    kind = "solution" if point is None else "trace"
    tell(WRITERS[form](told), output, f"the {kind} of {loaded.name}")


def _answer_one_layer(path: Path, spec: Spec, output: Path | None) -> None:
    """The one-layer question: as a picture, if the output's suffix is one of pictures."""
    from regions.draw.look import Look
    from regions.draw.save import SUFFIXES
    from regions.story.one_layer import one_layer_answer, one_layer_figure

    with about(path):
        if output is not None and output.suffix.lower() in SUFFIXES:
            Look().save(one_layer_figure(spec, Look().medium), output)
            click.echo(f"picture: {output}")
        else:
            tell(f"{one_layer_answer(spec)}\n", output, f"one layer for {spec.name}")
