"""What the proof by signs costs (`check/curved.py`): combinations of signs, or boxes.

If all atoms together have few combinations of signs, these are compared, and time goes by them.
Otherwise the window is divided, and time goes by its boxes: so many for each border that has to be
parted from those it crosses, and for a polygon so many for each two of its corners, since it has an
atom for the height of each. Curves that touch, or nearly coincide, take more boxes than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
import shapely

from regions.check.cost.tiles import edge_vectors
from regions.check.curved import CELLS
from regions.check.curves.agreement import MOST_CASES_AT_ONCE
from regions.geometry.segments import Cubic, Segment
from regions.network.model import Floats, Network
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Ellipse,
    HalfPlane,
    Path,
    Polygonal,
    Shape,
    bottom_up,
)

CASE = 4e-8
"""Seconds for one atom or unit in one combination: 2e-8 to 7e-8 were measured."""

BOXES_A_BORDER = 10
"""3 to 11 were counted among discs, triangles and ellipses at random."""

BOXES_A_PAIR = 0.6
"""For each two corners, in either order: 0.24 for Poland, 0.59 for a regular polygon."""

BOX = 7e-4
"""Seconds, and besides"""

BOX_WIDTH = 1e-6
"""seconds for each atom or unit."""

PIECES_OF_A_CUBIC = 12
"""About six conics were counted in icons, and twice as many boxes for each: they are alike."""

TURNED = 0.03
"""Seconds for an ellipse off the axes, whose coefficients are long."""


@dataclass(frozen=True)
class Sizes:
    """What there is to look at.

    Attributes:
        level: Straight atoms along the x-axis.
        upright: And along the y-axis.
        slanted: All other straight atoms.
        curves: Atoms of a higher degree.
        units: Of the network.
        turned: Ellipses off the axes.
        pairs: Sum of the squares of the polygons' numbers of corners, and of all paths' pieces.
    """

    level: int
    upright: int
    slanted: int
    curves: int
    units: int
    turned: int = 0
    pairs: int = 0

    @classmethod
    def of(cls, network: Network, shape: Shape) -> Sizes:
        """Count. Separators are taken for the shape's borders, as many of them as it has."""
        level: set[float] = set()
        upright: set[float] = set()
        conics: set[tuple[object, ...]] = set()
        edges = slanted = turned = pairs = pieces = 0
        for node in bottom_up(shape):
            match node:
                case Box():
                    level |= {node.ymin, node.ymax}
                    upright |= {node.xmin, node.xmax}
                    edges += 4
                case Polygonal(geometry):
                    steps = edge_vectors(node)
                    level.update(shapely.get_coordinates(geometry)[:, 1].tolist())
                    upright.update(_upright(geometry))
                    edges += len(steps)
                    slanted += int((steps != 0).all(axis=1).sum())
                    pairs += len(steps) ** 2
                case HalfPlane():
                    edges += 1
                    slanted += 1
                case Algebraic(polynomial) if polynomial.degree == 1:
                    edges += 1
                    slanted += 1
                case Algebraic(polynomial):
                    conics.add((polynomial,))
                case Circle(center, radius):
                    conics.add((center, radius))
                case Annulus(center, inner, outer):
                    conics |= {(center, inner), (center, outer)}
                case Ellipse(center, radii, angle):
                    conics.add((center, radii, angle))
                    turned += angle % 90 != 0
                case Path(contours):
                    pieces += sum(map(_pieces, chain.from_iterable(contours)))
                case _:
                    pass
        # A path has a line for the height of each of its pieces; its chords are separators.
        slanted += pieces
        pairs += pieces**2
        bent = network.weights[:, 2:].any(axis=1)
        return cls(
            level=len(level),
            upright=len(upright),
            slanted=slanted + max(0, int((~bent).sum()) - edges),
            curves=max(len(conics), _distinct(network.weights[bent], network.bias[bent])),
            units=network.size,
            turned=turned,
            pairs=pairs,
        )

    @property
    def lines(self) -> int:
        """Straight atoms."""
        return self.level + self.upright + self.slanted

    @property
    def width(self) -> int:
        """Atoms and units."""
        return self.lines + self.curves + self.units

    @property
    def cases(self) -> int:
        """Combinations of signs: the cells of the lines, each with all signs of the curves."""
        crossings = self.lines**2 - self.level**2 - self.upright**2 - self.slanted
        return int((1 + 2 * self.lines + 2 * crossings) * 3**self.curves)


def seconds_by_signs(sizes: Sizes) -> float:
    """About how long the proof by signs takes."""
    reading = TURNED * sizes.turned
    if sizes.cases <= MOST_CASES_AT_ONCE:
        return reading + CASE * sizes.cases * sizes.width
    return reading + (BOX + BOX_WIDTH * sizes.width) * expected_boxes(sizes)


def expected_boxes(sizes: Sizes) -> float:
    """About how many boxes are looked at: no more than ever are, though some are beyond."""
    boxes = BOXES_A_BORDER * (sizes.lines + sizes.curves) + BOXES_A_PAIR * sizes.pairs
    return min(boxes, CELLS / sizes.width)


def _pieces(segment: Segment) -> int:
    """About how many convex pieces a segment becomes."""
    return PIECES_OF_A_CUBIC if isinstance(segment, Cubic) else 1


def _upright(geometry: shapely.Geometry) -> list[float]:
    """Where edges along the y-axis stand, and where edges along the x-axis end."""
    points, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(geometry)), return_index=True
    )
    within = ring[:-1] == ring[1:]
    same = points[:-1] == points[1:]
    begins = points[:-1, 0][within & same.any(axis=1)]
    ends = points[1:, 0][within & same[:, 1]]
    return [float(x) for x in np.concatenate([begins, ends])]


def _distinct(weights: Floats, bias: Floats) -> int:
    """How many separators there are, but for a factor."""
    rows = np.column_stack([weights, bias])
    lead = rows[np.arange(len(rows)), (rows != 0).argmax(axis=1)]
    with np.errstate(over="ignore"):  # Infinity is as good a number as others to tell them apart.
        return len(np.unique(rows / lead[:, np.newaxis], axis=0))
