"""Progress: silent where nobody looks or nothing lasts, else one line that goes away."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TypeVar

import pytest

from regions import progress

Stream = TypeVar("Stream", bound=io.StringIO)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def stderr(monkeypatch: pytest.MonkeyPatch, stream: Stream) -> Stream:
    """Give the module a stderr of its own: pytest exchanges the real one between phases."""
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream))
    return stream


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return stderr(monkeypatch, Terminal())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the clock finds it three seconds on."""
    ticks: Iterator[float] = iter(range(0, 10_000, 3))
    monkeypatch.setattr("time.monotonic", lambda: next(ticks))


@pytest.mark.usefixtures("slow")
def test_long_work_is_shown_and_wiped(terminal: Terminal) -> None:
    with progress.shown():
        assert list(progress.track("abcd", 4, "evaluating")) == list("abcd")
    text = terminal.getvalue()
    assert "evaluating:  25%, about" in text
    assert text.endswith("\r\x1b[K")


@pytest.mark.usefixtures("slow")
def test_work_may_tell_how_much_of_it_is_done(terminal: Terminal) -> None:
    with progress.shown():
        steps = progress.measured([("a", 0.0), ("b", 0.75), ("c", 0.75)], "proving")
        assert list(steps) == ["a", "b", "c"]
    assert "proving:  75%, about" in terminal.getvalue()


@pytest.mark.usefixtures("slow")
def test_the_line_is_wiped_when_the_work_fails(terminal: Terminal) -> None:
    def failing() -> Iterator[str]:
        yield from "abc"
        raise KeyboardInterrupt

    with progress.shown(), pytest.raises(KeyboardInterrupt):
        list(progress.track(failing(), 4, "evaluating"))
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.usefixtures("slow")
def test_nothing_is_shown_unless_asked(terminal: Terminal) -> None:
    assert list(progress.track("ab", 2, "evaluating")) == ["a", "b"]
    assert terminal.getvalue() == ""


@pytest.mark.usefixtures("slow")
def test_nothing_is_shown_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = stderr(monkeypatch, io.StringIO())
    with progress.shown():
        list(progress.track("abcd", 4, "evaluating"))
    assert stream.getvalue() == ""


def test_short_work_is_silent(terminal: Terminal) -> None:
    with progress.shown():
        list(progress.track(range(1000), 1000, "evaluating"))
    assert terminal.getvalue() == ""


def test_a_step_that_takes_a_second_is_noticed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = threading.Event()
    monkeypatch.setattr(terminal, "write", lambda text: written.set())
    monkeypatch.setattr(progress, "_NOTICE", 0.0)
    with progress.noticed("compiling"):
        assert written.wait(timeout=10)


def test_a_short_step_is_not_noticed(terminal: Terminal) -> None:
    with progress.noticed("compiling"):
        pass
    assert terminal.getvalue() == ""


def test_nothing_is_noticed_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = stderr(monkeypatch, io.StringIO())
    monkeypatch.setattr(progress, "_NOTICE", 0.0)
    with progress.noticed("compiling"):
        threading.Event().wait(0.05)
    assert stream.getvalue() == ""
