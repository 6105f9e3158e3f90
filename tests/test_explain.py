"""The worked solution: every printed formula is read back and computed again."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import regions
from regions.cli import main
from regions.commands.options import FORMATS
from regions.compiler import build
from regions.errors import InputError
from regions.network.exact import exact_outputs, exact_values
from regions.network.model import Network
from regions.shape.load import loads
from regions.shape.model import Box, Circle, Complement, Expectation, Spec, Union
from regions.story.explain import WRITERS, read_point, solution, trace
from regions.story.explain.document import (
    Command,
    Document,
    Heading,
    Items,
    Layer,
    Name,
    Paragraph,
    Steps,
    Table,
    para,
)
from regions.story.explain.formula import Letter, Number, Power, Product, Sum, number, relation
from regions.story.explain.latex import latex
from regions.story.explain.markdown import markdown
from regions.story.explain.notation import Plain, Tex
from regions.story.explain.reasons import deciding
from regions.story.explain.text import text
from tests.conftest import ROOT, SHAPES

SMALL = ("war_zone_a", "war_zone_b", "star", "window_panes", "keyhole", "strip")
SIGNS = {
    "=": lambda a, b: a == b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}
NASTY = "a_b $& % {x} ^ \\ * <c> | é 漢"
"""What a name may hold and what means something in Markdown or LaTeX."""


@lru_cache
def made(name: str, strategy: str = "parts") -> tuple[Spec, Network, Document]:
    spec = regions.load(SHAPES / f"{name}.yaml")
    found = build(spec, strategy)
    return spec, found.network, solution(spec, found.network, found)


def value(expression: str, **letters: Fraction) -> Fraction:
    """A sum in plain notation: an independent reader, term by term.

    Two factors are joined by `*` or, before a letter, by a space: `-4 x^2`, `3*(-2)^2`.
    """
    tokens = re.findall(r"[0-9.]+(?:e-?[0-9]+)?|[a-z]+[0-9]*|[-+*/^()]", expression)
    place = 0

    def peek() -> str:
        return tokens[place] if place < len(tokens) else ""

    def take() -> str:
        nonlocal place
        place += 1
        return tokens[place - 1]

    def whole() -> Fraction:
        sign = -1 if peek() == "-" else 1
        if sign < 0:
            take()
        total = sign * product()
        while peek() in ("+", "-"):
            total += product() if take() == "+" else -product()
        return total

    def product() -> Fraction:
        result = power()
        while peek() in ("*", "/") or (peek() and peek()[0].isalpha()):
            if peek() == "/":
                take()
                result /= power()
            else:
                if peek() == "*":
                    take()
                result *= power()
        return result

    def power() -> Fraction:
        token = take()
        if token == "(":
            base = whole()
            assert take() == ")"
        else:
            base = letters[token] if token[0].isalpha() else Fraction(token)
        if peek() == "^":
            take()
            base **= int(take())
        return base

    result = whole()
    assert place == len(tokens), expression
    return result


def random_points(spec: Spec, count: int = 20) -> list[tuple[Fraction, Fraction]]:
    rng = np.random.default_rng(7)
    xmin, ymin, xmax, ymax = spec.window
    points = rng.uniform((xmin, ymin), (xmax, ymax), (count, 2))
    return [(Fraction(x), Fraction(y)) for x, y in points.tolist()]


def formulas(document: Document) -> Iterator[str]:
    """All formulas in plain notation."""
    for block in document:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                runs = [spans]
            case Steps(rows):
                runs = [spans for _, spans in rows]
            case Items(items):
                runs = [item.spans for item in items]
            case Table(_, rows):
                runs = [cell for row in rows for cell in row]
            case Layer():
                runs = []
        for spans in runs:
            yield from (Plain()(s) for s in spans if not isinstance(s, str | Name | Command))


def chains(document: Document) -> list[str]:
    """The equations and inequalities between numbers."""
    return [
        f
        for f in formulas(document)
        if re.fullmatch(r"[-+*/^(). 0-9e]*[=<>][-+*/^(). 0-9e=<>]*", f)
    ]


def holds(chain: str) -> bool:
    parts = re.split(r" (=|>=|>|<) ", chain.strip())
    values = [value(part) for part in parts[::2]]
    return all(
        SIGNS[sign](a, b) for a, sign, b in zip(values, parts[1::2], values[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("source", "outcome"),
    [("-4*2 - 3*5 + 36", 13), ("-2 + 4", 2), ("-(-2)^2 - 0^2 + 9", 5), ("-1/3 + 5*(1/3)", "4/3")],
)
def test_the_reader_reads(source: str, outcome: str | int) -> None:
    assert value(source) == Fraction(outcome)
    assert value("-4 x^2 + 2 x y - y", x=Fraction(2), y=Fraction(3)) == -7


@pytest.mark.parametrize("name", [*SMALL, "hyperbola", "heart", "tilted_ellipse", "gear"])
def test_each_inequality_is_the_networks(name: str) -> None:
    spec, network, document = made(name)
    page = text(document)
    found = re.findall(r"^h(\d+): .*\n\n(?:.*\n)*?    inequality  (.*) >= 0$", page, re.MULTILINE)
    assert len(found) == (network.n_separators if name != "gear" else 4)
    for x, y in random_points(spec):
        exact = exact_outputs(network, x, y)
        for unit, inequality in found:
            assert (value(inequality, x=x, y=y) >= 0) == exact[int(unit) - 1], inequality


@pytest.mark.parametrize("name", [*SMALL, "checkers"])
@pytest.mark.parametrize("strategy", ["parts", "edges"])
def test_each_sum_is_right(name: str, strategy: str) -> None:
    _, network, document = made(name, strategy)
    found = chains(document)
    assert len(found) > network.n_separators
    assert [chain for chain in found if not holds(chain)] == []
    printed = " ".join(text(document).split())
    assert all(chain in printed for chain in found)


def test_a_wrong_sum_is_seen() -> None:
    assert holds("1 + 1 - 2.5 = -0.5 < 0")
    assert not holds("1 + 1 - 2.5 = 0.5 < 0")
    assert not holds("1 + 1 - 2.5 = -0.5 >= 0")


@pytest.mark.parametrize("name", SMALL)
def test_each_gate_is_the_networks(name: str) -> None:
    """`h8 = H(h1 + h2 - 1.5)`, with all units' answers at random points."""
    spec, network, document = made(name, "edges")
    page = " ".join(text(document).split())
    found = re.findall(r"h(\d+) = H\(((?:[^()xy]*h\d+[^()xy]*)+)\)\.", page)
    assert len(found) == network.n_gates
    for x, y in random_points(spec):
        exact = exact_outputs(network, x, y)
        answers = {f"h{unit}": Fraction(says) for unit, says in enumerate(exact, 1)}
        for unit, total in found:
            assert (value(total, **answers) >= 0) == exact[int(unit) - 1]


