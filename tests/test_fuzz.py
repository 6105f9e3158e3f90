"""Mutated documents load or are refused, and the fuzzer sees what goes wrong."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from regions.errors import Problem, SpecError
from regions.shape.model import Box, Spec
from tests import fuzz, samples
from tests.fuzz import Job, Judge, Outcome, judged, keep, minimised, outcomes, signature, tried
from tests.samples import Sample, sample

COUNT = 200
SIZE = 2_000


def test_mutated_documents_load_or_are_refused(tmp_path: Path) -> None:
    kinds = set()
    for number in range(COUNT):
        home = tmp_path / str(number)
        home.mkdir()
        outcome = judged(sample(f"7:{number}", SIZE), home)
        # Time is the business of the command, which has the machine to itself.
        assert not outcome.bad or "TooSlowError" in outcome.said, (outcome.seed, outcome.said)
        kinds.add(outcome.kind)
    assert kinds >= {"refused", "loaded", "compiled"}


def test_a_seed_gives_the_same_document_again() -> None:
    assert sample("3:4", SIZE) == sample("3:4", SIZE)
    assert len({sample(f"3:{k}", SIZE).text for k in range(50)}) > 40


def test_every_key_and_every_kind_of_file_is_among_the_documents() -> None:
    text = "\n".join(samples.documents())
    assert all(f"{key}:" in text or f'"{key}":' in text for key in samples.key_words())
    assert {Path(name).suffix for name in samples.files()} == {".svg", ".geojson", ".wkt"}
    assert len(samples.trees()) > 100


@pytest.mark.parametrize("number", range(3))
def test_large_documents_are_large(number: int) -> None:
    rng = samples.random.Random(number)
    text, _, kind = samples.large(rng, 50_000, samples.shape)
    assert kind
    assert text


# What goes wrong is seen --------------------------------------------------------------------------


def raises(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    if b"loud" in path.read_bytes():
        raise KeyError("loud")
    yield "load", "loaded"


def warns(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    warnings.warn("odd", RuntimeWarning, stacklevel=1)
    yield "load", "loaded"


def hangs(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    while True:
        pass
    yield "load", "loaded"


def hangs_later(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    yield "load", "loaded"
    yield from hangs(path, further)


def hangs_within_a_call(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    """No signal of Python's is seen until the library returns."""
    np.sort(np.random.default_rng(1).random(3_000_000))
    yield "load", "loaded"


def is_mute(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    raise SpecError([Problem("")])
    yield "load", "loaded"


def cannot_be_printed(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    raise SpecError([Problem("\ud800")])
    yield "load", "loaded"


@pytest.mark.parametrize(
    ("judge", "kind", "words"),
    [
        (raises, "failed", "KeyError: 'loud'"),
        (warns, "failed", "RuntimeWarning: odd"),
        (hangs, "failed", "more than 0.1 seconds"),
        (hangs_later, "slow", "more than 0.1 seconds"),
        (hangs_within_a_call, "failed", "more than 0.1 seconds"),
        (is_mute, "failed", "without words"),
        (cannot_be_printed, "failed", "cannot be printed"),
    ],
)
def test_what_is_planted_in_the_loader_is_seen(
    judge: Judge, kind: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "LOADING", 0.1)
    monkeypatch.setattr(fuzz, "COMPILING", 0.1)
    outcome = judged(Sample("1:1", ("none",), b"loud"), tmp_path, judge)
    assert (outcome.kind, outcome.bad) == (kind, True)
    assert words in outcome.said


def test_a_network_that_is_not_its_shape_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Spec("other", Box(0, 0, 1, 2), (-1, -1, 3, 3))
    compile_ = fuzz.regions.compile
    monkeypatch.setattr(fuzz.regions, "compile", lambda spec, strategy: compile_(other))
    monkeypatch.setattr(fuzz, "COMPILED", 2.0)
    document = Sample("1:1", (), b"{window: [-1, -1, 3, 3], shape: {box: [0, 0, 1, 1]}}")
    outcome = judged(document, tmp_path, tried)
    assert outcome.kind == "failed"
    assert "the network is not its shape" in outcome.said


def eats_and_dies(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    """By the first byte of the document's number: too much memory, or the end of the process."""
    number = int(path.read_bytes())
    if number == 1:
        bytearray(3 * fuzz.MEMORY // 2)
    if number == 2:
        fuzz.signal.raise_signal(fuzz.signal.SIGKILL)
    yield "load", "loaded"


class Numbered(Job):
    """Documents that hold their number."""

    def document(self, number: int) -> Sample:
        return Sample(str(number), (), str(number).encode())


def test_memory_and_dead_workers_are_seen_and_the_work_goes_on() -> None:
    job = Numbered(1, range(4), SIZE, eats_and_dies)
    found = {outcome.seed: outcome for outcome in outcomes(job, workers=1)}
    assert [found[str(k)].kind for k in range(4)] == ["loaded", "failed", "failed", "loaded"]
    assert "MemoryError" in found["1"].said
    assert "died with exit code -9" in found["2"].said


LEFT_BEHIND = []


def leaves_something_behind(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    """The first document fails, and so does every later one that its worker judges."""
    if path.read_bytes() == b"0":
        LEFT_BEHIND.append(1)
    if LEFT_BEHIND:
        raise KeyError("left behind")
    yield "load", "loaded"


def test_what_a_failure_leaves_behind_is_not_laid_to_the_next_document() -> None:
    job = Numbered(1, range(3), SIZE, leaves_something_behind)
    assert [each.kind for each in outcomes(job, workers=1)] == ["failed", "loaded", "loaded"]


# Failures ----------------------------------------------------------------------------------------


def test_a_failure_is_kept_whole_and_made_smaller(tmp_path: Path) -> None:
    text = b"name: a\nabout: loud, quiet, loud\nshape: {}\n"
    document = Sample("1:2", ("none",), text, {"data/a.wkt": b"POINT"})
    outcome = _failure(document, tmp_path)
    keep(document, outcome, tmp_path / "kept", minimise=False)
    (home,) = (tmp_path / "kept").iterdir()
    assert (home / "document.yaml").read_bytes() == text
    assert (home / "data" / "a.wkt").read_bytes() == b"POINT"
    assert "KeyError" in (home / "said.txt").read_text(encoding="utf-8")
    assert minimised(document, outcome, judge=raises) == b"loud"


def _failure(document: Sample, folder: Path) -> Outcome:
    (folder / "work").mkdir()
    return judged(document, folder / "work", raises)


def test_failures_of_one_cause_have_one_signature() -> None:
    said = 'File "/a/regions/shape/load.py", line 3, in load\n    x\nKeyError: 1\n'
    assert signature(said) == 'load.py", line 3, in load KeyError: 1'
    assert signature("") == ""
