"""How modifiers are written beside a shape key, and how they are applied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from regions.errors import Problem, SpecError
from regions.geometry import affine
from regions.geometry.affine import Affine, composed
from regions.shape import model
from regions.shape.effort import Effort
from regions.shape.faults import Fault, fault, faults
from regions.shape.fields import Number, Point, Text
from regions.shape.modifiers import MAX_COPIES, circular, grid, moved, repeated
from regions.shape.reading import ONE, PAIR, Evaluated, ReadAs, Siblings, either, row, wanted
from regions.shape.strict import Strict
from regions.text.wording import described

ABOUT = Field(default=(0.0, 0.0), description="The point that stays.", examples=[[0, 0]])
Vector: TypeAlias = Annotated[tuple[Number, Number], row(2, "a vector [dx, dy]")]
Copies = Annotated[int, Field(strict=True, ge=1, le=MAX_COPIES), Evaluated()]


def _one_or_two(value: object) -> str:
    return PAIR if isinstance(value, list) else ONE


Factors: TypeAlias = Annotated[
    Annotated[Number, Tag(ONE)]
    | Annotated[tuple[Number, Number], row(2, "a factor or two factors [sx, sy]"), Tag(PAIR)],
    Discriminator(_one_or_two),
]


class RotateBody(Strict):
    """A turn about a point."""

    by: Number = Field(description="Degrees, counter-clockwise.", examples=[30])
    about: Point = ABOUT


class ScaleBody(Strict):
    """Factors, and the point that stays."""

    by: Factors = Field(description="A factor, or two factors [sx, sy].", examples=[2, [2, 1]])
    about: Point = ABOUT


class MirrorBody(Strict):
    """A line given by two points."""

    through: Annotated[tuple[Point, Point], row(2, "two points [[x, y], [x, y]]")] = Field(
        description="Two points of the mirror's line.", examples=[[[0, 0], [1, 1]]]
    )


class RepeatBody(Strict):
    """A grid of copies."""

    columns: Copies = Field(default=1, description="Copies side by side.", examples=[3])
    rows: Copies = Field(default=1, description="Copies one above the other.", examples=[2])
    step: Vector = Field(
        description="[dx, dy]: from column to column, and from row to row.", examples=[[2, 2]]
    )


class AroundBody(Strict):
    """Copies around a point."""

    count: Copies = Field(description="How many.", examples=[6])
    center: Point = Field(
        default=(0.0, 0.0), description="The point in the middle.", examples=[[0, 0]]
    )
    angle: Number = Field(
        default=360.0,
        description="Degrees; each copy is turned by angle / count more than the one before.",
        examples=[360],
    )


def _translate(vector: model.Pair, _: Siblings) -> Affine:
    return affine.translation(*vector)


def _rotate(written: float | RotateBody, _: Siblings) -> Affine:
    if isinstance(written, RotateBody):
        return affine.rotation(written.by, written.about)
    return affine.rotation(written)


def _scale(written: Any, _: Siblings) -> Affine:
    factors = written.by if isinstance(written, ScaleBody) else written
    about = written.about if isinstance(written, ScaleBody) else affine.ORIGIN
    x, y = factors if isinstance(factors, tuple) else (factors, factors)
    if x == 0 or y == 0:
        raise SpecError([Problem("a factor of 0 leaves nothing with an area; give another")])
    return affine.scaling(x, y, about)


def _mirror(written: str | MirrorBody, _: Siblings) -> Affine:
    if isinstance(written, str):
        return affine.scaling(1, -1) if written == "x" else affine.scaling(-1, 1)
    if written.through[0] == written.through[1]:
        message = "the two points are the same and give no line; give two different points"
        raise SpecError([Problem(message)])
    return affine.reflection(*written.through)


def _affine(six: tuple[float, float, float, float, float, float], _: Siblings) -> Affine:
    made = affine.affine(six)
    if made.determinant == 0:
        message = "a*d - b*c is 0, so the map leaves nothing with an area; change a factor"
        raise SpecError([Problem(message)])
    return made


def _repeat(body: RepeatBody, _: Siblings) -> tuple[Affine, ...]:
    if body.columns * body.rows > MAX_COPIES:
        message = f"{body.columns} x {body.rows} copies are too many; at most {MAX_COPIES} are made"
        raise SpecError([Problem(message)])
    return tuple(grid(body.columns, body.rows, body.step))


def _around(body: AroundBody, _: Siblings) -> tuple[Affine, ...]:
    return tuple(circular(body.count, body.center, body.angle))


def _checked_axis(axis: object) -> object:
    if isinstance(axis, str) and axis not in ("x", "y"):
        raise fault(f"found {described(axis)}; give x, y or {{through: [[x, y], [x, y]]}}")
    return axis


_NUMBER = (int, float, str)
"""A text is told apart further in, as everywhere a number belongs."""

_SIX = "[a, b, c, d, e, f]"
_Six = Annotated[tuple[Number, Number, Number, Number, Number, Number], row(6, _SIX)]

SCALE = ReadAs(
    either(
        Factors,
        (*_NUMBER, list),
        ScaleBody,
        "a factor, two factors [sx, sy] or a mapping {by, about}",
    ),
    _scale,
)
MIRROR = ReadAs(
    Annotated[
        either(Text, str, MirrorBody, "x, y or a mapping {through: [[x, y], [x, y]]}"),
        BeforeValidator(_checked_axis),
    ],
    _mirror,
)
ROTATE = ReadAs(
    either(Number, _NUMBER, RotateBody, "degrees or a mapping {by, about: [x, y]}"), _rotate
)
AFFINE = ReadAs(_Six, _affine)
TRANSLATE = ReadAs(Vector, _translate)
REPEAT = ReadAs(
    Annotated[RepeatBody, wanted(dict, "a mapping {columns: n, rows: m, step: [dx, dy]}")],
    _repeat,
)
AROUND = ReadAs(
    Annotated[AroundBody, wanted(dict, "a mapping {count: n, center: [x, y]}")], _around
)


class Modified(Strict):
    """What may stand beside every shape key to move and to repeat the shape, in this order."""

    scale: Annotated[Affine, SCALE] | None = Field(
        default=None,
        description="First: a factor, two factors [sx, sy], or {by, about}.",
        examples=[2, [2, 1], {"by": 2, "about": [1, 1]}],
    )
    mirror: Annotated[Affine, MIRROR] | None = Field(
        default=None,
        description="Second: x or y, across that axis; or {through: two points}.",
        examples=["x", {"through": [[0, 0], [1, 1]]}],
    )
    rotate: Annotated[Affine, ROTATE] | None = Field(
        default=None,
        description="Third: degrees, counter-clockwise about the origin, or {by, about}.",
        examples=[30, {"by": 30, "about": [1, 1]}],
    )
    affine: Annotated[Affine, AFFINE] | None = Field(
        default=None,
        description="Fourth: [a, b, c, d, e, f], x' = a*x + b*y + e and y' = c*x + d*y + f.",
        examples=[[1, 0.5, 0, 1, 0, 0]],
    )
    translate: Annotated[Affine, TRANSLATE] | None = Field(
        default=None, description="Fifth: a vector [dx, dy].", examples=[[1, 0]]
    )
    repeat: Annotated[tuple[Affine, ...], REPEAT] | None = Field(
        default=None,
        description="Sixth: {columns, rows, step}, a grid of copies.",
        examples=[{"columns": 3, "rows": 2, "step": [2, 2]}],
    )
    around: Annotated[tuple[Affine, ...], AROUND] | None = Field(
        default=None,
        description="Last: {count, center, angle}, copies around a point.",
        examples=[{"count": 6, "center": [0, 0]}],
    )


MODIFIERS = tuple(Modified.model_fields)
MOVES, REPETITIONS = MODIFIERS[:5], MODIFIERS[5:]

MODIFIER_BODIES: dict[str, type[Strict]] = {
    "scale": ScaleBody,
    "mirror": MirrorBody,
    "rotate": RotateBody,
    "repeat": RepeatBody,
    "around": AroundBody,
}
"""The models of the mappings that stand under these keys."""


def modified(shape: model.Shape, node: Modified, effort: Effort) -> model.Shape:
    """The shape after all its moves, as one map, and its repetitions; errors stand at the keys.

    Raises:
        Exhausted: The document has asked for too much before.
    """
    moves = [key for key in MOVES if getattr(node, key) is not None]
    if moves:
        with _faults_at(moves[0]):
            effort.spend_moving(shape)
            shape = moved(shape, composed(getattr(node, key) for key in moves))
    for key in REPETITIONS:
        copies = getattr(node, key)
        if copies is not None:
            with _faults_at(key):
                effort.spend_moving(shape, len(copies))
                shape = repeated(shape, copies)
    return shape


@contextmanager
def _faults_at(key: str) -> Iterator[None]:
    try:
        yield
    except SpecError as error:
        raise faults(Fault((key,), problem.message) for problem in error.problems) from None
