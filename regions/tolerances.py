"""Every tolerance of the program: named, a power of two, with its reason.

The compiler itself has none: it decides by exact predicates. These bound what a *comparison* of two
floating-point programs may leave undecided, and how finely a curve is drawn for Shapely.
"""

ROUNDING = 2.0**-40
"""Part of the extent (about 9e-13) within which our separators and Shapely may disagree.

A separator in normalised coordinates lies within a few 2^-52 of its edge; thirteen bits are kept in
hand for the angle at which two of them cross (corners down to about 1/4000 rad). It says nothing
of the tip of a sharper needle, which may move by more."""

COORDINATE_ROUNDING = 2.0**-50
"""Part of the largest coordinate: Shapely stores the crossings of its overlays rounded to doubles,
far from the origin a larger error than the extent tells."""

FLATTENING = 2.0**-6
"""Part of a pixel by which the reference's polygon for a curve may miss the curve. The contract
allows a tenth; a 64th costs 2.5 times the vertices and leaves fewer pixels undecided."""

LATTICE_BITS = 24
"""Coordinates that are integers of at most 24 bits on a common lattice give exact separators:
differences take 25 bits, the bias 2 * 25 + 1 = 51, below the 53 of a double."""

NEAR_LINE = 2.0**-44
"""Height over an edge's line, relative to |w| times the largest coordinate, below which rounding
could put a vertex on the wrong side: the forward pass errs by less than 2^-50, the rest is margin.
Too large a value costs time, never correctness."""
