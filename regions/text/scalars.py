"""YAML 1.2's core schema: what a plain scalar stands for.

PyYAML's own resolver also takes `1_000` for a number and `017` for an octal one, as YAML 1.1
did; the core schema has neither.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Scalar: TypeAlias = bool | int | float | str | None

_CONSTANTS: dict[str, Scalar] = {
    "": None,
    **dict.fromkeys(("~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")

_MAX_DIGITS = 300
"""Digits of an integer kept as one: below 10^300 it fits a double; more digits become a float."""


def resolve(text: str) -> Scalar:
    """A plain scalar by YAML 1.2's core schema: null, bool, int, float or text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    # Only these can begin a number; most text is told apart by its first character.
    if text[0] not in "-+.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= _MAX_DIGITS else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_BASE.fullmatch(text) and len(text) <= _MAX_DIGITS // 2:
        return int(text, 0)
    return text
