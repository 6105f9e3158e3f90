"""Arguments and options that several commands have, and the names that these may take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

STRATEGIES = ("parts", "edges", "cover", "one-layer", "auto")
"""The names of `regions.compiler.STRATEGIES`, repeated here to keep `--help` light; under test."""

BOUNDARIES = ("strict", "ignore")

VIEWS = ("region", "units", "network", "story", "cells", "one-layer")
"""The names of `regions.story.views.ViewName`, likewise."""

FORMATS = ("text", "markdown", "latex")
"""The names of `regions.story.explain.WRITERS`, likewise."""

Command = TypeVar("Command", bound=Callable[..., Any])

spec_argument = click.argument("spec", metavar="SPEC", type=click.Path(path_type=Path))
strategy_option = click.option(
    "--strategy",
    type=click.Choice(STRATEGIES),
    default="auto",
    show_default=True,
    help="How polygons become gates; auto takes the smallest network.",
)
max_depth_option = click.option(
    "--max-depth",
    metavar="N",
    type=click.IntRange(min=1),
    help="Most threshold layers, the separators' included.",
)
network_option = click.option(
    "--network",
    "network_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Use this network (JSON, or YAML written by hand) in place of compiling.",
)
outside_option = click.option(
    "--allow-outside",
    is_flag=True,
    help="Let the spec name files outside its own folder.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def output_option(default: str) -> Callable[[Command], Command]:
    """Where to write, and in words where that is unless it is given."""
    return click.option(
        "-o",
        "--output",
        metavar="PATH",
        type=click.Path(path_type=Path),
        help=f"Where to write.  [default: {default}]",
    )
