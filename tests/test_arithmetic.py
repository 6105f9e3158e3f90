"""Arithmetic texts: their values against Python's own reading, and what is said of what is none."""

from __future__ import annotations

import ast
import math
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from regions.text.arithmetic import MAX_DEPTH, MAX_LENGTH, ArithmeticFault, UnknownName, evaluate
from regions.text.rational import MAX_BITS, Number

PARAMETERS = {"r": Fraction(-2), "half": Fraction(1, 2)}
FINITE = st.floats(-1e100, 1e100)


def value(text: str, **parameters: Number) -> Number:
    return evaluate(text, parameters)


def refusal(text: str) -> tuple[int, str]:
    """The character at fault, counted from 0, and the words."""
    with pytest.raises(ArithmeticFault) as caught:
        evaluate(text, PARAMETERS)
    return caught.value.offset, caught.value.message


# Against Python's parser -------------------------------------------------------------------------


def reckoned(node: ast.AST) -> Fraction:
    """What Python's tree of a text comes to in fractions; ValueError where the tree is no sum."""
    match node:
        case ast.Expression(body):
            return reckoned(body)
        case ast.Constant(int() | float() as number):
            return Fraction(repr(number))
        case ast.Name(name):
            return PARAMETERS[name]
        case ast.UnaryOp(ast.USub(), operand):
            return -reckoned(operand)
        case ast.UnaryOp(ast.UAdd(), operand):
            return reckoned(operand)
        case ast.BinOp(left, ast.Pow(), right):
            base, exponent = reckoned(left), reckoned(right)
            assume(exponent.denominator == 1 and abs(exponent) < 20)
            return base ** int(exponent)
        case ast.BinOp(left, operator, right):
            a, b = reckoned(left), reckoned(right)
            match operator:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
    raise ValueError(ast.dump(node))


TOKENS = ["1", "2", "0.5", "r", "half", "+", "-", "*", "/", "^", "(", ")"]


@given(st.lists(st.sampled_from(TOKENS), max_size=9).map(" ".join))
@example("- 2 ^ 2")
@example("2 ^ - 1 ^ 2")
@example("2 ^ 2 ^ - 1")
@example("1 / 2 / r * 2")
@example("1 - ( r - 2 ) - 1")
@example("2 ( r )")
@example("( )")
def test_any_tokens_mean_what_python_says(text: str) -> None:
    try:
        expected = reckoned(ast.parse(text.replace("^", "**"), mode="eval"))
    except (SyntaxError, ValueError, ZeroDivisionError):
        refusal(text)
        return
    found = evaluate(text, PARAMETERS)
    bits = max(expected.numerator.bit_length(), expected.denominator.bit_length())
    assert found == expected if bits <= MAX_BITS else found == float(expected)


TREES = st.recursive(
    st.integers(0, 99).map(str)
    | st.decimals(0, 99, places=3).map(str)
    | st.sampled_from(list(PARAMETERS)),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}{t[1]} {t[2]})")
        | inner.map(lambda t: f"-{t}")
        | st.tuples(inner, st.integers(-3, 3)).map(lambda t: f"({t[0]})^{t[1]}")
        | st.tuples(inner, inner).map(lambda t: f"{t[0]} - {t[1]}")
    ),
    max_leaves=8,
)


@given(TREES)
def test_large_texts_are_exact(text: str) -> None:
    assume(len(text) <= MAX_LENGTH)
    try:
        expected = reckoned(ast.parse(text.replace("^", "**"), mode="eval"))
    except ZeroDivisionError:
        refusal(text)
        return
    assert evaluate(text, PARAMETERS) == expected


@given(st.text(max_size=30) | st.text("0123456789.eE+-*/^(),rs ", max_size=30))
def test_any_text_has_a_value_or_a_fault_with_a_place(text: str) -> None:
    try:
        found = evaluate(text, PARAMETERS)
    except ArithmeticFault:
        offset, message = refusal(text)
        assert 0 <= offset <= len(text)
        assert message
    else:
        assert math.isfinite(found)


# Numbers -----------------------------------------------------------------------------------------


@given(st.from_regex(r"[0-9]{1,25}(\.[0-9]{0,25})?([eE][-+]?[0-9]{1,2})?", fullmatch=True))
@example("0.1")
@example("1e-400")
@example("9007199254740993")
def test_decimals_become_the_nearest_double(text: str) -> None:
    assert float(value(text)) == float(text)


def test_what_is_rational_is_exact() -> None:
    assert value("0.1 + 0.2") == Fraction(3, 10)
    assert float(value("0.1 + 0.2")) == 0.3 != 0.1 + 0.2
    assert float(value("1/3")) == 1 / 3
    assert value("3 * third", third=Fraction(1, 3)) == 1
    assert value("min(1/3, 0.3, 1) + max(-1, -2) + abs(-2)") == Fraction(13, 10)


