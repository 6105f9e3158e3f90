"""regions: a compiler from geometry to explicit threshold networks.

A shape is described in YAML or in Python; the program writes down the network whose decision region
is that shape. Nothing is trained. This is what a network means, here and in every export:

* `H(z) = 1 if z >= 0 else 0`.
* A **separator** is `H(w . phi(u) + b)`, where `u = (x - center) * 2^exponent` and `phi` lists
  monomials of u: `(x, y)`, or `(x, y, x^2, xy, y^2)`.
* A **gate** is `H(sum of w_i h_i + b)` over earlier units, with integer weights and a half-integer
  bias. AND of k literals: weight 1, or -1 for a negated one, bias `1/2 - (number not negated)`;
  OR: the same weights, bias `(number negated) - 1/2`.
* A pre-activation is summed from left to right in IEEE doubles, `((w0*f0 + w1*f1) + ...) + b`,
  without fused multiply-add: every evaluator gives the same bits.
* Primitives are closed sets, booleans are pointwise: `A - B` leaves out the boundary of B.

The names below are loaded when first used, so that `import regions` is instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from regions.display import paint_with

if TYPE_CHECKING:
    from regions.check.compare import Report, verify
    from regions.check.proof import Proof
    from regions.check.prove import prove
    from regions.compiler import Build, NotCompilableError, build, compile, decide_one_layer
    from regions.draw.region import plot
    from regions.errors import InputError, NetworkError, OutputError, SpecError
    from regions.network.file import load_network
    from regions.network.model import Network
    from regions.network.raster import Grid, rasterize
    from regions.shape.load import load
    from regions.shape.model import Spec
    from regions.story.plots import plot_difference, plot_shape
    from regions.story.views import picture

__version__ = "0.1.0"

paint_with("regions.story.notebook")

_HOMES = {
    "Build": "regions.compiler",
    "Grid": "regions.network.raster",
    "InputError": "regions.errors",
    "Network": "regions.network.model",
    "NetworkError": "regions.errors",
    "NotCompilableError": "regions.compiler",
    "OutputError": "regions.errors",
    "Proof": "regions.check.proof",
    "Report": "regions.check.compare",
    "Spec": "regions.shape.model",
    "SpecError": "regions.errors",
    "build": "regions.compiler",
    "compile": "regions.compiler",
    "decide_one_layer": "regions.compiler",
    "load": "regions.shape.load",
    "load_network": "regions.network.file",
    "picture": "regions.story.views",
    "plot": "regions.draw.region",
    "plot_difference": "regions.story.plots",
    "plot_shape": "regions.story.plots",
    "prove": "regions.check.prove",
    "rasterize": "regions.network.raster",
    "verify": "regions.check.compare",
}

__all__ = [
    "Build",
    "Grid",
    "InputError",
    "Network",
    "NetworkError",
    "NotCompilableError",
    "OutputError",
    "Proof",
    "Report",
    "Spec",
    "SpecError",
    "build",
    "compile",
    "decide_one_layer",
    "load",
    "load_network",
    "picture",
    "plot",
    "plot_difference",
    "plot_shape",
    "prove",
    "rasterize",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'regions' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
