"""The gallery: every spec of a folder compiled, checked and drawn, with an index."""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from regions.check.compare import Report, verify
from regions.compiler import build
from regions.errors import InputError, OutputError, Problem, SpecError
from regions.files import MEGABYTE, read_bytes, write_atomically
from regions.network.model import Network
from regions.shape.load import load
from regions.shape.model import Spec
from regions.story.describe import counted
from regions.story.render import render

THUMBNAIL = 280
"""Width of a picture in the index, in the browser's pixels."""

COLUMNS = 3

HEADING = "# Gallery"


@dataclass(frozen=True, eq=False)
class Entry:
    """One spec of the gallery.

    Attributes:
        source: The spec's file.
        picture: The PNG that shows it.
        spec: What the file says.
        network: What it was compiled to.
        strategy: What made it.
        report: What the raster check found.
    """

    source: Path
    picture: Path
    spec: Spec
    network: Network
    strategy: str
    report: Report


def gallery(
    folder: Path, output: Path, strategy: str, max_depth: int | None = None
) -> Iterator[Entry]:
    """Draw every `*.yaml` of a folder into another; the index is written after the last.

    Yields each entry when its picture is on disk.

    Raises:
        SpecError: The folder has no specs, or some cannot be used: all are named before any work.
        OutputError: The output folder cannot be written to, or holds a README that is no gallery's.
    """
    specs = _load_all(folder)
    index = output / "README.md"
    _require_own(index)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise OutputError(
            [Problem(f"cannot be made: {cause.strerror}", file=str(output))]
        ) from None
    entries = []
    for source, spec in specs.items():
        made = build(spec, strategy, max_depth)
        report = verify(made.network, spec)
        picture = output / f"{source.stem}.png"
        entry = Entry(source, picture, spec, made.network, made.strategy, report)
        render(spec, made.network, report, picture)
        entries.append(entry)
        yield entry
    text = _index(entries, output)
    write_atomically(index, lambda path: path.write_text(text, encoding="utf-8"))


def _require_own(index: Path) -> None:
    """Raise OutputError where somebody else's README would be overwritten."""
    if not index.exists():
        return
    if not read_bytes(index, MEGABYTE, OutputError).startswith(HEADING.encode()):
        message = "is not the index of a gallery, and is kept; choose another output folder"
        raise OutputError([Problem(message, file=str(index))])


def _load_all(folder: Path) -> dict[Path, Spec]:
    """The specs of a folder by file, or all that is wrong with them."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        found = "holds no *.yaml files" if folder.is_dir() else "is no folder"
        raise SpecError([Problem(f"{found}; name a folder of specs", file=str(folder))])
    specs: dict[Path, Spec] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            specs[file] = load(file)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise SpecError(problems)
    return specs


def _index(entries: list[Entry], output: Path) -> str:
    """A table of thumbnails, readable on a code host and in a text editor."""
    rows = [entries[i : i + COLUMNS] for i in range(0, len(entries), COLUMNS)]
    table = "\n".join(
        f"<tr>\n{''.join(_cell(entry, output) for entry in row)}</tr>" for row in rows
    )
    return (
        f"{HEADING}\n\n"
        "Every picture is drawn by `regions gallery` from the spec named below it: the region is\n"
        "the network's own answer at each pixel, the outline is Shapely's.\n\n"
        f"<table>\n{table}\n</table>\n"
    )


def _cell(entry: Entry, output: Path) -> str:
    network, report = entry.network, entry.report
    source = quote(os.path.relpath(entry.source, output).replace(os.sep, "/"))
    picture = quote(entry.picture.name)
    parts = (network.n_separators, "separator"), (network.n_gates, "gate")
    sizes = " + ".join(counted(number, noun) for number, noun in parts if number)
    return (
        f'<td valign="top" width="{THUMBNAIL}">\n'
        f'<a href="{picture}"><img src="{picture}" width="{THUMBNAIL}" '
        f'alt="{html.escape(entry.spec.name)}"></a><br>\n'
        f"<b>{html.escape(entry.spec.name)}</b> "
        f'(<a href="{source}">{html.escape(entry.source.name)}</a>)<br>\n'
        f"{html.escape(entry.spec.about)}<br>\n"
        f"{sizes}: size {network.size:,}, depth {network.depth}, by <code>{entry.strategy}</code>"
        "<br>\n"
        f"{report.agreement}, {report.mismatched} of {report.pixels:,} pixels differ\n"
        "</td>\n"
    )
