"""Straight separators read as the exact lines that they are roundings of."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from regions.check.curves.definition import Definition
from regions.check.curves.near import Nearby, Nearness
from regions.geometry.polynomials import Polynomial, exact, line_through
from regions.network.model import Network

_NEAR = 2.0**-40
"""Of the span: how near a vertex must come to a separator for others to be looked for, in doubles;
what is found is judged exactly."""


class LineReader:
    """Knows a shape's lines and vertices."""

    def __init__(
        self,
        network: Network,
        definition: Definition,
        atoms: tuple[Polynomial, ...],
        nearness: Nearness,
    ) -> None:
        self._network = network
        self._nearness = nearness
        self._vertices = np.unique(definition.vertices, axis=0)
        self._known = set(map(tuple, self._vertices.tolist()))
        self._lines = [atom.scaled() for atom in atoms if atom.degree == 1]
        heights = [nearness.heights(line) for line in self._lines]
        self._heights = np.array(heights).reshape(-1, 4)

    def read(self, separator: int, polynomial: Polynomial) -> Nearby | None:
        """The exact line of a separator, None where none is near enough.

        First the line through the two points that the network itself names, if they are vertices
        of the shape; then the shape's own lines; then lines through two vertices.

        Args:
            separator: Its number.
            polynomial: Its own, of degree 1, scaled, in the user's coordinates.
        """
        for candidate in self._candidates(separator, polynomial):
            found = self._nearness.judge(polynomial, candidate.scaled())
            if found is not None:
                return found
        return None

    def _candidates(self, separator: int, own: Polynomial) -> Iterator[Polynomial]:
        sources = self._network.sources
        if sources is not None:
            ends = [tuple(end) for end in sources[separator].tolist()]
            if ends[0] != ends[1] and self._known.issuperset(ends):
                yield line_through(exact(ends[0]), exact(ends[1]))
        near = self._nearness.near(self._nearness.heights(own), self._heights)
        yield from (self._lines[i] for i in near.tolist())
        yield from self._through_vertices(separator)

    def _through_vertices(self, separator: int) -> Iterator[Polynomial]:
        """The line through the two vertices, of those near this separator, farthest apart."""
        network, scale = self._network, 2.0**self._network.exponent
        weights = network.weights[separator, :2]
        with np.errstate(over="ignore", invalid="ignore"):
            inner = (self._vertices - np.array(network.center)) * scale
            height = (inner @ weights + network.bias[separator]) / math.hypot(*weights)
            near = np.flatnonzero(np.abs(height) <= _NEAR * self._nearness.span * scale)
        if len(near) > 1:
            along = inner[near] @ np.array([-weights[1], weights[0]])
            ends = self._vertices[near[[along.argmin(), along.argmax()]]].tolist()
            yield line_through(exact(ends[0]), exact(ends[1]))
