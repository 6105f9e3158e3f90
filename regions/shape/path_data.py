"""SVG path data: the commands M L H V C S Q T A Z, absolute and relative, to contours.

Numbers are read exactly, as integers over one power of ten. Relative steps so add up without
rounding, and a contour that comes back to its start by decimals closes exactly; each point is then
rounded once, to the nearest doubles. Where SVG draws what stands before an error, here the whole
path is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from regions.errors import Problem, SpecError
from regions.geometry.affine import IDENTITY, Affine
from regions.geometry.segments import Contour
from regions.shape.model import LARGEST
from regions.shape.outline_pen import Pen

COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
"""Numbers that each command takes, again and again."""

FLAGS = (3, 4)
"""Positions of an arc's flags: one digit each, which nothing need part from what follows."""

MOST_DIGITS = 400
"""Characters of a number, and its decimal places: the least double has 324 of them."""

NUMBER = re.compile(r"([-+]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([-+]?[0-9]+))?")
_SPACE = re.compile(r"[ \t\r\n\f]*")
_GAP = re.compile(r"[ \t\r\n\f]*(,?)[ \t\r\n\f]*")

_EXCERPT = 12
"""Characters of the text that a message repeats."""


def path_contours(text: str, affine: Affine = IDENTITY) -> tuple[Contour, ...]:
    """The closed contours of SVG path data; open ones are closed by a straight line.

    Coordinates are taken as they are written. The arc's sweep flag 1 means the direction from the
    x-axis to the y-axis, counter-clockwise where y points up.

    Args:
        text: Path data, such as `M 0 0 h 4 a 2 2 0 0 1 -4 0 z`.
        affine: Applied to every point, before the rounding.

    Raises:
        SpecError: The text is no path data, tells where and what would be right; or it has more
            than a million segments.
    """
    reader = _Reader(text)
    drawing = _Drawing(Pen(affine, 10**reader.places))
    for command, numbers in reader.commands():
        drawing.draw(command, numbers)
    return drawing.pen.contours()


def decimal_places(found: re.Match[str]) -> int:
    """Decimal places of a number that `NUMBER` has matched; below 0 for `1e3`."""
    return len(found[3] or found[4] or "") - int(found[5] or 0)


def as_integer(found: re.Match[str], places: int) -> int:
    """A number that `NUMBER` has matched, times `10^places`."""
    digits = int(found[1] + (found[2] or "") + (found[3] or found[4] or ""))
    return digits * int(10 ** (places - decimal_places(found)))


