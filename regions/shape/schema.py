"""The spec language as pydantic models: what a document may say, checked all at once.

A node of the shape tree is a mapping with exactly one shape key. That key chooses the node's model,
so that a mistake in a circle is reported for the circle only. The shape fields hold finished shapes
(`ReadAs`): what the constructors, Shapely or the importers refuse stands at the field it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Union

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
from regions.shape.algebraic_nodes import ALGEBRAIC_BODIES, ConicNode, PolynomialNode
from regions.shape.bounds import default_window
from regions.shape.derived_nodes import (
    DERIVED_BODIES,
    CapsuleNode,
    RegularNode,
    RoundedBoxNode,
    SectorNode,
    StarNode,
)
from regions.shape.expect import EXPECT, EXPECT_BODIES
from regions.shape.faults import Fault, fault, faults
from regions.shape.fields import Name, Text, Window
from regions.shape.keys import NESTING_KEYS
from regions.shape.modifier_keys import MODIFIER_BODIES
from regions.shape.nested_nodes import (
    NESTED_BODIES,
    ComplementNode,
    DifferenceNode,
    HullNode,
    IntersectionNode,
    OffsetNode,
    SymmetricDifferenceNode,
    UnionNode,
    UseNode,
)
from regions.shape.nodes import MendableNode, Node, ShapeNode
from regions.shape.outline_nodes import OUTLINE_BODIES, PathNode, SvgNode, TextNode
from regions.shape.polygon_nodes import POLYGON_BODIES, GeoJsonNode, PolygonNode, WktNode
from regions.shape.primitive_nodes import (
    PRIMITIVE_BODIES,
    AnnulusNode,
    BoxNode,
    CircleNode,
    EllipseNode,
    HalfPlaneNode,
)
from regions.shape.reading import WAYS, ReadAs
from regions.shape.reuse import NAMES, definitions
from regions.shape.strict import Strict
from regions.text.document import MAX_NESTING
from regions.text.places import Path, Value
from regions.text.wording import described, unknown_key

UNBOUNDED = (
    "the shape may be unbounded (half-planes and complements reach to infinity, and so do many "
    "conics and polynomials)"
)

NODES: dict[str, type[ShapeNode]] = {
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
    **PRIMITIVE_BODIES,
    **POLYGON_BODIES,
    **ALGEBRAIC_BODIES,
    **OUTLINE_BODIES,
    **DERIVED_BODIES,
    **MODIFIER_BODIES,
    **NESTED_BODIES,
    **EXPECT_BODIES,
}
_BESIDE = tuple(MendableNode.model_fields)


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


AnyNode: Any = Annotated[
    Union[tuple(Annotated[node, Tag(_tag(key))] for key, node in NODES.items())],  # noqa: UP007
    Discriminator(_tag_of),
    BeforeValidator(_checked_node),
]


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
    group: Text | None = Field(
        default=None,
        description="The heading under which a gallery lists the shape.",
        examples=["Curves"],
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