@pytest.mark.parametrize("name", ["war_zone_a", "war_zone_b", "keyhole", "checkers"])
def test_the_matrices_multiply_out(name: str) -> None:
    spec, network, document = made(name)
    layers = [block for block in document if isinstance(block, Layer)]
    assert len(layers) == network.depth
    for x, y in random_points(spec):
        vector = [x**i * y**j for i, j in network.features]
        for layer in layers:
            sums = [
                sum(w * v for w, v in zip(row, vector, strict=True)) + bias
                for row, bias in zip(layer.weights, layer.bias, strict=True)
            ]
            vector = [Fraction(total >= 0) for total in sums]
            exact = exact_outputs(network, x, y)
            units = [letter.index for letter in layer.outputs if isinstance(letter, Letter)]
            assert vector == [exact[index - 1] for index in units if index is not None]
        assert vector == [exact_outputs(network, x, y)[network.output().unit]]


def test_the_text_shows_the_matrices_entries() -> None:
    spec, _, document = made("war_zone_a")
    page = text(document)
    for layer in (block for block in document if isinstance(block, Layer)):
        for row in layer.weights:
            assert re.search(r"\[ *" + r" +".join(map(re.escape, map(str, row))) + r"\]", page)
    assert spec.name in page


@pytest.mark.parametrize("name", [*SMALL, "heart", "checkers"])
def test_a_trace_adds_up_and_answers(name: str) -> None:
    spec = regions.load(SHAPES / f"{name}.yaml")
    network = build(spec, "parts").network
    points = [(Fraction(1, 3), Fraction(-2, 7)), (Fraction(2), Fraction(5)), (Fraction(0),) * 2]
    for point in points:
        page = " ".join(text(trace(spec, network, point)).split())
        found = re.findall(r"\(h(\d+)\): (.*?), so h(\d+) = ([01])", page)
        exact = exact_values(network, *point)
        assert [int(unit) for unit, *_ in found] == list(range(1, network.size + 1))
        for unit, chain, again, says in found:
            assert unit == again
            assert holds(chain), chain
            assert says == str(int(exact[int(unit) - 1] >= 0))
        inside = exact[network.output().unit] >= 0
        assert page.endswith(f" is {'inside' if inside else 'outside'}.")


