"""The rule of names: what a shape may be called, since its name begins its units' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MAX_LENGTH = 80
"""Characters of a name: longer ones do not fit a picture or a table."""

FORBIDDEN = ".[]~#'\"`"
"""They have a meaning in units' names, such as `house.edge[3]`, or in files that quote names."""


def name_fault(name: str) -> str | None:
    """Why `name` cannot be used, and what would be right; None if it can."""
    wrong = sorted({c for c in name if c in FORBIDDEN or not c.isprintable()})
    if not name.strip():
        return "the name is empty; give a word or leave `name` out"
    if name != name.strip():
        return "the name begins or ends with a space; remove it"
    if wrong:
        shown = " ".join(f"'{c}'" if c.isprintable() else f"U+{ord(c):04X}" for c in wrong)
        return f"the name holds {shown}; use letters, digits, spaces, _ and -"
    if name.startswith("not "):
        return "a name may not start with 'not ', which marks negated units; choose another"
    if len(name) > MAX_LENGTH:
        return f"the name has {len(name)} characters; use at most {MAX_LENGTH}"
    return None


def name_from_stem(stem: str) -> str:
    """A file's stem as a name: underscores become spaces, forbidden characters hyphens.

    The `.region` of `house.region.yaml`, by which a test suite knows its specs, is no part of it.
    """
    plain = stem.removesuffix(".region")
    spaced = "".join(
        " " if c == "_" else "-" if c in FORBIDDEN or not c.isprintable() else c for c in plain
    )
    name = " ".join(spaced.split())[:MAX_LENGTH].strip().removeprefix("not ")
    return name if name and name_fault(name) is None else "shape"


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, those that come again with a number: `e`, `e 2`, `e 3`."""
    used: set[str] = set()
    count: dict[str, int] = {}
    for name in names:
        new = name
        while new in used:
            count[name] = count.get(name, 1) + 1
            mark = f" {count[name]}"
            new = name[: MAX_LENGTH - len(mark)].rstrip() + mark
        used.add(new)
        yield new
