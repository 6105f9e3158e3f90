"""Spec documents: what loads, and exactly what is said of what does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regions.errors import Problem, SpecError
from regions.shape.atoms import halfplane_through
from regions.shape.bounds import bounds, default_window
from regions.shape.keys import SHAPE_KEYS
from regions.shape.load import SPEC, load, loads
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
)
from regions.shape.modifier_keys import MODIFIERS
from regions.shape.names import MAX_LENGTH, name_fault, name_from_stem
from regions.shape.references import References
from regions.shape.schema import NODES, json_schema
from regions.text.document import MAX_OPEN, MAX_PROBLEMS, MAX_TEXT, read_document
from regions.text.places import LINE_BREAK
from tests.conftest import ROOT, SHAPES

SPECS = ROOT / "tests" / "specs"
VALID = sorted((SPECS / "valid").glob("*.yaml"))
INVALID = sorted((SPECS / "invalid").glob("*.yaml"))
BOX = Box(0, 0, 2, 1)
HALF = HalfPlane(1, 0, 0)


def refusal(text: str, **options: object) -> str:
    with pytest.raises(SpecError) as caught:
        loads(text, **options)
    return str(caught.value)


def shape(text: str) -> Shape:
    return loads(f"window: [-9, -9, 9, 9]\nshape: {text}").shape


# Corpora -----------------------------------------------------------------------------------------


def test_the_corpora_are_there() -> None:
    assert len(VALID) >= 25
    assert len(INVALID) >= 40
    assert len(list((SPECS / "invalid").glob("*.txt"))) == len(INVALID)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_documents_load(path: Path) -> None:
    spec = load(path)
    xmin, ymin, xmax, ymax = spec.window
    assert xmin < xmax
    assert ymin < ymax
    assert name_fault(spec.name) is None


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_documents_are_refused_in_these_words(path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        load(path)
    said = str(caught.value).replace(f"{path.parent}{os.sep}", "")
    assert said + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_no_message_speaks_of_the_tools(path: Path) -> None:
    said = path.with_suffix(".txt").read_text(encoding="utf-8").lower()
    for word in ("pydantic", "http", "input should", "validation error", "\0", "stream", "unicode"):
        assert word not in said


# What documents mean -----------------------------------------------------------------------------


def test_every_primitive_and_boolean() -> None:
    assert shape("{box: [0, 0, 2, 1]}") == BOX
    assert shape("{circle: {center: [1, 2], radius: 3}}") == Circle((1, 2), 3)
    assert shape("{ellipse: {center: [1, 2], radii: [3, 4], angle: 5}}") == Ellipse(
        (1, 2), (3, 4), 5
    )
    assert shape("{annulus: {center: [1, 2], inner: 3, outer: 4}}") == Annulus((1, 2), 3, 4)
    assert shape("{halfplane: [1, 2, 3]}") == HalfPlane(1, 2, 3)
    assert shape("{halfplane: {through: [[0, 0], [1, 0]]}}") == HalfPlane(0, 1, 0)
    inner = "[{box: [0, 0, 2, 1]}, {halfplane: [1, 0, 0]}]"
    kinds = {
        "union": Union,
        "intersection": Intersection,
        "difference": Difference,
        "symmetric_difference": SymmetricDifference,
    }
    for key, kind in kinds.items():
        made = shape(f"{{{key}: {inner}, name: k}}")
        assert isinstance(made, kind)
        assert made.operands == (BOX, HALF)
        assert made.name == "k"
    complement = shape("{complement: {box: [0, 0, 2, 1]}, name: k}")
    assert isinstance(complement, Complement)
    assert (complement.operand, complement.name) == (BOX, "k")


def test_numbers_are_the_nearest_doubles() -> None:
    made = shape("{box: [-0.1, 1e-3, 0x10, 0o17]}")
    assert made == Box(-0.1, 0.001, 16.0, 15.0)


@pytest.mark.parametrize(
    ("written", "vertices", "area"),
    [
        ("[[0, 0], [4, 0], [0, 4]]", 3, 8),
        ("[[0, 0], [4, 0], [0, 4], [0, 0]]", 3, 8),
        ("{exterior: [[0, 0], [4, 0], [0, 4]], holes: [[[1, 1], [2, 1], [1, 2]]]}", 6, 7.5),
    ],
)
def test_rings_may_be_open_or_closed(written: str, vertices: int, area: float) -> None:
    made = shape(f"{{polygon: {written}, name: p}}")
    assert isinstance(made, Polygonal)
    rings = [made.geometry.exterior, *made.geometry.interiors]
    assert sum(len(ring.coords) - 1 for ring in rings) == vertices
    assert made.geometry.area == area
    assert made.name == "p"


def test_repair_keeps_what_has_an_area() -> None:
    bow_tie = load(SPECS / "valid" / "polygon_repair.yaml").shape
    spike = load(SPECS / "valid" / "polygon_repair_drops_lines.yaml").shape
    assert isinstance(bow_tie, Polygonal)
    assert isinstance(spike, Polygonal)
    assert (bow_tie.geometry.geom_type, bow_tie.geometry.area) == ("MultiPolygon", 2)
    assert (spike.geometry.geom_type, spike.geometry.area) == ("Polygon", 16)


def test_what_surrounds_the_shape() -> None:
    spec = load(SPECS / "valid" / "expect.yaml")
    assert spec.name == "expect"
    assert spec.about == ""
    assert spec.window == pytest.approx((-0.7, -0.4, 7.7, 4.4))
    assert np.array_equal(spec.expect.inside, [[3, 2], [0, 0]])
    assert np.array_equal(spec.expect.outside, [[9, 9]])
    assert (spec.expect.area, spec.expect.area_tolerance) == (28, 0.028)
    assert spec.expect.max_size == 5
    wide = load(SPECS / "valid" / "expect_area_tolerance.yaml").expect
    assert (wide.area, wide.area_tolerance) == (3.14159, 0.01)
    bare = load(SPECS / "valid" / "nothing_given.yaml").expect
    assert bare.inside.shape == bare.outside.shape == (0, 2)
    assert bare.area is None
    assert bare.max_size is None


def test_names_flow_from_document_and_file() -> None:
    spec = load(SPECS / "valid" / "names.yaml")
    assert spec.name == "The house 2_b-3"
    assert [node.name for node in bottom_up(spec.shape)] == ["dach", "壁 Wände", "Haus"]
    assert load(SPECS / "valid" / "nesting_100.yaml").name == "nesting 100"
    assert loads("shape: {box: [0, 0, 1, 1]}").name == "shape"


def test_geojson_features_carry_their_names() -> None:
    everything = load(SPECS / "valid" / "geojson.yaml").shape
    assert isinstance(everything, Union)
    assert [operand.name for operand in everything.operands] == ["West", None]
    assert load(SPECS / "valid" / "geojson_where.yaml").shape.name == "the one"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("war_zone_a", "war zone a"),
        ("v1.2[x]", "v1-2-x-"),
        ("__", "shape"),
        ("not me", "me"),
        ("x" * 99, "x" * MAX_LENGTH),
    ],
)
def test_names_from_file_names(stem: str, name: str) -> None:
    assert name_from_stem(stem) == name
    assert name_fault(name) is None


# Half-planes through two points ------------------------------------------------------------------

COORDINATE = st.one_of(
    st.integers(-(2**24), 2**24).map(float),
    st.floats(-1e6, 1e6).map(lambda x: round(x, 3)),
    st.floats(-1e12, 1e12),
)
POINT = st.tuples(COORDINATE, COORDINATE)


@given(POINT, POINT)
@example((0.1, 0.2), (0.7, 0.3))
@example((50689.0, -223338299393.0), (0.0, 1.0))
def test_a_halfplane_holds_the_points_it_goes_through(
    first: tuple[float, float], second: tuple[float, float]
) -> None:
    if first == second:
        with pytest.raises(SpecError, match="the two points are the same"):
            halfplane_through(first, second)
        return
    half = halfplane_through(first, second)
    for x, y in (first, second):
        assert (half.a * x + half.b * y) + half.c >= 0


@given(st.tuples(*[st.integers(-(2**24), 2**24)] * 6))
def test_a_halfplane_through_lattice_points_is_exact(numbers: tuple[int, ...]) -> None:
    x0, y0, x1, y1, x, y = numbers
    if (x0, y0) == (x1, y1):
        return
    half = halfplane_through((x0, y0), (x1, y1))
    exact = Fraction(half.a) * x + Fraction(half.b) * y + Fraction(half.c)
    assert exact == (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)


# Bounds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Circle((1, 2), 3), (-2, -1, 4, 5)),
        (Annulus((1, 2), 1, 3), (-2, -1, 4, 5)),
        (Ellipse((0, 0), (2, 1), 90), (-1, -2, 1, 2)),
        (HALF, None),
        (Complement(BOX), None),
        (Union((BOX, Box(5, 5, 6, 6))), (0, 0, 6, 6)),
        (Union((BOX, HALF)), None),
        (SymmetricDifference((BOX, HALF)), None),
        (Intersection((HALF, BOX, Box(1, -1, 6, 6))), (1, 0, 2, 1)),
        (Intersection((BOX, Box(5, 5, 6, 6))), (0, 0, 2, 1)),
        (Intersection((HALF, HALF)), None),
        (Difference((BOX, HALF)), (0, 0, 2, 1)),
        (Difference((HALF, BOX)), None),
    ],
)
def test_bounds(node: Shape, expected: tuple[float, ...] | None) -> None:
    found = bounds(node)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_the_default_window_is_a_tenth_larger() -> None:
    assert default_window(Box(0, 0, 10, 20)) == (-1, -2, 11, 22)
    assert default_window(HALF) is None


# Depth and size ----------------------------------------------------------------------------------


def nested(count: int) -> str:
    start, end = "{symmetric_difference: [{box: [0, 0, 2, 2]}, ", "]}"
    leaf = "{polygon: {exterior: [[1, 1], [3, 1], [1, 3]], holes: []}}"
    return f"shape: {start * count}{leaf}{end * count}"


def test_a_hundred_nested_booleans_load_without_much_of_a_stack() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(350)
    try:
        spec = loads(nested(100))
        assert sum(1 for _ in bottom_up(spec.shape)) == 201
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize("count", [101, 103, 150, 5_000, 20_000])
def test_deeper_nesting_is_refused(count: int) -> None:
    assert "nested more than" in refusal(nested(count))


def test_brackets_cannot_make_the_parser_slow() -> None:
    begun = time.perf_counter()
    assert f"nested more than {MAX_OPEN} deep" in refusal("[" * 900_000)
    assert time.perf_counter() - begun < 10


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [0, 0, 0, 0, 0, 0, 0, 0, 0]"]
    for level in range(1, 10):
        members = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{members}]")
    said = refusal("\n".join(lines))
    assert "aliases (*a0) are refused" in said
    assert said.count("refused") <= MAX_PROBLEMS


def test_many_problems_are_cut() -> None:
    members = "".join(f"  - circle: {{radius: {-k}}}\n" for k in range(1, 200))
    with pytest.raises(SpecError) as caught:
        loads(f"shape:\n  union:\n{members}")
    problems = caught.value.problems
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message == "and 298 more problems; correct these first"


def test_problems_have_their_parts_as_attributes() -> None:
    with pytest.raises(SpecError) as caught:
        loads("shape:\n  circle: {center: [0, 0], radius: -1}\n", file="a.yaml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("a.yaml", 2, 36)
    assert problem.path == "shape.circle.radius"
    assert problem.source == "  circle: {center: [0, 0], radius: -1}"


def test_all_problems_of_a_document_come_at_once() -> None:
    with pytest.raises(SpecError) as caught:
        load(SPECS / "invalid" / "many_at_once.yaml")
    assert [problem.path for problem in caught.value.problems] == [
        "nme",
        "window",
        "shape.union[0].cirle",
        "shape.union[1].circle.center[1]",
        "shape.union[1].circle.radius",
        "shape.union[2].polygon",
        "shape.union[3].intersection[0].annulus",
        "shape.union[3].intersection[1].halfplane",
        "shape.union[3].intersection[2].geojson",
        "expect.inside",
        "expect.area.value",
        "expect.size",
    ]


# Files -------------------------------------------------------------------------------------------


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("name: Zürich\n".encode("latin-1"))
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_TEXT + 1))
    (tmp_path / "square.yaml").write_text("shape: {box: [0, 0, 1, 1]}\n", encoding="utf-8")
    for name, words in {
        "latin.yaml": "latin.yaml:1:8: byte 0xfc is not UTF-8",
        "large.yaml": "larger than 1 MB",
        "sqare.yaml": "did you mean",
        ".": "is a directory",
        "a\0b": "there is no such file",
    }.items():
        with pytest.raises(SpecError, match=words):
            load(tmp_path / name)
    with pytest.raises(SpecError, match="larger than 1 MB"):
        loads("#" * (MAX_TEXT + 1))
    with pytest.raises(SpecError, match="larger than 1 MB"):
        loads("#" + "ü" * (MAX_TEXT // 2 + 1))


WKT = "POLYGON ((0 0, 1 0, 0 1, 0 0))"


def test_files_outside_the_folder_need_leave(tmp_path: Path) -> None:
    folder = tmp_path / "specs"
    folder.mkdir()
    (tmp_path / "out.wkt").write_text(WKT, encoding="utf-8")
    (folder / "in.wkt").write_text(WKT, encoding="utf-8")
    (folder / "link.wkt").symlink_to(tmp_path / "out.wkt")
    (folder / "loop.wkt").symlink_to(folder / "loop.wkt")
    for name in ("../out.wkt", str(tmp_path / "out.wkt"), "link.wkt"):
        text = f"shape: {{wkt: {{file: {name}}}}}"
        assert "outside the document's folder" in refusal(text, folder=folder)
        assert loads(text, folder=folder, allow_outside=True).name == "shape"
    for name in ("in.wkt", "./in.wkt", "../specs/in.wkt", str(folder / "in.wkt")):
        assert loads(f"shape: {{wkt: {{file: {name}}}}}", folder=folder).name == "shape"
    assert "loop.wkt" in refusal("shape: {wkt: {file: loop.wkt}}", folder=folder)
    assert "without a folder" in refusal("shape: {wkt: {file: in.wkt}}")


def test_a_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "in.wkt").write_text(WKT, encoding="utf-8")
    references = References(tmp_path)
    first, _ = references.read("in.wkt")
    (tmp_path / "in.wkt").unlink()
    assert references.read("in.wkt")[0] is first


# Anything at all ---------------------------------------------------------------------------------

SEEDS = [path.read_text(encoding="utf-8-sig") for path in VALID if path.stat().st_size < 1000]
SIGNS = ["[", "]", "{", "}", ": ", "- ", "\n", "  ", "&a ", "*a", "!t ", "'", '"', "|\n", "#", "\t"]
ODD = ["null", "-1", "1e999", ".nan", "true", "'x'", "\0", "\\", "%", "---\n", "? ", "<<", "é"]
WORDS = ["name", "window", "expect", "area", "exterior", "radius", "file", "where"]
WORDS += ["from", "sides", "by", "about", "through", "step", "count", *MODIFIERS]
SNIPPETS = st.sampled_from([*SIGNS, *ODD, *WORDS, *SHAPE_KEYS])


def problems_of(text: str) -> tuple[Problem, ...]:
    """What is wrong with a document; anything raised but a SpecError fails the test."""
    try:
        loads(text, folder=SPECS / "valid")
    except SpecError as error:
        return error.problems
    return ()


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid document with pieces cut out, doubled, or put in."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 12)))
        put = draw(st.one_of(SNIPPETS, st.just(text[begin:end] * 2), st.text(max_size=4)))
        text = text[:begin] + put + text[end:]
    return text


@settings(max_examples=300)
@given(mutated())
@example('a: "\\UFFFFFFFF"')
@example("a: \ud800")
@example("*a : &b")
@example("? ? ? ? a")
@example("shape: {where: {? [] : 1}}")
def test_mutated_documents_load_or_are_refused(text: str) -> None:
    for problem in problems_of(text):
        assert problem.message
        assert problem.line is None or 1 <= problem.line <= len(LINE_BREAK.split(text)) + 1
        str(problem).encode()


@settings(max_examples=200)
@given(
    st.recursive(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8),
        ),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from([*NODES, *MODIFIERS, "name", "repair", "center", "radius", "by"]),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_any_data_in_place_of_a_shape(data: object) -> None:
    for problem in problems_of(json.dumps({"shape": data})):
        assert problem.message
        assert "no meaning here" not in problem.message


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**290), 10**290))
def test_numbers_survive_yaml(x: float, n: int) -> None:
    assert read_document(f"[{x!r}, {n}]", None, SPEC).data == [x, n]


# Schema and imports ------------------------------------------------------------------------------


def test_the_json_schema_describes_every_key() -> None:
    schema = json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    keys = {"name", "about", "group", "define", "window", "shape", "expect"}
    assert set(schema["properties"]) == keys
    assert tuple(NODES) == SHAPE_KEYS
    described = [schema, *schema["$defs"].values()]
    for definition in described:
        assert definition["additionalProperties"] is False
        assert definition["description"]
        for key, value in definition["properties"].items():
            assert value.get("description"), key
            assert value.get("title") or "$ref" in json.dumps(value), key


def test_the_json_schema_agrees_with_the_loader() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.check_schema(json_schema())
    for path in [*VALID, *SHAPES.glob("*.yaml")]:
        document = read_document(path.read_text(encoding="utf-8-sig"), None, SPEC)
        if "100" not in path.stem:  # The validator recurses.
            validator.validate(document.data)
    for stem in ("unknown_shape", "two_shapes", "circle_incomplete", "box_3", "expect_size_zero"):
        text = (SPECS / "invalid" / f"{stem}.yaml").read_text(encoding="utf-8")
        document = read_document(text, None, SPEC)
        assert not validator.is_valid(document.data), stem


def test_only_loading_imports_pydantic_and_yaml() -> None:
    code = (
        "import sys, regions.shape.importers, regions.shape.bounds, regions.shape.model;"
        "print([m for m in ('pydantic', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# The description of the language -----------------------------------------------------------------

LANGUAGE = ROOT / "docs" / "language.md"


def examples() -> list[str]:
    blocks = LANGUAGE.read_text(encoding="utf-8").split("```yaml\n")[1:]
    return [block.split("```")[0] for block in blocks]


@pytest.mark.parametrize("text", examples())
def test_the_examples_of_the_description_load(text: str) -> None:
    loads(text, folder=SHAPES)


def test_the_description_names_every_shape() -> None:
    text = LANGUAGE.read_text(encoding="utf-8")
    for key in SHAPE_KEYS:
        assert f"### `{key}`" in text
        assert any(f"{key}:" in example for example in examples())


def test_the_description_shows_what_is_really_said() -> None:
    blocks = LANGUAGE.read_text(encoding="utf-8").split("```text\n")[1:]
    document, said = (block.split("\n```")[0] for block in blocks[:2])
    assert refusal(document, file="lens.yaml") == said
