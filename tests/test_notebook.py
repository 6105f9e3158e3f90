"""What notebooks show: pictures of networks and specs, and the notebook of the docs, executed."""

from __future__ import annotations

import base64
import dataclasses
import html
import io
import os
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from PIL import Image

import regions
from regions.draw.region import NAMED
from regions.network.model import Network, Output
from regions.shape import Box, Circle, Expectation, Polygonal, Spec, Union
from regions.story.notebook import LISTED, MOST_BORDERS, MOST_UNITS
from tests.conftest import ROOT, SHAPES

LARGEST = 250_000
"""Characters of a network's picture."""

ODD = "a & <b> --> $x$ <script>alert(1)</script>"


def picture(shown: str) -> Image.Image:
    """The PNG inside a spec's HTML."""
    data = re.search(r'src="data:image/png;base64,([^"]*)"', shown)
    assert data is not None
    return Image.open(io.BytesIO(base64.b64decode(data[1])))


def words(shown: str) -> str:
    """The text a browser shows."""
    return html.unescape(re.sub("<[^>]*>", " ", shown))


@pytest.mark.parametrize(
    "name", ["war_zone_a", "war_zone_b", "window_panes", "checkers", "word", "south_africa"]
)
def test_a_network_shows_its_picture(name: str) -> None:
    network = regions.compile(SHAPES / f"{name}.yaml")
    svg = network._repr_svg_()
    assert svg is not None
    assert len(svg) < LARGEST
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    # Notebooks prefer HTML, which would hide the picture.
    assert network._repr_html_() is None


