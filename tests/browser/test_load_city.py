"""A planner loads a whole small city through the page, from an empty database to the map."""

import pytest

from tests.browser.screen import Screen
from tests.browser.serving import Served
from tests.data.intake.areas.squares import NAMES, geojson, inside, kelurahan, table

PAGE = "/pengaturan?bagian=Wilayah"
RWS = table(
    ("Kelurahan", "RW", "Lintang", "Bujur"),
    *((name, rw, *inside(place % 2, place // 2, rw / 3)) for place, name in enumerate(NAMES) for rw in (1, 2)),
)
FACILITIES = table(
    ("Jenis", "Nama", "Lintang", "Bujur"),
    ("Puskesmas", "Suka", *reversed(inside(0, 0))),
    ("Puskesmas", "Mekar", *inside(1, 1)),
    ("Puskesmas", "Entah", "utara", "selatan"),
)
SERVICES = table(
    ("Kelurahan", "Puskesmas"), *((name, "Suka" if name.startswith("Suka") else "Mekar") for name in NAMES)
)


@pytest.fixture
def nothing(chromium, tmp_path):
    """A dashboard without a city, this test's own."""
    with Served(tmp_path / "home", "--no-demo") as served:
        yield served


LIMIT_MB = 200


def press(screen: Screen, name: str, done: str) -> None:
    """Press a button and wait for what its load says, which comes a run later: the page starts anew after it."""
    screen.page.get_by_role("button", name=name, exact=True).click()
    screen.page.get_by_text(done).wait_for()
    screen.rest()


def step(screen: Screen, name: str, content: bytes) -> None:
    screen.act(screen.page.get_by_role("radio", name=name, exact=True).click)
    screen.upload(f"{name}.csv", content)


def test_an_empty_database_becomes_a_city_on_the_map(nothing, window, tmp_path):
    screen = window(nothing).open(PAGE)
    outlines = geojson(tmp_path / "kelurahan.geojson", kelurahan()).read_bytes()
    screen.upload("kelurahan.geojson", outlines)
    name = screen.page.get_by_label("Nama kota atau kabupaten")
    name.fill("Kota Contoh")
    screen.act(lambda: name.press("Enter"))
    press(screen, "Muat wilayah", "Wilayah dimuat.")
    assert "4 kelurahan" in screen.text

    step(screen, "Tabel RW", RWS)
    press(screen, "Muat tabel", "Tabel RW dimuat.")
    step(screen, "Fasilitas", FACILITIES)
    assert {(row[0], row[2]) for row in screen.table()} == {
        ("2", "Lintang dan bujur tertukar"),
        ("4", "Koordinat bukan angka"),
    }
    screen.act(screen.page.get_by_text("Muat tanpa 1 baris yang disisihkan").click)
    press(screen, "Muat tabel", "Tabel fasilitas dimuat.")
    step(screen, "Wilayah kerja", SERVICES)
    press(screen, "Muat tabel", "Wilayah kerja dimuat.")
    screen.act(screen.page.get_by_role("radio", name="Waktu tempuh", exact=True).click)
    press(screen, "Hitung waktu tempuh", "8 RW ke 2 fasilitas")

    screen.open("/peta?pilih=32.99.01.1001.001")
    assert len(screen.map.features("rw")) == 8
    assert "Kelurahan Suka Maju, Kecamatan Suka" in screen.text
    assert "menit" in screen.text


def test_a_file_over_the_limit_is_refused_in_indonesian(window, empty, tmp_path):
    large = tmp_path / "besar.geojson"
    with large.open("wb") as file:
        file.truncate((LIMIT_MB + 1) * 2**20)
    screen = window(empty).open(PAGE)
    screen.html("[data-testid=stFileUploader] input[type=file]").set_input_files(large)
    chip = screen.html("[data-testid=stFileChip][aria-invalid=true]")
    chip.wait_for()
    told = screen.html("[data-testid=stFileUploader]").evaluate("e => getComputedStyle(e, '::after').content")
    assert f"Paling besar {LIMIT_MB} MB" in told
    chip.hover()
    screen.page.wait_for_timeout(1_000)  # the uploader's own English words would come with the pointer
    assert "or smaller" not in screen.text
