"""`regions show`: sizes, feature map and weights."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regions.commands.options import (
    json_option,
    max_depth_option,
    network_option,
    outside_option,
    spec_argument,
    strategy_option,
)
from regions.commands.shared import about, load, network_for


@click.command()
@spec_argument
@json_option
@click.option("--compare", is_flag=True, help="Build with every strategy and list their sizes.")
@strategy_option
@max_depth_option
@network_option
@outside_option
def show(
    spec: Path,
    as_json: bool,
    compare: bool,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
) -> None:
    """Print a network's sizes, feature map and weights."""
    from regions.story.describe import describe, summary
    from regions.story.sizes import compare_strategies, size_report

    loaded = load(spec, allow_outside)
    network, made = network_for(spec, loaded, strategy, max_depth, network_file)
    report = size_report(network, loaded)
    with about(spec):
        others = compare_strategies(loaded) if compare else ()
    if as_json:
        click.echo(json.dumps(summary(network, loaded.name, made, report, others), indent=2))
    else:
        click.echo(describe(network, loaded.name, made, report, others))
