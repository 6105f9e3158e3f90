"""Figures in dark colours: each colour of the style has one counterpart.

Pictures are always drawn on white. A figure that is finished is turned dark as a whole, so that no
drawing function has to know of themes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from regions.draw import style

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

Theme: TypeAlias = Literal["light", "dark"]

PAPER = "#15181d"
"""The dark page."""

_DARK = {
    style.HALO_COLOR: PAPER,
    "black": "#ffffff",
    style.TEXT_COLOR: "#e9e9e6",
    style.QUIET_COLOR: "#b4b4b0",
    style.FRAME_COLOR: "#6c6f75",
    style.OUTLINE_COLOR: "#f2f2ee",
    style.NAME_COLOR: "#bfdcf0",
    "#0072b2": "#4aa8e8",
    "#d55e00": "#ff8a3d",
    "#117733": "#5cc47c",
    "#aa4499": "#e08ad3",
    "#332288": "#a79bf0",
    "#997700": "#d9b53a",
    "#882255": "#e87aa6",
    "#2a8c82": "#5fc9bd",
    "#56b4e9": "#3f9bd6",
    "#f0e442": "#cfc22f",
    "#e69f00": "#d9971a",
    "#009e73": "#25b48a",
    "#cc79a7": "#d987b4",
}
"""Lines and letters become lighter, and keep their hue."""


def darkened(figure: Figure) -> Figure:
    """The same figure, turned dark in place.

    Raises:
        KeyError: A colour that is none of the style's: it has no counterpart.
    """
    from matplotlib.collections import Collection
    from matplotlib.image import AxesImage
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.text import Text

    table = _table()
    # Some artists are found twice, and must not be turned twice.
    for artist in dict.fromkeys(figure.findobj(lambda each: bool(each.get_visible()))):
        match artist:
            case Text():
                artist.set_color(_dark(artist.get_color(), table))
            case Line2D():
                if artist.get_linestyle() != "None":
                    artist.set_color(_dark(artist.get_color(), table))
                if artist.get_marker() not in ("", "None", None):
                    artist.set_markerfacecolor(_dark(artist.get_markerfacecolor(), table))
                    artist.set_markeredgecolor(_dark(artist.get_markeredgecolor(), table))
            case Patch():
                artist.set_facecolor(_dark(artist.get_facecolor(), table))
                artist.set_edgecolor(_dark(artist.get_edgecolor(), table))
            case Collection():
                faces, edges = (
                    [_dark(color, table) for color in np.atleast_2d(colors)]
                    for colors in (artist.get_facecolor(), artist.get_edgecolor())
                )
                artist.set_facecolor(faces)
                artist.set_edgecolor(edges)
            case AxesImage():
                artist.set_data(_dark_pixels(np.asarray(artist.get_array()), table))
            case _:
                pass
        _darken_halos(artist, table)
    return figure


def _table() -> dict[bytes, tuple[float, float, float]]:
    """The counterparts by the bytes of a colour."""
    from matplotlib.colors import to_rgb

    return {_bytes(light): to_rgb(dark) for light, dark in _DARK.items()}


def _bytes(color: Any) -> bytes:
    from matplotlib.colors import to_rgb

    return bytes((np.array(to_rgb(color)) * 255).round().astype(np.uint8).tolist())


def _dark(color: Any, table: dict[bytes, tuple[float, float, float]]) -> Any:
    from matplotlib.colors import to_rgba

    if isinstance(color, str) and color == "none":
        return color
    opacity = to_rgba(color)[3]
    return (*table[_bytes(color)], opacity) if opacity else color


def _dark_pixels(image: Any, table: dict[bytes, tuple[float, float, float]]) -> Any:
    """An image of `(h, w, 4)` bytes, its colours replaced and its opacity kept."""
    packed = image[..., :3].astype(np.int32) @ np.array([2**16, 2**8, 1], dtype=np.int32)
    found, place = np.unique(packed, return_inverse=True)
    place = place.reshape(packed.shape)
    shown = np.unique(place[image[..., 3] > 0])
    colors = np.zeros((len(found), 3), dtype=np.uint8)
    for i in shown.tolist():
        light = int(found[i]).to_bytes(3, "big")
        colors[i] = (np.array(table[light]) * 255).round().astype(np.uint8)
    return np.dstack([colors[place], image[..., 3]])


def _darken_halos(artist: Artist, table: dict[bytes, tuple[float, float, float]]) -> None:
    """Halos are path effects, of which matplotlib keeps the settings as they were given."""
    from matplotlib.patheffects import withStroke

    halos = [vars(effect)["_gc"] for effect in artist.get_path_effects() or ()]
    if halos:
        dark = [{**halo, "foreground": _dark(halo["foreground"], table)} for halo in halos]
        artist.set_path_effects([withStroke(**halo) for halo in dark])