def test_a_trace_says_where_the_point_lies_on_a_line() -> None:
    spec, network, _ = made("war_zone_a")
    page = " ".join(text(trace(spec, network, read_point("1.5,6"))).split())
    assert "4*1.5 - 3*6 + 12 = 0 >= 0, so h3 = 1; the point lies exactly on this line" in page
    assert page.count("exactly on") == 1


def test_a_trace_of_a_large_network_is_short_and_forces_the_answer() -> None:
    spec, network, _ = made("poland")
    rng = np.random.default_rng(3)
    for point in ((Fraction(19), Fraction(52)), (Fraction(1, 3), Fraction(52))):
        fired = exact_outputs(network, *point)
        needed = deciding(network, fired, network.output().unit)
        assert len(text(trace(spec, network, point)).splitlines()) < 120
        # Whatever all other separators say, the output stays.
        for _ in range(5):
            says = [bool(s) for s in rng.integers(0, 2, network.n_separators)]
            for unit in needed:
                if unit < network.n_separators:
                    says[unit] = fired[unit]
            for gate in range(network.n_gates):
                row = network.gates.row(gate)
                pairs = zip(network.gates.inputs[row], network.gates.weights[row], strict=True)
                total = sum(int(w) for unit, w in pairs if says[unit])
                says.append(total + network.gates.bias[gate] >= 0)
            assert says[network.output().unit] == fired[network.output().unit]


def digits_of(page: str) -> list[str]:
    """All numbers of a page, in order, formatting stripped."""
    page = re.sub(
        r"\\(begin|end)\{[a-z*]+\}(\{[^\n]*)?|\\[a-z]+\{|\[2pt\]|\\left|\\right", " ", page
    )
    return re.findall(r"\d+(?:\.\d+)?", page)


@pytest.mark.parametrize("name", ["war_zone_a", "window_panes", "square_with_hole"])
def test_all_formats_hold_the_same_numbers(name: str) -> None:
    _, _, document = made(name)
    blocks = tuple(block for block in document if isinstance(block, Steps | Table))
    written = [re.sub(r"\^\{(\d+)\}|_\{(\d+)\}", r" \1\2 ", w(blocks)) for w in WRITERS.values()]
    body = written[2].partition(r"\begin{document}")[2]
    first, second, third = (digits_of(page) for page in (*written[:2], body))
    assert len(first) > 50
    assert first == second == third


@pytest.fixture
def nasty() -> Document:
    square = Box(0, 0, 1, 1, name=NASTY)
    expect = Expectation(inside=np.array([[0.5, 0.5]]))
    spec = Spec(NASTY, Union((square, Circle((3, 3), 1))), (-1, -1, 5, 5), expect=expect)
    found = build(spec, "parts")
    return solution(spec, found.network, found)