class _Reader:
    """A cursor over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places = max(map(self._places, NUMBER.finditer(text)), default=0)
        self.places = max(self.places, 0)
        self.limit = int(Fraction(repr(LARGEST))) * 10**self.places

    def commands(self) -> Iterator[tuple[str, list[int]]]:
        """Each command's letter with one set of its numbers, times `10^places`."""
        self._skip(_SPACE)
        if self.at == len(self.text):
            raise self._error("is empty", "begin with M x y")
        while self.at < len(self.text):
            letter, start = self.text[self.at], self.at
            if letter.upper() not in COUNTS:
                right = "a number or one of M L H V C S Q T A Z" if start else "M x y"
                raise self._error(f"found {self._shown()}", f"give {right}")
            if start == self._first() and letter not in "Mm":
                raise self._error(f"found {self._shown()}", "begin with M x y")
            self.at += 1
            self._skip(_SPACE)
            yield from self._repeated(letter, start)

    def _first(self) -> int:
        found = _SPACE.match(self.text)
        return found.end() if found else 0

    def _repeated(self, letter: str, start: int) -> Iterator[tuple[str, list[int]]]:
        """A command's sets of numbers; after a move they are lines."""
        count = COUNTS[letter.upper()]
        if count == 0:
            yield letter, []
            return
        while True:
            yield letter, self._arguments(letter, start, count)
            letter = {"M": "L", "m": "l"}.get(letter, letter)
            comma = self._skip(_GAP)
            if NUMBER.match(self.text, self.at) is None:
                if comma:
                    raise self._error(f"found {self._shown()} after a comma", "give a number")
                return

    def _arguments(self, letter: str, start: int, count: int) -> list[int]:
        numbers: list[int] = []
        for position in range(count):
            if position:
                self._skip(_GAP)
            if letter in "Aa" and position in FLAGS:
                numbers.append(self._flag())
                continue
            found = NUMBER.match(self.text, self.at)
            if found is None:
                needs = f"{letter} at character {start + 1} takes {count} number"
                needs += "s at a time" if count > 1 else ""
                raise self._error(f"found {self._shown()}", f"give a number: {needs}")
            numbers.append(self._number(found))
            self.at = found.end()
        return numbers

    def _flag(self) -> int:
        digit = self.text[self.at : self.at + 1]
        if digit not in ("0", "1"):
            raise self._error(f"found {self._shown()}", "give 0 or 1, a flag of the arc")
        self.at += 1
        return int(digit)

    def _number(self, found: re.Match[str]) -> int:
        value = as_integer(found, self.places)
        if abs(value) > self.limit:
            raise self._error(f"found {self._shown()}", f"no number may be larger than {LARGEST:g}")
        return value

    def _places(self, found: re.Match[str]) -> int:
        """Decimal places; refuses at once what would take long to write out."""
        long = found.end() - found.start() > MOST_DIGITS
        if long or abs(int(found[5] or 0)) > MOST_DIGITS or decimal_places(found) > MOST_DIGITS:
            self.at = found.start()
            wrong = (
                f"found {self._shown()}, which takes more than {MOST_DIGITS} digits to write out"
            )
            raise self._error(wrong, "round it")
        return decimal_places(found)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Moves on; whether there was a comma."""
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return "," in found[0]

    def _shown(self) -> str:
        rest = self.text[self.at : self.at + _EXCERPT + 1]
        if not rest:
            return "the end"
        shown = "".join(c if c.isprintable() else " " for c in rest[:_EXCERPT])
        return f"'{shown}{'...' if len(rest) > _EXCERPT else ''}'"

    def _error(self, wrong: str, right: str) -> SpecError:
        place = f"character {self.at + 1} of the path data" if self.at else "the path data"
        colon = "" if wrong == "is empty" else ":"
        return SpecError([Problem(f"{place}{colon} {wrong}; {right}")])


class _Drawing:
    """The current point, and what the next command may take up of the one before."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.at = self.start = (0, 0)
        self._control = (0, 0)
        self._before = ""

    def draw(self, letter: str, numbers: list[int]) -> None:
        command = letter.upper()
        if command == "Z":
            self.pen.close()
            self.at = self.start
        elif command == "A":
            self._arc(numbers, relative=letter == "a")
        else:
            self._to(command, self._points(letter, numbers))
        self._before = command

    def _points(self, letter: str, numbers: list[int]) -> list[tuple[int, int]]:
        """The command's points, absolute."""
        x, y = self.at
        match letter:
            case "H":
                return [(numbers[0], y)]
            case "h":
                return [(x + numbers[0], y)]
            case "V":
                return [(x, numbers[0])]
            case "v":
                return [(x, y + numbers[0])]
        dx, dy = self.at if letter.islower() else (0, 0)
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [(dx + px, dy + py) for px, py in pairs]

    def _to(self, command: str, points: list[tuple[int, int]]) -> None:
        end = points[-1]
        match command:
            case "M":
                self.pen.move(end)
                self.start = end
            case "C" | "S":
                first = points[0] if command == "C" else self._reflected("CS")
                self._control = points[-2]
                self.pen.cubic(first, points[-2], end)
            case "Q" | "T":
                self._control = points[0] if command == "Q" else self._reflected("QT")
                self.pen.quadratic(self._control, end)
            case _:
                self.pen.line(end)
        self.at = end

    def _reflected(self, kin: str) -> tuple[int, int]:
        """The last control point mirrored in the current point, after a curve of the same kind."""
        if self._before not in kin or not self._before:
            return self.at
        return 2 * self.at[0] - self._control[0], 2 * self.at[1] - self._control[1]

    def _arc(self, numbers: list[int], relative: bool) -> None:
        rx, ry, angle, large, sweep, x, y = numbers
        if relative:
            x, y = self.at[0] + x, self.at[1] + y
        degrees = angle / self.pen.unit
        self.pen.arc((rx, ry), degrees, bool(large), bool(sweep), (x, y))
        self.at = (x, y)
