"""`regions.prove`: the gallery proved, answers written by hand judged, on the whole plane."""

from __future__ import annotations

from fractions import Fraction

import pytest

import regions
from regions.network.exact import exact_outputs
from tests.conftest import ROOT, SHAPES

HOUSE = SHAPES / "war_zone_a.yaml"
ANSWERS = ROOT / "tests" / "answers"


@pytest.mark.parametrize("name", sorted({path.stem for path in SHAPES.glob("*.yaml")} - {"word"}))
def test_the_gallery_is_proved(name: str) -> None:
    spec = regions.load(SHAPES / f"{name}.yaml")
    proof = regions.prove(regions.compile(spec), spec)
    assert proof.verdict == "equal"
    assert proof.witness is None
    assert proof.faces > 1


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("anna", "equal"),
        ("ben", "different"),
        ("carla", "equal"),
        ("emil", "equal except on the boundary"),
    ],
)
def test_answers_written_by_hand(answer: str, verdict: str) -> None:
    network = regions.load_network(ANSWERS / f"{answer}.yaml")
    proof = regions.prove(network, HOUSE)
    assert proof.verdict == verdict
    assert proof.holds("strict") == (verdict == "equal")
    assert proof.holds("ignore") == (verdict != "different")
    if proof.witness is not None:
        x, y = proof.witness.exact
        fired = exact_outputs(network, x, y)[network.output().unit]
        assert fired == proof.witness.network != proof.witness.shape
        assert proof.witness.shape == in_the_house(x, y)


def in_the_house(x: Fraction, y: Fraction) -> bool:
    """The triangle with eaves on the square, in plain words."""
    roof = y >= 4 and 4 * x - 3 * y + 12 >= 0 and 4 * x + 3 * y <= 36
    return roof or (1 <= x <= 5 and 0 <= y <= 4)
