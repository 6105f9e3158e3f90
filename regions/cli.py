"""The command line: parse, call, print, exit code. The work is done by the floors below.

Exit codes: 0 done and true; 1 a check failed; 2 input or usage that cannot be used, with a message
on stderr. Heavy imports stand inside the commands, so that `regions --help` answers at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from regions.errors import InputError, Problem, placed

if TYPE_CHECKING:
    from regions.check.proof import Boundary
    from regions.check.verification import Verification
    from regions.compiler import Build
    from regions.network.model import Network
    from regions.shape.model import Spec
    from regions.story.views import ViewName

CHECK_FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130

STRATEGIES = ("parts", "edges", "cover", "one-layer", "auto")
"""The names of `regions.compiler.STRATEGIES`, repeated here to keep `--help` light; under test."""

BOUNDARIES = ("strict", "ignore")

VIEWS = ("region", "units", "network", "story", "cells", "one-layer")
"""The names of `regions.story.views.ViewName`, likewise."""

FORMATS = ("text", "markdown", "latex")
"""The names of `regions.story.explain.WRITERS`, likewise."""

Command = TypeVar("Command", bound=Callable[..., Any])


class _Commands(click.Group):
    """Turns refused input into a message and exit code 2, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        from regions.progress import shown

        try:
            with shown():
                return super().invoke(ctx)
        except InputError as error:
            _refuse(ctx, error)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)


def _refuse(ctx: click.Context, error: InputError) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    ctx.exit(BAD_INPUT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="region-designer", prog_name="regions")
def main() -> None:
    """Compile shapes described in YAML into explicit threshold networks.

    Exit codes: 0 done and true, 1 a check failed, 2 bad input or usage.
    """


