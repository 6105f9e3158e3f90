"""`python -m tests.fuzz --count 20000 --seed 1`: mutated documents, and what becomes of them.

Each document is loaded; of those that load, some are compiled and compared with their shape on a
small raster. The program may refuse with its own errors. Anything else is a failure: another
exception, a warning, 2 seconds of processor time in loading, more than 1 GB of memory, a process
that dies, a refusal without words, and a network that is not its shape. Compiling that takes over
10 seconds is counted apart, as slow. Failures are written to a folder: the document, the files it
refers to, and a traceback.

Workers are processes of their own, each for some hundred documents, so that one that dies is
noticed and replaced.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeAlias

import regions
from regions.errors import InputError
from regions.files import MEGABYTE
from regions.network.raster import Grid
from regions.shape.load import load
from regions.shape.model import Spec
from tests.samples import Sample, sample

LOADING = 2.0
"""Seconds of processor time for a document of up to 200 kB."""

COMPILING = 10.0
"""Seconds of processor time for compiling and comparing."""

DYING = 60
"""Seconds of processor time after which the system ends a worker that no signal stops."""

MEMORY = 1024 * MEGABYTE
"""Bytes that a worker may have in addition to what it has at the start."""

COMPILED = 0.5
"""Part of the documents that load which are compiled and compared."""

CHUNK = 200
"""Documents of one worker."""

PIXELS = 48
"""Along the longer side of the raster."""

BAD = ("failed", "slow")


class TooSlowError(BaseException):
    """The processor time is used up; no `except Exception` of the program shall stop it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a document.

    Attributes:
        seed: The document's.
        kind: `loaded`, `refused`, `compiled`, `declined` (loaded, not compiled), `failed`, `slow`.
        stage: `load`, `compile` or `verify`.
        seconds: Processor time until the end of that stage.
        size: Bytes of the document.
        how: The mutations that made it.
        said: The traceback, or what was wrong.
    """

    seed: str
    kind: str
    stage: str
    seconds: float
    size: int
    how: tuple[str, ...]
    said: str = ""

    @property
    def bad(self) -> bool:
        return self.kind in BAD


Judge: TypeAlias = Callable[[Path, bool], Iterator[tuple[str, str]]]
"""Does with a document what a user would, and yields each stage's name and result when it is done.

The second argument says whether to go on after loading.
"""


# One document ------------------------------------------------------------------------------------


def tried(path: Path, further: bool) -> Iterator[tuple[str, str]]:
    """Loads a document, and compiles it and compares it with its shape."""
    spec = load(path)
    yield "load", "loaded"
    if further:
        yield from _compiled(spec)


def _compiled(spec: Spec) -> Iterator[tuple[str, str]]:
    network = regions.compile(spec, strategy="edges")
    yield "compile", "loaded"
    report = regions.verify(network, spec, Grid.fitting(spec.window, PIXELS))
    assert report.mismatched == 0, f"the network is not its shape: {report.said}"
    yield "verify", "compiled"


def judged(document: Sample, folder: Path, judge: Judge = tried) -> Outcome:
    """What becomes of a document that is written to a folder, under the limits of time."""
    path = write(document, folder)
    further = hash_of(document.seed) < COMPILED
    stage, kind, said = "load", "refused", ""
    begun = time.process_time()
    try:
        with warnings.catch_warnings(), _limited(LOADING):
            warnings.simplefilter("error")
            steps = judge(path, further)
            stage, kind = next(steps)
        spent = time.process_time() - begun
        with warnings.catch_warnings(), _limited(COMPILING):
            warnings.simplefilter("error")
            stage = "compile"
            for stage, kind in steps:  # noqa: B007 - the last ones count
                pass
    except InputError as error:
        kind = "refused" if stage == "load" else "declined"
        said = _unworthy(error)
    except (Exception, TooSlowError):
        kind, said = "failed", traceback.format_exc()
        if "TooSlowError" in said and stage != "load":
            kind = "slow"
    spent = time.process_time() - begun
    if said:
        kind = "slow" if kind == "slow" else "failed"
    return Outcome(document.seed, kind, stage, spent, len(document.text), document.how, said)


def hash_of(seed: str) -> float:
    """A number from 0 to 1 that is the same for a seed in every process."""
    return int(sum(ord(char) * 7919**k for k, char in enumerate(seed)) % 1009) / 1009


def _unworthy(error: InputError) -> str:
    """What is wrong with a refusal; empty if nothing is."""
    if not error.problems:
        return "refused without a reason"
    for problem in error.problems:
        if not problem.message or (problem.line is not None and problem.line < 1):
            return f"a problem without words or place: {problem!r}"
        try:
            str(problem).encode()
        except UnicodeEncodeError as cause:
            return f"a message that cannot be printed: {cause}"
    return ""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises `TooSlowError` when so much processor time is used."""

    def stop(*_: object) -> None:
        raise TooSlowError(f"more than {seconds:g} seconds of processor time")

    begun = time.process_time()
    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    # A signal is seen between two steps of the interpreter; what it missed is measured.
    if time.process_time() - begun > seconds:
        stop()


