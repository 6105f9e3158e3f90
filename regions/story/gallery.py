"""The gallery: every spec of a folder compiled, checked and drawn, with two indices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from regions.check.compare import verify
from regions.compiler import build
from regions.draw.look import Look
from regions.errors import InputError, OutputError, Problem, SpecError
from regions.files import MEGABYTE, read_bytes, read_text, write_atomically
from regions.shape.load import load
from regions.shape.model import Spec
from regions.story.gallery_index import DOCTYPE, HEADING, PAGE, README, Entry, readme, web_page
from regions.story.views import Subject, render_view
from regions.text.document import MAX_TEXT

STORIES = "stories"
"""Folder of the story pictures, beside the others."""

COLORS = 128
"""Of a story picture: flat areas and letters need no more, and the file is half as large."""


def gallery(
    folder: Path, output: Path, strategy: str, max_depth: int | None = None
) -> Iterator[Entry]:
    """Draw every `*.yaml` of a folder into another; the indices are written after the last.

    Yields each entry when its picture is on disk.

    Raises:
        SpecError: The folder has no specs, or some cannot be used: all are named before any work.
        OutputError: The output folder cannot be written to, or holds an index that is no gallery's.
    """
    specs = _load_all(folder)
    for name, beginning in ((README, HEADING), (PAGE, DOCTYPE)):
        _require_own(output / name, beginning)
    try:
        (output / STORIES).mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise OutputError(
            [Problem(f"cannot be made: {cause.strerror}", file=str(output))]
        ) from None
    entries = []
    for source, spec in specs.items():
        made = build(spec, strategy, max_depth)
        report = verify(made.network, spec)
        name = f"{source.stem}.png"
        entry = Entry(source, output / name, output / STORIES / name, spec, made, report)
        subject = Subject(spec, made.network, made, report, read_text(source, MAX_TEXT, SpecError))
        render_view(subject, "region", entry.picture)
        render_view(subject, "story", entry.story, Look(colors=COLORS))
        entries.append(entry)
        yield entry
    for name, text in ((README, readme(entries, output)), (PAGE, web_page(entries, output))):
        write_atomically(output / name, partial(_write, text))


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


def _require_own(index: Path, beginning: str) -> None:
    """Raise OutputError where somebody else's file would be overwritten."""
    if not index.exists():
        return
    if not read_bytes(index, MEGABYTE, OutputError).startswith(beginning.encode()):
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