def test_names_survive_in_each_format(nasty: Document) -> None:
    assert NASTY in text(nasty)
    assert f"`{NASTY}`" in markdown(nasty)
    escaped = r"a\_b \$\& \% \{x\} \textasciicircum{} \textbackslash{} * \textless{}c"
    assert escaped in latex(nasty)
    # In a table a bar would end the cell: it is escaped, and a row has as many cells as the head.
    head, *rows = [line for line in markdown(nasty).splitlines() if line.startswith("| ")]
    assert any(r"<c> \|" in row for row in rows)
    assert {re.sub(r"\\\|", "", row).count("|") for row in rows} == {head.count("|")}


def test_words_mean_nothing_in_markdown_and_latex() -> None:
    said = (para("2 * 3 # a_b [c] <d> ~ 50 % & \\ ^ {e} | --"),)
    assert r"2 \* 3 \# a\_b \[c\] \<d\> \~" in markdown(said)
    assert r"a\_b [c] \textless{}d\textgreater{}" in latex(said)
    # Names in a network's file are free: these are no names of shapes.
    name = (para(Name("a#b~`c`")),)
    assert text(name) == "a#b~`c`\n"
    assert markdown(name) == "`` a#b~`c` ``\n"
    assert r"\texttt{a\#b\textasciitilde{}\textasciigrave{}c\textasciigrave{}}" in latex(name)


def test_signs_and_brackets() -> None:
    plain = Plain()
    x, two, third = Letter("x"), number(2), Number(Fraction(1, 3))
    minus = Product((number(-1), number(-2)))
    assert plain(Sum((two, minus))) == "2 - (-2)"
    assert plain(minus) == "-(-2)"
    assert plain(Product((number(-4), third))) == "-4*(1/3)"
    assert plain(Product((two, Power(number(-3), 2)))) == "2*(-3)^2"
    assert plain(relation(Product((number(-1), Power(x, 2))), "<", two)) == "-x^2 < 2"
    assert plain(Number(Fraction(1, 8))) == "0.125"
    tiny = Number(Fraction(1, 10**40))
    assert plain(Power(tiny, 2)) == "(1e-40)^2"
    assert Tex()(Power(tiny, 2)) == r"(1 \cdot 10^{-40})^{2}"


def test_numbers_beyond_doubles_are_neither_lost_nor_refused() -> None:
    plain = Plain()
    assert plain(Number(Fraction(1, 10**400))) == "1e-400"
    assert plain(Number(Fraction(-2, 3 * 10**400))) == "-6.6666666666666667e-401"
    assert plain(Number(10**450 + Fraction(1, 3))) == "1e+450"


def test_letters_that_latex_lacks_have_a_fallback() -> None:
    assert "DeclareUnicodeCharacter" not in latex((para("zażółć Łódź ğ ő ş"),))
    assert r"\DeclareUnicodeCharacter{1EBD}{[U+1EBD]}" in latex((para("ẽ"),))


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_compiles(nasty: Document, tmp_path: Path) -> None:
    letters = para("zażółć ğ ő ẽ ệ ẍ 日本")
    document = (*made("war_zone_a")[2], *made("window_panes")[2][:30], *nasty, letters)
    (tmp_path / "page.tex").write_text(latex(document), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["explain", *arguments])
    return result.exit_code, result.stdout, result.stderr


HOUSE = str(SHAPES / "war_zone_a.yaml")


def test_the_solution_of_the_house() -> None:
    """To be read by a reviewer: `regions explain shapes/war_zone_a.yaml`."""
    code, said, _ = run(HOUSE)
    assert code == 0
    assert said == (ROOT / "tests" / "pages" / "war_zone_a.txt").read_text(encoding="utf-8")


