"""The spec language as pydantic models: what a document may say, checked all at once.

A node of the shape tree is a mapping with exactly one shape key. That key chooses the node's model,
so that a mistake in a circle is reported for the circle only. The shape fields hold finished shapes
(`ReadAs`): what the constructors, Shapely or the importers refuse stands at the field it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, TypeAlias, Union

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
)
from pydantic.fields import FieldInfo

from regions.geometry.boxes import has_area
from regions.shape import model
from regions.shape.bounds import default_window
from regions.shape.derived_written import (
    CAPSULE,
    DERIVED_BODIES,
    REGULAR,
    ROUNDED_BOX,
    SECTOR,
    STAR,
    Distance,
    HullBody,
    hull,
    offset,
)
from regions.shape.expect import EXPECT, EXPECT_BODIES
from regions.shape.fields import (
    NESTING_KEYS,
    WAYS,
    Fault,
    Name,
    ReadAs,
    Siblings,
    Text,
    Window,
    either,
    fault,
    faults,
    wanted,
)
from regions.shape.modifiers_written import MODIFIER_BODIES, Modified, modified
from regions.shape.outline_words import OUTLINE_BODIES, PATH, SVG, TEXT
from regions.shape.reuse import NAMES, USE, definitions
from regions.shape.written import (
    ANNULUS,
    BODIES,
    BOX,
    CIRCLE,
    CONIC,
    ELLIPSE,
    GEOJSON,
    HALFPLANE,
    POLYGON,
    POLYNOMIAL,
    WKT,
    Strict,
)
from regions.text.document import MAX_NESTING
from regions.text.places import Path, Value
from regions.text.wording import described, unknown_key


def _complement(shape: model.Shape, beside: Siblings) -> model.Complement:
    return model.Complement(shape, beside.name)


def _shape_list() -> Any:
    """A field of its own for each boolean: pydantic 2.11.0 writes what it learns into the field."""
    examples = [[{"box": [0, 0, 4, 3]}, {"circle": {"center": [4, 0], "radius": 1}}]]
    return Field(description="A list of shapes.", examples=examples)


def _operands(kind: Callable[..., model.Shape], least: int) -> ReadAs:
    """A list of at least so many shapes, combined by a boolean."""
    return ReadAs(
        lambda: Annotated[list[Node], wanted(list, "a list of shapes"), Field(min_length=least)],
        lambda shapes, beside: kind(tuple(shapes), beside.name),
    )


class _Node(Modified):
    name: Name | None = Field(
        default=None, description="Begins the names of the shape's units.", examples=["roof"]
    )


class _Mendable(_Node):
    repair: Annotated[bool, wanted(bool, "true or false")] = Field(
        default=False,
        description="Mend an invalid polygon with Shapely's make_valid and keep what has an area.",
        examples=[True],
    )


class PolygonNode(_Mendable):
    """A polygon: a ring of points, or an exterior with holes."""

    polygon: Annotated[model.Polygonal, POLYGON] = Field(
        description="A ring [[x, y], ...], closed by itself, or {exterior, holes}.",
        examples=[[[0, 0], [4, 0], [0, 4]]],
    )


class BoxNode(_Node):
    """A closed rectangle with sides parallel to the axes."""

    box: Annotated[model.Box, BOX] = Field(
        description="[xmin, ymin, xmax, ymax].", examples=[[0, 0, 4, 3]]
    )


class CircleNode(_Node):
    """A closed disc."""

    circle: Annotated[model.Circle, CIRCLE] = Field(
        description="{center, radius}.", examples=[{"center": [0, 0], "radius": 1}]
    )


class EllipseNode(_Node):
    """A closed ellipse."""

    ellipse: Annotated[model.Ellipse, ELLIPSE] = Field(
        description="{center, radii, angle}.",
        examples=[{"center": [0, 0], "radii": [2, 1], "angle": 30}],
    )


class AnnulusNode(_Node):
    """The closed ring between two circles."""

    annulus: Annotated[model.Annulus, ANNULUS] = Field(
        description="{center, inner, outer}; both circles belong to it.",
        examples=[{"center": [0, 0], "inner": 1, "outer": 2}],
    )


class HalfPlaneNode(_Node):
    """A closed half-plane."""

    halfplane: Annotated[model.HalfPlane, HALFPLANE] = Field(
        description="[a, b, c], the points with a*x + b*y + c >= 0; or {through: two points}.",
        examples=[[1, 0, 0], {"through": [[0, 0], [1, 0]]}],
    )


class ConicNode(_Node):
    """All points where a polynomial of degree 2 is at least 0."""

    conic: Annotated[model.Algebraic, CONIC] = Field(
        description="An inequality of degree 2 at most, or the coefficients of what is >= 0.",
        examples=["x^2 - y^2 <= 1", {"xx": -1, "yy": 1, "one": 1}],
    )


class PolynomialNode(_Node):
    """All points where a polynomial inequality holds."""

    polynomial: Annotated[model.Algebraic, POLYNOMIAL] = Field(
        description="An inequality of degree 6 at most, with <= or >=.",
        examples=["(x^2 + y^2 - 1)^3 <= x^2*y^3"],
    )


class WktNode(_Mendable):
    """A polygon or multipolygon in WKT."""

    wkt: Annotated[model.Polygonal, WKT] = Field(
        description="POLYGON ((...)) or MULTIPOLYGON (((...))), or {file: path}.",
        examples=["POLYGON ((0 0, 4 0, 0 4, 0 0))", {"file": "shape.wkt"}],
    )


class GeoJsonNode(_Mendable):
    """Polygons of a GeoJSON file."""

    geojson: Annotated[model.Shape, GEOJSON] = Field(
        description="The path of a GeoJSON file, or {file, where}.",
        examples=["map.geojson", {"file": "map.geojson", "where": {"name": "Poland"}}],
    )


class SectorNode(_Node):
    """The part of a disc or of an annulus between two directions; closed."""

    sector: Annotated[model.Intersection, SECTOR] = Field(
        description="{center, radius, from, to, inner}; degrees, counter-clockwise.",
        examples=[{"center": [0, 0], "radius": 2, "from": 0, "to": 90}],
    )


class CapsuleNode(_Node):
    """All points within a distance of a segment."""

    capsule: Annotated[model.Union, CAPSULE] = Field(
        description="{from, to, radius}.",
        examples=[{"from": [0, 0], "to": [4, 0], "radius": 1}],
    )


class RoundedBoxNode(_Node):
    """A box with round corners."""

    rounded_box: Annotated[model.Union, ROUNDED_BOX] = Field(
        description="{box, radius}.", examples=[{"box": [0, 0, 4, 3], "radius": 1}]
    )


class RegularNode(_Node):
    """A regular polygon."""

    regular: Annotated[model.Polygonal, REGULAR] = Field(
        description="{sides, radius, center, angle}.", examples=[{"sides": 6, "radius": 1}]
    )


class StarNode(_Node):
    """A star."""

    star: Annotated[model.Polygonal, STAR] = Field(
        description="{points, outer, inner, center, angle}.",
        examples=[{"points": 5, "outer": 2, "inner": 1}],
    )


HULL = ReadAs(
    lambda: either(
        Annotated[list[Node], Field(min_length=1)],
        list,
        HullBody,
        "a list of shapes or a mapping {points: [[x, y], ...]}",
    ),
    hull,
)


class HullNode(_Node):
    """The convex hull of points or of straight shapes."""

    hull: Annotated[model.Polygonal, HULL] = Field(
        description="{points: [[x, y], ...]}, or a list of polygons and boxes.",
        examples=[
            {"points": [[0, 0], [4, 0], [1, 1], [0, 4]]},
            [{"box": [0, 0, 1, 1]}, {"box": [3, 3, 4, 4]}],
        ],
    )


class OffsetBody(Strict):
    """A straight shape, and how far to grow or to shrink it."""

    shape: Annotated[model.Shape, ReadAs(lambda: Node, lambda shape, _: shape)] = Field(
        description="A polygon or a box; to grow, also a union of these; to shrink, also an "
        "intersection.",
        examples=[{"box": [0, 0, 4, 3]}],
    )
    by: Distance = Field(
        description="The distance: greater than 0 to grow, less than 0 to shrink.", examples=[1]
    )


OFFSET = ReadAs(
    Annotated[OffsetBody, wanted(dict, "a mapping {shape: ..., by: r}")],
    lambda body, beside: offset(body.shape, body.by, beside),
)


class OffsetNode(_Node):
    """A straight shape, grown with round corners, or shrunk."""

    offset: Annotated[model.Shape, OFFSET] = Field(
        description="{shape, by}.", examples=[{"shape": {"box": [0, 0, 4, 3]}, "by": 1}]
    )


class PathNode(_Node):
    """What a path of lines and curves encloses."""

    path: Annotated[model.Path, PATH] = Field(
        description="SVG path data, y upwards, or {d, fill}.",
        examples=["M 0 0 h 4 a 2 2 0 0 1 -4 0 z", {"d": "M 0 0 h 4 v 3 z", "fill": "evenodd"}],
    )


class SvgNode(_Node):
    """What the elements of an SVG file fill."""

    svg: Annotated[model.Shape, SVG] = Field(
        description="The path of an SVG file, or {file: path}.", examples=["gear.svg"]
    )


class TextNode(_Node):
    """The letters of a text."""

    text: Annotated[model.Shape, TEXT] = Field(
        description="A text, or {string, font, size, at}.",
        examples=["regions", {"string": "regions", "size": 2, "at": [0, 0]}],
    )


class UnionNode(_Node):
    """The points of at least one of the shapes."""

    union: Annotated[model.Union, _operands(model.Union, 1)] = _shape_list()


class IntersectionNode(_Node):
    """The points of all the shapes."""

    intersection: Annotated[model.Intersection, _operands(model.Intersection, 1)] = _shape_list()


class DifferenceNode(_Node):
    """The points of the first shape that are in none of the others."""

    difference: Annotated[model.Difference, _operands(model.Difference, 2)] = _shape_list()


class SymmetricDifferenceNode(_Node):
    """The points of an odd number of the shapes."""

    symmetric_difference: Annotated[
        model.SymmetricDifference, _operands(model.SymmetricDifference, 2)
    ] = _shape_list()


class ComplementNode(_Node):
    """The points that are not in the shape."""

    complement: Annotated[model.Complement, ReadAs(lambda: Node, _complement)] = Field(
        description="One shape.", examples=[{"box": [0, 0, 4, 3]}]
    )


class UseNode(_Node):
    """A shape that is defined at the top."""

    use: Annotated[model.Shape, USE] = Field(
        description="The name of a shape under `define`.", examples=["roof"]
    )


UNBOUNDED = (
    "the shape may be unbounded (half-planes and complements reach to infinity, and so do many "
    "conics and polynomials)"
)

NODES: dict[str, type[_Node]] = {
    "polygon": PolygonNode,
    "box": BoxNode,
    "circle": CircleNode,
    "ellipse": EllipseNode,
    "annulus": AnnulusNode,
    "halfplane": HalfPlaneNode,
    "conic": ConicNode,
    "polynomial": PolynomialNode,
    "wkt": WktNode,
    "geojson": GeoJsonNode,
    "sector": SectorNode,
    "capsule": CapsuleNode,
    "rounded_box": RoundedBoxNode,
    "regular": RegularNode,
    "star": StarNode,
    "hull": HullNode,
    "offset": OffsetNode,
    "path": PathNode,
    "svg": SvgNode,
    "text": TextNode,
    "union": UnionNode,
    "intersection": IntersectionNode,
    "difference": DifferenceNode,
    "symmetric_difference": SymmetricDifferenceNode,
    "complement": ComplementNode,
    "use": UseNode,
}
"""Every shape key with the model of the node it makes."""

_BODIES: dict[str, type[Strict]] = {
    **BODIES,
    **OUTLINE_BODIES,
    **DERIVED_BODIES,
    **MODIFIER_BODIES,
    **EXPECT_BODIES,
    "offset": OffsetBody,
}
_BESIDE = tuple(_Mendable.model_fields)


def _tag(key: str) -> str:
    return "\0" + key


def _tag_of(value: object) -> str | None:
    """The tag of a node that `_checked_node` has let through."""
    assert isinstance(value, dict)
    return next((_tag(key) for key in value if key in NODES), None)


def _checked_node(value: object) -> object:
    """Lets mappings with exactly one shape key through."""
    if not isinstance(value, dict):
        right = "give a mapping such as {circle: {center: [0, 0], radius: 1}}"
        if isinstance(value, list):
            right = "say how to combine the list: put it under `union:` or another operation"
        raise fault(f"found {described(value)} in place of a shape; {right}")
    found = [key for key in value if key in NODES]
    if len(found) > 1:
        both = " and ".join(f"'{key}'" for key in found)
        message = f"{both} stand in one shape; keep one, or make a list of shapes under `union:`"
        raise faults([Fault((found[1],), message, at_key=True)])
    if found:
        return value
    unknown = [key for key in value if key not in _BESIDE]
    if unknown:
        known = [*NODES, *_BESIDE]
        raise faults(Fault((key,), unknown_key(key, known), at_key=True) for key in unknown)
    raise fault(f"there is no shape here; give one of {', '.join(NODES)}")


_AnyNode: Any = Annotated[
    Union[tuple(Annotated[node, Tag(_tag(key))] for key, node in NODES.items())],  # noqa: UP007
    Discriminator(_tag_of),
    BeforeValidator(_checked_node),
]


def _held_shape(node: _Node, beside: Siblings) -> model.Shape:
    key = next(key for key in type(node).model_fields if key in NODES)
    return modified(getattr(node, key), node, beside.effort)


Node: TypeAlias = Annotated[model.Shape, ReadAs(lambda: _AnyNode, _held_shape)]


_DEFINE = ReadAs(lambda: definitions(Node), lambda made, _: made)


class SpecBody(Strict):
    """A region of the plane, described by a shape."""

    name: Name | None = Field(
        default=None, description="Title; by default the file's name.", examples=["war zone a"]
    )
    about: Text | None = Field(
        default=None,
        description="One sentence about the shape.",
        examples=["A triangle on top of a square."],
    )
    define: Annotated[dict[str, object], _DEFINE] | None = Field(
        default=None,
        description="Names for numbers and shapes; each may use those above it.",
        examples=[{"r": 2, "wheel": {"circle": {"center": [0, 0], "radius": "r/2"}}}],
        json_schema_extra=NAMES,
    )
    window: Window | None = Field(
        default=None,
        description="[xmin, ymin, xmax, ymax]: what is drawn and compared; needed where the shape "
        "reaches to infinity. Default: the bounds and 10 % around.",
        examples=[[-1, -1, 7, 9]],
    )
    shape: Node = Field(
        description="The region: a mapping with one shape key.", examples=[{"box": [0, 0, 4, 3]}]
    )
    expect: Annotated[model.Expectation, EXPECT] | None = Field(
        default=None,
        description="What must hold of the network.",
        examples=[{"inside": [[3, 5]], "outside": [[0.5, 1]], "area": 28}],
    )

    @field_validator("shape")
    @classmethod
    def _has_window(cls, shape: model.Shape, info: ValidationInfo) -> model.Shape:
        """Refuses a shape for which no window can be chosen where none is given."""
        if info.data.get("window", shape) is not None:
            return shape  # There is one, or one that has been refused already.
        window = default_window(shape)
        if window is None:
            raise fault(f"{UNBOUNDED}; add `window: [xmin, ymin, xmax, ymax]` at the top")
        if not has_area(window):
            what = "the shape is too small, or too far from [0, 0], to tell its sides apart"
            raise fault(f"{what}; move or enlarge it")
        return shape


def grammar(location: tuple[str | int, ...]) -> dict[str, FieldInfo]:
    """The keys of the mapping at an error's place, by the last key or tag on the way there."""
    last = next((p for p in reversed(location) if isinstance(p, str) and p not in WAYS), "")
    found = NODES[last[1:]] if last.startswith("\0") else _BODIES.get(last, SpecBody)
    return {field.alias or key: field for key, field in found.model_fields.items()}


def too_deep(data: Value) -> Path | None:
    """The place of the first shape of shapes below `MAX_NESTING` others, if there is one."""
    stack: list[tuple[Value, Path, int]] = []
    if isinstance(data, dict):
        stack.append((data.get("shape"), ("shape",), 0))
        define = data.get("define")
        if isinstance(define, dict):
            stack += [(node, ("define", name), 0) for name, node in define.items()]
    while stack:
        node, path, above = stack.pop()
        if not isinstance(node, dict):
            continue
        for key in NESTING_KEYS:
            if key not in node:
                continue
            if above == MAX_NESTING:
                return (*path, key)
            stack.extend(
                (member, (*path, key, *step), above + 1) for member, step in _below(node[key])
            )
    return None


def _below(value: Value) -> Iterator[tuple[Value, Path]]:
    """Where shapes may stand under a key: the value, the members of a list, or under `shape`."""
    if isinstance(value, list):
        yield from ((member, (index,)) for index, member in enumerate(value))
    else:
        yield value, ()
    if isinstance(value, dict) and "shape" in value:
        yield value["shape"], ("shape",)


def json_schema() -> dict[str, Any]:
    """The language as a JSON Schema (2020-12), for editors that complete and check YAML."""
    schema = SpecBody.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
