"""What pydantic finds, in plain words and at its place in the document."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from regions.errors import Problem
from regions.shape.faults import CONSEQUENCE, FAULT, KEY_FAULT
from regions.shape.keys import SHAPE_KEYS
from regions.text.document import MAX_PROBLEMS
from regions.text.places import Document, Value, shortened
from regions.text.wording import described, nearest, unknown_key

Grammar = Callable[[tuple[str | int, ...]], Mapping[str, FieldInfo]]
"""The keys that may stand in the mapping at an error's place."""


def problems(document: Document, error: ValidationError, grammar: Grammar) -> list[Problem]:
    """Every error as a problem, in the order of the text; the first `MAX_PROBLEMS` of very many.

    A key that is missing because it is misspelt is one problem, not two; and where a definition is
    wrong, so are not its uses.
    """
    details = [d for d in error.errors(include_url=False) if d["type"] != CONSEQUENCE]
    misspelt = {_meant(detail, grammar) for detail in details}
    found = sorted(
        (
            _problem(document, detail, grammar)
            for detail in details
            if detail["type"] != "missing" or detail["loc"] not in misspelt
        ),
        key=lambda problem: (problem.line or 0, problem.column or 0),
    )
    if len(found) > MAX_PROBLEMS:
        rest = len(found) - MAX_PROBLEMS
        more = Problem(f"and {rest} more problems; correct these first", file=document.file)
        return [*found[:MAX_PROBLEMS], more]
    return found


def _meant(detail: ErrorDetails, grammar: Grammar) -> tuple[str | int, ...] | None:
    """The place of the key that an unknown key was probably meant to be."""
    if detail["type"] != "extra_forbidden":
        return None
    *parent, key = detail["loc"]
    known = grammar(tuple(parent))
    near = "shape" if _is_misplaced(key, known) else nearest(str(key), known)
    return None if near is None else (*parent, near)


def _problem(document: Document, detail: ErrorDetails, grammar: Grammar) -> Problem:
    location = detail["loc"]
    path = tuple(part for part in location if not str(part).startswith("\0"))
    match detail["type"]:
        case "extra_forbidden":
            message = _unexpected(str(path[-1]), grammar(location[:-1]))
            return document.problem(path, message, at_key=True)
        case "missing":
            field = grammar(location[:-1])[str(location[-1])]
            return document.problem(path[:-1], _missing(str(path[-1]), field))
        case kind:
            message = _message(detail, document.value(path))
            within = detail.get("ctx", {}).get("within", 0)
            return document.problem(path, message, at_key=kind == KEY_FAULT, within=within)


def _unexpected(key: str, known: Mapping[str, FieldInfo]) -> str:
    if _is_misplaced(key, known):
        return f"'{key}' stands at the top of the document; put it under `shape:`"
    if key == "repair":
        return "'repair' mends only polygon, wkt and geojson; remove it"
    return unknown_key(key, known)


def _is_misplaced(key: object, known: Mapping[str, FieldInfo]) -> bool:
    """Whether a shape stands where the document's own keys belong."""
    return "shape" in known and key in SHAPE_KEYS


def _missing(key: str, field: FieldInfo) -> str:
    example = _as_yaml(field.examples[0]) if field.examples else "..."
    return f"the key '{key}' is missing; add `{key}: {example}`"


def _as_yaml(value: Any) -> str:
    """An example in YAML's flow style, without JSON's quotes around keys and words."""
    return json.dumps(value).replace('"', "")


def _message(detail: ErrorDetails, written: Value) -> str:
    """One error's text: what is wrong; what would be right."""
    context = detail.get("ctx", {})
    found = f"found {described(detail['input'])}"
    if isinstance(written, str) and isinstance(detail["input"], int | float):
        found = f"'{shortened(written)}' comes to {detail['input']:.12g}"
    match detail["type"]:
        case kind if kind in (FAULT, KEY_FAULT):
            return str(context["message"])
        case "float_type":
            return f"{found}; give a number"
        case "int_type" | "int_from_float":
            return f"{found}; give a whole number"
        case "finite_number":
            return f"{found}; give a finite number"
        case "greater_than":
            return f"{found}; give a number greater than {context['gt']:g}"
        case "greater_than_equal":
            return f"{found}; give a number of at least {context['ge']:g}"
        case "less_than_equal":
            return f"{found}; give a number of at most {context['le']:g}"
        case "too_short":
            least = context["min_length"]
            return f"{found}; give at least {least} shape{'s' if least > 1 else ''}"
        case "string_too_short":
            return f"{found}; give the path of a file"
        case _:
            return f"{found}, which has no meaning here; see the language's description"
