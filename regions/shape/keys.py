"""The keys under which shapes are written."""

from __future__ import annotations

BOOLEAN_KEYS = ("union", "intersection", "difference", "symmetric_difference", "complement")
PRIMITIVE_KEYS = (
    "polygon",
    "box",
    "circle",
    "ellipse",
    "annulus",
    "halfplane",
    "conic",
    "polynomial",
    "wkt",
    "geojson",
)
DERIVED_KEYS = (
    "sector",
    "capsule",
    "rounded_box",
    "regular",
    "star",
    "hull",
    "offset",
)
OUTLINE_KEYS = ("path", "svg", "text")
SHAPE_KEYS = (*PRIMITIVE_KEYS, *DERIVED_KEYS, *OUTLINE_KEYS, *BOOLEAN_KEYS, "use")
"""A node of the tree holds exactly one of these."""

NESTING_KEYS = ("hull", "offset", *BOOLEAN_KEYS)
"""Shapes stand under these."""