def test_the_command_writes_all_formats(tmp_path: Path) -> None:
    assert tuple(WRITERS) == FORMATS
    for form in FORMATS:
        path = tmp_path / f"page.{form}"
        code, said, _ = run(HOUSE, "--format", form, "--at", "2,5", "-o", str(path))
        assert (code, said) == (0, f"{path}: the trace of war zone a\n")
        assert "is inside" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ("1", "--at: '1' is no point; give two numbers"),
        ("1,2,3", "--at: '1,2,3' is no point"),
        ("a,b", "--at: x is 'a'; give a finite number"),
        ("nan,0", "--at: x is 'nan'; give a finite number"),
        ("0,-inf", "--at: y is '-inf'; give a finite number"),
        ("1/0,0", "--at: x is '1/0'; the denominator must not be 0"),
        ("1e999999999,0", "--at: x is '1e999999999'"),
        ("0,1e200", "--at: y is '1e200'; it may be at most"),
    ],
)
def test_wrong_points_are_refused(point: str, message: str) -> None:
    code, said, error = run(HOUSE, "--at", point)
    assert (code, said) == (2, "")
    assert error.startswith(message)


def test_both_coordinates_are_named_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read_point("a,b")
    assert len(caught.value.problems) == 2
    assert read_point(" -1/3, 2.5e1") == (Fraction(-1, 3), 25)


def test_a_wrong_network_is_explained_and_found_wrong(tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    assert CliRunner().invoke(main, ["compile", HOUSE, "-o", str(path)]).exit_code == 0
    path.write_text(path.read_text().replace("-6.5", "-5.5"))
    code, said, _ = run(HOUSE, "--network", str(path))
    assert code == 0
    assert "They differ at" in said
    assert "A proof shows that they differ" in said
    answer = ROOT / "tests" / "answers" / "emil.yaml"
    code, said, _ = run(HOUSE, "--network", str(answer))
    page = " ".join(said.split())
    assert "except on the boundary of the region, has been proved" in page
    assert "but the spec says otherwise of (0, 4)." in page


@pytest.mark.parametrize("name", ["poland", "word"])
def test_large_shapes_give_a_page(name: str) -> None:
    _, network, document = made(name)
    page = text(document)
    assert len(page.splitlines()) < 500
    assert f"{network.n_separators:,} neurons" in page.replace("\n", " ")


def test_long_numbers_are_given_as_they_are_stored() -> None:
    """A turned square: its lines over u and v, which the page defines."""
    spec = loads("{name: turned, window: [-4, -4, 8, 8], shape: {box: [0, 0, 3, 3], rotate: 20}}")
    found = build(spec, "parts")
    network, page = found.network, text(solution(spec, found.network, found))
    u, v = re.findall(r"[uv] =\s+(.*?)(?: and|\.\n)", page)
    written = re.findall(r"    inequality  (.*) >= 0\n", page)
    assert len(written) == network.n_separators == 4
    assert all("u" in each and "v" in each for each in written)
    for x, y in random_points(spec):
        place = {"u": value(u, x=x, y=y), "v": value(v, x=x, y=y)}
        exact = exact_outputs(network, x, y)
        assert [value(each, **place) >= 0 for each in written] == exact[:4]


def test_a_region_without_lines() -> None:
    box = Box(0, 0, 1, 1)
    spec = Spec("all", Union((box, Complement(box))), (-1, -1, 2, 2))
    found = build(spec, "parts")
    page = text(solution(spec, found.network, found))
    assert "No line is needed: the network is a neuron that always answers 1." in page
    assert "The gates" not in page
    assert "inside" in text(trace(spec, found.network, read_point("5,5")))


def test_a_separator_without_weights_is_no_curve(tmp_path: Path) -> None:
    document = {
        "format": 1, "center": [0, 0], "exponent": 0, "features": [[1, 0], [0, 1]],
        "separators": [{"name": "s", "weights": [0, 0], "bias": 1}], "gates": [],
        "outputs": [{"name": "s", "unit": "s"}],
    }  # fmt: skip
    path = tmp_path / "net.json"
    path.write_text(json.dumps(document))
    _, said, _ = run(str(SHAPES / "strip.yaml"), "--network", str(path))
    assert "line        none: the sum is the same at every point" in said
    assert "weights (0, 0), bias 1" in said
    assert "suffices" not in said.partition("The check")[0]
