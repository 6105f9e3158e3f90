"""`regions compile`: the network as a file."""

from __future__ import annotations

from pathlib import Path

import click

from regions.commands.options import (
    max_depth_option,
    output_option,
    outside_option,
    spec_argument,
    strategy_option,
)
from regions.commands.shared import load, network_for


@click.command("compile")
@spec_argument
@output_option("standard output")
@strategy_option
@max_depth_option
@outside_option
def compile_(
    spec: Path, output: Path | None, strategy: str, max_depth: int | None, allow_outside: bool
) -> None:
    """Write the network as JSON; to a .yaml file in the form that people write."""
    from regions.network.file import dumps, save

    network, _ = network_for(spec, load(spec, allow_outside), strategy, max_depth)
    if output is None or str(output) == "-":
        click.echo(dumps(network), nl=False)
    else:
        save(network, output)
        click.echo(f"{output}: size {network.size}, depth {network.depth}")
