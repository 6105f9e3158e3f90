"""Why no weights will do, in words that follow from the cells of the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regions.story.one_layer.answer import Refused, Witness
from regions.text.wording import counted


def argument(answer: Refused) -> list[str]:
    """The proof in sentences, a paragraph each: a letter stands for the sum at its cell."""
    if answer.whatever_lines:
        return _opposite_ways(answer)
    return _balance(answer) if answer.lettered else _counted_balance(answer)


def _balance(answer: Refused) -> list[str]:
    inside = [witness for witness in answer.witnesses if witness.inside]
    outside = [witness for witness in answer.witnesses if not witness.inside]
    total = sum(witness.multiplier for witness in inside)
    planes = counted(len(answer.half_planes), "half-plane")
    factors = any(witness.multiplier > 1 for witness in answer.witnesses)
    counting = ", counted with their factors" if factors else ""
    bound = _times(total, "t")
    return [
        f"Each of the {planes} holds as many of {_listed(inside)} (inside) as of "
        f"{_listed(outside)} (outside){counting}.",
        "Let each letter be the sum of the weights that fire there. Whatever the weights,",
        f"{_sum(inside)} = {_sum(outside)}.",
        f"With a threshold t, the left side has to be at least {bound}, the right side less than "
        f"{bound}. So no weights will do.",
    ]


def _counted_balance(answer: Refused) -> list[str]:
    """The same without letters, where there are too many cells to be named."""
    total = sum(witness.multiplier for witness in answer.witnesses if witness.inside)
    inside = sum(witness.inside for witness in answer.witnesses)
    outside = len(answer.witnesses) - inside
    return [
        f"Counted with their factors, each of the {len(answer.half_planes)} half-planes holds as "
        f"many of the {inside} cells inside as of the {outside} cells outside.",
        "So, whatever the weights, the sums of the weights that fire there have the same total "
        "inside and outside.",
        f"With a threshold t, the total inside has to be at least {total:,} t, the total outside "
        f"less than {total:,} t. So no weights will do.",
    ]


def _opposite_ways(answer: Refused) -> list[str]:
    a, b, p, q = (witness.letter for witness in answer.witnesses)
    names = joined([answer.half_planes[k].name for k in answer.crossed()])
    return [
        f"The line of {names} carries edges that face opposite ways. From {p} to {a} it is crossed "
        f"into the shape, from {b} to {q} the same way, but out of it.",
        "Let each letter be the sum of the weights that fire there. Both crossings change it "
        f"alike: {a} - {p} = {q} - {b}, whatever the weights.",
        f"{a} and {b} have to reach the threshold, {p} and {q} to stay below: the left side has "
        "to be above 0, the right side below. So no weights will do.",
        "Added lines do not help: close enough to the edges only this line is crossed.",
    ]


def _sum(witnesses: Iterable[Witness]) -> str:
    return " + ".join(_times(witness.multiplier, witness.letter) for witness in witnesses)


def _times(factor: int, letter: str) -> str:
    return letter if factor == 1 else f"{factor:,} {letter}"


def _listed(witnesses: Sequence[Witness]) -> str:
    """`A to E`, or the letters one by one where there are factors to be named."""
    if all(witness.multiplier == 1 for witness in witnesses) and len(witnesses) > 2:
        return f"{witnesses[0].letter} to {witnesses[-1].letter}"
    return joined([_times(witness.multiplier, witness.letter) for witness in witnesses])


def joined(words: Sequence[str]) -> str:
    """`A, B and C`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
