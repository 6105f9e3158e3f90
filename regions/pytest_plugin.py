"""The pytest plugin: every spec is a file of tests.

    house.region.yaml::verify    the compiled network against the shape, pixel by pixel
    house.region.yaml::expect    what the spec expects, if it expects anything
    house.region.yaml::proof     the same on every point of the plane, with --regions-prove

Pytest loads this module in every run, used or not: what is heavy is imported where a spec is met.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from regions.errors import InputError, Problem, SpecError, placed

if TYPE_CHECKING:
    from regions.check.compare import Report
    from regions.network.model import Network
    from regions.shape.model import Spec
    from regions.text.places import Path as PathInDocument

SUFFIX = ".region.yaml"
"""Ends the name of a spec that is collected wherever pytest looks."""

Judge: TypeAlias = Callable[[], Iterable[Problem]]
"""What a check finds wrong."""

_FOLDERS = pytest.StashKey[frozenset[Path]]()
"""Those that `--regions` names."""

_SEEN = pytest.StashKey[set[Path]]()
"""Folders in which a spec was met."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("regions", "regions: specs as tests")
    group.addoption(
        "--regions",
        metavar="DIR",
        action="append",
        default=[],
        help="Check every *.yaml directly in this folder, too. May be given several times.",
    )
    group.addoption(
        "--regions-prove",
        action="store_true",
        help="Also prove that each network is its shape on the whole plane.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the specs of the named folders to what pytest collects."""
    start = config.invocation_params.dir
    folders = [_absolute(start, folder) for folder in config.getoption("regions")]
    config.stash[_FOLDERS] = frozenset(folders)
    config.stash[_SEEN] = set()
    asked = {_absolute(start, argument.partition("::")[0]) for argument in config.args}
    for folder in folders:
        specs = sorted(folder.glob("*.yaml"))
        if not specs:
            found = "holds no *.yaml files" if folder.is_dir() else "is no folder"
            raise pytest.UsageError(f"--regions: {folder} {found}; name a folder of specs")
        if not {folder, *folder.parents, *specs} & asked:
            config.args.extend(map(str, specs))


def _absolute(start: Path, path: str) -> Path:
    """As pytest makes paths absolute: links are kept."""
    return Path(os.path.abspath(start / path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SpecFile | None:
    """Take the specs."""
    named = file_path.suffix == ".yaml" and file_path.parent in parent.config.stash[_FOLDERS]
    if named or file_path.name.endswith(SUFFIX):
        parent.config.stash[_SEEN].add(file_path.parent)
        return SpecFile.from_parent(parent, path=file_path)
    return None


def pytest_collection_modifyitems(session: pytest.Session) -> None:
    """An error for each named folder that was passed over: silence would look like success."""
    folders, seen = session.config.stash[_FOLDERS], session.config.stash[_SEEN]
    for folder in sorted(folders - seen):
        said = f"--regions: pytest does not look into {folder}; see its norecursedirs and --ignore"
        report = pytest.CollectReport(str(folder), "failed", said, [])
        session.ihook.pytest_collectreport(report=report)


class SpecFile(pytest.File):
    """A spec, its network, and the checks of the two."""

    def collect(self) -> Iterator[Check]:
        """The checks; a document that is refused is an error of the collection."""
        try:
            spec = self.spec
        except InputError as error:
            raise self.CollectError(str(error)) from None
        checks: dict[str, Judge] = {"verify": self._verify}
        if not spec.expect.empty:
            checks["expect"] = self._expect
        if self.config.getoption("regions_prove"):
            checks["proof"] = self._prove
        for name, judge in checks.items():
            yield Check.from_parent(self, name=name, judge=partial(self._wrong, judge))

    @property
    def shown(self) -> str:
        """The file as messages name it: from where pytest was started, if it lies below."""
        start = self.config.invocation_params.dir
        return str(self.path.relative_to(start) if self.path.is_relative_to(start) else self.path)

    @cached_property
    def text(self) -> str:
        """The document."""
        from regions.files import read_text
        from regions.text.document import MAX_TEXT

        return read_text(self.path, MAX_TEXT, SpecError)

    @cached_property
    def spec(self) -> Spec:
        """What the document says."""
        from regions.shape.load import loads

        return loads(self.text, file=self.shown, folder=self.path.parent)

    @cached_property
    def network(self) -> Network:
        """What the spec compiles to."""
        from regions.compiler import compile

        return compile(self.spec)

    @cached_property
    def report(self) -> Report:
        """The raster check, which the expectations need too: it measures the area."""
        from regions.check.compare import verify

        return verify(self.network, self.spec)

    def _wrong(self, judge: Judge) -> str:
        """All that a check finds, or why the spec cannot be compiled or compared."""
        try:
            problems = tuple(judge())
        except InputError as error:
            problems = tuple(placed(error.problems, self.shown))
        return "\n".join(map(str, problems))

    def _verify(self) -> Iterator[Problem]:
        from regions.testing import raster_difference

        if self.report.mismatched:
            report = replace(self.report, failures=())
            said = raster_difference(self.network, self.spec, report)
            yield replace(self._at(("shape",), said), source=None)

    def _expect(self) -> Iterator[Problem]:
        from regions.check.expect import broken_expectations

        for unmet in broken_expectations(self.network, self.spec.expect, self.report.area):
            yield self._at(("expect", *unmet.path), unmet.message)

    def _prove(self) -> Iterator[Problem]:
        from regions.check.prove import prove
        from regions.testing import proof_difference

        proof = prove(self.network, self.spec)
        if not proof.holds():
            said = proof_difference(self.network, self.spec, proof)
            yield replace(self._at(("shape",), said), source=None)

    def _at(self, path: PathInDocument, message: str) -> Problem:
        """A problem with its place in the document."""
        from regions.shape.load import SPEC
        from regions.text.document import read_document

        return read_document(self.text, self.shown, SPEC).problem(path, message)


class Check(pytest.Item):
    """One check of a spec; `judge` says what is wrong, or nothing."""

    def __init__(self, *, judge: Callable[[], str], **keywords: Any) -> None:
        super().__init__(**keywords)
        self._judge = judge

    def runtest(self) -> None:
        """Fail with everything that is wrong; a traceback would tell nothing."""
        wrong = self._judge()
        if wrong:
            pytest.fail(wrong, pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands, and the heading of its failure: no id, whose dots pytest would split."""
        return self.path, None, f"{self.path.name} {self.name}"
