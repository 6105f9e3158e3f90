"""Documents to try a reader on: the corpora of the language, mutated, one for each seed.

Texts are cut, spliced and peppered without regard to what they mean; trees are recombined so that
many of them still load. `tests/sizeable.py` adds those that are large. All of it follows from the
seed, so a seed is enough to see a document again.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from regions.errors import SpecError
from regions.shape.keys import SHAPE_KEYS
from regions.shape.load import SPEC, loads
from regions.shape.modifier_keys import MODIFIERS
from regions.shape.schema import json_schema
from regions.text.document import read_document
from tests.conftest import ROOT, SHAPES
from tests.sizeable import EXTREME, TEXTS, large

SPECS = ROOT / "tests" / "specs"

Random: TypeAlias = random.Random

LARGE = 0.03
"""Part of the documents that are grown to about the size that is asked for."""


@dataclass(frozen=True)
class Sample:
    """A document and the files that it may refer to.

    Attributes:
        seed: What it follows from.
        how: The mutations that made it.
        text: The document, seldom valid UTF-8.
        files: Their content, by the name that the document calls them.
    """

    seed: str
    how: tuple[str, ...]
    text: bytes
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


# The corpora -------------------------------------------------------------------------------------


@cache
def documents() -> tuple[str, ...]:
    """All that is there to begin with: specs, examples of the description and of the schema."""
    folders = (SHAPES, SPECS / "valid", SPECS / "invalid")
    paths = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    found = [path.read_bytes().decode("utf-8", "surrogateescape") for path in paths]
    language = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    found += re.findall(r"^```yaml\n(.*?)^```$", language, re.MULTILINE | re.DOTALL)
    for key, example in pairs():
        beside = {"define": {"roof": {"box": [0, 0, 4, 3]}}, "window": [-5, -5, 5, 5]}
        if key in SHAPE_KEYS:
            found.append(json.dumps(beside | {"shape": {key: example}}))
        else:
            found.append(json.dumps(beside | {"shape": {"box": [0, 0, 2, 1], key: example}}))
    return tuple(found)


@cache
def files() -> dict[str, bytes]:
    """What documents refer to, by the name that they call it."""
    folders = (SHAPES / "data", SPECS / "valid" / "data", SPECS / "invalid" / "data")
    found = {
        f"data/{path.name}": path.read_bytes()
        for folder in folders
        for path in sorted(folder.glob("*.*"))
        if path.suffix in (".svg", ".geojson", ".wkt")
    }
    examples = {"map.geojson": "poland.geojson", "gear.svg": "gear.svg", "shape.wkt": "bow_tie.wkt"}
    return found | {name: found[f"data/{file}"] for name, file in examples.items()}


@cache
def pairs() -> tuple[tuple[str, Any], ...]:
    """Every key of the language with each example that the schema has for it."""
    schema = json_schema()
    found = [
        (key, example)
        for definition in [schema, *schema["$defs"].values()]
        for key, value in definition["properties"].items()
        for example in value.get("examples", ())
    ]
    return tuple({json.dumps(pair): pair for pair in found}.values())


@cache
def key_words() -> tuple[str, ...]:
    """Every key of the language, once."""
    return tuple(dict.fromkeys(key for key, _ in pairs()))


@cache
def trees() -> tuple[Any, ...]:
    """The data of the documents that load, the very deep ones left out."""
    found = []
    for text in documents():
        try:
            loads(text, folder=SHAPES)
        except SpecError:
            continue
        if text.count("complement") < 50 and text.count("difference") < 50:
            found.append(read_document(text, None, SPEC).data)
    return tuple(found)


# Trees -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Spot:
    """A place in a tree: `holder[at]`."""

    holder: Any
    at: Any

    @property
    def value(self) -> Any:
        return self.holder[self.at]

    def put(self, value: Any) -> None:
        self.holder[self.at] = value


def _spots(tree: Any) -> Iterator[_Spot]:
    """Every place below the top."""
    stack = [tree]
    while stack:
        holder = stack.pop()
        if isinstance(holder, dict | list):
            for at in list(holder) if isinstance(holder, dict) else range(len(holder)):
                yield _Spot(holder, at)
                stack.append(holder[at])


def _is_shape(value: Any) -> bool:
    return isinstance(value, dict) and any(key in SHAPE_KEYS for key in value)


@cache
def _shapes() -> tuple[Any, ...]:
    return tuple(spot.value for tree in trees() for spot in _spots(tree) if _is_shape(spot.value))


def shape(rng: Random) -> Any:
    """A shape of some document, as data."""
    return copy.deepcopy(rng.choice(_shapes()))


def _a_shape_of(tree: Any, rng: Random) -> _Spot:
    return rng.choice(
        [spot for spot in _spots(tree) if _is_shape(spot.value)] or [_Spot(tree, "shape")]
    )


def wrap(tree: Any, rng: Random) -> None:
    """An operation around a shape."""
    spot = _a_shape_of(tree, rng)
    operands = [spot.value, *(shape(rng) for _ in range(rng.randint(1, 3)))]
    key = rng.choice(["union", "intersection", "difference", "symmetric_difference", "hull"])
    others = [{"complement": spot.value}, {"offset": {"shape": spot.value, "by": _number(rng)}}]
    spot.put(rng.choice([{key: operands}, {key: operands}, *others]))


def move(tree: Any, rng: Random) -> None:
    """A modifier beside a shape."""
    value = _a_shape_of(tree, rng).value
    if isinstance(value, dict):
        key, example = rng.choice([pair for pair in pairs() if pair[0] in MODIFIERS])
        value[key] = copy.deepcopy(example)


def replace_shape(tree: Any, rng: Random) -> None:
    """Another shape in place of one."""
    _a_shape_of(tree, rng).put(shape(rng))


def replace_any(tree: Any, rng: Random) -> None:
    """Anything in place of anything."""
    spots = list(_spots(tree))
    other = rng.choice(list(_spots(rng.choice(trees()))))
    rng.choice(spots).put(copy.deepcopy(other.value))


def change_number(tree: Any, rng: Random) -> None:
    """Another number, or a text that may come to one."""
    spots = [spot for spot in _spots(tree) if type(spot.value) in (int, float)]
    if spots:
        rng.choice(spots).put(_number(rng))


def _number(rng: Random) -> Any:
    odd = [rng.choice(EXTREME), rng.choice(TEXTS)]
    return rng.choice([*odd, rng.randint(-9, 9), rng.randint(1, 4), rng.gauss(0, 5), rng.random()])


def add_pair(tree: Any, rng: Random) -> None:
    """A key of the language where it may not belong."""
    holders = [tree, *(spot.value for spot in _spots(tree) if isinstance(spot.value, dict))]
    key, example = rng.choice(pairs())
    rng.choice(holders)[key] = copy.deepcopy(example)


def remove(tree: Any, rng: Random) -> None:
    """Something is left out."""
    spot = rng.choice(list(_spots(tree)))
    del spot.holder[spot.at]


def repeat_member(tree: Any, rng: Random) -> None:
    """A member of a list, many times."""
    spots = [spot for spot in _spots(tree) if isinstance(spot.holder, list)]
    if spots:
        spot = rng.choice(spots)
        spot.holder[spot.at : spot.at] = [spot.value] * rng.choice([1, 2, 5, 20])


def define(tree: Any, rng: Random) -> None:
    """A shape goes to the top, and is used."""
    spot = _a_shape_of(tree, rng)
    defined = tree.setdefault("define", {})
    if isinstance(defined, dict):
        name = rng.choice(["roof", "r", "a1"])
        defined[name] = spot.value
        spot.put({"use": name})


TREE_MUTATIONS: tuple[Callable[[Any, Random], None], ...] = (
    *(wrap, move, replace_shape, replace_any, change_number, change_number),
    *(add_pair, remove, repeat_member, define),
)


def _of_trees(rng: Random) -> tuple[str, tuple[str, ...]]:
    tree = copy.deepcopy(rng.choice(trees()))
    if rng.random() < 0.5:
        tree.setdefault("window", [-5, -5, 5, 5])
    how = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        mutation = rng.choice(TREE_MUTATIONS)
        if tree.get("shape"):
            mutation(tree, rng)
            # What was put in twice shall change in one place only.
            tree = copy.deepcopy(json.loads(json.dumps(tree)))
            how.append(mutation.__name__)
    return json.dumps(tree, ensure_ascii=False, indent=rng.choice([None, 1])), tuple(how)


# Texts -------------------------------------------------------------------------------------------

ODDITIES = (
    *("&a ", "*a", "!t ", "!!binary ", "!!python/object/apply:os.system ", "---\n", "...\n"),
    *("%YAML 1.1\n---\n", "%TAG ! tag:x,2000:\n---\n", "\ufeff", "\t", "\r\n", "\r", "\x85"),
    *("\u2028", "\0", "\x1b", "\u202e", "\U0001f600", "e\u0301", "\u0661\u0662", "|\n", ">-\n"),
    *("? ", "<<: ", "[", "]", "{", "}", ": ", "- ", "#", "'", '"', "\\", "\\u0000", "\\UFFFFFFFF"),
    *("\ud800", "null", "~", "true", "yes", "0x1F", "0o7", "1_000", "12:30:45", "2001-01-01"),
)
"""What YAML, or Unicode, has a meaning of its own for."""

TOKEN = re.compile(r"[A-Za-z_]+|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def flip(text: str, rng: Random) -> str:
    """Some characters become others."""
    letters = list(text)
    for _ in range(rng.randint(1, 4)):
        if letters:
            letters[rng.randrange(len(letters))] = chr(
                rng.choice([rng.randrange(128), 0xE9, 0x2029])
            )
    return "".join(letters)


def oddity(text: str, rng: Random) -> str:
    """Something that YAML has a meaning for, anywhere."""
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(ODDITIES) + text[at:]


def splice(text: str, rng: Random) -> str:
    """The beginning of one document, the end of another."""
    other = rng.choice(documents())
    return text[: rng.randint(0, len(text))] + other[rng.randint(0, len(other)) :]


def lines(text: str, rng: Random) -> str:
    """A line deleted, doubled, moved, or indented otherwise."""
    rows = text.splitlines(keepends=True) or [""]
    at, to = rng.randrange(len(rows)), rng.randrange(len(rows))
    row = rows[at]
    match rng.randrange(5):
        case 0:
            del rows[at]
        case 1:
            rows.insert(at, row)
        case 2:
            rows.insert(to, rows.pop(at))
        case 3:
            rows[at] = "  " + row
        case _:
            rows[at] = row[rng.choice([1, 2]) :]
    return "".join(rows)


def token(text: str, rng: Random) -> str:
    """A word becomes a key of the language, a number an extreme one or a text for one."""
    found = list(TOKEN.finditer(text))
    if not found:
        return text
    match = rng.choice(found)
    word = match[0][0].isalpha() or match[0][0] == "_"
    put = rng.choice([*key_words(), "x", "pi"]) if word else str(rng.choice([*EXTREME, *TEXTS]))
    return text[: match.start()] + put + text[match.end() :]


def double(text: str, rng: Random) -> str:
    """A piece, several times."""
    at = rng.randint(0, len(text))
    to = min(len(text), at + rng.randint(0, 60))
    return text[:at] + text[at:to] * rng.choice([2, 2, 3, 50]) + text[to:]


def cut(text: str, rng: Random) -> str:
    """A piece less, or the end."""
    at = rng.randint(0, len(text))
    return text[:at] + (text[at + rng.randint(0, 12) :] if rng.random() < 0.7 else "")


def line_ends(text: str, rng: Random) -> str:
    """Lines that end otherwise, and perhaps a byte order mark."""
    return rng.choice(["", "\ufeff"]) + text.replace(
        "\n", rng.choice(["\r\n", "\r", "\n\n", "\t\n"])
    )


TEXT_MUTATIONS: tuple[Callable[[str, Random], str], ...] = (
    *(flip, oddity, splice, lines, lines, token, token, token, double, cut, line_ends),
)


def mutated(text: str, rng: Random, count: int) -> tuple[str, tuple[str, ...]]:
    """A text after so many mutations, and their names."""
    chosen = [rng.choice(TEXT_MUTATIONS) for _ in range(count)]
    for mutation in chosen:
        text = mutation(text, rng)
    return text, tuple(mutation.__name__ for mutation in chosen)


def _bytes(text: str, rng: Random) -> bytes:
    """Bytes of a text, which now and then are no UTF-8."""
    if rng.random() < 0.02:
        data = bytearray(text.encode("utf-8", "replace"))
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        return bytes(data)
    return text.encode("utf-8", rng.choice(["replace", "surrogatepass"]))


# Samples -----------------------------------------------------------------------------------------


def sample(seed: str, size: int) -> Sample:
    """The document of a seed, of about `size` bytes at most."""
    rng = random.Random(seed)
    companions: dict[str, bytes] = {}
    chance = rng.random()
    if chance < LARGE:
        text, companions, kind = large(rng, rng.randint(size // 2, size), shape)
        text, more = mutated(text, rng, rng.choice([0, 0, 0, 1, 2]))
        how = (f"large {kind}", *more)
    elif chance < 0.5:
        text, how = _of_trees(rng)
        text, more = mutated(text, rng, rng.choice([0, 0, 0, 0, 1]))
        how = (*how, *more)
    else:
        text, how = mutated(rng.choice(documents()), rng, rng.randint(1, 4))
    text = text[:size]
    for name, content in files().items():
        if name in text and name not in companions:
            if rng.random() < 0.7:
                changed, more = mutated(content.decode("utf-8", "replace"), rng, rng.randint(1, 3))
                content, how = _bytes(changed, rng), (*how, *(f"{name}: {one}" for one in more))
            companions[name] = content
    return Sample(seed, how, _bytes(text, rng), companions)
