"""`regions import`: a spec that is the same shape as the file it is made from."""

from __future__ import annotations

import json
from pathlib import Path as FilePath

import pytest
import shapely
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from regions.cli import main
from regions.errors import SpecError
from regions.shape.importers import from_geojson, from_wkt
from regions.shape.importing import WIDTH, import_file, import_text
from regions.shape.lettering import Font, default_font, lettered
from regions.shape.load import loads
from regions.shape.model import Path, Polygonal, Shape, Spec, bottom_up
from regions.shape.svg import from_svg
from tests.conftest import SHAPES, shared

TRIANGLE = [[0, 0], [0.1, 0], [0, 1e-7], [0, 0]]
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]


def loaded(text: str, folder: FilePath | None = None) -> Spec:
    assert text.endswith("\n")
    assert "window" not in text
    return loads(f"window: [-9e9, -9e9, 9e9, 9e9]\n{text}", folder=folder)


def same(first: Shape, second: Shape) -> bool:
    """Whether two trees are alike to the last bit."""
    return [_token(node) for node in bottom_up(first)] == [_token(n) for n in bottom_up(second)]


def _token(node: Shape) -> tuple[object, ...]:
    match node:
        case Polygonal(geometry):
            return "polygon", node.name, shapely.to_wkb(geometry)
        case Path():
            return "path", node.name, node.contours, node.fill
        case _:
            return type(node).__name__, node.name


def run(*arguments: str | FilePath) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments: str | FilePath) -> str:
    result = run("import", *arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr


def geojson(folder: FilePath, data: object, name: str = "map.geojson") -> FilePath:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def feature(coordinates: object, kind: str = "Polygon", **properties: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


# The same shape ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "features",
    [
        [feature([TRIANGLE])],
        [feature([TRIANGLE], name="Fiji")],
        [feature([SQUARE, HOLE], name="yes")],
        [feature([[*SQUARE[:2], *SQUARE[1:]]])],
        [feature([[SQUARE, HOLE], [[[9, 9], [8.1, 9], [9, 8], [9, 9]]]], "MultiPolygon", name="a")],
        [
            feature([SQUARE], name="Côte d-Ivoire"),
            feature([TRIANGLE]),
            feature([SQUARE], name="12"),
        ],
    ],
)
def test_geojson_is_written_out(tmp_path: FilePath, features: list[dict[str, object]]) -> None:
    file = geojson(tmp_path, {"type": "FeatureCollection", "features": features})
    text = import_file(file)
    assert "geojson:" not in text
    assert same(loaded(text).shape, from_geojson(file.read_bytes()))


COORDINATE = st.floats(-1e6, 1e6).map(lambda x: x + 0.0)  # No -0.0: it is written 0.


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=3, max_size=12), st.booleans())
def test_coordinates_keep_every_bit(
    tmp_path_factory: pytest.TempPathFactory, points: list[tuple[float, float]], twice: bool
) -> None:
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon" or not hull.is_valid or hull.area < 1e-200:
        return
    folder = tmp_path_factory.mktemp("map")
    rings = [[list(point) for point in hull.exterior.coords]]
    data = feature([rings], "MultiPolygon") if twice else feature(rings)
    file = geojson(folder, data)
    assert same(loaded(import_file(file)).shape, from_geojson(file.read_bytes()))


@pytest.mark.parametrize("name", ["poland_50m", "lesotho_50m", "south_africa_50m", "world_110m"])
def test_maps_are_written_out_or_named(name: str) -> None:
    file = shared(f"countries/{name}.geojson")
    text = import_file(file)
    assert (f"geojson: {name}.geojson" in text) == (name != "lesotho_50m")
    assert same(loaded(text, file.parent).shape, from_geojson(file.read_bytes()))


def test_wkt(tmp_path: FilePath) -> None:
    small = tmp_path / "small one.wkt"
    small.write_text("POLYGON ((0 0, 0.1 0, 0 1e-7, 0 0))", encoding="utf-8")
    text = import_file(small)
    assert text == (
        "name: small one\nabout: Imported from small one.wkt.\nshape:\n"
        "  polygon: [[0, 0], [0.1, 0], [0, 1e-07]]\n"
    )
    assert same(loaded(text).shape, from_wkt(small.read_bytes()))
    large = tmp_path / "large.wkt"
    large.write_text(shapely.Point(0, 0).buffer(1, quad_segs=99).wkt, encoding="utf-8")
    text = import_file(large)
    assert text.endswith("shape:\n  wkt:\n    file: large.wkt\n")
    assert same(loaded(text, tmp_path).shape, from_wkt(large.read_bytes()))


def test_icons_are_written_as_paths() -> None:
    for file in [*sorted(shared("svg").glob("*.svg"))[::4], SHAPES / "data" / "gear.svg"]:
        text = import_file(file)
        assert "svg:" not in text
        assert max(map(len, text.splitlines())) <= WIDTH + 8
        assert same(loaded(text).shape, from_svg(file.read_bytes()))


