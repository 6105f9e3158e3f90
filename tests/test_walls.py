"""The floors of the house: every import points down, and the walls between them hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "regions"

FLOORS = (
    ("__main__",),
    ("cli",),
    ("commands", "pytest_plugin"),
    ("testing", "sklearn"),
    ("__init__",),
    ("story",),
    ("draw",),
    ("export",),
    ("check",),
    ("compiler",),
    ("network",),
    ("shape",),
    ("geometry",),
    ("text",),
    ("display", "files", "progress"),
    ("errors", "tolerances"),
)
"""From the roof down; a module may import from its own folder and from the floors below."""

WALLS = {
    "network": {"shape", "compiler"},
    "export": {"shape", "compiler"},
    "draw": {"shape", "compiler", "check"},
    "check": {"compiler"},
    "shape": {"network", "compiler"},
}
"""What a floor does not know, though it may lie below."""

HEAVY = {"contourpy", "fontTools", "matplotlib", "numba", "onnx", "scipy", "svgelements"}
"""Imported inside functions, never at the head of a module."""


def imports(source: str) -> Iterator[tuple[str, bool]]:
    """Every imported module, lazy ones included, and whether it stands at the head."""
    tree = ast.parse(source)
    head = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from ((alias.name, id(node) in head) for alias in names)
            case ast.ImportFrom(module=module, level=0):
                assert module is not None
                yield module, id(node) in head
            case ast.ImportFrom():
                yield "relative import", id(node) in head


def floor_of(name: str) -> int:
    return next(i for i, floor in enumerate(FLOORS) if name in floor)


def home(file: Path) -> str:
    """The floor's name for a file of the package."""
    inside = file.relative_to(PACKAGE).with_suffix("")
    return inside.parts[0]


def breaches(own: str, source: str) -> list[str]:
    """What a module of the floor `own` imports against the rules."""
    found = []
    for module, at_head in imports(source):
        top, _, rest = module.partition(".")
        if top in HEAVY and at_head:
            found.append(f"{module} at the head of a module")
        if module == "relative import":
            found.append(module)
        if top != "regions":
            continue
        other = rest.partition(".")[0] or "__init__"
        upwards = floor_of(other) < floor_of(own) or (
            floor_of(other) == floor_of(own) and other != own
        )
        if upwards or other in WALLS.get(own, ()):
            found.append(f"{own} imports {module}")
    return found


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda f: f.stem)
def test_imports_point_down(file: Path) -> None:
    assert breaches(home(file), file.read_text(encoding="utf-8")) == []


def test_every_module_has_a_floor() -> None:
    assert {home(file) for file in PACKAGE.rglob("*.py")} <= {n for floor in FLOORS for n in floor}


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ("geometry", "from regions.shape.model import Shape"),
        ("network", "from regions.shape.model import Spec"),
        ("network", "import regions.compiler"),
        ("check", "from regions.compiler import build"),
        ("draw", "def f():\n    from regions.shape.reference import reference"),
        ("errors", "from regions.tolerances import ROUNDING"),
        ("compiler", "import matplotlib.pyplot"),
        ("compiler", "from .emit import emit"),
        ("shape", "import regions"),
        ("check", "from regions.testing import assert_region"),
        ("testing", "from regions.pytest_plugin import SpecFile"),
        ("display", "from regions.story.notebook import network_svg"),
        ("commands", "from regions.cli import main"),
        ("story", "from regions.commands.shared import load"),
    ],
)
def test_a_broken_wall_is_seen(own: str, line: str) -> None:
    assert breaches(own, line)


def test_the_oracle_is_independent() -> None:
    """The reference knows neither formula nor network, not even by way of a third module."""
    code = (
        "import sys, regions.shape.reference;"
        "bad = [m for m in sys.modules if m.startswith(('regions.network', 'regions.compiler'))];"
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize("module", ["cli", "pytest_plugin"])
def test_what_always_starts_loads_nothing_heavy(module: str) -> None:
    code = (
        f"import sys, regions.{module};"
        "bad = {'numpy', 'shapely', 'matplotlib', 'pydantic', 'yaml'} & set(sys.modules);"
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_one_module_knows_yaml_one_click_one_pytest_and_one_sklearn() -> None:
    users: dict[str, set[str]] = {"yaml": set(), "click": set(), "pytest": set(), "sklearn": set()}
    commands = {f"commands/{file.name}" for file in PACKAGE.glob("commands/[a-z]*.py")}
    for file in PACKAGE.rglob("*.py"):
        for module, _ in imports(file.read_text(encoding="utf-8")):
            if module.partition(".")[0] in users:
                users[module.partition(".")[0]].add(file.relative_to(PACKAGE).as_posix())
    assert users == {
        "yaml": {"text/document.py"},
        "click": {"cli.py"} | commands,
        "pytest": {"pytest_plugin.py"},
        "sklearn": {"sklearn.py"},
    }
