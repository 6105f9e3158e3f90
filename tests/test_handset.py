"""Networks written by hand: what a document means, and exactly what is said of what means nothing.

The judge is a reading of the document's text by Python itself, with fractions for numbers.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import regions
from regions.network.evaluate import activations
from regions.network.exact import exact_outputs
from regions.network.handset.read import loads
from regions.network.model import Network, Output
from regions.text.algebra.expression import MAX_BRACKETS
from regions.text.algebra.tokens import spell_name
from regions.text.document import MAX_PROBLEMS, MAX_TEXT

HOUSE = """
network:
  features: [x, y]
  units:
    left: "4*x - 3*y + 12 >= 0"
    right: "-4*x - 3*y + 36 >= 0"
    eave: "y >= 4"
    roof: "left + right + eave >= 2.5"
  output: roof
"""


def written(units: Mapping[str, str], output: str = "", **more: object) -> str:
    """A document with these units, the last of them the region."""
    lines = [f"  {key}: {value}" for key, value in more.items()]
    lines += ["  units:", *(f'    "{name}": "{text}"' for name, text in units.items())]
    return "\n".join(["network:", *lines, f'  output: "{output or [*units][-1]}"'])


# What a document means, read literally -----------------------------------------------------------


class Literally:
    """Which units of a document hold at a point: its texts, calculated by Python in fractions."""

    def __init__(self, text: str) -> None:
        network = YAML(typ="safe").load(text)["network"]
        self.signs = network.get("activation") == "sign"
        self.codes = {name: self._code(said) for name, said in network["units"].items()}

    def _code(self, said: str) -> Any:
        pattern = r"'(?P<quoted>[^']*)'|(?P<word>[A-Za-z]\w*)|(?P<number>[\d.]+(?:e[-+]?\d+)?)"
        code = re.sub(pattern, self._term, said.replace("^", "**"))
        return compile(re.sub(r"\*\*F\('(\d)'\)", r"**\1", code), said, "eval")

    def _term(self, found: re.Match[str]) -> str:
        if found["number"]:
            return f"F('{found['number']}')"
        return f"v[{found['quoted'] or found['word']!r}]"

    def __call__(self, x: Fraction, y: Fraction) -> dict[str, bool]:
        values: dict[str, Fraction] = {"x": x, "y": y}
        holds = {}
        for name, code in self.codes.items():
            holds[name] = bool(eval(code, {"F": Fraction, "v": values}))
            values[name] = Fraction(holds[name] - (self.signs and not holds[name]))
        return holds


quarters = st.integers(-12, 12).map(lambda n: Fraction(n, 4))
comparisons = st.sampled_from([">=", ">", "<=", "<"])


def number(value: Fraction) -> str:
    """A number as somebody might write it, without a sign."""
    return str(float(value)) if value.denominator > 1 else str(value)


def joined(terms: list[tuple[Fraction, str]]) -> str:
    """A sum in the notation of documents."""
    parts = []
    for value, name in terms:
        size = abs(value)
        sign = "-" if value < 0 else "+"
        parts.append(f"{sign} {name}" if name and size == 1 else f"{sign} {number(size)}*{name}")
    text = " ".join(part.removesuffix("*") for part in parts)
    return text.removeprefix("+ ") if text else "0"


@st.composite
def separator_texts(draw: st.DrawFn, features: list[str]) -> str:
    """Numbers are quarters: exact in doubles, and lines run through many points of the lattice."""
    terms = [(draw(quarters), name) for name in features]
    left = [term for term in terms if term[0]] or [(Fraction(0), "x")]
    constant = [(draw(quarters), "")]
    sign = draw(comparisons)
    form = draw(st.integers(0, 3))
    if form == 0:
        return f"{joined(left + constant)} {sign} 0"
    if form == 1:
        return f"{joined(left)} {sign} {joined(constant)}"
    if form == 2:
        return f"{joined(constant)} {sign} 2*({joined(left)})/4"
    return f"{joined(left)} {sign} {joined([(draw(quarters), 'y'), *constant])}"


@st.composite
def gate_texts(draw: st.DrawFn, above: list[str]) -> str:
    inputs = draw(st.lists(st.sampled_from(above), max_size=4))
    weight = st.one_of(
        st.integers(-4, 4).map(Fraction),
        st.sampled_from(["0.1", "0.5", "1.25", "2.4", "-0.3"]).map(Fraction),
    )
    terms = [(draw(weight), name) for name in inputs]
    threshold = joined([(draw(weight), ""), (Fraction(draw(st.integers(-3, 3)), 2), "")])
    sign = draw(comparisons)
    form = draw(st.integers(0, 3))
    if form == 0:
        return f"{threshold} {sign} {joined(terms)}"
    if form == 1:
        return f"({joined(terms)})/3 {sign} 1/3 - 1/6*({threshold})"
    if form == 2 and inputs:
        return f"{joined(terms)} {sign} {inputs[0]}"
    return f"{joined(terms)} {sign} {threshold}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    features = ["x", "y", *draw(st.sampled_from([[], ["x^2", "y^2"], ["x*y"], ["x^2*y"]]))]
    units: dict[str, str] = {}
    for i in range(draw(st.integers(1, 4))):
        units[f"line{i}"] = draw(separator_texts(features))
    for i in range(draw(st.integers(0, 4))):
        units[f"gate{i}"] = draw(gate_texts([*units]))
        if draw(st.booleans()):
            units[f"late{i}"] = draw(separator_texts(features))
    more = {"features": f"[{', '.join(features)}]"}
    if draw(st.booleans()):
        more["activation"] = "sign"
    return written(units, draw(st.sampled_from([*units])), **more)


LATTICE = [(Fraction(i), Fraction(j)) for i, j in itertools.product(range(-3, 4), repeat=2)]


def on_lines(network: Network) -> list[tuple[Fraction, Fraction]]:
    """A point on each slanted line, in thirds: no doubles."""
    found = []
    for weights, bias in zip(network.weights.tolist(), network.bias.tolist(), strict=True):
        if weights[1] and not any(weights[2:]):
            x = Fraction(1, 3)
            found.append((x, -(Fraction(weights[0]) * x + Fraction(bias)) / Fraction(weights[1])))
    return found


@given(documents())
def test_a_network_is_what_its_text_says(text: str) -> None:
    """Each unit and the region: at every point of a lattice, on the lines, in both arithmetics."""
    network = loads(text)
    units = YAML(typ="safe").load(text)["network"]["units"]
    turned = {n for n, said in units.items() if n[0] == "l" and re.search("[<>](?!=)", said)}
    region = network.outputs[0].name
    names = list(network.names)
    assert network.exact
    assert network.size == len(units) + (region in turned)
    assert set(names) == {*units} | {f"not {unit}" for unit in turned & {region}}
    literally = Literally(text)
    points = np.array(LATTICE, dtype=np.float64)
    fired = activations(network, points[:, 0], points[:, 1]).T.tolist()
    inside = network.inside(points).tolist()
    for x, y in [*LATTICE, *on_lines(network)]:
        holds = literally(x, y)
        exact = exact_outputs(network, x, y)
        assert exact[network.outputs[0].unit] == holds[region]
        for name, output in zip(names, exact, strict=True):
            if name in units:
                assert output == (holds[name] != (name in turned)), name
        if fired:
            assert fired.pop(0) == exact
            assert inside.pop(0) == holds[region]


@pytest.mark.parametrize("activation", ["step", "sign"])
@pytest.mark.parametrize("comparison", [">=", ">", "<=", "<"])
def test_equality_is_what_tells_comparisons_apart(activation: str, comparison: str) -> None:
    low = {"step": "0", "sign": "-1"}[activation]
    units = {"a": "x >= 0", "b": f"x + y {comparison} 1", "c": f"a + b {comparison} 1 + {low}"}
    text = written(units, activation=activation)
    network = loads(text)
    found = [network.inside([point])[0] for point in ((0.5, 0.5), (-0.5, 1.5), (0, 0), (2, 2))]
    points = [(Fraction(1, 2), Fraction(1, 2)), (Fraction(-1, 2), Fraction(3, 2))]
    points += [(Fraction(0), Fraction(0)), (Fraction(2), Fraction(2))]
    assert found == [Literally(text)(*point)["c"] for point in points]
    assert network.size == 3


def test_the_house_of_the_documentation() -> None:
    network = loads(HOUSE)
    assert list(network.names) == ["left", "right", "eave", "roof"]
    assert network.weights.tolist() == [[4, -3], [-4, -3], [0, 1]]
    assert network.bias.tolist() == [12, 36, -4]
    assert network.gates.weights.tolist() == [1, 1, 1]
    assert network.gates.bias.tolist() == [-2.5]
    assert network.outputs == (Output("roof", 3),)
    assert (network.exact, network.window, network.depth) == (True, None, 2)


def test_numbers_of_separators_are_the_nearest_doubles() -> None:
    network = loads(written({"a": "0.1*x - 1/3*y + 3*0.1 >= 1e-3"}))
    assert network.weights.tolist() == [[0.1, -1 / 3]]
    assert network.bias.tolist() == [0.299]
    assert not network.exact
    assert loads(written({"a": "0.5*x + 1e3 >= 0.75"})).exact


def test_numbers_of_gates_are_exact() -> None:
    """0.1 + 0.2 reaches 0.3 on paper, and misses 0.30000000000000001."""
    lines = {"a": "x >= 0", "b": "y >= 0"}
    both = loads(written({**lines, "c": "0.1*a + 0.2*b >= 0.3"}))
    assert both.inside([[1, 1], [1, -1], [-1, 1]]).tolist() == [True, False, False]
    assert both.gates.weights.tolist() == [1, 2]
    none = loads(written({**lines, "c": "0.1*a + 0.2*b >= 0.30000000000000001"}))
    assert none.inside([[1, 1]]).tolist() == [False]


def test_curves_may_be_written_with_brackets() -> None:
    features = "[x, y, y^2, x^2]"
    network = loads(written({"disc": "(x - 3)^2 + (y + 1)^2 <= 25"}, features=features))
    assert network.features == ((1, 0), (0, 1), (2, 0), (0, 2))
    assert network.inside([[8, -1], [6, 3], [6.5, 3.5]]).tolist() == [True, True, False]
    high = loads(written({"cubic": "y >= x^3 - x"}, features="[x^3]"))
    assert high.features == ((1, 0), (0, 1), (3, 0))
    assert high.inside([[1, 0], [0.5, -0.375], [0.5, -0.5]]).tolist() == [True, True, False]


def test_a_turned_separator_that_is_a_region_by_itself() -> None:
    text = written({"not left": "x >= 5", "left": "x > 0"}) + "\n"
    network = loads(text)
    assert list(network.names) == ["not left", "left", "not left'"]
    assert network.inside([[0, 0], [1e-300, 0]]).tolist() == [False, True]
    two = loads(text.replace('output: "left"', "outputs: {a: left, b: left, c: not left}"))
    assert two.size == 3
    assert two.fires([[0, 0], [1, 0], [5, 0]]).tolist() == [[0, 0, 0], [1, 1, 0], [1, 1, 1]]


def test_constants() -> None:
    network = loads(written({"all": "0 >= -3", "none": "1 > 1", "both": "all + none >= 1"}))
    assert (network.n_separators, network.n_gates) == (0, 3)
    assert network.inside([[0, 0]]).tolist() == [True]
    flat = loads(written({"flat": "0*x + 1 >= 0"}))
    assert (flat.n_separators, flat.n_gates) == (1, 0)


def test_terms_that_cancel_are_read_all_the_same() -> None:
    network = loads(written({"a": "x >= 0", "b": "y >= 0", "c": "a + b - a >= 1"}))
    assert network.gates.inputs.tolist() == [1]
    with pytest.raises(regions.NetworkError, match="a unit reads one kind"):
        loads(written({"a": "x >= 0", "b": "a + y - y >= 1"}))


def test_thresholds_beyond_all_sums() -> None:
    """They are cut off where they say no more: biases stay within the model's bounds."""
    units = {"a": "x >= 0", "b": "a >= 1e300", "c": "-2*a > -1e300"}
    assert loads(written(units, "b")).gates.bias.tolist() == [-1.5, 2.5]


