"""For test suites: assert that a network has the region of a shape, or say where it has not.

    from regions.testing import assert_region

    def test_geofence() -> None:
        assert_region(load_network("fence.json"), "fence.yaml")

Specs that are tests themselves, `*.region.yaml`, are collected by `regions/pytest_plugin.py`.
"""

from __future__ import annotations

from dataclasses import replace

from regions.check.compare import Report, verify, window_grid
from regions.check.cost import QUICK, predicted_seconds
from regions.check.overlay import overlay
from regions.check.picture import around, picture
from regions.check.proof import Boundary, Proof
from regions.check.prove import prove as prove_exactly
from regions.compiler import compile
from regions.errors import InputError
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.model import Spec
from regions.shape.source import Source, as_spec

__all__ = ["assert_region"]


def assert_region(
    source: Network | Source,
    geometry: Source,
    *,
    prove: bool | None = None,
    boundary: Boundary = "strict",
    grid: Grid | None = None,
) -> None:
    """Assert that a network has a shape's region, and meets what its spec expects.

    What the raster check passes is also proved, on every point of the plane, where that is asked or
    quick.

    Args:
        source: A network of one region, or what `regions.compile` takes: it is compiled then.
        geometry: The shape: a Spec, the path of one, a Shape, a Shapely polygon, or anything with
            `__geo_interface__`.
        prove: Whether to prove; None: if that is predicted to take less than a second.
        boundary: Whether points on the shape's boundary count: those that the spec expects, and
            those of the proof. Pixels on it are never judged.
        grid: Where the raster check looks, in place of the spec's window.

    Raises:
        AssertionError: They differ; says where, with a picture of the place.
        InputError: The network, the shape or the grid cannot be used: see `regions.verify`.
    """
    __tracebackhide__ = True
    spec = as_spec(geometry)
    network = source if isinstance(source, Network) else compile(source)
    report = verify(network, spec, grid, boundary)
    if not report.ok:
        raise AssertionError(raster_difference(network, spec, report, grid))
    if prove is None:
        prove = predicted_seconds(network, spec) < QUICK
    if prove:
        proof = prove_exactly(network, spec)
        if not proof.holds(boundary):
            raise AssertionError(proof_difference(network, spec, proof))


def raster_difference(
    network: Network, spec: Spec, report: Report, grid: Grid | None = None
) -> str:
    """A failed report in words, with the first pixel that differs and a picture."""
    if not report.mismatched:
        return str(report)
    seen = overlay(network, spec.shape, grid or window_grid(spec))
    return f"{report}\n       {seen.witness}\n{picture(seen)}"


def proof_difference(network: Network, spec: Spec, proof: Proof) -> str:
    """A failed proof in words that are the same in every run, with a picture of its witness."""
    said = f"{spec.name}: {replace(proof, seconds=0.0)}"
    if proof.witness is None:
        return said
    try:
        return f"{said}\n{around(network, spec, proof.witness)}"
    except InputError as error:
        return f"{said}\nno picture of the place: {error}"
