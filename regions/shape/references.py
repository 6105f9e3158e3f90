"""Files that a document refers to: found beside it, bounded in size, read once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from regions.errors import Problem, SpecError
from regions.files import MEGABYTE, read_bytes
from regions.shape.effort import Effort

MAX_REFERENCED = 64 * MEGABYTE
"""Bytes of a referenced file: ten times the largest map in use, and read within seconds."""

_NAMED, _BYTES_AGAIN = 20, 200
"""Efforts of naming a file once more, and how many bytes of it make one more."""

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class References:
    """The folder a document's file names start from.

    Attributes:
        folder: Where relative names start, or None for a text that came from no file.
        allow_outside: Whether files outside the folder may be read.
    """

    folder: Path | None = None
    allow_outside: bool = False
    _read: dict[Path, bytes] = field(default_factory=dict, repr=False)
    _made: dict[object, object] = field(default_factory=dict, repr=False)

    def locate(self, name: str) -> Path:
        """The path of the file called `name` in the document.

        Raises:
            SpecError: There is no folder to look in, or the file lies outside it, also when only a
                symbolic link leads there.
        """
        if not name.strip() or "\0" in name:
            raise SpecError([Problem("the file name is empty or no name; give the path of a file")])
        if self.folder is None:
            message = "a text without a folder cannot name files; pass `folder` to loads"
            raise SpecError([Problem(message)])
        path = self.folder / name
        inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder))
        if not inside and not self.allow_outside:
            message = (
                f"the file {name} lies outside the document's folder; move it there, or allow it "
                "with --allow-outside (allow_outside=True)"
            )
            raise SpecError([Problem(message)])
        return path

    def read(self, name: str) -> tuple[bytes, Path]:
        """The content of the file called `name`, and its path.

        Raises:
            SpecError: As `locate`; or the file is missing, no regular file, unreadable, too large.
        """
        path = self.locate(name)
        if path not in self._read:
            self._read[path] = read_bytes(path, MAX_REFERENCED, SpecError)
        return self._read[path], path

    def interpreted(self, name: str, reader: Callable[[bytes, str], Made], effort: Effort) -> Made:
        """What a reader makes of a file and its path: the same object when it is named again.

        Raises:
            SpecError: As `read`, or of the reader, each time; or the file is named too often.
            Exhausted: The document has asked for too much before.
        """
        known = len(self._read)
        data, path = self.read(name)
        if len(self._read) > known:
            effort.allow(len(data))
        else:
            effort.spend(_NAMED + len(data) // _BYTES_AGAIN)
        key = reader, path
        if key not in self._made:
            try:
                self._made[key] = reader(data, str(path))
            except SpecError as error:
                self._made[key] = error
        made = self._made[key]
        if isinstance(made, SpecError):
            raise SpecError(made.problems)
        return cast(Made, made)
