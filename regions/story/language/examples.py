"""The examples of a page that have a picture beside them.

A picture on the right belongs to the next YAML block:

    <img align="right" width="210" src="pictures/language/box.png" alt="...">

    ```yaml
    shape: {box: [0, 0, 4, 3]}
    ```
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

_PICTURE = re.compile(r'<img align="right" .*src="pictures/language/(\w+)\.png"')
_BEGIN, _END = "```yaml", "```"


@dataclass(frozen=True)
class Example:
    """A document on the page, and the name of its picture."""

    name: str
    text: str


def examples(page: str) -> list[Example]:
    """All examples with pictures, in the order of the page."""
    found = []
    name: str | None = None
    lines = iter(page.splitlines(keepends=True))
    for line in lines:
        if picture := _PICTURE.match(line):
            name = picture[1]
        elif line.rstrip() == _BEGIN:
            text = "".join(takewhile(lambda inner: inner.rstrip() != _END, lines))
            if name is not None:
                found.append(Example(name, text))
            name = None
    return found