# Names -------------------------------------------------------------------------------------------


def test_names_that_are_no_words_stand_in_quotes() -> None:
    units = {"x": "x >= 0", "it's": "y >= 0", "roof.edge[0]#2": "x <= 1", "größe_1": "y <= 1"}
    names = " + ".join(map(spell_name, units))
    assert names == "'x' + 'it''s' + roof.edge[0]#2 + größe_1"
    network = loads(written({**units, "all": f"{names} >= 4"}))
    assert list(network.names) == [*units, "all"]
    assert network.inside([[0.5, 0.5], [2, 0.5]]).tolist() == [True, False]


# What is refused ---------------------------------------------------------------------------------


def refusal(text: str) -> str:
    with pytest.raises(regions.NetworkError) as caught:
        loads(text, "net.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("said", "column", "message"),
    [
        ("", 1, "the unit is empty; write a comparison such as"),
        ("  ", 1, "the unit is empty"),
        ("x + 1", 6, "there is no comparison; add >= and a number"),
        ("x", 2, "there is no comparison"),
        ("x = 1", 3, "= has no meaning here; compare with >="),
        ("x >= 1 >= 0", 8, "this compares a second time; make it a unit of its own"),
        ("0 <= x <= 1", 8, "this compares a second time"),
        ("x >= 1^2^3", 9, "nothing may follow here"),
        ("4x >= 0", 2, "put a * between 4 and x"),
        ("4(x) >= 0", 2, "put a * between 4 and ("),
        ("war zone >= 1", 5, "put a name with spaces in quotes: 'war zone'"),
        ("a and b >= 1", 3, "and is no operator; AND of two units is left + right >= 2"),
        ("not a >= 1", 1, "not is no operator; NOT of a unit is -left >= 0"),
        ("a or b", 3, "or is no operator"),
        ("a && b >= 1", 3, "& has no meaning here; AND of two units"),
        ("a % b >= 1", 3, "% has no meaning here; use numbers, names"),
        ("0,5*x >= 1", 2, "write decimals with a point"),
        ("x² >= 1", 2, "write ^2"),
        ("x ≥ 1", 3, "write >="),
        ("x >= + 1 * ", 11, "a number or a name is missing here"),
        ("x + >= 1", 5, "a number or a name is missing here"),
        ("x - - >= 1", 7, "a number or a name is missing here"),
        ("(x >= 1", 4, "a ) is missing here"),
        ("1 >= (x", 6, "this bracket is never closed; add )"),
        ("x) >= 1", 2, "no bracket is open here; remove )"),
        ("() >= 1", 2, "a number or a name is missing here"),
        ("'a >= 1", 1, "a name in single quotes ends with another one"),
        ("x^7 >= 0", 3, "an exponent is a whole number from 1 to 6"),
        ("x^a >= 0", 3, "an exponent is a whole number"),
        ("x^3*y^4 >= 0", 4, "x^3*y^4 is beyond degree 6"),
        ("(x + y^2)^4 >= 0", 10, "is beyond degree 6"),
        ("x*y >= 0", 1, "x*y is no feature of this network; add x*y to `features`"),
        ("1 >= x/y", 7, "divide by numbers only"),
        ("x/0 >= 1", 2, "this divides by 0"),
        ("a*b >= 1", 2, "the product of the units a and b is no sum of units; for AND"),
        ("a^2 >= 1", 2, "the product of the units a and a"),
        ("x*a >= 1", 2, "a unit cannot be multiplied by a coordinate"),
        ("2*a + y >= 1", 7, "this reads the coordinate y and the unit a; a unit reads one kind"),
        ("c + b >= 1", 1, "c reads itself"),
        ("a + late >= 1", 5, "late stands below c, which reads it; move it up"),
        ("a + back >= 1", 5, "this is a cycle: back reads c in turn"),
        ("A + b >= 1", 1, "no unit is called A; did you mean a?"),
        ("a + lat >= 1", 5, "no unit is called lat; what can be read here is x, y, a, b"),
        ("xy + 3 >= 1", 1, "no unit is called xy; did you mean x*y?"),
        ("X >= 1", 1, "no unit is called X; did you mean x?"),
        ("1e401*x >= 1", 1, "this number is too long"),
        ("1e-99999999999*x >= 1", 1, "this number is too long"),
        ("1e400*x >= 1", 1, "a number is too large for a double"),
        ("1e-400*x >= 1", 1, "a number is too small for a double"),
        ("1e400*1e400*1e400*1e400*1e400*x >= 1", 18, "a number becomes too long"),
        ("8388607*a + b >= 1", 1, "the weights of this unit add up to 2^23 or more"),
        ("0.00000001*a + b >= 1", 1, "the weights of this unit add up to 2^23 or more"),
    ],
)
def test_units_that_mean_nothing(said: str, column: int, message: str) -> None:
    """Each is refused once, in its line, at the character that is wrong."""
    units = {"a": "x >= 0", "b": "y >= 0", "c": said, "late": "x >= 1", "back": "c + a >= 1"}
    text = written(units, features="[x, y]")
    [line] = [i for i, row in enumerate(text.split("\n"), start=1) if row.startswith('    "c"')]
    with pytest.raises(regions.NetworkError) as caught:
        loads(text, "net.yaml")
    problem, *more = caught.value.problems
    assert message in problem.message
    assert (problem.file, problem.line, problem.path) == ("net.yaml", line, "network.units.c")
    # Characters count from the quote on; the first one is shown at the quote itself.
    assert problem.column == 10 + (column if column > 1 else 0)
    assert all(other.line == line for other in more)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "net.yaml:1:1: the document is empty; begin with `network:`"),
        ("5", "1:1: found the number 5; give a mapping with `network:`"),
        ("network: 5", "1:10: network: found the number 5; give a mapping with `units:`"),
        ("shape: {box: [0, 0, 1, 1]}", "this is a spec; a network written by hand begins with"),
        ('{"format": 1, "separators": []}', "this is a network in JSON; name the file .json"),
        ("network: {}", "network.units: the key is missing; give each unit a name"),
        ("network: {}", "network: there is no output; add `output: NAME`"),
        ("network: {units: {a: x >= 0}}", "network: there is no output; add `output: a`"),
        ("network: {units: {}}", "network.units: found a mapping; give each unit a name"),
        ("network: {units: [a]}", "network.units: found a list of 1"),
        ("network: {units: {a: 5}}", "network.units.a: found the number 5; give a comparison"),
        ("network: {units: {a: }}", "network.units.a: found nothing; give a comparison"),
        ("network: {units: {'': x >= 0}}", "the name is empty; give the unit one"),
        ("network: {units: {a: x >= 0, a: x >= 1}}", "the key 'a' stands twice"),
        ("network: {units: {1: x >= 0}}", "the key 1 is no text; put it in quotes"),
        ("network: {units: {a: x >= 0}, output: 1}", "network.output: found the number 1; give"),
        ("network: {units: {a: x >= 0}, output: b}", "network.output: no unit is called b; name"),
        ("network: {units: {roof: x >= 0}, output: rof}", "did you mean roof?"),
        ("network: {units: {a: x >= 0}, outputs: a}", "network.outputs: found the text 'a'; give"),
        ("network: {units: {a: x >= 0}, outputs: {}}", "network.outputs: found a mapping; give"),
        ("network: {units: {a: x >= 0}, outputs: {r: b}}", "network.outputs.r: no unit is called"),
        ("network: {units: {a: x >= 0}, outputs: {'': a}}", "the region needs a name"),
        ("network: {output: a, outputs: {a: a}}", "both output and outputs are given; keep one"),
        ("network: {outpt: a}", "network.outpt: unknown key 'outpt'; did you mean 'output'?"),
        ("network: {}\nname: a", "2:1: name: unknown key 'name'; the keys here are network"),
        ("network: {features: x}", "network.features: found the text 'x'; give a list such as"),
        ("network: {features: [z]}", "network.features[0]: found the text 'z'; give powers of x"),
        ("network: {features: [x, 2*x]}", "network.features[1]: found the text '2*x'"),
        ("network: {features: [x, 1]}", "network.features[1]: found the number 1"),
        ("network: {features: [x, [y]]}", "network.features[1]: found a list of 1"),
        ("network: {features: [x^4*y^3]}", "give powers of x and y such as x^2 or x*y, up to"),
        ("network: {activation: relu}", "network.activation: found the text 'relu'; give step"),
        ("network: {activation: [sign]}", "network.activation: found a list of 1; give step"),
        ("network: {window: [0, 0, 1]}", "network.window: this is no box; give [xmin"),
        ("network: {window: [0, 0, 1, 0]}", "network.window: this is no box"),
        ("network: {window: [0, 0, 1, .nan]}", "network.window: this is no box"),
        ("network: {window: [0, 0, 1, a]}", "network.window: this is no box"),
        ("network: &a {units: *a}", "anchors (&a) are refused"),
        ("network: [", "this is not valid YAML"),
        (
            "#" * (MAX_TEXT + 1),
            "the text is larger than 1 MB; write a network of that size as JSON",
        ),
    ],
)
def test_documents_that_mean_nothing(text: str, message: str) -> None:
    said = refusal(text)
    assert message in said
    assert said.startswith("net.yaml")


