"""Files of other formats, and texts, as spec documents: what `regions import` writes.

Small shapes are written out, large ones named by their file. The document read back gives the same
shape as the file itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

import shapely

from regions.errors import Problem, SpecError
from regions.files import read_bytes
from regions.shape.importers import from_geojson, from_wkt
from regions.shape.lettering import Font, lettered
from regions.shape.model import Pair, Path, Polygonal, Shape, bottom_up, operands
from regions.shape.names import name_from_stem
from regions.shape.path_text import path_commands
from regions.shape.references import MAX_REFERENCED
from regions.shape.svg import from_svg
from regions.text.writing import number_text, quoted, word_text

MOST_VERTICES = 200
"""Of polygons written out: what fits on two screens."""

MOST_SEGMENTS = 5000
"""Of paths written out: a third of the largest document."""

WIDTH = 96
"""Characters of a line."""

Lines = list[str]


@dataclass(frozen=True)
class _Format:
    """How the files with some suffix are read, and the word that names one in a spec."""

    word: str
    read: Callable[[bytes, FilePath], Shape]

    def reference(self, name: str) -> Lines:
        """The node that names a file."""
        if self.word == "wkt":
            return ["wkt:", f"  file: {_named(name)}"]
        return [f"{self.word}: {_named(name)}"]


_GEOJSON = _Format("geojson", lambda data, file: from_geojson(data, file=file))
_FORMATS = {
    ".geojson": _GEOJSON,
    ".json": _GEOJSON,
    ".wkt": _Format("wkt", lambda data, file: from_wkt(data, file=file)),
    ".svg": _Format("svg", lambda data, file: from_svg(data, file=file)),
}


def import_file(file: FilePath, output: FilePath | None = None) -> str:
    """The document for a GeoJSON, WKT or SVG file.

    Args:
        file: Which of them it is, its suffix says.
        output: Where the document is to lie; by default beside the file.

    Raises:
        SpecError: The file cannot be used, or the document would have to name it but is to lie in
            a folder from which it may not.
    """
    made = _FORMATS.get(file.suffix.lower())
    if made is None:
        known = ", ".join(_FORMATS)
        message = f"files that end in '{file.suffix}' are not imported; give one of {known}"
        raise SpecError([Problem(message, file=str(file))])
    shape = made.read(read_bytes(file, MAX_REFERENCED, SpecError), file)
    node = _node(shape)
    if node is None:
        node = made.reference(_beside(file, output))
    return _document(name_from_stem(file.stem), f"Imported from {file.name}.", node)


def import_text(string: str, font: FilePath | None = None, output: FilePath | None = None) -> str:
    """The document for a text, its letters as paths.

    Args:
        string: The text.
        font: A TrueType or OpenType file; by default DejaVu Sans.
        output: Where the document is to lie; by default beside the font.

    Raises:
        SpecError: The font cannot be read or lacks a character; or as for `import_file`.
    """
    chosen = None
    if font is not None:
        chosen = Font(read_bytes(font, MAX_REFERENCED, SpecError), str(font))
    node = _node(lettered(string, font=chosen))
    if node is None:
        node = ["text:", f"  string: {quoted(string)}"]
        node += [f"  font: {_named(_beside(font, output))}"] if font else []
    drawn = "DejaVu Sans" if font is None else font.name
    return _document(name_from_stem(string), f"A text in {drawn}.", node)


def _beside(file: FilePath, output: FilePath | None) -> str:
    """The name by which a document at `output` names a file."""
    if output is None:
        return file.name
    folder = os.path.realpath(output.parent)
    if not FilePath(os.path.realpath(file)).is_relative_to(folder):
        message = (
            "the shape is too large to be written out, so the spec names the file, which must lie "
            f"in the spec's folder or below; write the spec into {file.parent}"
        )
        raise SpecError([Problem(message, file=str(file))])
    return FilePath(os.path.relpath(os.path.realpath(file), folder)).as_posix()


def _named(name: str) -> str:
    """A file's name as YAML holds it."""
    if name.isprintable():
        return word_text(name)
    message = "the spec has to name the file, but its name is no text; rename it"
    raise SpecError([Problem(message, file="".join(c if c.isprintable() else "?" for c in name))])