def test_a_drawing_that_paths_cannot_give_back_is_named(tmp_path: FilePath) -> None:
    squeezed = '<ellipse rx="3" ry="1" transform="matrix(1.1 .3 .7 1.9 0 0) rotate(17)"/>'
    many = "".join(f'<path d="M{i} 0l1 2 3 5{"h1v1" * 40}z"/>' for i in range(70))
    for body in (squeezed, many):
        file = tmp_path / "drawn: by #hand.svg"
        file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>', encoding="utf-8")
        text = import_file(file)
        assert text.endswith('  svg: "drawn: by #hand.svg"\n')
        assert same(loaded(text, tmp_path).shape, from_svg(file.read_bytes()))


def test_texts(tmp_path: FilePath) -> None:
    assert same(loaded(import_text("yes, 12: #")).shape, lettered("yes, 12: #"))
    assert loaded(import_text("yes")).name == "yes"
    long = "a b\n" * 200
    text = import_text(long)
    assert "string:" in text
    assert same(loaded(text).shape, lettered(long))
    font = tmp_path / "my.ttf"
    font.write_bytes(default_font().read_bytes())
    text = import_text(long, font)
    assert "font: my.ttf" in text
    expected = lettered(long, font=Font(font.read_bytes(), "my.ttf"))
    assert same(loaded(text, tmp_path).shape, expected)
    assert "path: >-" in import_text("a", font)


def test_names_that_look_like_something_else_are_quoted(tmp_path: FilePath) -> None:
    for stem in ("12", "true", "null", "1e3", "- a", "a: b", "{a}", "*a", "&a", "!a", "@a", "é"):
        file = geojson(tmp_path, feature([SQUARE], name=stem), f"{stem}.json")
        spec = loaded(import_file(file))
        assert spec.shape.name == stem
        assert spec.about == f"Imported from {stem}.json."


# The command -------------------------------------------------------------------------------------


def test_to_standard_output_and_to_a_file(tmp_path: FilePath) -> None:
    gear = SHAPES / "data" / "gear.svg"
    printed = run("import", gear)
    assert printed.exit_code == 0
    assert printed.stdout == import_file(gear)
    output = tmp_path / "gear.yaml"
    done = run("import", gear, "-o", output)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{output}: ")
    assert output.read_text(encoding="utf-8") == printed.stdout
    assert run("import", "--text", "hi").stdout == import_text("hi")
    assert run("import", "--text", "hi", "--font", default_font(), "-o", "-").exit_code == 0


def test_a_named_file_must_lie_where_the_spec_may_name_it(tmp_path: FilePath) -> None:
    below = tmp_path / "data"
    below.mkdir()
    map_ = below / "map.geojson"
    map_.write_bytes(shared("countries/poland_50m.geojson").read_bytes())
    output = tmp_path / "spec.yaml"
    assert run("import", map_, "-o", output).exit_code == 0
    assert "geojson: data/map.geojson" in output.read_text(encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = refused(map_, "-o", elsewhere / "spec.yaml")
    assert f"write the spec into {below}" in said
    assert list(elsewhere.iterdir()) == []


def test_refusals(tmp_path: FilePath) -> None:
    svg = tmp_path / "a.svg"
    svg.write_text("<svg><text/></svg>", encoding="utf-8")
    assert "a.svg:1:6: the element 'text' is not read" in refused(svg)
    assert "give either FILE or --text STRING" in refused()
    assert "give either FILE or --text STRING" in refused(svg, "--text", "a")
    assert "--font goes with --text" in refused(svg, "--font", svg)
    assert "a.svg: this is no font that can be read" in refused("--text", "a", "--font", svg)
    assert "nothing of the text is visible" in refused("--text", " ")
    assert "files that end in '.png' are not imported; give one of .geojson" in refused("a.png")
    assert "there is no such file" in refused(tmp_path / "b.svg")
    assert "-o names FILE itself" in refused(svg, "-o", svg)
    bow_tie = geojson(tmp_path, feature([[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]))
    assert "the polygon is invalid: Self-intersection" in refused(bow_tie)
    output = tmp_path / "out.yaml"
    refused(bow_tie, "-o", output)
    assert not output.exists()
    sound = geojson(tmp_path, feature([SQUARE]))
    assert "cannot be written" in refused(sound, "-o", tmp_path / "nowhere" / "out.yaml")


def test_a_file_name_that_is_no_text_is_refused_where_it_must_be_named(tmp_path: FilePath) -> None:
    data = shared("countries/poland_50m.geojson").read_bytes()
    file = tmp_path / "a\nb.geojson"
    file.write_bytes(data)
    with pytest.raises(SpecError, match="its name is no text; rename it"):
        import_file(file)
