"""Whatever a user has in hand, as a Spec."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

import shapely

from regions.errors import Problem, SpecError
from regions.shape.bounds import default_window
from regions.shape.importers import from_geometry
from regions.shape.model import Shape, Spec


@runtime_checkable
class HasGeoInterface(Protocol):
    """Geometries of other libraries: `__geo_interface__` is their GeoJSON-like mapping."""

    @property
    def __geo_interface__(self) -> dict[str, Any]: ...


Source: TypeAlias = (
    Spec | Shape | str | os.PathLike[str] | shapely.geometry.base.BaseGeometry | HasGeoInterface
)


def as_spec(source: Source) -> Spec:
    """A Spec as it is, a YAML file loaded, or a bare shape with a name and a window of its own.

    Raises:
        SpecError: The document or the geometry is refused, or a bare shape is unbounded and so
            needs a Spec that says its window.
        TypeError: The source is none of these.
    """
    if isinstance(source, Spec):
        return source
    if isinstance(source, (str, os.PathLike)):
        from regions.shape.load import load

        return load(Path(source))
    if isinstance(source, Shape):
        return _named(source)
    if isinstance(source, HasGeoInterface):
        return _named(from_geometry(source))
    raise TypeError(f"cannot make a shape of {type(source).__name__}; see regions.compile")


def _named(shape: Shape) -> Spec:
    window = default_window(shape)
    if window is None:
        message = "the shape is unbounded; wrap it: Spec(name, shape, window=(x0, y0, x1, y1))"
        raise SpecError([Problem(message)])
    return Spec(name=shape.name or "region", shape=shape, window=window)
