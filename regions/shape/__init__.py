"""Shapes: the CSG tree, the documents it is read from, and its independent reference.

The tree's types, for shapes that are built in Python:

    from regions.shape import Box, Circle, Difference
"""

from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    Expectation,
    HalfPlane,
    Intersection,
    Path,
    Polygonal,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
)

__all__ = [
    "Algebraic",
    "Annulus",
    "Box",
    "Circle",
    "Complement",
    "Difference",
    "Ellipse",
    "Expectation",
    "HalfPlane",
    "Intersection",
    "Path",
    "Polygonal",
    "Shape",
    "Spec",
    "SymmetricDifference",
    "Union",
]
