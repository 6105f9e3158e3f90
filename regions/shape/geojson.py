"""GeoJSON to shapes, every problem with its place in the file."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import shapely

from regions.errors import Problem, SpecError
from regions.shape.model import Pair, Polygonal, Shape, Union
from regions.shape.names import name_fault
from regions.shape.polygons import decoded, polygon_of, polygonal

Scalar: TypeAlias = str | int | float | bool | None
"""What a property can be compared with."""


@dataclass(frozen=True)
class _Feature:
    """A geometry with its place in the file and its properties, if it can have any."""

    place: str
    geometry: object
    properties: Mapping[str, object]

    @property
    def name(self) -> str | None:
        """The feature's own name, where a shape may be called that."""
        name = self.properties.get("name")
        return name if isinstance(name, str) and name_fault(name) is None else None


class _Faults:
    """Problems of one GeoJSON file, gathered."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def note(self, place: str, message: str) -> None:
        self.problems.append(Problem(message, path=place, file=self.file))

    def check(self) -> None:
        if self.problems:
            raise SpecError(self.problems)


def from_geojson(
    source: bytes | str | Mapping[str, Any],
    *,
    where: Mapping[str, Scalar] | None = None,
    name: str | None = None,
    repair: bool = False,
    file: str | Path | None = None,
) -> Shape:
    """The shape of a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection.

    One feature gives a `Polygonal`; several give a `Union`, its operands called by the features'
    `name` property where that is an allowed name. Features without a geometry, or with an empty
    one, are left out as long as another remains.

    Args:
        source: JSON text (UTF-8) or the data it stands for.
        where: Keep the features all of whose named properties have these values.
        name: What to call the shape; else a single feature's own name.
        repair: See `polygonal`.
        file: Named in problems.

    Raises:
        SpecError: Not JSON, not GeoJSON, nothing matches, or a geometry cannot be used; every
            problem with its place, such as `features[3].geometry`.
    """
    faults = _Faults(None if file is None else str(file))
    data = source if isinstance(source, Mapping) else parsed(source, faults.file)
    features = _features(data, where, faults)
    faults.check()
    if where:
        features = _matching(features, where, faults)
        faults.check()
    shapes = list(_polygonals(features, name, repair, faults))
    if not shapes and not faults.problems:
        faults.note("", "the file holds no geometry, or only empty ones; give a polygon")
    faults.check()
    return shapes[0] if len(shapes) == 1 else Union(tuple(shapes), name)


def parsed(source: bytes | str, file: str | None) -> Mapping[str, Any]:
    """The JSON object a text stands for.

    Raises:
        SpecError: It is no JSON object.
    """
    try:
        data = json.loads(source if isinstance(source, str) else decoded(source))
    except json.JSONDecodeError as error:
        message = f"this is not valid JSON: {error.msg}; mend the file here"
        raise SpecError([Problem(message, "", file, error.lineno, error.colno)]) from None
    except SpecError as error:
        raise SpecError(replace(problem, file=file) for problem in error.problems) from None
    except (RecursionError, ValueError):
        message = "the JSON is nested too deep or holds a number of thousands of digits"
        raise SpecError([Problem(f"{message}; give plain GeoJSON", file=file)]) from None
    if not isinstance(data, dict):
        message = "the file holds no JSON object; give GeoJSON with a `type`"
        raise SpecError([Problem(message, file=file)])
    return data


_KINDS = ("Polygon", "MultiPolygon", "Feature", "FeatureCollection")
_OTHER_KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "GeometryCollection")


def _features(
    data: Mapping[str, Any], where: Mapping[str, Scalar] | None, faults: _Faults
) -> list[_Feature]:
    """Every geometry of a GeoJSON object with its place and properties."""
    match data.get("type"):
        case "FeatureCollection":
            members = data.get("features")
            if not isinstance(members, list | tuple):
                faults.note("features", f"found {_found(members)}; give a list of features")
                return []
            return [
                feature
                for index, member in enumerate(members)
                if (feature := _feature(member, f"features[{index}]", faults)) is not None
            ]
        case "Feature":
            feature = _feature(data, "", faults)
            return [] if feature is None else [feature]
        case kind:
            if where:
                message = f"a {kind} has no properties to choose by; remove `where`"
                faults.note("", message)
            return [_Feature("", data, {})]


def _feature(member: object, place: str, faults: _Faults) -> _Feature | None:
    if not isinstance(member, Mapping) or member.get("type") != "Feature":
        faults.note(place, "this is no feature; give an object with `type: Feature`")
        return None
    properties = member.get("properties")
    inner = f"{place}.geometry" if place else "geometry"
    return _Feature(
        inner, member.get("geometry"), properties if isinstance(properties, Mapping) else {}
    )


def _matching(
    features: list[_Feature], where: Mapping[str, Scalar], faults: _Faults
) -> list[_Feature]:
    """The features that have all properties asked for; notes why there are none."""
    kept = [feature for feature in features if _matches(feature.properties, where)]
    if not kept:
        faults.note("", _no_match(features, where))
    return kept


def _matches(properties: Mapping[str, object], where: Mapping[str, Scalar]) -> bool:
    return all(
        key in properties and _same(properties[key], wanted) for key, wanted in where.items()
    )


def _same(found: object, wanted: Scalar) -> bool:
    """Equality that keeps true apart from 1, as JSON does."""
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


_SHOWN = 5
"""Values listed as examples in a message: enough to see what they look like."""


def _no_match(features: list[_Feature], where: Mapping[str, Scalar]) -> str:
    """Which part of `where` nothing matches, and what there is instead."""
    for key, wanted in where.items():
        values = [f.properties[key] for f in features if key in f.properties]
        if not values:
            known = list(dict.fromkeys(k for f in features for k in f.properties))
            return f"no feature has a property {_shown(key)}; {_choices(key, known)}"
        if not any(_same(value, wanted) for value in values):
            return f"no feature has {key}: {_shown(wanted)}; {_choices(wanted, values)}"
    return "no feature matches all of `where` at once; ask for fewer properties"


def _choices(wanted: object, known: list[Any]) -> str:
    """A hint: the nearest of the known values, and some examples."""
    if not known:
        return "the features have none at all"
    if isinstance(wanted, str):
        texts = [value for value in known if isinstance(value, str)]
        close = difflib.get_close_matches(wanted, texts, n=1)
        if close:
            return f"did you mean {_shown(close[0])}?"
    distinct = list(dict.fromkeys(map(_shown, known)))
    more = ", ..." if len(distinct) > _SHOWN else ""
    return f"there are {', '.join(distinct[:_SHOWN])}{more}"


def _shown(value: object) -> str:
    """A value as JSON writes it, cut where long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "..."


