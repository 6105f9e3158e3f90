"""The raster check and the proof together: what `regions verify` says of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from regions.check.compare import Report, marked, verify
from regions.check.cost import QUICK, predicted_seconds
from regions.check.notebook import as_html
from regions.check.proof import Boundary, Proof
from regions.check.prove import prove
from regions.network.model import Network
from regions.shape.source import Source, as_spec


@dataclass(frozen=True)
class Verification:
    """What is known of a network and a shape.

    Attributes:
        report: Of the raster check.
        proof: None if none was made.
        boundary: Whether points on the shape's boundary count.
        too_long: Seconds that the proof may take, if it was left out because of them; else None.
    """

    report: Report
    proof: Proof | None
    boundary: Boundary = "strict"
    too_long: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the report is, and the proof, if there is one, holds."""
        return self.report.ok and (self.proof is None or self.proof.holds(self.boundary))

    def __str__(self) -> str:
        lines = [marked(self.report.said, self.ok)]
        if self.proof is not None:
            lines.append(f"       {self.proof}")
        elif self.too_long is not None:
            lines.append(f"       not proved: {_brief(self.too_long)}; --prove does it")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return as_html(str(self), self.ok)

    def to_dict(self) -> dict[str, Any]:
        """The contract's keys, ready for JSON; `proof` is None where nothing was proved."""
        proof = None if self.proof is None else self.proof.to_dict()
        return self.report.to_dict() | {"ok": self.ok, "proof": proof}


def verify_and_prove(
    network: Network,
    spec: Source,
    prove_too: bool | None = None,
    boundary: Boundary = "strict",
) -> Verification:
    """Compare a network with a shape on a raster, and on every point of the plane.

    The proof is made whatever the raster check says: it names a point where they differ.

    Args:
        network: Of one region.
        spec: The shape, and what is expected of it: whatever `regions.compile` takes.
        prove_too: Whether to prove; None: if that is predicted to take less than a second.
        boundary: Whether points on the shape's boundary count.

    Raises:
        NetworkError: The network has several regions.
        InputError: The two cannot be compared: see `regions.verify`.
    """
    spec = as_spec(spec)
    report = verify(network, spec, boundary=boundary)
    if prove_too is None and (seconds := predicted_seconds(network, spec)) >= QUICK:
        return Verification(report, None, boundary, too_long=seconds)
    proof = None if prove_too is False else prove(network, spec)
    return Verification(report, proof, boundary)


def _brief(seconds: float) -> str:
    """A prediction, with no more digits than it is worth."""
    return f"it may take {float(f'{seconds:.1g}'):,.0f} s"
