"""The map as people use it: choosing a month and a measure, clicking, and what a rerun sends."""

import numpy as np
import pytest
import shapely

from tests.browser.screen import MapOnScreen, Screen
from tests.browser.small_city import KECAMATAN

OWN_ROUTE = (0, 90, 181)
BUBBLE_OVER_GROUND = (221, 132, 61)
RERUN_LIMIT_BYTES = 50_000


@pytest.fixture
def screen(window, demo) -> Screen:
    return window(demo).open("/peta")


def rw_in_the_clear(on_map: MapOnScreen) -> tuple[str, shapely.Point]:
    """Return the RW, with a point in it, that is farthest from any place of care, which would be hit instead."""
    shapes = {code: shape for code, shape in on_map.features("rw").items() if code.startswith(KECAMATAN)}
    points = shapely.point_on_surface(list(shapes.values()))
    facilities = np.vstack(
        [
            on_map.project(shapely.get_coordinates(list(on_map.features(f"faskes-{kind}").values())))
            for kind in ("puskesmas", "rumah_sakit")
        ]
    )
    apart = np.linalg.norm(on_map.project(shapely.get_coordinates(points))[:, None] - facilities[None], axis=2).min(1)
    chosen = int(apart.argmax())
    return list(shapes)[chosen], points[chosen]


def test_clicking_an_rw_opens_its_card_with_its_ways_to_puskesmas(screen):
    code, point = rw_in_the_clear(screen.map)
    screen.map.click(point)
    assert screen.query["pilih"] == code
    card, travel = screen.html(".card").nth(0), screen.html(".card", "Jalan kaki")
    assert f"RW {code[-3:]}" in card.inner_text()
    assert "perkiraan prevalensi stunting" in card.inner_text()
    told = travel.inner_text()
    assert [mode for mode in ("Jalan kaki", "Sepeda motor", "Mobil") if mode not in told] == []
    assert "menit" in told
    assert "km" in told


def test_the_road_to_its_own_puskesmas_is_drawn(screen):
    before = screen.map.pixels_of(OWN_ROUTE)
    _, point = rw_in_the_clear(screen.map)
    screen.map.click(point)
    assert screen.map.layer("rute-sendiri") is not None
    assert screen.map.pixels_of(OWN_ROUTE) > before + 20


def test_another_month_changes_address_and_legend_and_leaves_the_camera(screen):
    legend, camera = screen.html(".legend").first.inner_text(), screen.map.camera
    screen.pick("bulan", "Mei 2026")
    assert screen.query["bulan"] == "Mei 2026"
    assert screen.html(".legend").first.inner_text() != legend
    assert screen.map.camera == camera


def test_another_measure_changes_address_and_legend(screen):
    screen.pick("ukuran", "Kehadiran timbang (D/S)")
    assert screen.query["ukuran"] == "Kehadiran timbang (D/S)"
    assert "Kehadiran penimbangan (D/S)" in screen.html(".legend").first.inner_text()


def test_counts_are_bubbles(screen):
    screen.pick("ukuran", "Jumlah balita stunting")
    assert screen.map.pixels_of(BUBBLE_OVER_GROUND, tolerance=12) > 200
    assert "1–4 balita" in screen.html(".legend").first.inner_text()


def test_a_map_moved_by_hand_stays_there_when_the_month_changes(screen):
    code, point = rw_in_the_clear(screen.map)
    x, y = screen.map.position(point)
    screen.page.mouse.move(x, y)
    for _ in range(4):
        screen.page.mouse.wheel(0, -400)
    screen.map.settle()
    screen.pick("bulan", "Mei 2026")
    screen.map.click_at(x, y)
    assert screen.query["pilih"] == code


def test_a_rerun_sends_little_and_fetches_no_geometry_again(screen):
    screen.map.settle()
    outlines = [path for path in screen.traffic.fetched if "/map/rw-" in path and "points" not in path]
    assert len([path for path in outlines if "borders" not in path]) == 1
    before = len(screen.traffic.fetched)
    sent_back = screen.pick("bulan", "Mei 2026")
    screen.map.settle()
    assert sent_back < RERUN_LIMIT_BYTES
    assert [path for path in screen.traffic.fetched[before:] if "/map/" in path] == []


def test_clicking_a_puskesmas_shows_its_wilayah_kerja_and_everyones_travel_time(screen):
    screen.search("Puskesmas Aren Jaya")
    code = screen.query["pilih"]
    place = screen.map.features("faskes-puskesmas")[code]
    screen.open("/peta")
    screen.map.click(place)
    assert screen.query["pilih"] == code
    card = screen.html(".card").first.inner_text()
    assert "Puskesmas Aren Jaya" in card
    assert "RW di wilayah kerja" in card
    assert "Waktu tempuh ke Puskesmas Aren Jaya (jalan kaki)" in screen.html(".legend").first.inner_text()


def test_a_search_moves_the_map_to_what_was_found(screen):
    screen.search("Puskesmas Aren Jaya")
    place = screen.map.features("faskes-puskesmas")[screen.query["pilih"]]
    assert screen.map.camera["longitude"] == pytest.approx(place.x, abs=1e-4)
    assert screen.map.camera["latitude"] == pytest.approx(place.y, abs=1e-4)


def test_every_rw_is_accounted_for_beside_the_map(screen):
    assert "Semua 1.020 RW ada di peta." in screen.text
    assert "bagan, bukan batas resmi" in screen.text


def test_the_city_fills_a_large_window_and_fits_a_small_one(window, demo):
    zooms = []
    for width, height in ((1280, 720), (1920, 1080)):
        on_map = window(demo, width, height).open("/peta").map
        corners = np.vstack([shapely.get_coordinates(shape) for shape in on_map.features("rw").values()])
        left, top = on_map.project(corners).min(axis=0)
        right, bottom = on_map.project(corners).max(axis=0)
        frame = on_map.screen.page.locator(".st-key-peta-bingkai").bounding_box()
        assert frame["x"] <= left
        assert frame["y"] <= top
        assert right <= frame["x"] + frame["width"]
        assert bottom <= frame["y"] + frame["height"]
        assert bottom - top > 0.75 * frame["height"]
        zooms.append(on_map.camera["zoom"])
    assert zooms[0] < zooms[1]
