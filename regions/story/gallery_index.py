"""The gallery's two indices: a README for code hosts and text editors, and a page for browsers."""

from __future__ import annotations

import html
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from regions.check.compare import Report
from regions.compiler import Build
from regions.network.model import Network
from regions.shape.model import Spec
from regions.text.wording import counted

README, PAGE = "README.md", "index.html"

HEADING = "# Gallery"
DOCTYPE = "<!doctype html>\n<!-- drawn by regions gallery -->"
"""How the files begin, by which they are known again."""

NO_GROUP = "More"
"""Heading of the shapes that name none; it comes last."""

THUMBNAIL = 280
"""Width of a picture in the README, in the browser's pixels."""

COLUMNS = 3

_ABOUT = (
    "Every picture is drawn by `regions gallery` from the spec named below it: the region is the\n"
    "network's own answer at each pixel, the outline is Shapely's. Behind each picture stands its\n"
    "story: spec, lines, network, its sum and the result on one page."
)


@dataclass(frozen=True, eq=False)
class Entry:
    """One spec of the gallery.

    Attributes:
        source: The spec's file.
        picture: The PNG that shows its region.
        story: The PNG that tells how it is made.
        spec: What the file says.
        made: What was compiled.
        report: What the raster check found.
    """

    source: Path
    picture: Path
    story: Path
    spec: Spec
    made: Build
    report: Report

    @property
    def network(self) -> Network:
        """The network that is drawn."""
        return self.made.network


@dataclass(frozen=True)
class _Shown:
    """An entry as text for HTML."""

    name: str
    about: str
    source: str
    file: str
    picture: str
    story: str
    sizes: str
    strategy: str
    agreement: str

    @classmethod
    def of(cls, entry: Entry, output: Path) -> _Shown:
        network, report = entry.network, entry.report
        parts = (network.n_separators, "separator"), (network.n_gates, "gate")
        sizes = " + ".join(counted(number, noun) for number, noun in parts if number)
        return cls(
            name=html.escape(entry.spec.name),
            about=html.escape(entry.spec.about),
            source=_link(entry.source, output),
            file=html.escape(entry.source.name),
            picture=_link(entry.picture, output),
            story=_link(entry.story, output),
            sizes=f"{sizes}: size {network.size:,}, depth {network.depth}",
            strategy=html.escape(entry.made.strategy),
            agreement=f"{report.agreement}, {report.mismatched} of {report.pixels:,} pixels differ",
        )


def readme(entries: Sequence[Entry], output: Path) -> str:
    """Tables of thumbnails, a heading for each group."""
    sections = [
        f"## {html.escape(group)}\n\n<table>\n{_rows(members, output)}</table>\n"
        for group, members in groups(entries)
    ]
    return f"{HEADING}\n\n{_ABOUT}\n\n" + "\n".join(sections)


def groups(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Entries by group, the groups by name."""

    def order(entry: Entry) -> tuple[bool, str]:
        return not entry.spec.group, entry.spec.group

    for (_, group), members in groupby(sorted(entries, key=order), key=order):
        yield group or NO_GROUP, list(members)


def _link(path: Path, output: Path) -> str:
    return quote(os.path.relpath(path, output).replace(os.sep, "/"))


def _rows(entries: Sequence[Entry], output: Path) -> str:
    shown = [_Shown.of(entry, output) for entry in entries]
    rows = [shown[i : i + COLUMNS] for i in range(0, len(shown), COLUMNS)]
    return "".join(f"<tr>\n{''.join(map(_cell, row))}</tr>\n" for row in rows)


def _cell(shown: _Shown) -> str:
    return (
        f'<td valign="top" width="{THUMBNAIL}">\n'
        f'<a href="{shown.story}"><img src="{shown.picture}" width="{THUMBNAIL}" '
        f'alt="{shown.name}"></a><br>\n'
        f'<b>{shown.name}</b> (<a href="{shown.source}">{shown.file}</a>, '
        f'<a href="{shown.story}">story</a>)<br>\n'
        f"{shown.about}<br>\n"
        f"{shown.sizes}, by <code>{shown.strategy}</code><br>\n"
        f"{shown.agreement}\n"
        "</td>\n"
    )


def web_page(entries: Sequence[Entry], output: Path) -> str:
    """One page without scripts, light or dark as the reader's system is."""
    found = list(groups(entries))
    links = " \u00b7 ".join(f'<a href="#{_anchor(g)}">{html.escape(g)}</a>' for g, _ in found)
    sections = "".join(
        f'<h2 id="{_anchor(group)}">{html.escape(group)}</h2>\n<div class="cards">\n'
        + "".join(_card(_Shown.of(entry, output)) for entry in members)
        + "</div>\n"
        for group, members in found
    )
    about = html.escape(_ABOUT.replace("\n", " ")).replace("`", "")
    return (
        f"{DOCTYPE}\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>regions: gallery</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Gallery</h1>\n<p>{about}</p>\n<p>{links}</p>\n{sections}</body>\n</html>\n"
    )


def _anchor(group: str) -> str:
    return quote("-".join(group.lower().split()))


def _card(shown: _Shown) -> str:
    return (
        f'<figure><a href="{shown.story}"><img src="{shown.picture}" alt="{shown.name}" '
        'width="900" height="900" loading="lazy"></a>\n'
        f'<figcaption><b>{shown.name}</b> <a href="{shown.source}">{shown.file}</a>'
        f"<br>{shown.about}"
        f"<br><small>{shown.sizes}, by {shown.strategy}. {shown.agreement}.</small>"
        "</figcaption></figure>\n"
    )


_STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
a { color: light-dark(#0059a0, #7cc4f8); }
h2 { margin-top: 2.5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.5rem; }
figure { margin: 0; border: 1px solid light-dark(#d9d9d9, #444); border-radius: 8px; }
figcaption, figure > a { display: block; padding: 12px; }
img { width: 100%; height: auto; border-radius: 4px; background: white; }
small { color: light-dark(#555, #aaa); }
"""