def _found(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case str() | bool() | int() | float():
            return _shown(value)
        case Mapping():
            return "an object"
        case _:
            return "a list" if isinstance(value, Sequence) else f"a {type(value).__name__}"


def _polygonals(
    features: list[_Feature], name: str | None, repair: bool, faults: _Faults
) -> Iterable[Polygonal]:
    """The features' shapes; what is wrong with the others is noted."""
    for feature in features:
        if feature.geometry is None:
            continue
        try:
            geometry = _geometry(feature.geometry)
            if geometry.is_empty and len(features) > 1:
                continue
            alone = len(features) == 1
            own = name if alone and name is not None else feature.name
            yield polygonal(geometry, name=own, repair=repair)
        except SpecError as error:
            for problem in error.problems:
                place = ".".join(filter(None, (feature.place, problem.path)))
                faults.note(place, problem.message)


def _geometry(data: object) -> shapely.Geometry:
    """The Shapely geometry of a GeoJSON geometry object."""
    kind = data.get("type") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or kind not in ("Polygon", "MultiPolygon"):
        raise SpecError([Problem(_wrong_kind(data, kind))])
    coordinates = data.get("coordinates")
    if kind == "Polygon":
        return _polygon(coordinates, "coordinates")
    parts = _items(coordinates, "coordinates", "polygons")
    return shapely.MultiPolygon(
        [
            polygon
            for index, part in enumerate(parts)
            if not (polygon := _polygon(part, f"coordinates[{index}]")).is_empty
        ]
    )


def _wrong_kind(data: object, kind: object) -> str:
    if not isinstance(data, Mapping):
        return f"found {_found(data)}; give a Polygon or a MultiPolygon"
    if kind in _OTHER_KINDS:
        return f"a {kind} is not read; give a Polygon or a MultiPolygon"
    close = difflib.get_close_matches(str(kind), _KINDS, n=1)
    hint = f"did you mean {close[0]}?" if close else f"give one of {', '.join(_KINDS)}"
    what = "there is no `type`" if kind is None else f"the type {_shown(kind)} is unknown"
    return f"{what}; {hint}"


def _polygon(rings: object, place: str) -> shapely.Polygon:
    read = [
        _ring(ring, f"{place}[{index}]") for index, ring in enumerate(_items(rings, place, "rings"))
    ]
    return polygon_of(read[0], read[1:]) if read else shapely.Polygon()


def _ring(points: object, place: str) -> list[Pair]:
    return [
        _position(point, place, index)
        for index, point in enumerate(_items(points, place, "positions [x, y]"))
    ]


def _position(point: object, place: str, index: int) -> Pair:
    """The first two numbers of a position, more of them being height or time."""
    if isinstance(point, list | tuple) and len(point) >= 2:
        x, y = point[0], point[1]
        if _is_number(x) and _is_number(y):
            pair = _double(x), _double(y)
            if math.isfinite(pair[0]) and math.isfinite(pair[1]):
                return pair
    message = f"found {_shown(point)}; give a position [x, y] of two finite numbers"
    raise SpecError([Problem(message, path=f"{place}[{index}]")])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def _double(value: Any) -> float:
    """The nearest double; infinity for an integer beyond all of them, which is refused later."""
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _items(value: object, place: str, what: str) -> Sequence[object]:
    if isinstance(value, np.ndarray):
        return list(value)
    if isinstance(value, list | tuple):
        return value
    raise SpecError([Problem(f"found {_found(value)}; give a list of {what}", path=place)])
