"""Kernels as plain Python, with one piece of them replaced: to see that a fault would be seen."""

from __future__ import annotations

from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any


def interpreted(modules: tuple[ModuleType, ...], old: str, new: str) -> dict[str, Any]:
    """The modules' kernels, not compiled, in a scope of their own; `old` must stand in one."""
    scope: dict[str, Any] = {}
    found = 0
    for module in modules:
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        found += text.count(old)
        names: dict[str, Any] = {}
        exec(compile(text.replace(old, new), str(module.__file__), "exec"), names)
        # What one module takes from the other is replaced, too.
        scope.update({name: value for name, value in names.items() if name not in scope})
        for function in names["CALLEES_FIRST"]:
            name = function.__name__
            scope[name] = FunctionType(function.__code__, scope, name)
    assert found > 0
    return scope
