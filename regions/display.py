"""How an object gets its picture in a notebook, though it stands below those who draw.

Notebooks ask the object itself, by `_repr_svg_` and `_repr_html_`. Networks and shapes know no
drawing: so the head of the package (`regions/__init__.py`) says which module paints, and that is
imported when a notebook first asks.
"""

from __future__ import annotations

from importlib import import_module

_painters: list[str] = []


def paint_with(module: str) -> None:
    """Name the module whose functions paint; it is not imported yet."""
    _painters[:] = [module]


def painted(function: str, subject: object) -> str | None:
    """What a function of that module makes of an object: SVG or HTML, or None for no such form."""
    (module,) = _painters
    made: str | None = getattr(import_module(module), function)(subject)
    return made
