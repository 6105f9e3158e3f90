"""The command line: parse, call, print, exit code. The work is done by the floors below.

Exit codes: 0 done and true; 1 a check failed; 2 input or usage that cannot be used, with a message
on stderr. What each command takes and tells stands in `regions/commands/`.
"""

from __future__ import annotations

from typing import Any

import click

from regions.commands.compile import compile_
from regions.commands.explain import explain
from regions.commands.gallery import gallery
from regions.commands.grade import grade
from regions.commands.importing import import_
from regions.commands.render import render
from regions.commands.schema import schema
from regions.commands.shared import refuse
from regions.commands.show import show
from regions.commands.verify import verify
from regions.errors import InputError

INTERRUPTED = 130


class _Commands(click.Group):
    """Turns refused input into a message and exit code 2, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        from regions.progress import shown

        try:
            with shown():
                return super().invoke(ctx)
        except InputError as error:
            refuse(ctx, error)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="region-designer", prog_name="regions")
def main() -> None:
    """Compile shapes described in YAML into explicit threshold networks.

    Exit codes: 0 done and true, 1 a check failed, 2 bad input or usage.
    """


for _command in (render, compile_, verify, import_, grade, show, explain, gallery, schema):
    main.add_command(_command)
