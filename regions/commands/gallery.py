"""`regions gallery`: a folder of specs, drawn."""

from __future__ import annotations

from pathlib import Path

import click

from regions.commands.options import max_depth_option, output_option, strategy_option
from regions.commands.shared import CHECK_FAILED


@click.command()
@click.argument(
    "folder", metavar="[DIR]", default="shapes", type=click.Path(path_type=Path), required=False
)
@output_option("gallery")
@strategy_option
@max_depth_option
@click.pass_context
def gallery(
    ctx: click.Context, folder: Path, output: Path | None, strategy: str, max_depth: int | None
) -> None:
    """Draw every spec of a folder, with an index of thumbnails."""
    from regions.story.gallery import gallery as draw_all

    ok = True
    where = output or Path("gallery")
    for entry in draw_all(folder, where, strategy, max_depth):
        click.echo(str(entry.report))
        ok &= entry.report.ok
    click.echo(f"{where / 'README.md'} shows them all")
    if not ok:
        ctx.exit(CHECK_FAILED)
