"""Pictures of a network and of a geometry. Knows no shape and no compiler.

    plot, figure   the decision region, the reference's outline, the separators   region.py
    save           a figure as PNG, SVG or PDF, the same bytes for the same input  save.py
    wiring         the network as a diagram: boxes, wires, weights                 wiring/

Importing this package does not import matplotlib; drawing does, and never its global state.
"""

from regions.draw.region import figure, plot
from regions.draw.save import save

__all__ = ["figure", "plot", "save"]
