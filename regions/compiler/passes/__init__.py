"""Passes over the formula, then over the circuit. Each is one file with its law.

`simplify` is the list of those that make the formula smaller; `fuse` makes it a circuit of
threshold gates, which `shorten` makes shallower.
"""

from __future__ import annotations

from regions.compiler.formula import Formula
from regions.compiler.passes.absorb import absorb
from regions.compiler.passes.constants import constants
from regions.compiler.passes.flatten import flatten
from regions.compiler.passes.repeats import repeats
from regions.compiler.passes.share import share

STEPS = (share, flatten, constants, repeats, absorb)
"""Each returns the formula itself where it finds no work. Sharing comes first: flattening may
dissolve one of two equal polygons into its reader."""


def simplify(formula: Formula) -> Formula:
    """The same function with fewer gates or inputs: all steps in turn until none finds work."""
    while True:
        before = formula
        for step in STEPS:
            formula = step(formula)
        if formula is before:
            return formula
