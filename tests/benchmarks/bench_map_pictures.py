"""A city of 1,020 RWs drawn as a picture, and what a month of the linked maps weighs."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from dashboard.compare.frames import pane, sent
from dashboard.maps import fills
from dashboard.maps.geometry import MapGeometry
from dashboard.maps.ground import Ground
from dashboard.maps.picture import A4_WIDE, SAVED, SLIDE, Words, map_picture
from geo import webmap
from tests.benchmarks.harness import Row, best_of
from tests.dashboard.maps import squares

ACROSS, DOWN, CORNERS = 34, 30, 24
PICTURE_LIMIT_S, FRAME_LIMIT_KB = 1.5, 1.2


def run() -> list[Row]:
    """Draw the pictures that slides, cards and downloads need, and weigh a frame."""
    ground = _city()
    table = pd.DataFrame({"rate": np.linspace(0, 0.35, len(ground.rws)), "status": "reliable"})
    table.loc[::40, "status"] = "low_attendance"
    drawn = fills.prevalence(table, "rate", "Prevalensi stunting")
    words = Words("Prevalensi stunting per RW", "Kota Contoh", "Agustus–Oktober 2026", "Penimbangan rutin")
    rows = []
    for name, size in (("slide 1920 x 1080", SLIDE), ("A4 180 x 120 mm", A4_WIDE), ("download 2400 x 1600", SAVED)):
        seconds = best_of(3, lambda size=size: map_picture(ground, drawn, words, size))  # type: ignore[misc]
        kilobytes = len(map_picture(ground, drawn, words, size)) / 1000
        rows.append(Row(f"map picture, {name}, 1,020 RW", seconds, "s", PICTURE_LIMIT_S, f"{kilobytes:.0f} kB"))
    held = MapGeometry({"rw": "app/static/map/rw.json"}, tuple(ground.rws["code"]), 0, 0, (), ground.bounds)
    one, two = (len(json.dumps(sent([pane("x", [("Oktober 2026", drawn, held)] * count)]))) for count in (1, 2))
    rows.append(Row("a month more of the linked maps, 1,020 RW", (two - one) / 1000, "kB", FRAME_LIMIT_KB))
    return rows


def _city() -> Ground:
    """Return a grid of RWs with as many corners as real ones keep when simplified."""
    side = 0.005
    steps = np.linspace(0, 1, CORNERS // 4, endpoint=False)
    shapes = []
    for number in range(ACROSS * DOWN):
        x, y = squares.WEST + number % ACROSS * side, squares.SOUTH + number // ACROSS * side
        ring = [(x + side * t, y) for t in steps] + [(x + side, y + side * t) for t in steps]
        ring += [(x + side * (1 - t), y + side) for t in steps] + [(x, y + side * (1 - t)) for t in steps]
        shapes.append(shapely.Polygon(ring))
    codes = tuple(f"32.75.01.{1001 + number // 18}.{number % 18 + 1:03d}" for number in range(len(shapes)))
    small = squares.ground()
    rws = pd.DataFrame(
        {
            "code": codes,
            "rw_name": [f"RW {code[-3:]}" for code in codes],
            "point_lat": [shape.centroid.y for shape in shapes],
            "point_lon": [shape.centroid.x for shape in shapes],
            "has_outline": True,
        }
    )
    west, south, east, north = shapely.total_bounds(shapes)
    return replace(
        small,
        rws=rws,
        outlined=codes,
        shapes=tuple(shapes),
        rw_borders=tuple(webmap.border_lines(shapes)),
        kelurahan_borders=(),
        bounds=(float(west), float(south), float(east), float(north)),
    )