def test_all_problems_are_said_at_once_and_in_order() -> None:
    units = {"a": "4x >= 0", "b": "a + z + q >= 0", "c": "b + a >= 1", "d": "a*b >= 1"}
    text = written(units, "e", features="[x, y, x^7]", activation="relu")
    with pytest.raises(regions.NetworkError) as caught:
        loads(text)
    places = [(problem.line, problem.path.split(".")[-1]) for problem in caught.value.problems]
    assert places == [
        (2, "features[2]"),
        (3, "activation"),
        (5, "a"),
        (6, "b"),
        (6, "b"),
        (8, "d"),
        (9, "output"),
    ]


def test_many_problems_are_cut_short() -> None:
    with pytest.raises(regions.NetworkError) as caught:
        loads(written({f"u{i}": "4x" for i in range(300)}))
    assert len(caught.value.problems) == MAX_PROBLEMS + 1
    assert str(caught.value.problems[-1]) == "and more; correct these first"


def test_hints_are_not_looked_for_without_end() -> None:
    lines = {f"u{i}": "x >= 0" for i in range(3000)}
    names = " + ".join(f"v{i}" for i in range(4000))
    begun = time.process_time()
    with pytest.raises(regions.NetworkError) as caught:
        loads(written({**lines, "many": f"{names} >= 1", "more": f"{names} >= 2"}))
    assert time.process_time() - begun < 5
    assert len(caught.value.problems) == MAX_PROBLEMS + 1


