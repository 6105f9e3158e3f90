"""Grading: many networks against one shape, and what a wrong one says at a point, in words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from regions.check.proof import Boundary, Proof
from regions.check.prove import prove
from regions.check.repair import repairs
from regions.errors import InputError, Problem, SpecError
from regions.network.exact import exact_outputs
from regions.network.file import load_network
from regions.network.model import Network
from regions.shape.model import Spec

LISTED = 6
"""Units named, of those whose flip alone repairs a point; the others are counted."""

COLUMNS = ("file", "verdict", "proof", "size", "depth", "x", "y", "says", "words")
"""Of the table: x, y and `says` only for wrong answers, size and depth only for readable ones."""

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class Graded:
    """A network that was judged.

    Attributes:
        file: Where it stands.
        right: Whether it is the shape, as far as it counts.
        size: Threshold units in all.
        depth: Threshold layers on the longest path.
        proof: What was proved.
        repairs: Names of the units, the region's own left out, whose flip alone would put the
            answer at the witness right; None if there is no witness, or if it lies within a
            separator's rounding. None of them need be wrong: another decomposition may be right.
    """

    file: str
    right: bool
    size: int
    depth: int
    proof: Proof
    repairs: tuple[str, ...] | None = None

    @property
    def verdict(self) -> str:
        """`right` or `wrong`."""
        return "right" if self.right else "wrong"

    @property
    def words(self) -> str:
        """What was proved, or what the network says at a point where it differs."""
        if self.right or self.proof.witness is None:
            return self.proof.verdict
        told = None if self.repairs is None else _repair(self.repairs)
        return "; ".join(filter(None, (str(self.proof.witness), told)))

    @property
    def row(self) -> tuple[Cell, ...]:
        """The cells under `COLUMNS`."""
        head = (self.file, self.verdict, self.proof.verdict, self.size, self.depth)
        witness = None if self.right else self.proof.witness
        if witness is None:
            return (*head, None, None, None, self.words)
        return (*head, *witness.point, int(witness.network), self.words)

    def __str__(self) -> str:
        head = f"{self.verdict:10} {self.file} (size {self.size}, depth {self.depth})"
        return f"{head}: {self.words}"


@dataclass(frozen=True)
class Unreadable:
    """A file that holds no network of one region.

    Attributes:
        file: Its path.
        problems: All that is wrong with it.
    """

    file: str
    problems: tuple[Problem, ...]

    verdict = "unreadable"
    right = False

    @property
    def words(self) -> str:
        """The problems, each on the line it is about."""
        return "; ".join(_brief(problem) for problem in self.problems)

    @property
    def row(self) -> tuple[Cell, ...]:
        """The cells under `COLUMNS`."""
        return (self.file, self.verdict, None, None, None, None, None, None, self.words)

    def __str__(self) -> str:
        count = len(self.problems)
        return f"{self.verdict:10} {self.file}: {count} problem{'s' if count > 1 else ''}"


Grade: TypeAlias = Graded | Unreadable


def grade_file(path: str | os.PathLike[str], spec: Spec, boundary: Boundary = "ignore") -> Grade:
    """Judge the network in a file.

    Args:
        path: JSON, or YAML as a person writes it.
        spec: The shape that the network should be.
        boundary: Whether points on the shape's boundary count.

    Raises:
        SpecError: No network can be judged by this shape.
    """
    file = os.fspath(path)
    try:
        return grade(file, load_network(path), spec, boundary)
    except SpecError:
        raise
    except InputError as error:
        problems = (p if p.file else replace(p, file=file) for p in error.problems)
        return Unreadable(file, tuple(problems))


def grade(file: str, network: Network, spec: Spec, boundary: Boundary = "ignore") -> Graded:
    """Judge a network.

    Args:
        file: What it is called.
        network: Of one region.
        spec: The shape that the network should be.
        boundary: Whether points on the shape's boundary count.

    Raises:
        NetworkError: The network has several regions.
        InputError: The two cannot be compared.
    """
    region = network.output().unit
    proof = prove(network, spec)
    found = None
    if proof.witness is not None:
        fired = exact_outputs(network, *proof.witness.exact)
        if fired[region] == proof.witness.network:
            found = tuple(network.names[unit] for unit in repairs(network, fired, region))
    return Graded(file, proof.holds(boundary), network.size, network.depth, proof, found)


def _repair(names: Sequence[str]) -> str:
    """Which single flips would help."""
    shown = [f"`{name}`" for name in names[:LISTED]]
    if len(names) > LISTED:
        shown.append(f"{len(names) - LISTED:,} more")
    if not shown:
        return "no flip of a single unit would repair this point"
    *first, last = shown
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"flipping {listed} alone would repair this point"


def _brief(problem: Problem) -> str:
    place = f"line {problem.line}" if problem.line else ""
    return ": ".join(filter(None, (place, problem.path, problem.message)))
