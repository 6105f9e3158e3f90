"""Real shapes proved on every point of the plane: fixtures of earcut and JTS, and countries."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import SHAPES, shared
from tests.proofs import (
    CORNERS,
    GROUPS,
    OFF,
    Subject,
    coast,
    curves,
    gallery,
    line,
    main,
    polygon,
    row,
    total,
)

EDGES = 1000
"""The most of a shape that the suite proves; `tests/proofs.py` proves all."""

COUNTS = {
    "single countries": 6,
    "countries at 1:110 million": 177,
    "earcut": 32,
    "JTS validity": 26,
    "JTS overlay": 176,
}
"""Valid polygons in each group, of any size."""


@pytest.mark.parametrize("group", COUNTS)
def test_real_shapes_are_proved(group: str) -> None:
    shared("")
    subjects = list(GROUPS[group]())
    assert len(subjects) == COUNTS[group]
    rows = [row(subject) for subject in subjects if subject.edges <= EDGES]
    assert len(rows) >= 0.8 * len(subjects)
    assert Counter(found.proof.verdict for found in rows) == {"equal": len(rows)}
    assert all(found.proof.faces > 1 and found.proof.vertices > 1 for found in rows)
    assert all(found.proof.undecided == 0 and not found.proof.window_only for found in rows)


def test_a_coast_of_many_edges_is_proved() -> None:
    shared("")
    subject = polygon("coast", coast(CORNERS))
    assert subject.edges == CORNERS
    assert row(subject).right


def test_conics_off_by_little_are_refuted() -> None:
    found = {subject.name: row(subject) for subject in curves()}
    assert len(found) == 4
    for name, each in found.items():
        wrong = name.endswith(f"off by {OFF:g}")
        assert each.right, name
        assert each.proof.undecided == 0, name
        assert (each.proof.witness is not None) == wrong, name


def test_the_gallery_is_in_the_table_twice() -> None:
    count = len(list(SHAPES.glob("*.yaml")))
    assert Counter(subject.strategy for subject in gallery()) == {"edges": count, "auto": count}


def test_the_table_tells_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shape that is not what its network was made of, and the exit code."""
    right, mistaken = list(curves())[:2]
    mistaken = Subject("mistaken", mistaken.compiled, "edges", mistaken.spec)
    rows = [row(subject) for subject in (right, mistaken)]
    assert [found.right for found in rows] == [True, False]
    assert "different: WRONG, says 1 at" in line(rows[1])
    assert "1 of 2 as they should be" in total("both", rows)
    monkeypatch.setattr("tests.proofs.GROUPS", {"right": lambda: iter([right])})
    assert main() == 0
    monkeypatch.setattr("tests.proofs.GROUPS", {"wrong": lambda: iter([right, mistaken])})
    assert main() == 1
    assert "1 of 2" in capsys.readouterr().out