@given(FINITE, FINITE)
def test_doubles_are_reckoned_as_doubles(a: float, b: float) -> None:
    assert value("a + b", a=a, b=b) == a + b
    assert value("a - b", a=a, b=b) == a - b
    assert value("a * b", a=a, b=b) == a * b
    assert value("a + 1/3", a=a) == a + 1 / 3
    assert value("sqrt(abs(a))", a=a) == math.sqrt(abs(a))


def test_roots_and_pi() -> None:
    assert value("pi") == math.pi
    assert value("sqrt(9/4)") == 1.5
    assert value("2^0.5") == math.sqrt(2)
    assert value("(2/3)**-2") == Fraction(9, 4)
    assert value("0^0") == 1


@pytest.mark.parametrize("turn", [-720, 0, 360])
@pytest.mark.parametrize(
    ("angle", "sine"),
    [(0, 0), (30, 0.5), (90, 1), (150, 0.5), (180, 0), (210, -0.5), (270, -1), (330, -0.5)],
)
def test_the_rational_sines_are_exact(angle: int, sine: float, turn: int) -> None:
    assert value(f"sin({angle + turn})") == sine
    assert value(f"cos({angle + turn - 90})") == sine


@given(st.integers(-(10**7), 10**7).map(lambda n: Fraction(n, 1000)))
def test_sines_are_symmetric_and_close(angle: Fraction) -> None:
    sine = value("sin(a)", a=angle)
    assert sine == pytest.approx(math.sin(math.radians(angle)), abs=1e-12)
    for text in ("-sin(-a)", "sin(180 - a)", "cos(90 - a)", "-cos(90 + a)", "sin(a + 360)"):
        assert value(text, a=angle) == sine


# Limits ------------------------------------------------------------------------------------------


def test_exact_numbers_cannot_grow_without_end() -> None:
    grown: Number = Fraction(3, 2)
    for _ in range(60):
        grown = value("a*a/2 + a/7", a=grown)
    assert isinstance(grown, float)
    assert isinstance(value("3^300 / 2^400"), Fraction)
    assert isinstance(value("3^600 / 2^400"), float)


@pytest.mark.parametrize("text", ["9^9^9", "1e301", "10^200 * 10^200", "1/1e-301", "9^-(-9^9)"])
def test_what_is_too_large_is_refused(text: str) -> None:
    assert "beyond 1e300" in refusal(text)[1]


def test_what_is_tiny_is_zero_as_for_doubles() -> None:
    assert value("2^-9999") == 0
    assert "divides by zero" in refusal("pi / 2^-9999")[1]
    assert value("(-1)^(10^99)") == 1


@pytest.mark.parametrize("opening", ["(", "sqrt(", "2^", "2^-"])
def test_nesting_is_bounded(opening: str) -> None:
    inner = 190 // len(opening)
    assert "nested more than" in refusal(opening * min(inner, MAX_DEPTH + 1) + "1")[1]
    closing = ")" if opening.endswith("(") else ""
    assert evaluate(opening + "1" + closing, {})


def test_length_is_bounded() -> None:
    assert value("+" * (MAX_LENGTH - 1) + "1") == 1
    assert f"at most {MAX_LENGTH}" in refusal("1" * (MAX_LENGTH + 1))[1]


# Faults ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ("2 cm", 2, "operator is missing before cm"),
        ("2(3)", 1, "operator is missing before ("),
        ("2 +", 3, "missing after +"),
        ("* 2", 0, "missing before *"),
        ("2 + )", 4, "missing before )"),
        ("2 + 3)", 5, "never opened"),
        ("1 + (2", 4, "never closed"),
        ("1,5", 1, "decimals with a point"),
        ("sqrt(1, 2)", 6, "comma"),
        ("max(1)", 3, "at least 2"),
        ("1 + abs", 4, "write abs(...)"),
        ("3 \xd7 4", 2, "write *"),
        ("90°", 2, "in degrees already"),
        ("2 & 3", 2, "has no meaning here"),
        ("1 + 2/(r + 2)", 5, "divides by zero"),
        ("0^-1", 1, "no negative power"),
        ("r^half", 1, "only whole powers"),
        ("1 + sqrt(r)", 4, "no square root"),
    ],
)
def test_faults_have_a_place_and_plain_words(text: str, offset: int, words: str) -> None:
    found, message = refusal(text)
    assert (found, words in message) == (offset, True), message


def test_unknown_names_can_be_told_apart() -> None:
    with pytest.raises(UnknownName) as caught:
        evaluate("2*radius", PARAMETERS)
    assert (caught.value.name, caught.value.offset) == ("radius", 2)
