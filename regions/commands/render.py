"""`regions render`: a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regions.commands.options import (
    VIEWS,
    max_depth_option,
    network_option,
    output_option,
    outside_option,
    spec_argument,
    strategy_option,
)
from regions.commands.shared import CHECK_FAILED, about, judged, read_again

if TYPE_CHECKING:
    from regions.story.views import ViewName


@click.command()
@spec_argument
@output_option("SPEC's name with .png, in the current folder")
@strategy_option
@max_depth_option
@network_option
@outside_option
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="region",
    show_default=True,
    help="What is drawn: the region; each unit's own; the diagram; all on one page; the cells "
    "that the lines cut; whether one layer suffices.",
)
@click.option("--shade", is_flag=True, help="In the view units: the sums, not only their signs.")
@click.option("--dark", is_flag=True, help="Light on dark.")
@click.option("--slide", is_flag=True, help="For a slide, 1,920 x 1,080, in large letters.")
@click.option("--pixels", type=click.IntRange(200, 8000), help="Width of a PNG.")
@click.option(
    "--witness", is_flag=True, help="Prove it; show a point where network and shape differ."
)
@click.pass_context
def render(
    ctx: click.Context,
    spec: Path,
    output: Path | None,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
    view: ViewName,
    shade: bool,
    dark: bool,
    slide: bool,
    pixels: int | None,
    witness: bool,
) -> None:
    """Draw a network to PNG, SVG or PDF, by the output's suffix."""
    from regions.draw.look import Look
    from regions.draw.save import check_suffix
    from regions.story.views import Subject, render_view

    if witness and (slide or view != "region"):
        raise click.UsageError("--witness goes with the view region, and not with --slide")
    if network_file is not None and view == "one-layer":
        raise click.UsageError("--network goes with every view but one-layer: that asks of a shape")
    if shade and view != "units":
        raise click.UsageError("--shade goes with --view units")
    path = output or Path(f"{spec.stem}.png")
    check_suffix(path)
    loaded, network, made, found = judged(
        spec, strategy, max_depth, network_file, allow_outside, prove_too=witness
    )
    told = [str(found)]
    look = Look("slide" if slide else "print", "dark" if dark else "light", pixels)
    if found.proof is None:
        subject = Subject(loaded, network, made, found.report, read_again(spec))
        with about(spec):
            render_view(subject, view, path, look, shade=shade)
    else:
        from regions.story.witness import render_proved, traced

        render_proved(loaded, network, found.report, found.proof, path, look)
        told += traced(network, found.proof)
    click.echo("\n".join([*told, f"       picture: {path}"]))
    if not found.ok:
        ctx.exit(CHECK_FAILED)