def test_many_curves_stay_small() -> None:
    """Outlines of curves have hundreds of points: many of them are drawn as an image."""
    discs = tuple(Circle((float(i % 12), float(i // 12)), 0.6) for i in range(144))
    svg = regions.compile(Union(discs))._repr_svg_()
    assert svg is not None
    assert len(svg) < LARGEST


def test_as_many_names_as_are_drawn_stay_small() -> None:
    angles = 2 * np.pi * np.arange(NAMED) / NAMED
    corners = np.round(np.stack([np.cos(angles), np.sin(angles)], axis=1), 3)
    disc = Polygonal(shapely.Polygon(corners), name="a disc of many corners")
    network = regions.compile(Union((disc, Box(5, 5, 6, 6))), "parts")
    few = regions.compile(Spec("twenty corners of a coin", disc, (-1.5, -1.5, 1.5, 1.5)))
    assert few.n_separators == NAMED
    for drawn in (network, few):
        svg = drawn._repr_svg_()
        assert svg is not None
        assert len(svg) < LARGEST


def test_several_regions_have_one_picture() -> None:
    svg = two_regions()._repr_svg_()
    assert svg is not None
    assert "<!-- 2 regions -->" in svg


def two_regions() -> Network:
    """The whole of a house, and its roof."""
    house = regions.compile(SHAPES / "war_zone_a.yaml", "parts")
    names = list(house.names)
    roof = Output("roof", names.index("war zone a.roof"))
    return dataclasses.replace(house, outputs=(roof, *house.outputs))


def test_rounding_of_paths_is_not_seen() -> None:
    """No number of a path has more than two decimals; transforms, which scale letters, do."""
    svg = regions.compile(SHAPES / "star.yaml")._repr_svg_()
    assert svg is not None
    paths = re.findall(r' d="([^"]*)"', svg)
    assert paths
    assert not re.search(r"\.\d{3}", " ".join(paths))
    assert "scale(0.015625)" in svg


def test_pictures_leave_the_settings_alone() -> None:
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.get_backend()  # chosen when first asked for
    before = mpl.rcParams.copy()
    spec = regions.load(SHAPES / "war_zone_b.yaml")
    first = spec._repr_html_()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 20}):
        assert spec._repr_html_() == first
    assert mpl.rcParams == before
    assert plt.get_fignums() == []


def test_a_network_without_a_window_is_told_in_words() -> None:
    bare = dataclasses.replace(two_regions(), window=None)
    assert bare._repr_svg_() is None
    said = words(bare._repr_html_() or "")
    assert "2 regions" in said
    assert "regions: roof, war zone a" in said
    assert f"{bare.n_separators} separators over x, y; {bare.n_gates} gates; exact weights" in said
    assert "no window to draw: regions.plot(net, window=(xmin, ymin, xmax, ymax))" in said


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    ring = regions.compile(Circle((0, 0), 1))
    said = words(dataclasses.replace(ring, window=None)._repr_html_() or "")
    assert "1 separator over x" in said
    square = regions.compile(Box(0, 0, 1, 1))
    said = words(dataclasses.replace(square, window=None)._repr_html_() or "")
    assert "4 separators over x, y; 1 gate; exact weights" in said


def test_a_huge_network_is_told_in_words() -> None:
    angles = 2 * np.pi * np.arange(MOST_UNITS) / MOST_UNITS
    corners = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    huge = regions.compile(shapely.Polygon(corners), "edges")
    assert huge._repr_svg_() is None
    shown = huge._repr_html_()
    assert shown is not None
    assert f"more than {MOST_UNITS:,} units" in words(shown)
    assert len(shown) < 1000


def test_names_are_text_and_no_markup() -> None:
    spec = Spec(ODD, Box(0, 0, 1, 1), (-1, -1, 2, 2), about=ODD)
    network = regions.compile(spec)
    shown = spec._repr_html_()
    assert shown is not None
    assert words(shown).count(ODD) == 2
    bare = dataclasses.replace(network, window=None)._repr_html_()
    assert bare is not None
    assert ODD in words(bare)
    svg = network._repr_svg_()
    assert svg is not None
    ElementTree.fromstring(svg)
    assert "<script" not in shown + bare + svg


def test_a_spec_shows_shape_and_expectations() -> None:
    points = np.arange(2.0 * (LISTED + 3)).reshape(-1, 2)
    expect = Expectation(inside=points[:2], outside=points, area=28, area_tolerance=0.5, max_size=1)
    spec = Spec("corner", Box(0, 0, 2, 2), (0, 0, 4, 4), expect=expect)
    shown = spec._repr_html_()
    assert shown is not None
    said = words(shown)
    assert "window (0, 0) to (4, 4)" in said
    assert "expects inside: (0, 1), (2, 3) " in said
    assert "(10, 11), and 3 more" in said
    assert "expects an area of 28 within 0.5" in said
    assert "expects at most 1 unit " in said
    # The lower left quarter of the window is filled; the Axes take more than half of the picture.
    seen = picture(shown).convert("RGB")
    filled = (np.asarray(seen) == (184, 223, 245)).all(axis=2).mean()
    assert 0.12 < filled < 0.25


def test_a_spec_is_shown_without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def born(network: Network) -> None:
        raise AssertionError("a network was made")

    monkeypatch.setattr(Network, "__post_init__", born)
    assert picture(regions.load(SHAPES / "war_zone_a.yaml")._repr_html_() or "")
    with pytest.raises(AssertionError, match="a network was made"):
        regions.compile(SHAPES / "war_zone_a.yaml")


def test_a_huge_spec_is_told_in_words() -> None:
    angles = 2 * np.pi * np.arange(MOST_BORDERS + 1) / MOST_BORDERS
    disc = shapely.Polygon(np.stack([np.cos(angles), np.sin(angles)], axis=1) * 1e6)
    shown = Spec("disc", Polygonal(disc), (-1e7, -1e7, 1e7, 1e7))._repr_html_()
    assert shown is not None
    assert "edges are not drawn unasked: regions.plot_shape(spec)" in shown
    assert "<img" not in shown


@pytest.mark.parametrize(
    "window", [(0, 0, 1e6, 1), (-1, -1, 2, 1e6), (7, 7, 7 + 1e-9, 7 + 1e-9), (0, 0, 1e150, 1e150)]
)
def test_windows_of_any_form_are_shown(window: tuple[float, float, float, float]) -> None:
    """Warnings are errors here."""
    spec = Spec("box", Box(0, 0, 1, 1), window)
    assert picture(spec._repr_html_() or "").width > 600
    assert regions.compile(spec)._repr_svg_()


def test_what_notebooks_use_is_loaded_when_they_ask() -> None:
    code = (
        "import sys, regions, regions.network.model, regions.shape.model;"
        "heavy = ('matplotlib', 'regions.draw', 'regions.story', 'sklearn', 'IPython');"
        "bad = [m for m in sys.modules if m.startswith(heavy)];"
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    """The code cells of the docs' notebook, after it ran in a process of its own."""
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells), "commit it without outputs"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    client = nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3")
    client.execute(env=environment, cwd=str(NOTEBOOK.parent))
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cells: list[Any], ending: str, form: str) -> str:
    """What the cell that ends so shows in one form."""
    (cell,) = (cell for cell in cells if cell.source.endswith(ending))
    (output,) = cell.outputs
    return str(output["text"] if form == "text" else output["data"][form])


def test_the_notebook_shows_spec_and_network(cells: list[Any]) -> None:
    assert picture(shown(cells, "\nspec", "text/html")).width > 600
    ElementTree.fromstring(shown(cells, "\nnet", "image/svg+xml"))
    assert "array([ True, False, False])" in shown(cells, "[0.5, 1]])", "text/plain")


def test_the_notebook_verifies_proves_and_breaks(cells: list[Any]) -> None:
    assert "equal, IoU 1, 0 of" in shown(cells, "regions.verify(net, spec)", "text/html")
    assert "PROVED equal" in shown(cells, "regions.prove(net, spec)", "text/html")
    broken = shown(cells, "\nproof", "text/html")
    assert "DISPROVED different" in broken
    assert "says 1 at (" in broken
    differing = re.findall(r"(\S+) .*<- differs", shown(cells, '{mark}")', "text"))
    assert differing == ["house.union.roof.edge[0]", "house"]


def test_the_notebook_compares_with_a_trained_network(cells: list[Any]) -> None:
    compiled, trained = re.findall(r"(\d+\.\d+)%", shown(cells, 'points right")', "text"))
    assert float(compiled) == 100
    assert 90 < float(trained) < 99.9


def test_the_notebook_says_nothing_else_and_draws(cells: list[Any]) -> None:
    outputs = [output for cell in cells for output in cell.outputs]
    assert all(output.get("name") != "stderr" for output in outputs)
    figures = [output["data"] for output in outputs if "image/png" in output.get("data", {})]
    assert len(figures) == 2
    for data in figures:
        drawn = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")
        assert len(np.unique(np.asarray(drawn).reshape(-1, 3), axis=0)) > 50