def write(document: Sample, folder: Path) -> Path:
    """Writes a document and its files; the document's path."""
    for name, content in document.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    path = folder / "document.yaml"
    path.write_bytes(document.text)
    return path


# Workers -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """Documents for one worker.

    Attributes:
        seed: Of all documents; each has its number in addition.
        numbers: Which documents.
        size: Bytes of a document, at most.
        judge: What is done with each.
    """

    seed: int
    numbers: range
    size: int
    judge: Judge = tried

    def document(self, number: int) -> Sample:
        return sample(f"{self.seed}:{number}", self.size)


def _work(job: Job, out: Connection) -> None:
    """A worker: judges its documents one by one, and sends each outcome."""
    with tempfile.TemporaryDirectory() as folder:
        # What is loaded once and compiled when it is first used is no document's fault.
        warm = write(Sample("", (), b"shape: {circle: {center: [0, 0], radius: 1}}"), Path(folder))
        list(tried(warm, True))
    _bound_memory()
    for number in job.numbers:
        _bound_time()
        with tempfile.TemporaryDirectory() as folder:
            out.send(judged(job.document(number), Path(folder), job.judge))


def _bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _bound_time() -> None:
    """The system ends the process where no exception can: within one long call of a library."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + DYING, hard))


def outcomes(job: Job, workers: int) -> Iterator[Outcome]:
    """Outcomes of all documents, as they come; those that end a worker count as failed."""
    context = multiprocessing.get_context("spawn")
    chunks = [job.numbers[k : k + CHUNK] for k in range(0, len(job.numbers), CHUNK)]
    open_: dict[Connection, tuple[BaseProcess, range]] = {}
    while chunks or open_:
        while chunks and len(open_) < workers:
            numbers = chunks.pop(0)
            mine, theirs = context.Pipe(duplex=False)
            part = replace(job, numbers=numbers)
            process: BaseProcess = context.Process(target=_work, args=(part, theirs), daemon=True)
            process.start()
            theirs.close()
            open_[mine] = process, numbers
        for ready in wait(list(open_)):
            assert isinstance(ready, Connection)
            process, numbers = open_.pop(ready)
            try:
                outcome: Outcome = ready.recv()
            except EOFError:
                process.join()
                if not numbers:
                    continue
                outcome = _dead(job.document(numbers[0]), process.exitcode)
            yield outcome
            if not outcome.bad:
                open_[ready] = process, numbers[1:]
                continue
            # What a failure leaves behind, such as memory, is not the next document's fault.
            process.terminate()
            chunks[:0] = [numbers[1:]] if numbers[1:] else []


