"""Files are read within limits and written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from regions.errors import OutputError, SpecError
from regions.files import read_bytes, read_text, write_atomically


def test_a_failure_in_the_middle_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    path.write_text("old")

    def write(file: Path) -> None:
        assert file != path
        file.write_text("half")
        assert path.read_text() == "old"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"net.json: cannot be written: No space left"):
        write_atomically(path, write)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def write(file: Path) -> None:
        file.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "net.json", write)
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_is_kept_and_the_rights_are_usual(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 240 + ".svg")
    write_atomically(path, lambda file: file.write_text(file.suffix))
    assert path.read_text() == ".svg"
    plain = tmp_path / "plain"
    plain.write_text("")
    assert path.stat().st_mode == plain.stat().st_mode


def test_links_stay_links(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    target.write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_atomically(link, lambda file: file.write_text("new"))
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_devices_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="no regular file"):
        write_atomically(pipe, lambda file: file.write_text("x"))
    assert pipe.is_fifo()
    with pytest.raises(SpecError, match="no regular file"):
        read_bytes(pipe, 10, SpecError)


def test_reading_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"x" * 1000)
    assert len(read_bytes(path, 1000, SpecError)) == 1000
    with pytest.raises(SpecError, match="is larger than 0 MB"):
        read_bytes(path, 999, SpecError)


def test_text_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(SpecError, match=r"spec.yaml:2:4: byte 0xff is not UTF-8"):
        read_text(path, 1000, SpecError)
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text(path, 1000, SpecError) == "a: 1"
