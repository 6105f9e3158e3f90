"""`define` and `use`: what they stand for, what they may cost, and what an editor is told."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import regions
from regions.cli import main
from regions.errors import SpecError
from regions.shape.definitions import MAX_DEPTH, MAX_USED
from regions.shape.load import SPEC, load, loads
from regions.shape.model import (
    Box,
    Circle,
    Difference,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
    bottom_up,
    operands,
)
from regions.shape.schema import NODES, json_schema
from regions.text.document import read_document
from tests.conftest import ROOT, SHAPES

COMMITTED = ROOT / "docs" / "spec.schema.json"
EDITOR_LINE = "# yaml-language-server: $schema=../docs/spec.schema.json\n"


def refusal(text: str) -> tuple[str, ...]:
    with pytest.raises(SpecError) as caught:
        loads(text)
    return tuple(f"{problem.path}: {problem.message}" for problem in caught.value.problems)


def members(text: str) -> tuple[Shape, ...]:
    return operands(loads(text).shape)


# What they stand for -----------------------------------------------------------------------------


def test_a_used_shape_is_the_same_object_each_time() -> None:
    first, second, renamed = members(
        "define: {a: {union: [{box: [0, 0, 1, 1]}]}}\n"
        "shape: {union: [{use: a}, {use: a}, {use: a, name: b}]}"
    )
    assert first is second
    assert isinstance(renamed, Union)
    assert isinstance(first, Union)
    assert renamed.operands[0] is first.operands[0]
    assert (first.name, renamed.name) == ("a", "b")


def test_a_definition_gives_its_name_unless_the_shape_has_one() -> None:
    plain, named, again = members(
        "define:\n"
        "  a: {box: [0, 0, 1, 1]}\n"
        "  b: {box: [0, 0, 1, 1], name: own}\n"
        "  c: {use: b}\n"
        "shape: {union: [{use: a}, {use: b}, {use: c}]}"
    )
    assert (plain.name, named.name) == ("a", "own")
    assert again is named


def test_numbers_are_exact_until_they_are_used() -> None:
    spec = loads(
        "define: {third: 1/3, pitch: 0.1, n: 7, big: 3 * n}\n"
        "window: [-n, -n, big, 2*big]\n"
        "shape: {box: [0, -pitch, 3*third, 3*pitch]}\n"
        "expect: {inside: [[third, 0]], area: {value: n, tolerance: n/2}, size: {max: n}}"
    )
    assert spec.shape == Box(0, -0.1, 1, 0.3)
    assert spec.window == (-7, -7, 21, 42)
    assert spec.expect.inside.tolist() == [[1 / 3, 0]]
    assert (spec.expect.area, spec.expect.area_tolerance, spec.expect.max_size) == (7, 3.5, 7)


def test_texts_stay_texts_where_no_number_is_wanted() -> None:
    spec = loads(
        "define: {r: 2}\nname: r\nabout: r + 1\nshape: {circle: {center: [0, 0], radius: r}}"
    )
    assert (spec.name, spec.about) == ("r", "r + 1")


def test_a_document_with_names_means_what_it_means_written_out() -> None:
    named = load(SHAPES / "window_panes.yaml")
    arch, wall = "{circle: {center: [3, 5], radius: 3}}", "{box: [0, 0, 6, 5]}"
    opening = f"{{union: [{arch}, {wall}]}}"
    glass = "{union: [{circle: {center: [3, 5], radius: 2.5}}, {box: [0.5, 0.5, 5.5, 5]}]}"
    bars = "{union: [{box: [2.75, 0, 3.25, 8]}, {box: [0, 4.75, 6, 5.25]}]}"
    plain = loads(
        f"shape: {{union: [{{intersection: [{opening}, {bars}]}}, "
        f"{{difference: [{opening}, {glass}]}}]}}"
    )
    points = np.random.default_rng(1).uniform((-1, -1), (7, 9), (5000, 2))
    first, second = regions.compile(named), regions.compile(plain)
    assert np.array_equal(first.inside(points), second.inside(points))
    assert first.size == second.size
    assert regions.verify(first, plain).ok


# Errors ------------------------------------------------------------------------------------------


def test_one_mistake_is_told_once() -> None:
    said = refusal(
        "define:\n"
        "  a: 1/0\n"
        "  b: a + 1\n"
        "  c: {circle: {center: [b, 0], radius: a}}\n"
        "  d: {union: [{use: c}, {box: [0, 0, 1, nil]}]}\n"
        "shape: {union: [{use: c}, {use: d}, {circle: {center: [a, b], radius: -1}}]}"
    )
    assert said == (
        "define.a: at character 2 of '1/0': this divides by zero",
        "define.d.union[1].box[3]: 'nil' is not defined; give a number, or define it under "
        "`define:` at the top",
        "shape.union[2].circle.radius: found the number -1; give a number greater than 0",
    )


def test_a_fault_in_a_text_is_shown_at_its_character() -> None:
    with pytest.raises(SpecError) as caught:
        loads("define: {r: 2}\nshape:\n  box: [0, 0, '1 + rr', 2 cm]\n")
    assert [(p.line, p.column) for p in caught.value.problems] == [(3, 20), (3, 27)]


# What they may cost ------------------------------------------------------------------------------


def chain(count: int) -> str:
    lines = ["define:", "  s0: {box: [0, 0, 1, 1]}"]
    lines += [
        f"  s{k}: {{symmetric_difference: [{{use: s{k - 1}}}, {{box: [{k}, 0, {k}.5, 1]}}]}}"
        for k in range(1, count)
    ]
    return "\n".join([*lines, f"shape: {{use: s{count - 1}}}"])


def test_a_thousand_definitions_in_a_chain_compile_without_much_of_a_stack() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(350)
    try:
        spec = loads(chain(1000))
    finally:
        sys.setrecursionlimit(before)
    assert sum(1 for _ in bottom_up(spec.shape)) == 1999
    network = regions.compile(spec, strategy="edges")
    xs = np.arange(1, 1000)
    assert network.inside(np.column_stack([xs + 0.25, xs * 0 + 0.5])).all()
    assert not network.inside(np.column_stack([xs + 0.75, xs * 0 + 0.5])).any()


def test_deeper_chains_are_refused() -> None:
    lines = [f"  s{k}: {{complement: {{use: s{k - 1}}}}}" for k in range(1, MAX_DEPTH + 10)]
    text = "\n".join(["define:", "  s0: {box: [0, 0, 1, 1]}", *lines, "shape: {use: s1005}"])
    (said,) = refusal(text)
    assert said.startswith(f"define.s{MAX_DEPTH + 1}: 's{MAX_DEPTH + 1}' nests shapes more than")


def doubled(count: int) -> str:
    """Definitions that each use the one above twice, so that none is needless."""
    lines = ["define:", "  s0: {circle: {center: [0, 0], radius: 1/2}}"]
    lines += [
        f"  s{k}: {{symmetric_difference: [{{union: [{{use: s{k - 1}}}, {{box: [{k}, 0, {k + 1}, 1]"
        f"}}]}}, {{difference: [{{use: s{k - 1}}}, {{box: [{k}.5, 0, {k + 1}, 1]}}]}}]}}"
        for k in range(1, count + 1)
    ]
    return "\n".join([*lines, f"shape: {{use: s{count}}}"])


def test_shared_shapes_cost_what_they_hold() -> None:
    spec = loads(doubled(14))
    assert sum(1 for _ in bottom_up(spec.shape)) == 1 + 14 * 5
    network = regions.compile(spec, strategy="edges")
    assert network.size < 200
    assert regions.prove(network, spec).holds()


def test_what_doubles_too_often_is_refused_and_never_written_out() -> None:
    (said,) = refusal(doubled(60))
    assert f"more than {MAX_USED:,} shapes" in said


def test_nothing_writes_out_a_tree_of_sixty_doublings() -> None:
    shape: Shape = Circle((0, 0), 1)
    for k in range(60):
        wider = Union((shape, Box(k, 0, k + 1, 1)))
        shape = SymmetricDifference((wider, Difference((shape, Box(k + 0.5, 0, k + 1, 1)))))
    spec = Spec("doubled", shape, (-2, -2, 62, 2))
    network = regions.compile(spec, strategy="edges")
    assert network.size < 600
    assert regions.verify(network, spec).ok


# What an editor is told --------------------------------------------------------------------------


def mappings(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema["$defs"].values()]


def test_every_key_is_described() -> None:
    for mapping in mappings(json_schema()):
        assert mapping["description"]
        for key, value in mapping["properties"].items():
            assert value.get("description"), (mapping["title"], key)
            assert value.get("examples"), (mapping["title"], key)


@pytest.mark.parametrize("key", NODES)
def test_the_examples_of_a_shape_load(key: str, tmp_path: Path) -> None:
    ring = "[[[0, 0], [4, 0], [0, 4], [0, 0]]]"
    shutil.copy(SHAPES / "data" / "gear.svg", tmp_path)
    (tmp_path / "shape.wkt").write_text("POLYGON ((0 0, 4 0, 0 4, 0 0))")
    (tmp_path / "map.geojson").write_text(
        '{"type": "Feature", "properties": {"name": "Poland"}, '
        f'"geometry": {{"type": "Polygon", "coordinates": {ring}}}}}'
    )
    examples = NODES[key].model_fields[key].examples
    assert examples
    for example in examples:
        document = {
            "define": {"roof": {"box": [0, 0, 1, 1]}},
            "window": [-9, -9, 9, 9],
            "shape": {key: example},
        }
        loads(json.dumps(document), folder=tmp_path)


def test_the_examples_around_the_shape_load() -> None:
    for key, value in json_schema()["properties"].items():
        for example in value["examples"]:
            loads(json.dumps({"shape": {"box": [0, 0, 1, 1]}, key: example}))


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(COMMITTED.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shapes_are_right_and_name_their_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(EDITOR_LINE)
    validator().validate(read_document(text, None, SPEC).data)


@pytest.mark.parametrize(
    "text",
    [
        "define: {pi: 3}",
        "define: {2r: 3}",
        "define: {r: true}",
        "define: {r: '2 & 3'}",
        "define: {a: {bax: [0, 0, 1, 1]}}",
        "define: [a]",
        "shape: {use: 3}",
        "shape: {use: a, box: [0, 0, 1, 1]}",
        "shape: {use: a, repair: true}",
        "shape: {circle: {center: [0, 0], radius: -1}}",
        "shape: {circle: {center: [0, 0], radius: null}}",
        "shape: {box: [0, 0, 1, '']}",
        "shape: {box: [0, 0, 1]}",
        "shape: {union: []}",
        "window: {xmin: 0}",
        "expect: {size: {max: 0.5}}",
        "nme: x",
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(text: str) -> None:
    document = text if "shape:" in text else f"{text}\nshape: {{box: [0, 0, 1, 1]}}"
    if "use:" in text:
        document = f"define: {{a: {{box: [0, 0, 1, 1]}}}}\n{text}"
    refusal(document)
    assert not validator().is_valid(read_document(document, None, SPEC).data)


def test_the_committed_schema_is_fresh() -> None:
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert committed == json_schema(), "run `regions schema -o docs/spec.schema.json`"


def test_the_schema_can_be_written_to_a_file(tmp_path: Path) -> None:
    for options, key in ([], "define"), (["--network"], "separators"):
        path = tmp_path / "a.json"
        done = CliRunner().invoke(main, ["schema", "-o", str(path), *options])
        assert done.exit_code == 0
        assert str(path) in done.stdout
        assert key in json.loads(path.read_text())["properties"]
    assert CliRunner().invoke(main, ["schema", "-o", str(tmp_path)]).exit_code == 2
