"""The question whether one hidden layer suffices for a shape: asked of the compiler.

Its answer is joined with the names of the half-planes and with points in short numbers, so that it
can be told and drawn.
"""

from __future__ import annotations

from dataclasses import replace

from regions.compiler.cells import units_of
from regions.compiler.one_layer import Obstruction, OneLayer, Undecided
from regions.compiler.refusal import NotCompilableError
from regions.compiler.strategies import Draft, compiled, decided
from regions.compiler.truth import separators_used
from regions.draw.text import without_shared_prefix
from regions.errors import Problem
from regions.network.neat import neat_separator
from regions.shape.model import Spec
from regions.story.one_layer.answer import HalfPlane, Refused, Served, Witness
from regions.story.one_layer.places import (
    Plane,
    across,
    close_up,
    grown_towards,
    in_sight,
)


def ask(spec: Spec) -> Served | Refused:
    """Decide whether one threshold unit over the lines of the shape's own edges is the shape.

    Raises:
        NotCompilableError: Nothing is decided: a border is curved, or there are too many lines.
    """
    draft = Draft(spec)
    answer = decided(draft)
    if isinstance(answer, Undecided):
        said = f"whether one hidden layer suffices for {spec.name} is not decided: {answer.reason}"
        raise NotCompilableError([Problem(said)])
    half_planes = _half_planes(draft)
    if isinstance(answer, OneLayer):
        return _served(spec, half_planes, answer)
    return _refused(spec, tuple(half_planes.values()), answer)


def _half_planes(draft: Draft) -> dict[int, HalfPlane]:
    """By the numbers of the separators that they are made from."""
    formula, separators = draft.by_edges
    units = units_of(separators, draft.frame, separators_used(formula), vertex_pairs=False)
    network = compiled(draft, "edges").network
    numbers = {network.names[i]: i for i in range(network.n_separators)}
    sources = [source for source in units.values() if isinstance(source, int)]
    names = without_shared_prefix([separators.names[i] for i in sources])
    found = {}
    for source, line, name in zip(sources, units, names, strict=True):
        number = numbers[separators.names[source]]
        neat = neat_separator(network, number)
        found[source] = HalfPlane(number, name, line, str(neat or ""), bool(neat and neat.exact))
    return found


def _served(spec: Spec, half_planes: dict[int, HalfPlane], answer: OneLayer) -> Served:
    """Those that are read are numbered as in the unit's own network, in the order of its inputs."""
    given = dict(zip(answer.inputs, answer.weights, strict=True))
    order = [*answer.inputs, *(number for number in half_planes if number not in given)]
    numbered = tuple(
        replace(half_plane, number=order.index(number))
        for number, half_plane in half_planes.items()
    )
    weights = tuple(given.get(number, 0) for number in half_planes)
    return Served(spec, numbered, weights, answer.threshold)


def _refused(spec: Spec, half_planes: tuple[HalfPlane, ...], answer: Obstruction) -> Refused:
    """The proof, each of its cells shown at a point of short numbers and, if it can, in sight."""
    lines = [half_plane.line for half_plane in half_planes]
    known = [witness.exact for witness in answer.witnesses]
    plane = Plane(lines, close_up(spec))
    signs = [plane.signs(point) for point in known]
    for witness, side in zip(answer.witnesses, signs, strict=True):
        if not in_sight(plane, side, witness.exact):
            plane = grown_towards(plane, side, witness.exact)
    shown = list(map(plane.point, signs, known))
    if answer.whatever_lines:
        for a, p in ((0, 2), (1, 3)):
            shown[a], shown[p] = across(plane, signs[a], signs[p]) or (shown[a], shown[p])
    witnesses = tuple(
        Witness(
            letter,
            point,
            witness.dimension,
            witness.inside,
            witness.multiplier,
            tuple(sign >= 0 for sign in plane.signs(point)),
        )
        for letter, point, witness in zip(letters_for(answer), shown, answer.witnesses, strict=True)
    )
    return Refused(spec, half_planes, witnesses, answer.whatever_lines, plane)


INSIDE, OUTSIDE = "ABCDEFGHIJKLMNO", "PQRSTUVWXYZ"
"""Letters of the witnesses; where they do not suffice, A1, A2, ... and P1, P2, ..."""


def letters_for(answer: Obstruction) -> list[str]:
    """A name for each witness, in their order."""
    inside = sum(witness.inside for witness in answer.witnesses)
    outside = len(answer.witnesses) - inside
    if inside <= len(INSIDE) and outside <= len(OUTSIDE):
        return [*INSIDE[:inside], *OUTSIDE[:outside]]
    return [f"A{k + 1}" for k in range(inside)] + [f"P{k + 1}" for k in range(outside)]