def _document(name: str, about: str, node: Lines) -> str:
    plain = "".join(c if c.isprintable() else "?" for c in about)
    head = [f"name: {word_text(name)}", f"about: {word_text(plain)}", "shape:"]
    return "\n".join([*head, *_indented(node)]) + "\n"


def _node(shape: Shape) -> Lines | None:
    """The shape written out; None where it is too large, or cannot be given back."""
    vertices = segments = 0
    for part in bottom_up(shape):
        if isinstance(part, Polygonal):
            vertices += shapely.get_num_coordinates(part.geometry)
        elif isinstance(part, Path):
            segments += sum(map(len, part.contours))
    if vertices > MOST_VERTICES or segments > MOST_SEGMENTS:
        return None
    return _written(shape)


def _written(shape: Shape) -> Lines | None:
    """A node's lines: its name, then its shape key."""
    name = [] if shape.name is None else [f"name: {word_text(shape.name)}"]
    body: Lines | None
    match shape:
        case Polygonal(geometry):
            body = _polygon(geometry)
        case Path():
            body = _path(shape)
        case _:
            members = [_written(operand) for operand in operands(shape)]
            body = ["union:"]
            for member in members:
                if member is None:
                    return None
                body += [f"  - {member[0]}", *_indented(member[1:], 4)]
    return None if body is None else name + body


def _path(path: Path) -> Lines | None:
    contours = path_commands(path.contours)
    if contours is None:
        return None
    data = [line for commands in contours for line in _wrapped(commands, 2)]
    if path.fill == "nonzero":
        return ["path: >-", *data]
    return ["path:", "  d: >-", *_indented(data), f"  fill: {path.fill}"]


def _polygon(geometry: shapely.Polygon | shapely.MultiPolygon) -> Lines:
    if isinstance(geometry, shapely.MultiPolygon):
        return _multipolygon(geometry)
    if not geometry.interiors:
        return _ring("polygon:", geometry.exterior)
    holes = [line for hole in geometry.interiors for line in _indented(_ring("-", hole), 4)]
    exterior = _indented(_ring("exterior:", geometry.exterior))
    return ["polygon:", *exterior, "  holes:", *holes]


def _ring(head: str, ring: shapely.LinearRing) -> Lines:
    """A ring of points, its last point left out where it only repeats the first."""
    points = list(ring.coords)
    if points[-2] != points[0]:
        points.pop()
    first, *rest = _wrapped([f"[{_pair(point)}]," for point in points], len(head) + 2)
    lines = [f"{head} [{first.lstrip()}", *rest]
    return [*lines[:-1], lines[-1].removesuffix(",") + "]"]


def _multipolygon(geometry: shapely.MultiPolygon) -> Lines:
    """WKT with every digit: Shapely's own writer drops some of numbers below 1."""
    polygons = []
    for part in geometry.geoms:
        rings = [part.exterior, *part.interiors]
        texts = (", ".join(_pair(point, " ") for point in ring.coords) for ring in rings)
        polygons.append(f"({', '.join(f'({text})' for text in texts)})")
    words = f"MULTIPOLYGON ({', '.join(polygons)})".split(" ")
    return ["wkt: >-", *_wrapped(words, 2)]


def _pair(point: Pair, between: str = ", ") -> str:
    return between.join(map(number_text, point))


def _wrapped(words: Iterable[str], indent: int) -> Lines:
    """Words in lines of at most about `WIDTH` characters; a line break stands for a space."""
    lines: Lines = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(" " * indent + word)
    return lines


def _indented(lines: Sequence[str], by: int = 2) -> Lines:
    return [" " * by + line for line in lines]
