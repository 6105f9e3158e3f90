"""The YAML, JSON, Python and console examples in the README and docs/ do what they say."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from regions.cli import main
from regions.network.file import loads as load_network_text
from regions.network.handset.read import loads as load_handset
from regions.shape.load import loads
from tests.conftest import ROOT, SHAPES

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


class Block(NamedTuple):
    page: Path
    line: int
    language: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(page, text.count("\n", 0, match.start()) + 1, match[1], match[2])


ALL = [block for page in PAGES for block in blocks(page)]


def chosen(language: str) -> list[Block]:
    found = [block for block in ALL if block.language == language]
    assert found, f"no {language} examples: is this test reading the pages?"
    return found


def as_id(block: Block) -> str:
    return block.id


def test_every_example_is_of_a_known_kind() -> None:
    assert {block.language for block in ALL} <= {"yaml", "console", "python", "json", "sh", "text"}


@pytest.mark.parametrize("block", chosen("yaml"), ids=as_id)
def test_specs_and_networks_load(block: Block) -> None:
    if block.text.startswith("network:"):
        load_handset(block.text)
    else:
        loads(block.text, folder=SHAPES)


@pytest.mark.parametrize("block", chosen("json"), ids=as_id)
def test_networks_load(block: Block) -> None:
    network = load_network_text(block.text)
    assert json.loads(block.text)["outputs"][0]["name"] == network.outputs[0].name


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shapes, to write in."""
    shutil.copytree(SHAPES, tmp_path / "shapes")
    for folder in ("specs", "answers"):
        shutil.copytree(ROOT / "tests" / folder, tmp_path / "tests" / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples(page: Path, workplace: Path) -> None:
    """The blocks of a page run one after the other; `print(...)  # x` must print x."""
    names: dict[str, object] = {}
    for block in (b for b in ALL if b.page == page and b.language == "python"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(block.text, block.id, "exec"), names)
        promised = re.findall(r"print\(.*\)\s+# (.*)$", block.text, re.MULTILINE)
        assert block.text.count("print(") == len(promised), "each print says what it prints"
        assert said.getvalue().splitlines() == promised


PYTEST = ["-m", "pytest", "-p", "regions.pytest_plugin", "-p", "no:cacheprovider"]
"""The plugin may not be installed yet."""

HERE = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "80"}
"""The checkout's own package, and no plugin or terminal that happens to be there."""


def write_files(page: Path) -> None:
    """A block that begins with `# path` is the file of that name for the page's console."""
    for block in (b for b in ALL if b.page == page):
        if name := re.match(r"# (\S+\.\w+)\n", block.text):
            path = Path(name[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def printed(program: str, arguments: list[str]) -> str:
    """What a command prints: our own in this process, pytest in one of its own."""
    if program == "regions":
        result = CliRunner().invoke(main, arguments, env=HERE)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.stdout + result.stderr
    assert program == "pytest"
    # On continuous integration pytest does not shorten its lines.
    environment = {k: v for k, v in os.environ.items() if k not in ("CI", "BUILD_NUMBER")} | HERE
    command = [sys.executable, *PYTEST, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    return done.stdout + done.stderr


@pytest.mark.parametrize("block", chosen("console"), ids=as_id)
def test_console_examples(block: Block, workplace: Path) -> None:
    """`$ command` must print the lines below it; `...` stands for anything."""
    write_files(block.page)
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
        program, *arguments = shlex.split(command)
        found = printed(program, arguments)
        assert doctest.OutputChecker().check_output(expected, found, doctest.ELLIPSIS), found
