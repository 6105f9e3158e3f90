"""Other people's geometry: WKT, GeoJSON, Shapely and `__geo_interface__`, on real data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regions.errors import SpecError
from regions.shape.importers import from_geojson, from_geometry, from_wkt, polygonal
from regions.shape.model import Polygonal, Shape, Union
from tests.conftest import shared

TRIANGLE = [[0, 0], [4, 0], [0, 4], [0, 0]]
BOW_TIE = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]


def records(path: str) -> list[dict[str, Any]]:
    lines = shared(path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def refusal(source: object, **options: Any) -> str:
    data = source if isinstance(source, bytes | dict) else json.dumps(source).encode()
    with pytest.raises(SpecError) as caught:
        from_geojson(data, file="map.geojson", **options)
    return str(caught.value)


def polygons(shape: Shape) -> Iterator[Polygonal]:
    for part in shape.operands if isinstance(shape, Union) else (shape,):
        assert isinstance(part, Polygonal)
        yield part


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}


# Real data ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["jts/validity.jsonl", "earcut/earcut.jsonl"])
def test_validity_is_judged_as_the_authors_do(path: str) -> None:
    cases = records(path)
    assert any(case["valid"] for case in cases)
    for case in cases:
        verdict = case.get("jts_valid", case["valid"])
        if verdict:
            shape = from_wkt(case["wkt"])
            theirs = shapely.get_coordinates(shapely.from_wkt(case["wkt"]))
            assert np.array_equal(shapely.get_coordinates(shape.geometry), theirs), case["name"]
            continue
        with pytest.raises(SpecError) as caught:
            from_wkt(case["wkt"])
        what, _, place = case["reason"].rstrip("]").partition("[")
        said = str(caught.value)
        if "nan" in place:
            assert "not finite" in said
        else:
            assert what in said
            assert f"({', '.join(place.split())})" in said


@pytest.mark.parametrize(
    "path",
    [
        *(f"countries/{name}_50m.geojson" for name in ("poland", "lesotho", "japan", "france")),
        "countries/south_africa_50m.geojson",
        "countries/switzerland_50m.geojson",
        "countries/africa_50m.geojson",
        "countries/world_110m.geojson",
        "countries/world_50m.geojson",
        "large/estonia_10m.geojson",
        "large/canada_10m.geojson",
        "holes/ocean_50m.geojson",
        "holes/indonesian_seas_50m.geojson",
    ],
)
def test_maps_keep_every_vertex(path: str) -> None:
    data = shared(path).read_bytes()
    ours = np.vstack([shapely.get_coordinates(p.geometry) for p in polygons(from_geojson(data))])
    theirs = shapely.get_coordinates(shapely.from_geojson(data))
    assert np.array_equal(ours, theirs)


def test_invalid_maps_are_refused_one_by_one() -> None:
    data = shared("traps/natural_earth_invalid.geojson").read_bytes()
    with pytest.raises(SpecError) as caught:
        from_geojson(data, file="traps.geojson")
    problems = caught.value.problems
    geometries = shapely.get_parts(shapely.from_geojson(data, on_invalid="ignore"))
    assert len(problems) == len(geometries) == 11
    for index, (problem, geometry) in enumerate(zip(problems, geometries, strict=True)):
        assert problem.path == f"features[{index}].geometry"
        assert problem.file == "traps.geojson"
        assert shapely.is_valid_reason(geometry).partition("[")[0] in problem.message


def test_repair_makes_invalid_maps_usable() -> None:
    data = shared("traps/natural_earth_invalid.geojson").read_bytes()
    repaired = list(polygons(from_geojson(data, repair=True)))
    assert len(repaired) == 11
    assert all(part.geometry.is_valid and part.geometry.area > 0 for part in repaired)


def test_where_chooses_features() -> None:
    world = shared("countries/world_110m.geojson").read_bytes()
    poland = from_geojson(world, where={"name": "Poland"})
    assert isinstance(poland, Polygonal)
    assert poland.name == "Poland"
    europe = from_geojson(world, where={"continent": "Europe"}, name="eu")
    assert isinstance(europe, Union)
    assert europe.name == "eu"
    assert "Poland" in {part.name for part in europe.operands}
    assert 'did you mean "Poland"?' in refusal(world, where={"name": "Polnd"})
    assert 'there are "Fiji", ' in refusal(world, where={"name": 7})
    assert 'did you mean "name"?' in refusal(world, where={"nam": "Poland"})
    said = refusal(world, where={"name": "Fiji", "continent": "Europe"})
    assert "matches all of `where` at once" in said


# GeoJSON -----------------------------------------------------------------------------------------


def test_every_kind_of_geojson() -> None:
    hole = [[1, 1], [2, 1], [1, 2]]
    multi = {"type": "MultiPolygon", "coordinates": [[TRIANGLE, hole], [[[9, 9], [8, 9], [9, 8]]]]}
    assert next(polygons(from_geojson(polygon(TRIANGLE, hole)))).geometry.area == 7.5
    assert next(polygons(from_geojson(multi))).geometry.area == 8
    assert from_geojson(feature(multi, name="a")).name == "a"
    assert from_geojson(feature(multi, name="a"), name="b").name == "b"
    assert from_geojson(feature(multi, name="a.b")).name is None
    several = from_geojson(collection(feature(multi, name="a"), feature(multi)), name="c")
    assert isinstance(several, Union)
    assert [part.name for part in several.operands] == ["a", None]
    assert several.name == "c"


def test_heights_and_empty_parts_are_dropped() -> None:
    shape = from_geojson(
        {
            "type": "MultiPolygon",
            "coordinates": [[[[*p, 7] for p in TRIANGLE], []], [], [[]]],
        }
    )
    assert isinstance(shape, Polygonal)
    assert not shape.geometry.has_z
    assert shapely.get_num_geometries(shape.geometry) == 1
    assert shapely.get_num_interior_rings(shape.geometry.geoms[0]) == 0
    some = from_geojson(
        collection(feature(None), feature(polygon()), feature(polygon(TRIANGLE), name="left"))
    )
    assert some.name is None or some.name == "left"
    assert isinstance(some, Polygonal)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "map.geojson:1:1: this is not valid JSON"),
        (b'{"type": }', "map.geojson:1:10: this is not valid JSON"),
        (b"\xff{}", "byte 1 is not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "thousands of digits"),
        ([], "holds no JSON object"),
        ({}, "there is no `type`"),
        ({"type": "polygon"}, "did you mean Polygon?"),
        ({"type": ["x"]}, 'the type ["x"] is unknown'),
        ({"type": "Point"}, "a Point is not read"),
        ({"type": "GeometryCollection"}, "a GeometryCollection is not read"),
        ({"type": "FeatureCollection"}, "features: found nothing; give a list"),
        (collection(), "holds no geometry"),
        (collection(3), "features[0]: this is no feature"),
        (collection(feature(None), feature(None)), "holds no geometry"),
        (feature(3), "geometry: found 3; give a Polygon"),
        (polygon(), "the geometry is empty"),
        (polygon([]), "the geometry is empty"),
        ({"type": "Polygon"}, "coordinates: found nothing; give a list of rings"),
        (polygon(7), "coordinates[0]: found 7; give a list of positions"),
        (polygon([1, 2, 3]), "coordinates[0][0]: found 1; give a position"),
        (polygon([[0, 0], [1, "2"]]), 'coordinates[0][1]: found [1, "2"]; give a position'),
        (polygon([[0, 0], [1, True]]), "coordinates[0][1]: found [1, true]; give a position"),
        (polygon([[0, 0], [1, float("nan")]]), "found [1, NaN]; give a position"),
        (polygon([[0, 0], [1, 10**400]]), "coordinates[0][1]: found [1, 1000"),
        (polygon([[0, 0], [1, 0], [0, 1e200]]), "a coordinate is larger than 1e+150"),
        (polygon([[0, 0], [1, 0]]), "Too few points"),
        (polygon(BOW_TIE), "Self-intersection at (1, 1)"),
        (
            {"type": "MultiPolygon", "coordinates": [[TRIANGLE], [[[0, 0], [1]]]]},
            "coordinates[1][0][1]: found [1]; give a position",
        ),
    ],
)
def test_what_is_said_of_bad_geojson(source: object, words: str) -> None:
    said = refusal(source)
    assert said.startswith("map.geojson:")
    assert words in said


def test_all_bad_features_are_told_at_once() -> None:
    with pytest.raises(SpecError) as caught:
        from_geojson(
            collection(
                feature(polygon(BOW_TIE)),
                feature(polygon(TRIANGLE)),
                feature({"type": "LineString"}),
                feature(polygon([[0]])),
            )
        )
    assert [problem.path for problem in caught.value.problems] == [
        "features[0].geometry",
        "features[2].geometry",
        "features[3].geometry.coordinates[0][0]",
    ]


def test_where_keeps_true_apart_from_one() -> None:
    both = collection(
        feature(polygon(TRIANGLE), name="yes", flag=True),
        feature(polygon(TRIANGLE), name="one", flag=1),
    )
    assert from_geojson(both, where={"flag": True}).name == "yes"
    assert from_geojson(both, where={"flag": 1}).name == "one"
    assert "has no properties to choose by" in refusal(polygon(TRIANGLE), where={"flag": 1})


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats()
    | st.sampled_from(["x", "Polygon"]),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)


@given(st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection"]), JSON)
def test_any_data_in_place_of_coordinates(kind: str, data: object) -> None:
    for source in (
        {"type": kind, "coordinates": data, "geometry": data, "features": data},
        feature({"type": kind, "coordinates": data}),
    ):
        for repair in (False, True):
            with suppress(SpecError):
                from_geojson(source, repair=repair)


# WKT ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this text is no polygon"),
        ("(((", "this text is no polygon"),
        ("POINT (1 2)", "WKT of kind POINT is no polygon"),
        ("GEOMETRYCOLLECTION (" * 50_000, "WKT of kind GEOMETRYCOLLECTION is no polygon"),
        ("MULTIPOLYGON " + "(" * 500_000, "no WKT that GEOS can read"),
        ("POLYGON", "no WKT that GEOS can read"),
        ("POLYGON ((0 0, 1 0, 0 1))", "no WKT that GEOS can read"),
        ("POLYGON ((0 0, 1 0, 0 1, 0 0)) x", "no WKT that GEOS can read"),
        ("POLYGON EMPTY", "the geometry is empty"),
        ("MULTIPOLYGON (EMPTY, EMPTY)", "the geometry is empty"),
        ("POLYGON ((0 0, 1 0, 0 1e999, 0 0))", "not finite"),
        ("POLYGON ((0 0, 1 0, 0 nan, 0 0))", "not finite"),
        (b"POLYGON ((0 0, 1 0, \xff", "byte 21 is not UTF-8"),
    ],
)
def test_what_is_said_of_bad_wkt(text: str | bytes, words: str) -> None:
    for repair in (False, True):
        with pytest.raises(SpecError) as caught:
            from_wkt(text, repair=repair, file=Path("a.wkt"))
        said = str(caught.value)
        assert said.startswith("a.wkt: ")
        assert words in said
        assert "; " in said


def test_wkt_of_any_dress() -> None:
    for text in (
        "polygon((0 0,4 0,0 4,0 0))",
        "\n POLYGON Z ((0 0 1, 4 0 1, 0 4 1, 0 0 1))",
        b"\xef\xbb\xbfMULTIPOLYGON (((0 0, 4 0, 0 4, 0 0)), EMPTY)",
    ):
        assert from_wkt(text, name="t").geometry.area == 8


# Shapely and __geo_interface__ -------------------------------------------------------------------


class Elsewhere:
    """A geometry of another library."""

    def __init__(self, interface: object) -> None:
        self.__geo_interface__ = interface


def test_objects() -> None:
    square = shapely.box(0, 0, 2, 2)
    assert from_geometry(square, name="s").name == "s"
    there = from_geometry(Elsewhere(square.__geo_interface__))
    assert isinstance(there, Polygonal)
    assert there.geometry.equals(square)
    many = from_geometry(Elsewhere(collection(*[feature(square.__geo_interface__)] * 2)))
    assert isinstance(many, Union)
    assert from_geometry(shapely.Polygon(BOW_TIE), repair=True).geometry.area == 2
    for source, words in [
        (3, "a int is no shape"),
        (Elsewhere(None), "a Elsewhere is no shape"),
        (Elsewhere({}), "there is no `type`"),
        (shapely.Point(0, 0), "a Point is not read"),
        (shapely.Polygon(), "the geometry is empty"),
        (shapely.Polygon(BOW_TIE), "Self-intersection at (1, 1)"),
        (shapely.LinearRing(TRIANGLE), "a LinearRing is not read"),
    ]:
        with pytest.raises(SpecError) as caught:
            from_geometry(source)
        assert words in str(caught.value)


def test_repair_with_nothing_left() -> None:
    with pytest.raises(SpecError, match="nothing with an area is left"):
        polygonal(shapely.Polygon([(0, 0), (1, 1), (2, 2)]), repair=True)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=9), st.booleans())
def test_any_ring_makes_a_valid_polygon_or_is_refused(
    ring: list[tuple[int, int]], repair: bool
) -> None:
    try:
        shape = from_geojson(polygon(ring), repair=repair)
    except SpecError:
        return
    assert isinstance(shape, Polygonal)
    assert shape.geometry.is_valid
    assert shape.geometry.area > 0