def test_places_in_texts_that_are_not_written_as_they_read() -> None:
    """Folded or escaped, a text is pointed at as a whole; single quotes and none at the place."""
    head = "network:\n  units:\n    a: "
    tail = "\n  output: a\n"
    for text, column in ((r'"\x78 = 1"', 8), ("x\n      = 1", 8), ("'x = 1'", 11), ("x = 1", 10)):
        with pytest.raises(regions.NetworkError) as caught:
            loads(head + text + tail)
        assert (caught.value.problems[0].line, caught.value.problems[0].column) == (3, column)


def test_brackets_are_bounded() -> None:
    deep = "(" * MAX_BRACKETS + "x" + ")" * MAX_BRACKETS
    assert loads(written({"a": f"{deep} >= 1"})).bias.tolist() == [-1]
    assert "nested more than 20 deep" in refusal(written({"a": f"({deep}) >= 1"}))
    assert "nested more than 20 deep" in refusal(written({"a": "(" * 100_000}))


def test_nothing_is_run() -> None:
    for said in ("__import__('os').x >= 0", "x.real >= 0", "lambda: 0 >= 0", "x if y >= 0"):
        assert "network.units.a" in refusal(written({"a": said}))


def attempt(text: str) -> Network | regions.NetworkError:
    try:
        return loads(text)
    except regions.NetworkError as error:
        return error


