"""`regions verify`: networks against their shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regions.commands.options import (
    BOUNDARIES,
    json_option,
    max_depth_option,
    network_option,
    outside_option,
    strategy_option,
)
from regions.commands.shared import CHECK_FAILED, judged, refuse
from regions.errors import InputError, Problem

if TYPE_CHECKING:
    from regions.check.proof import Boundary


@click.command()
@click.argument(
    "specs", metavar="SPEC...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@json_option
@click.option(
    "--prove/--no-prove",
    "prove_too",
    default=None,
    help="Decide for every point of the plane, too.  [default: where it takes less than a second]",
)
@click.option(
    "--boundary",
    type=click.Choice(BOUNDARIES),
    help="Whether points on the shape's boundary count.  "
    "[default: ignore with --network, else strict]",
)
@strategy_option
@max_depth_option
@network_option
@outside_option
@click.pass_context
def verify(
    ctx: click.Context,
    specs: tuple[Path, ...],
    as_json: bool,
    prove_too: bool | None,
    boundary: Boundary | None,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
) -> None:
    """Compare networks with their shapes, and check what the specs expect.

    With Shapely, pixel by pixel; and by a proof, which leaves no point of the plane out.
    """
    ok = True
    results: list[dict[str, Any]] = []
    refused: list[Problem] = []
    for spec in specs:
        try:
            *_, found = judged(
                spec, strategy, max_depth, network_file, allow_outside, prove_too, boundary
            )
        except InputError as error:
            refused.extend(error.problems)
            results.append({"name": str(spec), "ok": False, "error": str(error)})
            continue
        ok &= found.ok
        results.append(found.to_dict())
        if not as_json:
            click.echo(str(found))
    if as_json:
        click.echo(json.dumps(results if len(specs) > 1 else results[0], indent=2))
    if refused:
        refuse(ctx, InputError(refused))
    if not ok:
        ctx.exit(CHECK_FAILED)