def _dead(document: Sample, code: int | None) -> Outcome:
    said = f"the process died with exit code {code}"
    return Outcome(document.seed, "failed", "died", 0, len(document.text), document.how, said)


# Failures ----------------------------------------------------------------------------------------


def signature(said: str) -> str:
    """The last place in the program and the error: failures of one cause share it."""
    rows = said.strip().splitlines() or [""]
    places = [row.strip() for row in rows if "/regions/" in row]
    return f"{places[-1].rpartition('/')[2] if places else ''} {rows[-1][:80]}".strip()


def minimised(
    document: Sample, outcome: Outcome, seconds: float = 20, judge: Judge = tried
) -> bytes | None:
    """Fewer lines, then fewer characters, with the same failure; None if it does not come again."""
    wanted = signature(outcome.said)
    until = time.monotonic() + seconds

    def fails(text: bytes) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            one = Sample(document.seed, (), text, document.files)
            return signature(judged(one, Path(folder), judge).said) == wanted

    if "died" in outcome.stage or not fails(document.text):
        return None
    text = document.text
    for unit in (b"\n", b",", b" ", b""):
        parts = text.split(unit) if unit else [text[k : k + 1] for k in range(len(text))]
        step = max(1, len(parts) // 2)
        while step and time.monotonic() < until:
            at = 0
            while at < len(parts) and time.monotonic() < until:
                fewer = parts[:at] + parts[at + step :]
                if fails(unit.join(fewer)):
                    parts = fewer
                else:
                    at += step
            step //= 2
        text = unit.join(parts)
    return text


def keep(document: Sample, outcome: Outcome, folder: Path, minimise: bool) -> None:
    """Writes a failure whole."""
    home = folder / f"{outcome.kind}-{outcome.stage}-{outcome.seed.replace(':', '-')}"
    home.mkdir(parents=True, exist_ok=True)
    write(document, home)
    about = f"seed {outcome.seed}, {outcome.seconds:.2f} s, {', '.join(outcome.how)}\n\n"
    (home / "said.txt").write_text(about + outcome.said, "utf-8", "backslashreplace")
    smaller = minimised(document, outcome) if minimise else None
    if smaller is not None:
        (home / "smaller.yaml").write_bytes(smaller)


# The command -------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.fuzz")
    parser.add_argument("--count", type=int, default=20_000, help="documents")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--size", type=int, default=200_000, help="bytes of a document, at most")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="for failures")
    chosen = parser.parse_args()
    job = Job(chosen.seed, range(chosen.first, chosen.first + chosen.count), chosen.size)
    counts: Counter[str] = Counter()
    slowest: list[tuple[float, str, tuple[str, ...]]] = []
    known: Counter[str] = Counter()
    for done, outcome in enumerate(outcomes(job, chosen.workers), 1):
        counts[f"{outcome.kind} at {outcome.stage}" if outcome.bad else outcome.kind] += 1
        slowest = sorted([*slowest, (outcome.seconds, outcome.seed, outcome.how)])[-10:]
        if outcome.bad:
            cause = signature(outcome.said)
            known[cause] += 1
            print(f"{outcome.kind}: {outcome.seed}: {cause} ({', '.join(outcome.how)})", flush=True)
            if known[cause] <= 3:
                document = sample(outcome.seed, chosen.size)
                simple = known[cause] == 1 and outcome.seconds < 0.3
                keep(document, outcome, chosen.out, minimise=simple)
        if done % 1000 == 0:
            print(f"{done} documents: {dict(counts)}", flush=True)
    print(f"{chosen.count} documents: {dict(counts)}")
    for cause, times in known.most_common():
        print(f"{times:6} {cause}")
    print("slowest, seconds of processor time:")
    for seconds, seed, how in reversed(slowest):
        print(f"{seconds:6.2f} {seed}: {', '.join(how)}")
    raise SystemExit(bool(known))


if __name__ == "__main__":
    main()
