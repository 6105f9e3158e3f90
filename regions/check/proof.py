"""What a proof says: that a network's region is the shape, or a point where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from regions.check.notebook import as_html
from regions.network.exact import exact_trace
from regions.network.model import Network
from regions.network.trace import Trace

Verdict: TypeAlias = Literal[
    "equal",
    "equal except on the boundary",
    "equal except within an undecided area",
    "different",
]

Boundary: TypeAlias = Literal["strict", "ignore"]
"""Whether points on the shape's boundary count."""

DIMENSIONS = ("vertex", "edge", "face")


@dataclass(frozen=True)
class Witness:
    """A point at which network and shape differ.

    Attributes:
        exact: The point, in the user's coordinates.
        point: The nearest doubles; where the cell is too thin for doubles they may lie beside it.
        dimension: Of the cell of the arrangement in which they differ: 0 for a vertex, 1 for an
            edge, 2 for a face.
        network: What the network says there.
        shape: What the shape says.
        cell: Corners `(x, y)` of the closed cell, exact and in order: two for an edge, one for a
            vertex. Of a point in the window, as far as that shows it. Empty where a border is a
            curve: then faces are no polygons.
    """

    exact: tuple[Fraction, Fraction]
    point: tuple[float, float]
    dimension: int
    network: bool
    shape: bool
    cell: tuple[tuple[Fraction, Fraction], ...] = ()

    def __str__(self) -> str:
        x, y = self.point
        place = "inside" if self.shape else "outside"
        return f"says {self.network:d} at ({x:.9g}, {y:.9g}), which is {place} the shape"

    def trace(self, network: Network) -> Trace:
        """What each unit of a network says at the exact point, its weights as they are stored.

        The proof reads separators that are roundings of the shape's lines as these. So in a cell
        that is narrower than such a rounding the region may answer otherwise here than `network`.
        """
        return exact_trace(network, *self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON, the exact point as fractions in text."""
        return {
            "point": list(self.point),
            "exact": [str(coordinate) for coordinate in self.exact],
            "in": DIMENSIONS[self.dimension],
            "network": self.network,
            "shape": self.shape,
        }


@dataclass(frozen=True)
class Proof:
    """What was proved of a network and a shape, on the whole plane unless it says otherwise.

    Attributes:
        verdict: `equal` if they agree at every point; `equal except on the boundary` if all points
            where they differ lie on the shape's boundary, or in what is undecided; `different` if
            the witness does not; `equal except within an undecided area` if no difference was
            found and that area is small.
        lines: Distinct lines and curves of the network's separators and the shape's borders.
        faces: Faces of the arrangement that were compared; those of each tile, where there are
            tiles.
        edges: Its edges.
        vertices: Its vertices.
        tiles: Into how many parts the plane was divided; 1 if it was not.
        distance: Largest distance, within the window and in the user's units, between a separator
            and the line that it is read as: 0 where weights are exact.
        undecided: Area that is left open, within the window and in the user's units.
        window_only: Whether it speaks of the window only, as the plane beyond was not decided.
        curves: How many of `lines` are curves.
        seconds: Time that the proof took; 0 if that was not measured.
        witness: A point where they differ, None if there is none.
    """

    verdict: Verdict
    lines: int
    faces: int
    edges: int
    vertices: int
    tiles: int = 1
    distance: float = 0.0
    undecided: float = 0.0
    window_only: bool = False
    curves: int = 0
    seconds: float = 0.0
    witness: Witness | None = None

    def holds(self, boundary: Boundary = "strict") -> bool:
        """Whether nothing was found to differ that counts."""
        if self.verdict == "equal except on the boundary":
            return boundary == "ignore"
        return self.verdict != "different"

    def __str__(self) -> str:
        told = []
        if self.lines > self.curves:
            told.append(_counted(self.lines - self.curves, "line"))
        if self.curves:
            told.append(_counted(self.curves, "curve"))
        told += [_counted(self.faces, "face"), _counted(self.edges, "edge")]
        told.append(_counted(self.vertices, "vertex", "vertices"))
        if self.tiles > 1:
            told.append(_counted(self.tiles, "tile"))
        if self.undecided:
            told.append(f"undecided area at most {self.undecided:.2g}")
        if self.window_only:
            told.append("within the window")
        if self.distance:
            told.append(f"separators within {self.distance:.2g} of their lines and curves")
        head = "PROVED" if self.holds("ignore") else "DISPROVED"
        if self.seconds:
            told.append(f"{self.seconds:.2g} s")
        text = f"{head} {self.verdict}: {', '.join(told)}"
        return text if self.witness is None else f"{text}\n       {self.witness}"

    def _repr_html_(self) -> str:
        return as_html(str(self), self.holds("ignore"))

    def to_dict(self) -> dict[str, Any]:
        """The contract's keys, ready for JSON."""
        counts = ("lines", "curves", "faces", "edges", "vertices", "tiles")
        keys = ("verdict", *counts, "distance", "undecided", "window_only")
        witness = None if self.witness is None else self.witness.to_dict()
        return {key: getattr(self, key) for key in keys} | {"witness": witness}


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
