"""What every node of the shape tree may say beside its shape key, and any node.

The grammar is a circle, for nodes hold nodes: what any node is, is asked for when the models are
built.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Field

from regions.shape import model
from regions.shape.fields import Name
from regions.shape.keys import SHAPE_KEYS
from regions.shape.modifier_keys import Modified, modified
from regions.shape.reading import ReadAs, Siblings, wanted


class ShapeNode(Modified):
    """A shape key, which the models of the nodes add, a name and modifiers."""

    name: Name | None = Field(
        default=None, description="Begins the names of the shape's units.", examples=["roof"]
    )


class MendableNode(ShapeNode):
    """One whose polygons may be invalid."""

    repair: Annotated[bool, wanted(bool, "true or false")] = Field(
        default=False,
        description="Mend an invalid polygon with Shapely's make_valid and keep what has an area.",
        examples=[True],
    )


def _any_node() -> Any:
    from regions.shape.schema import AnyNode

    return AnyNode


def _held_shape(node: ShapeNode, beside: Siblings) -> model.Shape:
    key = next(key for key in type(node).model_fields if key in SHAPE_KEYS)
    return modified(getattr(node, key), node, beside.effort)


Node: TypeAlias = Annotated[model.Shape, ReadAs(_any_node, _held_shape)]
"""A finished shape, written as a node of any kind."""
