"""What several commands do: load, compile, judge, tell; and the exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from regions.errors import InputError, placed

if TYPE_CHECKING:
    from regions.check.proof import Boundary
    from regions.check.verification import Verification
    from regions.compiler import Build
    from regions.network.model import Network
    from regions.shape.model import Spec

CHECK_FAILED = 1
BAD_INPUT = 2


def refuse(ctx: click.Context, error: InputError) -> NoReturn:
    """Say what is wrong with the input, each on its line, and end."""
    for problem in error.problems:
        click.echo(str(problem), err=True)
    ctx.exit(BAD_INPUT)


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Problems that know no file are about this one."""
    try:
        yield
    except InputError as error:
        raise InputError(placed(error.problems, str(path))) from None


def tell(text: str, output: Path | None, what: str) -> None:
    """Print a text, or write it to a file and say so."""
    from regions.files import write_atomically

    if output is None or str(output) == "-":
        click.echo(text, nl=False)
    else:
        write_atomically(output, lambda path: path.write_text(text, encoding="utf-8"))
        click.echo(f"{output}: {what}")


def read_again(path: Path) -> str:
    """A spec's document, that has been read before."""
    from regions.files import read_text
    from regions.text.document import MAX_TEXT

    return read_text(path, MAX_TEXT, InputError)


def load(path: Path, allow_outside: bool) -> Spec:
    """A spec from its file."""
    from regions.shape.load import load as load_spec

    return load_spec(path, allow_outside=allow_outside)


def network_for(
    path: Path, spec: Spec, strategy: str, max_depth: int | None, network_file: Path | None = None
) -> tuple[Network, Build | None]:
    """The network to judge and the stages that made it, None for one that was read."""
    if network_file is not None:
        from regions.network.file import load_network

        return load_network(network_file), None
    from regions.compiler import build

    with about(path):
        made = build(spec, strategy, max_depth)
    return made.network, made


def judged(
    path: Path,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
    prove_too: bool | None = False,
    boundary: Boundary | None = None,
) -> tuple[Spec, Network, Build | None, Verification]:
    """A spec, the network for it, what made it, and what raster check and proof say of the two.

    The boundary counts unless the network was read from a file, where that is not said.
    """
    from regions.check.verification import verify_and_prove

    spec = load(path, allow_outside)
    network, made = network_for(path, spec, strategy, max_depth, network_file)
    points = boundary or ("ignore" if network_file else "strict")
    with about(network_file or path):
        network.output()
    with about(path):
        return spec, network, made, verify_and_prove(network, spec, prove_too, points)
