"""Large documents: each kind grows one thing that a document can hold to the size asked for."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from typing import Any, TypeAlias

from regions.shape.keys import SHAPE_KEYS
from regions.shape.modifier_keys import MODIFIERS

Random: TypeAlias = random.Random
Pool: TypeAlias = Callable[[Random], Any]
Grown: TypeAlias = tuple[Any, dict[str, bytes]]

EXTREME: tuple[Any, ...] = (
    *(0, -0.0, 1e308, -1e308, 1e-320, 5e-324, 1e150, -1e150, 1e151, 1e-150, 1e16, 2**53 + 1),
    *(10**299, -(10**40), 10**400, float("inf"), float("nan"), 0.1, 1 / 3, 1e-17, 10_000, 10_001),
    *(99_999, -1, 1, 2, 3, 360, 90, 179.99999999999997),
)
"""Numbers at which something may change."""

TEXTS: tuple[str, ...] = (
    *("1/3", "1/0", "2^3^2", "2^1000", "2^0.5", "10^300", "-2^2", "sqrt(2)", "sqrt(-1)", "sin(30)"),
    *("cos(1e300)", "min(1, 2)", "max()", "pi", "e", "r", "roof", "0.1 + 0.2", "1e400", "0x10 + 1"),
    *(
        "((((((((((((((((((((((1))))))))))))))))))))))",
        "9^9^9^9",
        "(1/3)^900",
        "1 2",
        "",
        " ",
        "x^2",
    ),
    *("1/3 - 1/3", "2**-1000", "10^-300 * 10^-300", "0^0", "0^-1", "(-8)^(1/3)", "٣", "1" * 199),
)
"""Texts in place of a number: arithmetic, and what only looks like it."""


def large(rng: Random, size: int, pool: Pool) -> tuple[str, dict[str, bytes], str]:
    """A document of about `size` bytes, the files it refers to, and its kind."""
    kind = rng.choice(KINDS)
    data, files = kind(rng, size, pool)
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return text, files, kind.__name__


def _spec(shape: Any) -> Any:
    return {"window": [-10, -10, 10, 10], "shape": shape}


def _modified(shape: dict[str, Any], rng: Random) -> dict[str, Any]:
    """Sometimes one modifier beside it."""
    more = {
        "rotate": 30,
        "scale": [2, 0.5],
        "affine": [1, 0.3, 0.1, 1, 0, 0],
        "repeat": {"columns": rng.choice([2, 10, 100]), "step": [30, 0]},
        "around": {"count": rng.choice([2, 7, 300]), "center": [50, 0]},
    }
    key = rng.choice(list(more))
    return shape | {key: more[key]} if rng.random() < 0.5 else shape


def members(rng: Random, size: int, pool: Pool) -> Grown:
    """Many shapes of all kinds in one operation."""
    key = rng.choice(["union", "intersection", "difference", "symmetric_difference", "hull"])
    inside = [pool(rng) for _ in range(rng.randint(1, 8))]
    count = max(2, size * len(inside) // max(1, len(json.dumps(inside))))
    return _spec({key: [rng.choice(inside) for _ in range(count)]}), {}


def primitives(rng: Random, size: int, pool: Pool) -> Grown:
    """Many small shapes of one kind, side by side."""

    def made(k: int) -> Any:
        x, y, r = rng.uniform(-9, 9), rng.uniform(-9, 9), rng.uniform(0.01, 2)
        forms = {
            "circle": {"center": [x, y], "radius": r},
            "ellipse": {"center": [x, y], "radii": [r, 2 * r], "angle": k},
            "capsule": {"from": [x, y], "to": [y, x + 1], "radius": r},
            "sector": {"center": [x, y], "radius": r, "from": k, "to": k + 40},
            "rounded_box": {"box": [x, y, x + 2, y + 2], "radius": r / 2},
            "polynomial": f"(x - {x:.3f})^2 + (y + {y:.3f})^4 <= {r:.4f}",
            "path": f"M {x} {y} c 1 0 0 1 {r} {r} a 1 2 {k} 0 1 -1 0 z",
            "star": {"points": 5 + k % 20, "outer": r, "inner": r / 2, "center": [x, y]},
        }
        return {kind: forms[kind]}

    kind = rng.choice(["circle", "ellipse", "capsule", "sector", "rounded_box", "polynomial"])
    kind = rng.choice([kind, "path", "star"])
    key = rng.choice(["union", "symmetric_difference", "intersection"])
    count = size // (len(json.dumps(made(0))) + 4) + 2
    count = rng.choice([count, count // 10 + 2, count // 50 + 2])
    return _spec({key: [made(k) for k in range(count)]}), {}


def _points(rng: Random, size: int) -> list[list[float]]:
    """Rings that are round, spiral, comb-like, or cross themselves."""
    kind, digits = rng.randrange(5), rng.choice([0, 2, 17])
    count = size // (2 * digits + 10) + 3
    count = rng.choice([count, count // 10 + 3])

    def at(k: int) -> tuple[float, float]:
        turn = 2 * math.pi * k / count
        match kind:
            case 0:
                return 9 * math.cos(turn), 9 * math.sin(turn)
            case 1:
                radius = 5 + (k % 2) * rng.random()
                return radius * math.cos(turn), radius * math.sin(turn)
            case 2:
                return k * 18 / count - 9, (k % 2) * 5.0 - (k in (0, count - 1))
            case 3:
                half = count // 2
                back = k >= half
                step = count - k if back else k
                radius = 1 + 8 * step / half + back * 4 / half
                return radius * math.cos(0.2 * step), radius * math.sin(0.2 * step)
            case _:
                return rng.uniform(-9, 9), rng.uniform(-9, 9)

    return [[round(x, digits), round(y, digits)] for x, y in map(at, range(count))]


def polygon(rng: Random, size: int, pool: Pool) -> Grown:
    """A ring of many points; perhaps mended, offset, moved or copied."""
    ring = _points(rng, size)
    shape: dict[str, Any] = {"polygon": ring}
    match rng.randrange(6):
        case 0:
            shape["repair"] = True
        case 1:
            shape = {"offset": {"shape": shape, "by": rng.choice([1, 0.001, -0.001, -1])}}
        case 2:
            shape = {"hull": {"points": ring}}
        case 3:
            holes = [[[x, y], [x + 0.01, y], [x, y + 0.01]] for x, y in ring]
            whole = [[-20, -20], [20, -20], [20, 20], [-20, 20]]
            shape = {"polygon": {"exterior": whole, "holes": holes}}
        case _:
            pass
    return _spec(_modified(shape, rng)), {}


def cornered(rng: Random, size: int, pool: Pool) -> Grown:
    """Few words for many corners."""
    count = rng.choice([100, 3000, 10_000])
    star: Any = {"star": {"points": count, "outer": 9, "inner": rng.choice([8, 0.001, 8.9999])}}
    regular: Any = {"regular": {"sides": count, "radius": 9}}
    shape = rng.choice([star, regular])
    by = rng.choice([1, 1e-5, -1e-5, -1])
    shape = rng.choice([shape, {"offset": {"shape": shape, "by": by}}, {"hull": [shape, star]}])
    if rng.random() < 0.3:
        shape = {rng.choice(["union", "symmetric_difference"]): [shape, star, regular]}
    return _spec(_modified(shape, rng)), {}


def copies(rng: Random, size: int, pool: Pool) -> Grown:
    """Copies of copies."""
    shape: Any = pool(rng)
    for _ in range(rng.randint(1, 4)):
        count = rng.choice([2, 5, 20, 100])
        more = rng.choice(
            [
                {"repeat": {"columns": count, "rows": count, "step": [3, 3]}},
                {"around": {"count": count, "center": [1, 1]}},
            ]
        )
        shape = {rng.choice(["union", "symmetric_difference", "intersection"]): [shape, shape]}
        shape |= more
    return _spec(shape), {}


def _path_data(rng: Random, size: int) -> str:
    rows = ["M 0 0"]
    commands = rng.choice(["lhvLHV", "cCsSqQtT", "aA", "MmLlHhVvCcSsQqTtAaZz", "z", "m"])
    digits = rng.choice([0, 3, 15])
    count = size // 30 + 1
    for _ in range(rng.choice([count, count // 20 + 1])):
        command = rng.choice(commands)
        needed = {"h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7, "z": 0}.get(command.lower(), 2)
        numbers = [f"{rng.uniform(-9, 9):.{digits}f}" for _ in range(needed)]
        if command in "aA":
            numbers[3:5] = rng.choice("01"), rng.choice("01")
        rows.append(command + " ".join(numbers))
    return " ".join(rows) + " z"


def path(rng: Random, size: int, pool: Pool) -> Grown:
    """Path data of many segments."""
    fill = rng.choice(["nonzero", "evenodd"])
    return _spec(_modified({"path": {"d": _path_data(rng, size), "fill": fill}}, rng)), {}


def polynomials(rng: Random, size: int, pool: Pool) -> Grown:
    """Inequalities of many terms, brackets and digits."""

    def one(length: int) -> str:
        degree = rng.randint(1, 6)
        many = [
            f"{rng.uniform(-9, 9):.{rng.choice([0, 5, 300])}f}*x^{rng.randint(1, degree)}*y"
            for _ in range(length // 20)
        ]
        forms = [
            " + ".join(many or ["x"]),
            "(" * 20 + "x + y" + ")^2" * 2 + ")" * 18,
            f"({' + '.join(f'x + {k}*y' for k in range(length // 12))} - 1)^{degree}",
            "*".join(f"(x + y + {k})" for k in range(degree)),
            f"x^6 + {'9' * min(length, 390)} * y^6",
            "+" * (length - 5) + "x",
            "-".join(["x"] * (length // 2)),
            f"(x/{'3' * 300} + y/{'7' * 300} + 1/{'9' * 300})^6",
        ]
        return rng.choice(forms) + rng.choice([" <= 1", " >= 0", " <= x", ""])

    length = rng.choice([100, 1000, 9_900])
    count = max(1, rng.choice([size // length, size // length // 10]))
    shapes = [{rng.choice(["polynomial", "conic"]): one(length)} for _ in range(count)]
    return _spec(_modified({"intersection": shapes}, rng)), {}


def letters(rng: Random, size: int, pool: Pool) -> Grown:
    """Long texts, and many of them."""
    alphabet = rng.choice(["abc", "@&%§", "i.", "éàß\n ", "漢字", "\u0301e", "ffi", "😀"])

    def one() -> Any:
        length = rng.choice([5, 100, 999, 1001])
        return {"text": "".join(rng.choice(alphabet) for _ in range(length))}

    first = one()
    count = max(1, rng.choice([1, 3, size // (len(first["text"]) + 12)]))
    shapes = [first, *(one() for _ in range(count - 1))]
    return _spec(_modified({rng.choice(["union", "symmetric_difference"]): shapes}, rng)), {}


def nested(rng: Random, size: int, pool: Pool) -> Grown:
    """Operations or brackets inside one another."""
    depth = rng.choice([50, 99, 101, 1000])
    key = rng.choice(["union", "symmetric_difference", "complement", "hull", "offset"])
    if rng.random() < 0.3:
        opened, closed = rng.choice([("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("(", ")")])
        return f"shape: {opened * (size // len(opened))}{closed * rng.choice([0, size])}"[:size], {}
    leaf = json.dumps(pool(rng))
    before = {
        "complement": '{"complement": ',
        "offset": '{"offset": {"by": 1, "shape": ',
    }.get(key, f'{{"{key}": [{leaf if len(leaf) < 200 else "{box: [0, 0, 1, 1]}"}, ')
    after = {"complement": "}", "offset": "}}"}.get(key, "]}")
    return f"window: [-9, -9, 9, 9]\nshape: {before * depth}{leaf}{after * depth}", {}


def definitions(rng: Random, size: int, pool: Pool) -> Grown:
    """Names that stand for others, many or more and more."""
    count = rng.choice([10, 20, 500, size // 60])
    ways: list[Callable[[int], Any]] = [
        lambda k: f"a{k - 1}*a{k - 1} + 1/3",
        lambda k: f"a{k - 1} + 1/{k + 2}",
        lambda k: f"sqrt(a{k - 1}) + sin(a{k - 1})",
        lambda k: {"union": [{"use": f"a{k - 1}"}, {"use": f"a{k - 1}"}]},
        lambda k: {"symmetric_difference": [{"use": f"a{k - 1}", "rotate": k}, pool(rng)]},
        lambda k: {"use": f"a{k - 1}", "repeat": {"columns": 2, "step": [1, 0]}},
    ]
    way = rng.randrange(len(ways))
    numeric = way < 3
    defined = {"a0": 2 if numeric else pool(rng)} | {f"a{k}": ways[way](k) for k in range(1, count)}
    last = f"a{count - 1}"
    shape = {"circle": {"center": [0, 0], "radius": last}} if numeric else {"use": last}
    return {"window": [-10, -10, 10, 10], "define": defined, "shape": shape}, {}


def arithmetic(rng: Random, size: int, pool: Pool) -> Grown:
    """A text for every number."""
    texts = ["1/3 + {k}/7", "sin({k}) * 5", "sqrt({k})", "2^{k}", "(((({k}))))", "1/({k} - 5)"]
    texts += ["9^99^9 - {k}", "{k}" + "0" * 190, "1" + "+1" * 99, "min({k}, 3, 4, 5)"]
    text = rng.choice(texts)
    count = size // (2 * len(text) + 8) + 3
    points = [[text.format(k=k), text.format(k=k * k % 17)] for k in range(count)]
    return _spec(rng.choice([{"polygon": points}, {"hull": {"points": points}}])), {}


def wrong(rng: Random, size: int, pool: Pool) -> Grown:
    """The same mistake over and over."""
    members = [
        {"circel": 1},
        {"circle": {"center": [0], "radius": -1}},
        {"use": "nothing"},
        {"path": "M 0 0 Q"},
        {"polynomial": "x <= <="},
        {"geojson": "none.geojson"},
        {"box": ["1/0", 0, 1, 1]},
        {"polygon": [[0, 0], [1, 1], [0, 1], [1, 0]]},
        {"k" * 1000: 1},
        None,
    ]
    member = rng.choice(members)
    return _spec({"union": [member] * (size // len(json.dumps(member)))}), {}


def scalars(rng: Random, size: int, pool: Pool) -> Grown:
    """One long key, text, number, comment or block, or many keys."""
    forms: list[Callable[[int], str]] = [
        lambda n: f"shape: {'9' * n}",
        lambda n: f"shape: {{box: [0, 0, 1, 0.{'3' * n}]}}",
        lambda n: f"{'k' * n}: 1",
        lambda n: 'about: "' + r"\u00e9\n" * (n // 8) + '"\nshape: {box: [0, 0, 1, 1]}',
        lambda n: "shape: {box: [0, 0, 1, 1]}\n" + "#\n" * (n // 2),
        lambda n: "about: |\n" + "  x\n" * (n // 4) + "shape: {box: [0, 0, 1, 1]}",
        lambda n: "about: >\n" + "  x\n\n" * (n // 5) + "shape: {box: [0, 0, 1, 1]}",
        lambda n: "about:\n" + "  x\n" * (n // 4) + "shape: {box: [0, 0, 1, 1]}",
        lambda n: "\n".join(f"k{k}: {k}" for k in range(n // 10)),
        lambda n: "shape:\n  circle:\n" + "".join(f"    c{k}: 1\n" for k in range(n // 12)),
        lambda n: " " * n + "shape: {box: [0, 0, 1, 1]}",
        lambda n: "\n" * n,
        lambda n: "\t" * n,
        lambda n: '"' + "\\x41" * (n // 4),
        lambda n: "shape: {text: '" + "''" * (n // 2) + "'}",
        lambda n: "shape: {polynomial: " + "x+" * (n // 2) + "}",
        lambda n: "- " * (n // 2),
        lambda n: "".join(
            chr(rng.choice([32, 44, 58, 10, 91, 123, 93, 125, 97])) for _ in range(n)
        ),
        lambda n: "".join(chr(rng.randrange(32, 0xD7FF)) for _ in range(n // 3)),
        lambda n: "%" * n,
        lambda n: "&" + "a" * n,
        lambda n: "!" + "a%41" * (n // 4),
        lambda n: "<<: " * (n // 4),
        lambda n: "? " * (n // 2),
        lambda n: "".join(f"{'  ' * (k % 90)}a:\n" for k in range(n // 90)),
    ]
    return rng.choice(forms)(size), {}


def svg(rng: Random, size: int, pool: Pool) -> Grown:
    """An SVG file of many elements, uses, styles or transforms."""
    count = size // 60
    circle = '<circle cx="{k}" cy="{j}" r="3"/>'
    rect = '<rect x="{k}" y="1" width="4" height="3" rx="1" transform="rotate({k}) skewX({j})"/>'
    bodies = [
        "".join(circle.format(k=k, j=k % 50) for k in range(count)),
        "".join(rect.format(k=k, j=k % 50) for k in range(count // 2)),
        f'<path d="{_path_data(rng, size)}"/>',
        "<g>" * 90 + '<path d="M0 0h1v1z"/>' + "</g>" * 90,
        '<g id="a0"><rect width="1" height="1"/></g>'
        + "".join(
            f'<g id="a{k}"><use href="#a{k - 1}"/><use href="#a{k - 1}"/></g>' for k in range(1, 30)
        ),
        f'<g transform="{"rotate(1) " * 190}">' * 20 + circle.format(k=1, j=2) * 300 + "</g>" * 20,
        "<style>"
        + "".join(f".c{k} {{fill: none}}" for k in range(count))
        + "</style>"
        + "".join(f'<rect class="c{k}" width="1" height="1"/>' for k in range(count // 2)),
        f'<polygon points="{" ".join(f"{rng.randint(0, 99)},{k % 77}" for k in range(count))}"/>',
        f'<a b="{"&amp;" * (size // 5)}"/>',
        "".join(f'<rect a{k}="{k}"/>' for k in range(count)),
        f'<path style="{"fill:red;" * 200}" d="M0 0h1v1z"/>' * (size // 1900 + 1),
    ]
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99">{rng.choice(bodies)}</svg>'
    return _spec({"svg": "a.svg"}), {"a.svg": text.encode()}


def geojson(rng: Random, size: int, pool: Pool) -> Grown:
    """A GeoJSON file of many features, rings or brackets."""
    ring = _points(rng, size)
    small = [[0, 0], [1, 0], [0, 1], [0, 0]]
    feature = {"type": "Feature", "properties": {"name": "a"}}
    feature["geometry"] = {"type": "Polygon", "coordinates": [small]}
    count = size // 150
    parts = [[[[x + k, y + k % 9] for x, y in small]] for k in range(count)]
    texts = [
        json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}),
        json.dumps({"type": "FeatureCollection", "features": [feature] * count}),
        json.dumps({"type": "MultiPolygon", "coordinates": parts}),
        json.dumps({"type": "MultiPolygon", "coordinates": [[small]] * count}),
        '{"type": "Polygon", "coordinates": ' + "[" * size,
        '{"type": "GeometryCollection", "geometries": [' * (size // 46),
        json.dumps({"type": "Polygon", "coordinates": [small] * count}),
        '{"type": ' + "9" * size + "}",
    ]
    shape = {"geojson": "a.geojson", "repair": rng.random() < 0.5}
    return _spec(_modified(shape, rng)), {"a.geojson": rng.choice(texts).encode()}


def wkt(rng: Random, size: int, pool: Pool) -> Grown:
    """WKT of many points, parts or brackets."""
    ring = _points(rng, size)
    points = ", ".join(f"{x!r} {y!r}" for x, y in [*ring, ring[0]])
    part = "((0 0, 1 0, 0 1, 0 0))"
    text = rng.choice(
        [
            f"POLYGON (({points}))",
            f"MULTIPOLYGON ({', '.join([part] * (size // 25))})",
            "POLYGON " + "(" * size,
            "GEOMETRYCOLLECTION (" * (size // 20),
            f"POLYGON ({', '.join(['(0 0, 1 0, 0 1, 0 0)'] * (size // 25))})",
            f"POLYGON ((0 0, 1{'0' * size} 0, 0 1, 0 0))",
        ]
    )
    shape: Any = {"wkt": {"file": "a.wkt"} if rng.random() < 0.5 else text}
    shape["repair"] = rng.random() < 0.5
    return _spec(_modified(shape, rng)), {"a.wkt": text.encode()}


def expected(rng: Random, size: int, pool: Pool) -> Grown:
    """Many points that are expected somewhere, and every modifier at once."""
    points = [[rng.uniform(-9, 9), k] for k in range(size // 30)]
    every = {key: rng.choice([1, 2, [1, 2], {"count": 3}]) for key in MODIFIERS}
    spec = _spec(pool(rng) | rng.choice([{}, every]))
    return spec | {"expect": {rng.choice(["inside", "outside"]): points, "area": "1/3"}}, {}


def every_key(rng: Random, size: int, pool: Pool) -> Grown:
    """The same value under every key."""
    value = rng.choice([None, 1, [], {}, "x", [[0, 0]] * 3, {"box": [0, 0, 1, 1]}, pool(rng)])
    length = sum(map(len, SHAPE_KEYS)) + len(SHAPE_KEYS) * (len(json.dumps(value)) + 8)
    return _spec({"union": [{key: value} for key in SHAPE_KEYS] * max(1, size // length)}), {}


KINDS: tuple[Callable[[Random, int, Pool], Grown], ...] = (
    *(members, primitives, primitives, polygon, polygon, polygon, cornered, copies, path, path),
    *(polynomials, letters, nested, definitions, arithmetic, wrong, scalars, scalars, svg, svg),
    *(geojson, wkt, expected, every_key),
)
