"""`regions schema`: what editors read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regions.commands.options import output_option
from regions.commands.shared import tell


@click.command()
@click.option("--network", is_flag=True, help="The schema of the network file instead.")
@output_option("standard output")
def schema(network: bool, output: Path | None) -> None:
    """Print the JSON Schema of the spec language, for editors."""
    if network:
        from regions.network.file import network_schema as made
    else:
        from regions.shape.schema import json_schema as made
    what = "the network file" if network else "specs"
    tell(f"{json.dumps(made(), indent=2)}\n", output, f"the JSON Schema of {what}")
