"""`regions grade`: networks that people wrote, against one shape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regions.commands.options import BOUNDARIES, outside_option, spec_argument
from regions.commands.shared import CHECK_FAILED, about, load, refuse
from regions.errors import InputError

if TYPE_CHECKING:
    from regions.check.proof import Boundary


@click.command()
@spec_argument
@click.argument(
    "answers", metavar="ANSWERS...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--csv",
    "csv_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the grades to this table, too.",
)
@click.option(
    "--boundary",
    type=click.Choice(BOUNDARIES),
    default="ignore",
    show_default=True,
    help="Whether points on the shape's boundary count.",
)
@outside_option
@click.pass_context
def grade(
    ctx: click.Context,
    spec: Path,
    answers: tuple[Path, ...],
    csv_file: Path | None,
    boundary: Boundary,
    allow_outside: bool,
) -> None:
    """Judge networks written by hand: does each one decide exactly this shape?"""
    from regions.check.grade import Grade, Unreadable, grade_file
    from regions.check.gradebook import save_table, tally

    loaded = load(spec, allow_outside)
    grades: list[Grade] = []
    for answer in answers:
        with about(spec):
            grades.append(grade_file(answer, loaded, boundary))
        click.echo(str(grades[-1]))
    click.echo(tally(grades))
    if csv_file is not None:
        save_table(grades, csv_file)
    unreadable = [each for each in grades if isinstance(each, Unreadable)]
    if refused := [problem for each in unreadable for problem in each.problems]:
        refuse(ctx, InputError(refused))
    if not all(each.right for each in grades):
        ctx.exit(CHECK_FAILED)
