"""The shapes: each compiled, with its edges and with the polygon that the others get."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from shapely.affinity import translate

import regions
from regions.compiler.demands import edge_count
from regions.shape.reference import reference
from regions.tolerances import FLATTENING
from tests.conftest import SHAPES, SHARED

DRAWN = {
    "war_zone_a": "war zone a",
    "letter_h": "letter H",
    "rounded_house": "rounded house",
    "heart": "heart",
    "poland": "Poland",
    "south_africa": "South Africa",
}

MAPS = {
    "countries/france_50m": "France",
    "large/estonia_10m": "Estonia",
    "holes/ocean_50m": "ocean with holes",
    "large/canada_10m": "Canada",
}

POLAND = SHAPES / "data" / "poland.geojson"
CANADA = SHARED / "large" / "canada_10m.geojson"
WORLD = SHARED / "countries" / "world_50m.geojson"

FINEST = 2048
"""Pixels at which polygons for curves are within an eighth of one."""

SIMPLER = 2.0**-4
"""Part of a pixel by which fewer corners may move the border, beside the reference's own part."""

APART = 1.02
"""From one copy to the next, in widths or heights: the copies do not touch."""

Window = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Subject:
    """A shape to evaluate.

    Attributes:
        name: Heads the line.
        network: Compiled.
        region: The polygon that the others get.
        window: What a raster shows.
        edges: Border pieces: straight edges, and curves.
    """

    name: str
    network: regions.Network
    region: shapely.Geometry
    window: Window
    edges: int

    @property
    def curved(self) -> bool:
        """Whether the polygon only comes near the shape."""
        return len(self.network.features) > 2

    @property
    def corners(self) -> int:
        """Edges of the polygon."""
        return edges(self.region)


def subjects(largest: int, say: Callable[[str], None]) -> Iterator[Subject]:
    """All shapes of up to so many edges, by growing size; says which are not there."""
    for name, title in DRAWN.items():
        yield drawn(SHAPES / f"{name}.yaml", title)
    for name, title in MAPS.items():
        path = SHARED / f"{name}.geojson"
        if not path.exists():
            say(f"{title} is left out: there is no {path.name} beside the checkout")
            continue
        region = geometry(path)
        if edges(region) <= largest:
            yield mapped(title, region)
    if CANADA.exists() and edges(region := six(geometry(CANADA))) <= largest:
        yield mapped("six Canadas", region)


def drawn(path: Path, title: str) -> Subject:
    """A spec of the gallery."""
    spec = regions.load(path)
    xmin, ymin, xmax, ymax = spec.window
    pixel = max(xmax - xmin, ymax - ymin) / FINEST
    region = reference(spec.shape, spec.window, FLATTENING * pixel).region
    subject = Subject(title, regions.compile(spec), region, spec.window, edge_count(spec.shape))
    if not subject.curved:
        return subject
    # The reference has more corners on curves than its tolerance asks for: others pay for each.
    return replace(subject, region=shapely.simplify(region, SIMPLER * pixel))


def mapped(title: str, region: shapely.Geometry) -> Subject:
    """A polygon compiled from its edges."""
    network = regions.compile(region, "edges")
    return Subject(title, network, region, region.bounds, edges(region))


def edges(region: shapely.Geometry) -> int:
    """Of all rings; the first vertex of each stands at its end again."""
    rings = shapely.get_rings(shapely.get_parts(region))
    return int(shapely.get_num_coordinates(region)) - len(rings)


def geometry(path: Path) -> shapely.Geometry:
    """What a GeoJSON file holds: the only feature, where it is a collection."""
    found = shapely.from_geojson(path.read_text(encoding="utf-8"))
    return found.geoms[0] if isinstance(found, shapely.GeometryCollection) else found


def six(region: shapely.Geometry) -> shapely.Geometry:
    """Two rows of three copies."""
    xmin, ymin, xmax, ymax = region.bounds
    right, up = APART * (xmax - xmin), APART * (ymax - ymin)
    copies = (translate(region, i * right, j * up) for j in range(2) for i in range(3))
    return shapely.MultiPolygon([part for copy in copies for part in shapely.get_parts(copy)])


def growing(about: tuple[int, ...], largest: int) -> Iterator[tuple[str, shapely.Geometry]]:
    """Real maps by growing size: the country next to each number of vertices, then whole files."""
    poland = geometry(POLAND)
    found: dict[str, shapely.Geometry] = {"Poland, 1:50 million": poland}
    if WORLD.exists():
        features = json.loads(WORLD.read_text(encoding="utf-8"))["features"]
        countries = {
            f"{feature['properties']['name']}, 1:50 million": shapely.geometry.shape(
                feature["geometry"]
            )
            for feature in features
        }
        for count in about:
            name = min(countries, key=lambda name: abs(edges(countries[name]) - count))
            found[name] = countries[name]
    if (path := SHARED / "large" / "estonia_10m.geojson").exists():
        found["Estonia"] = geometry(path)
    if CANADA.exists():
        found["Canada"] = geometry(CANADA)
        found["six Canadas"] = six(found["Canada"])
    small = {name: region for name, region in found.items() if edges(region) <= largest}
    yield from sorted(small.items(), key=lambda pair: edges(pair[1]))
