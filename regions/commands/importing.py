"""`regions import`: a spec for a file of another kind, or for a text."""

from __future__ import annotations

from pathlib import Path

import click

from regions.commands.options import output_option
from regions.commands.shared import tell


@click.command("import")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--text", "string", metavar="STRING", help="Import the outlines of a text instead.")
@click.option(
    "--font",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The text's font, TrueType or OpenType.  [default: DejaVu Sans]",
)
@output_option("standard output")
def import_(file: Path | None, string: str | None, font: Path | None, output: Path | None) -> None:
    """Write a spec for a GeoJSON, WKT or SVG file, or for a text.

    Small shapes are written out; of large ones the spec names FILE, and belongs beside it.
    """
    from regions.shape.importing import import_file, import_text

    if (file is None) == (string is None):
        raise click.UsageError("give either FILE or --text STRING")
    if font is not None and string is None:
        raise click.UsageError("--font goes with --text STRING")
    target = None if output is None or str(output) == "-" else output
    if file is not None and target is not None and target.exists() and target.samefile(file):
        raise click.UsageError("-o names FILE itself; give the spec another name")
    if file is not None:
        text = import_file(file, target)
    else:
        assert string is not None
        text = import_text(string, font, target)
    tell(text, target, f"a spec of {len(text.splitlines())} lines")
