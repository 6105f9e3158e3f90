"""The tolerances that several files share: named, powers of two, with their reasons.

The compiler decides by exact predicates. These bound how far its rounded weights may be off, what a
*comparison* of two floating-point programs may leave undecided, and how finely a curve is drawn.
"""

ROUNDING = 2.0**-40
"""Part of the extent (about 9e-13) within which our separators and Shapely may disagree.

A separator in normalised coordinates lies within `FORWARD_ERROR` of its edge; the nine bits between
are for the angle at which two of them cross (see `SLIVER`)."""

COORDINATE_ROUNDING = 2.0**-50
"""Part of the largest coordinate, of the shape or of the window: Shapely stores the crossings of
its overlays rounded to doubles, and a network moves the shape's middle to the origin, both with
a larger error than the window's extent tells, far from the origin or where a shape is far larger
than its window."""

FLATTENING = 2.0**-6
"""Part of a pixel by which the reference's polygon for a curve may miss the curve. The contract
allows a tenth; a 64th costs 2.5 times the vertices and leaves fewer pixels to the shape's own
definition."""

LATTICE_BITS = 24
"""Coordinates that are integers of at most 24 bits on a common lattice give exact separators:
differences take 25 bits, the bias 2 * 25 + 1 = 51, below the 53 of a double."""

SLIVER = 2.0**-9
"""Angle, in radians, below which a corner counts as a needle's tip. Two lines that are off by up to
`FORWARD_ERROR` or `SLACK` each cross within 2^-49 / SLIVER = `ROUNDING` of their corner at any
larger angle; the tips of needles get a line of their own that cuts them off."""

NEAR_LINE = 2.0**-44
"""Height over an edge's line, relative to |w| times the largest coordinate, below which rounding
could put a point on the wrong side: 32 times `FORWARD_ERROR`. Too large a value costs a few units,
never correctness."""

FORWARD_ERROR = 2.0**-49
"""Bound on the error of a computed pre-activation against its edge's exact line, relative to |w|
times the largest coordinate. In units of 2^-53: 2 for the rounded weights, 2 for products and sum,
2 for the bias, 2 for adding it; twice that."""

SLACK = 2.0**-50
"""Raise of a rounded bias, relative to |w|, in a frame where no coordinate exceeds 1. In units of
2^-53: the computed `w . v` of two vertices may each be 3 off the exact cross product, and the sum
with the bias 1: 7 in all, so 8 keep every vertex that lies on or left of the exact line."""
