"""The deck that `st.pydeck_chart` sends: compact JSON, no map provider, so that no request leaves the machine."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.maps.layers import Layer

_TILE_PX = 512
_NO_MAP_STYLE = "__MAP_STYLE__"  # what Streamlit takes as "a style is given", so that it asks no tile server for one


@dataclass(frozen=True)
class Camera:
    """Where the map looks: degrees and Web Mercator zoom."""

    longitude: float
    latitude: float
    zoom: float

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], width_px: int = 800, height_px: int = 400) -> "Camera":
        """Look at all of the bounds (west, south, east, north) in a picture of about this size."""
        west, south, east, north = bounds
        zoom_wide = math.log2(width_px * 360 / (max(east - west, 1e-4) * _TILE_PX))
        zoom_high = math.log2(height_px * 2 * math.pi / (max(_mercator(north) - _mercator(south), 1e-6) * _TILE_PX))
        return cls(
            round((west + east) / 2, 5), round((south + north) / 2, 5), round(min(zoom_wide, zoom_high) - 0.1, 2)
        )


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


@dataclass(frozen=True)
class Deck:
    """What `st.pydeck_chart` needs of a deck, already written."""

    written: str
    _tooltip: dict[str, object]
    mapbox_key: None = None

    def to_json(self) -> str:
        """Return the deck as it is sent."""
        return self.written


def write_deck(layers: Sequence[Layer], camera: Camera) -> Deck:
    """Write layers and camera as compact JSON."""
    content = {
        "initialViewState": {"longitude": camera.longitude, "latitude": camera.latitude, "zoom": camera.zoom},
        "views": [{"@@type": "MapView", "controller": {"dragRotate": False, "touchRotate": False}}],
        "mapProvider": None,
        "mapStyle": _NO_MAP_STYLE,
        "layers": list(layers),
    }
    tooltip: dict[str, object] = {
        "html": "{n}",
        "style": {"backgroundColor": "#1b2327", "color": "#ffffff", "fontSize": "16px", "borderRadius": "4px"},
    }
    return Deck(json.dumps(content, separators=(",", ":"), ensure_ascii=False), tooltip)
