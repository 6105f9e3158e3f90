"""Progress of long work, shown on a terminal's stderr when the command line asks for it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds before anything is shown: short work stays silent."""

_NOTICE = 1.0
"""Seconds before a step that is seldom needed says why it takes so long."""

_INTERVAL = 0.2
"""Seconds between two updates of the line."""

_shown = False


@contextmanager
def shown() -> Iterator[None]:
    """Show the progress of whatever runs inside, if stderr is a terminal."""
    global _shown
    before, _shown = _shown, sys.stderr.isatty()
    try:
        yield
    finally:
        _shown = before


def track(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items one by one; after two seconds a line on stderr tells how many are done."""
    return measured(((item, done / total) for done, item in enumerate(items)), what)


def measured(steps: Iterable[tuple[T, float]], what: str) -> Iterator[T]:
    """`track` for items that come with the part of the work that was done before each of them."""
    if not _shown:
        yield from (item for item, _ in steps)
        return
    begin = last = time.monotonic()
    written = False
    try:
        for item, done in steps:
            now = time.monotonic()
            if done and now - begin > _PATIENCE and now - last > _INTERVAL:
                left = (now - begin) / done * (1 - done)
                sys.stderr.write(f"\r\x1b[K{what}: {done:4.0%}, about {left:.0f} s left")
                sys.stderr.flush()
                last, written = now, True
            yield item
    finally:
        if written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def announced(what: str) -> Iterator[None]:
    """Say on the same line that a step of unknown length is under way."""
    if not _shown:
        yield
        return
    sys.stderr.write(f"\r\x1b[K{what} ...")
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


@contextmanager
def noticed(what: str) -> Iterator[None]:
    """Say on stderr that a step is under way, if that is a terminal and the step takes a second."""
    if not sys.stderr.isatty():
        yield
        return
    notice = threading.Timer(_NOTICE, sys.stderr.write, [f"{what} ...\n"])
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()
