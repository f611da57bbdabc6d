"""The deck is small, asks nothing of the internet, and says each RW's class where the browser looks for it."""

import json
import re

import numpy as np
import pytest

from dashboard.maps import fills, layers
from dashboard.maps.deck import Camera, write_deck
from dashboard.maps.fills import Fill
from dashboard.maps.geometry import Label
from tests.dashboard.rw_frames import small_table

LINKS = {
    name: f"app/static/map/{name}-0123456789ab.json"
    for name in (
        "rw",
        "rw-borders",
        "rw-points",
        "rw-only-points",
        "kelurahan-borders",
        "kecamatan-borders",
        "roads",
        "water",
        "rail",
        *(f"facility-{kind}" for kind in layers.FACILITY_STYLE),
    )
}


def _evaluated(expression: str, index: int) -> object:
    """Do by hand what the browser does: the option whose number stands in both texts at `index`."""
    found = re.fullmatch(r"@@=\((.*)\)\[\('(\d*)'\)\[properties\.i\]\*10- -\('(\d*)'\)\[properties\.i\]\]", expression)
    assert found is not None
    options, tens, ones = json.loads(found[1]), found[2], found[3]
    return options[int(tens[index]) * 10 + int(ones[index])]


def test_each_rw_gets_the_colour_of_its_class() -> None:
    drawn = fills.prevalence(small_table(), "rate", "x")
    expression = layers.fill(LINKS, drawn)[0]["_subLayerProps"]["polygons-fill"]["getFillColor"]
    for index, number in enumerate(drawn.classes):
        assert tuple(_evaluated(expression, index)) == drawn.palette[number]


def test_a_whole_city_of_classes_is_sent_in_under_50_kb() -> None:
    classes = np.arange(1020) % 12
    city = Fill("x", classes, tuple((i, i, i) for i in range(12)), (), ())
    stack = [
        *layers.water(LINKS),
        *layers.fill(LINKS, city),
        *layers.borders(LINKS),
        *layers.facilities(LINKS, list(layers.FACILITY_STYLE)),
        *layers.names([Label("Nama Kelurahan", 107.0, -6.2, "kelurahan")] * 56, 11.0),
    ]
    assert len(write_deck(stack, Camera(107.0, -6.3, 11)).to_json().encode()) < 50_000


def test_nothing_in_the_deck_points_outside_the_machine() -> None:
    drawn = fills.attendance(small_table())
    written = write_deck([*layers.water(LINKS), *layers.fill(LINKS, drawn)], Camera(107.0, -6.3, 11)).to_json()
    assert "://" not in written
    assert json.loads(written)["mapStyle"] == "__MAP_STYLE__"


def test_layers_have_ids_of_their_own() -> None:
    drawn = fills.attendance(small_table())
    stack = [*layers.fill(LINKS, drawn), *layers.borders(LINKS), *layers.facilities(LINKS, list(layers.FACILITY_STYLE))]
    ids = [layer["id"] for layer in stack]
    assert len(ids) == len(set(ids))


def test_the_camera_sees_all_of_the_bounds() -> None:
    camera = Camera.over((106.88, -6.40, 107.06, -6.17), width_px=860, height_px=640)
    degrees_wide = 860 * 360 / (512 * 2**camera.zoom)
    assert camera.longitude == pytest.approx(106.97)
    assert degrees_wide >= 0.18