PIECES = [
    "x",
    "y",
    "a",
    "b",
    "'a'",
    "1",
    "2.5",
    "1e3",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    "^2",
    ">=",
    "<",
]


@settings(max_examples=300)
@given(
    st.one_of(
        st.text("xyab0123456789.+-*/^()<>= '[]#e", max_size=30),
        st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
        st.lists(st.sampled_from(PIECES), max_size=6).map(lambda some: f"{''.join(some)} >= a"),
    )
)
def test_any_text_is_a_comparison_or_refused(said: str) -> None:
    text = written({"a": "x >= 0", "b": "y >= 0", "c": said}, features="[x, y, x^2, x*y, y^2]")
    match attempt(text):
        case regions.NetworkError(problems=problems):
            assert {problem.path for problem in problems} == {"network.units.c"}
        case Network() as network:
            x, y = Fraction(1, 2), Fraction(-3, 4)
            answer = exact_outputs(network, x, y)[network.outputs[0].unit]
            assert answer == Literally(text)(x, y)["c"] or not network.exact


def test_long_documents_are_read_in_linear_time() -> None:
    lines = {f"u{i}": f"x - {i} >= 0" for i in range(4000)}
    total = " + ".join(lines)
    begun = time.process_time()
    network = loads(written({**lines, "most": f"{total} >= 2000", "few": f"{total} <= 2"}))
    assert time.process_time() - begun < 10
    assert network.inside([[2, 0]]).tolist() == [False]