_spec = click.argument("spec", metavar="SPEC", type=click.Path(path_type=Path))
_strategy = click.option(
    "--strategy",
    type=click.Choice(STRATEGIES),
    default="auto",
    show_default=True,
    help="How polygons become gates; auto takes the smallest network.",
)
_max_depth = click.option(
    "--max-depth",
    metavar="N",
    type=click.IntRange(min=1),
    help="Most threshold layers, the separators' included.",
)
_network = click.option(
    "--network",
    "network_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Use this network (JSON, or YAML written by hand) in place of compiling.",
)
_outside = click.option(
    "--allow-outside",
    is_flag=True,
    help="Let the spec name files outside its own folder.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _output(default: str) -> Callable[[Command], Command]:
    return click.option(
        "-o",
        "--output",
        metavar="PATH",
        type=click.Path(path_type=Path),
        help=f"Where to write.  [default: {default}]",
    )


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """Problems that know no file are about this one."""
    try:
        yield
    except InputError as error:
        raise InputError(placed(error.problems, str(path))) from None


def _tell(text: str, output: Path | None, what: str) -> None:
    """Print a text, or write it to a file and say so."""
    from regions.files import write_atomically

    if output is None or str(output) == "-":
        click.echo(text, nl=False)
    else:
        write_atomically(output, lambda path: path.write_text(text, encoding="utf-8"))
        click.echo(f"{output}: {what}")


def _text(path: Path) -> str:
    """A spec's document, that has been read before."""
    from regions.files import read_text
    from regions.text.document import MAX_TEXT

    return read_text(path, MAX_TEXT, InputError)


def _load(path: Path, allow_outside: bool) -> Spec:
    from regions.shape.load import load

    return load(path, allow_outside=allow_outside)


def _made(
    path: Path, spec: Spec, strategy: str, max_depth: int | None, network_file: Path | None = None
) -> tuple[Network, Build | None]:
    """The network to judge and the stages that made it, None for one that was read."""
    if network_file is not None:
        from regions.network.file import load_network

        return load_network(network_file), None
    from regions.compiler import build

    with _about(path):
        made = build(spec, strategy, max_depth)
    return made.network, made


def _judged(
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

    spec = _load(path, allow_outside)
    network, made = _made(path, spec, strategy, max_depth, network_file)
    points = boundary or ("ignore" if network_file else "strict")
    with _about(network_file or path):
        network.output()
    with _about(path):
        return spec, network, made, verify_and_prove(network, spec, prove_too, points)


@main.command()
@_spec
@_output("SPEC's name with .png, in the current folder")
@_strategy
@_max_depth
@_network
@_outside
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="region",
    show_default=True,
    help="What is drawn: the region; each unit's own; the diagram; all on one page; the cells "
    "that the lines cut; whether one layer suffices.",
)
@click.option("--shade", is_flag=True, help="In the view units: the sums, not only their signs.")
@click.option("--dark", is_flag=True, help="Light on dark.")
@click.option("--slide", is_flag=True, help="For a slide, 1,920 x 1,080, in large letters.")
@click.option("--pixels", type=click.IntRange(200, 8000), help="Width of a PNG.")
@click.option(
    "--witness", is_flag=True, help="Prove it; show a point where network and shape differ."
)
@click.pass_context
def render(
    ctx: click.Context,
    spec: Path,
    output: Path | None,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
    view: ViewName,
    shade: bool,
    dark: bool,
    slide: bool,
    pixels: int | None,
    witness: bool,
) -> None:
    """Draw a network to PNG, SVG or PDF, by the output's suffix."""
    from regions.draw.look import Look
    from regions.draw.save import check_suffix
    from regions.story.views import Subject, render_view

    if witness and (slide or view != "region"):
        raise click.UsageError("--witness goes with the view region, and not with --slide")
    if network_file is not None and view == "one-layer":
        raise click.UsageError("--network goes with every view but one-layer: that asks of a shape")
    if shade and view != "units":
        raise click.UsageError("--shade goes with --view units")
    path = output or Path(f"{spec.stem}.png")
    check_suffix(path)
    loaded, network, made, found = _judged(
        spec, strategy, max_depth, network_file, allow_outside, prove_too=witness
    )
    told = [str(found)]
    look = Look("slide" if slide else "print", "dark" if dark else "light", pixels)
    if found.proof is None:
        subject = Subject(loaded, network, made, found.report, _text(spec))
        with _about(spec):
            render_view(subject, view, path, look, shade=shade)
    else:
        from regions.story.witness import render_proved, traced

        render_proved(loaded, network, found.report, found.proof, path, look)
        told += traced(network, found.proof)
    click.echo("\n".join([*told, f"       picture: {path}"]))
    if not found.ok:
        ctx.exit(CHECK_FAILED)


@main.command("compile")
@_spec
@_output("standard output")
@_strategy
@_max_depth
@_outside
def compile_(
    spec: Path, output: Path | None, strategy: str, max_depth: int | None, allow_outside: bool
) -> None:
    """Write the network as JSON; to a .yaml file in the form that people write."""
    from regions.network.file import dumps, save

    network, _ = _made(spec, _load(spec, allow_outside), strategy, max_depth)
    if output is None or str(output) == "-":
        click.echo(dumps(network), nl=False)
    else:
        save(network, output)
        click.echo(f"{output}: size {network.size}, depth {network.depth}")


@main.command()
@click.argument(
    "specs", metavar="SPEC...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@_json
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
@_strategy
@_max_depth
@_network
@_outside
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
            *_, found = _judged(
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
        _refuse(ctx, InputError(refused))
    if not ok:
        ctx.exit(CHECK_FAILED)


@main.command("import")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--text", "string", metavar="STRING", help="Import the outlines of a text instead.")
@click.option(
    "--font",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The text's font, TrueType or OpenType.  [default: DejaVu Sans]",
)
@_output("standard output")
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
    _tell(text, target, f"a spec of {len(text.splitlines())} lines")


@main.command()
@_spec
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
@_outside
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

    loaded = _load(spec, allow_outside)
    grades: list[Grade] = []
    for answer in answers:
        with _about(spec):
            grades.append(grade_file(answer, loaded, boundary))
        click.echo(str(grades[-1]))
    click.echo(tally(grades))
    if csv_file is not None:
        save_table(grades, csv_file)
    unreadable = [each for each in grades if isinstance(each, Unreadable)]
    if refused := [problem for each in unreadable for problem in each.problems]:
        _refuse(ctx, InputError(refused))
    if not all(each.right for each in grades):
        ctx.exit(CHECK_FAILED)


@main.command()
@_spec
@_json
@click.option("--compare", is_flag=True, help="Build with every strategy and list their sizes.")
@_strategy
@_max_depth
@_network
@_outside
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

    loaded = _load(spec, allow_outside)
    network, made = _made(spec, loaded, strategy, max_depth, network_file)
    report = size_report(network, loaded)
    with _about(spec):
        others = compare_strategies(loaded) if compare else ()
    if as_json:
        click.echo(json.dumps(summary(network, loaded.name, made, report, others), indent=2))
    else:
        click.echo(describe(network, loaded.name, made, report, others))


@main.command()
@_spec
@_output("standard output")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Markdown is GitHub's; LaTeX is a whole document.",
)
@click.option(
    "--at", metavar="X,Y", help="Insert this point into every neuron instead, such as 2,5 or 1/3,0."
)
@click.option(
    "--one-layer",
    "one_layer",
    is_flag=True,
    help="Answer whether one hidden layer suffices, and why; -o FILE.png draws the answer.",
)
@click.option(
    "--strategy",
    type=click.Choice(STRATEGIES),
    default="parts",
    show_default=True,
    help="How polygons become gates; parts is the textbook form.",
)
@_max_depth
@_network
@_outside
@click.pass_context
def explain(
    ctx: click.Context,
    spec: Path,
    output: Path | None,
    form: str,
    at: str | None,
    one_layer: bool,
    strategy: str,
    max_depth: int | None,
    network_file: Path | None,
    allow_outside: bool,
) -> None:
    """Write the worked solution: each line, each gate, the matrices, the check.

    With --at X,Y what each neuron says at a point, in exact numbers.
    """
    from regions.draw.save import SUFFIXES
    from regions.story.explain import WRITERS, read_point, solution, trace

    if one_layer:
        others = ("at", "network_file", "form", "strategy", "max_depth")
        if any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in others):
            options = "--at, --network, --format, --strategy and --max-depth"
            raise click.UsageError(f"--one-layer goes with none of {options}")
        _answer_one_layer(spec, _load(spec, allow_outside), output)
        return
    if output is not None and output.suffix.lower() in SUFFIXES:
        raise click.UsageError(
            f"explain writes text, and {output.name} would be no picture; --one-layer draws one, "
            "and TeX makes a PDF of what --format latex writes"
        )
    point = None if at is None else read_point(at)
    loaded = _load(spec, allow_outside)
    network, made = _made(spec, loaded, strategy, max_depth, network_file)
    with _about(network_file or spec):
        network.output()
    with _about(spec):
        told = solution(loaded, network, made) if point is None else trace(loaded, network, point)
    kind = "solution" if point is None else "trace"
    _tell(WRITERS[form](told), output, f"the {kind} of {loaded.name}")


def _answer_one_layer(path: Path, spec: Spec, output: Path | None) -> None:
    """The one-layer question: as a picture, if the output's suffix is one of pictures."""
    from regions.draw.look import Look
    from regions.draw.save import SUFFIXES
    from regions.story.one_layer import one_layer_answer, one_layer_figure

    with _about(path):
        if output is not None and output.suffix.lower() in SUFFIXES:
            Look().save(one_layer_figure(spec, Look().medium), output)
            click.echo(f"picture: {output}")
        else:
            _tell(f"{one_layer_answer(spec)}\n", output, f"one layer for {spec.name}")


@main.command()
@click.argument(
    "folder", metavar="[DIR]", default="shapes", type=click.Path(path_type=Path), required=False
)
@_output("gallery")
@_strategy
@_max_depth
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


@main.command()
@click.option("--network", is_flag=True, help="The schema of the network file instead.")
@_output("standard output")
def schema(network: bool, output: Path | None) -> None:
    """Print the JSON Schema of the spec language, for editors."""
    if network:
        from regions.network.file import network_schema as made
    else:
        from regions.shape.schema import json_schema as made
    what = "the network file" if network else "specs"
    _tell(f"{json.dumps(made(), indent=2)}\n", output, f"the JSON Schema of {what}")
