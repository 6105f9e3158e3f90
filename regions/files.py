"""Reading files of bounded size and writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from regions.errors import InputError, OutputError, Problem

MEGABYTE = 2**20


def read_bytes(path: Path, limit: int, error: type[InputError]) -> bytes:
    """The content of a regular file of at most `limit` bytes; anything else raises `error`."""

    def refuse(message: str) -> InputError:
        return error([Problem(message, file=str(path))])

    try:
        if path.is_dir():
            raise refuse("is a directory; name a file in it")
        if not path.exists():
            raise refuse(f"there is no such file{_nearby(path)}")
        if not path.is_file():
            raise refuse("is no regular file; give the path of a file")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as cause:
        if isinstance(cause, InputError):
            raise
        reason = cause.strerror if isinstance(cause, OSError) else str(cause)
        raise refuse(f"cannot be read: {reason}") from None
    if len(data) > limit:
        raise refuse(f"is larger than {limit // MEGABYTE} MB, the most that is read here")
    return data


def read_text(path: Path, limit: int, error: type[InputError]) -> str:
    """The text of a UTF-8 file of at most `limit` bytes; anything else raises `error`."""
    data = read_bytes(path, limit, error)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        before = data[: cause.start]
        line = before.count(b"\n") + 1
        column = cause.start - (before.rfind(b"\n") + 1) + 1
        message = f"byte 0x{data[cause.start]:02x} is not UTF-8; save the file as UTF-8"
        raise error([Problem(message, file=str(path), line=line, column=column)]) from None


def _nearby(path: Path) -> str:
    """A hint that names the most similar file beside a missing one."""
    import difflib

    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return f" (nor a folder {path.parent})"
    if path.name in names:
        return "; the link leads nowhere"
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {path.with_name(close[0])}?" if close else ""


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then rename it into place.

    A reader of `path` sees the old file or the new one, never a part. The temporary name keeps the
    suffix, since writers of pictures choose their format by it. A link stays a link: the file it
    leads to is replaced.

    Raises:
        OutputError: The folder is missing or cannot be written to, or the path is a directory or a
            device; nothing is left behind.
    """
    shown = path
    try:
        path = path.resolve()
        if path.is_dir():
            raise IsADirectoryError(0, "it is a directory; name a file")
        if path.exists() and not path.is_file():
            raise OSError(0, "it is no regular file; name one")
        handle, name = tempfile.mkstemp(prefix=".regions-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as cause:
        reason = cause.strerror or str(cause)
        raise OutputError([Problem(f"cannot be written: {reason}", file=str(shown))]) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
