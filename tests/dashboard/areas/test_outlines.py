"""Pengaturan, part Wilayah: a file is previewed with its repairs, and written only by the button."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import streamlit as st
from shapely import box
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import PLANNER, viewer_as
from dashboard.areas.picture import picture
from dashboard.areas.words import REFUSED
from data.intake.areas import load
from data.intake.areas.prepare import Choices
from data.intake.areas.refusals import REFUSALS
from data.scope import WHOLE_CITY, Scope, writing_connection
from tests.dashboard.opened_page import fine, opened
from tests.data.intake.areas.squares import CITY, CITY_NAME, geojson, kelurahan, square

MIME = "application/geo+json"


@pytest.fixture
def app(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    path = geojson(tmp_path / "first.geojson", kelurahan())
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "test")) as connection:
        load.commit(connection, path, "first", Choices(), load.Wanted(CITY, CITY_NAME))
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    return opened("pengaturan", viewer_as(PLANNER, "Perencana Dinkes"), bagian="Wilayah")


def uploaded(app: AppTest, path: Path) -> AppTest:
    return fine(app.file_uploader(key="berkas-wilayah").set_value((path.name, path.read_bytes(), MIME)).run())


def names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT name FROM area WHERE level = 'kelurahan' ORDER BY code")))


def test_nothing_is_written_before_the_button(app: AppTest, engine: Engine, tmp_path: Path) -> None:
    renamed = kelurahan(kelurahan=("Suka Baru", "Suka Mundur", "Mekar Jaya", "Mekar Sari"))
    shown = uploaded(app, geojson(tmp_path / "new.geojson", renamed))
    assert names(engine)[0] == "Suka Maju"
    assert "kode dari kolom **kode**" in " ".join(part.value for part in shown.markdown)
    done = fine(shown.button(key="muat-wilayah").click().run())
    assert [part.value for part in done.success] == [
        "Wilayah dimuat. Bila titik atau RW berubah, hitung ulang waktu tempuh di langkah Waktu tempuh."
    ]
    assert names(engine)[0] == "Suka Baru"


def test_the_same_file_needs_no_button(app: AppTest, tmp_path: Path) -> None:
    shown = uploaded(app, geojson(tmp_path / "same.geojson", kelurahan()))
    assert [button.key for button in shown.button if button.key == "muat-wilayah"] == []


def moved_border() -> gpd.GeoDataFrame:
    """Return the kelurahan, of which the first took a strip from its eastern neighbour."""
    west, south, east, north = square(0, 0).bounds
    shapes = [box(west, south, east + 0.001, north), box(east + 0.001, south, east + 0.01, north)]
    return kelurahan(geometry=[*shapes, square(0, 1), square(1, 1)])


def test_other_outlines_are_told_as_a_change_or_as_a_correction_before_and_after_the_load(
    app: AppTest, engine: Engine, tmp_path: Path
) -> None:
    shown = uploaded(app, geojson(tmp_path / "moved.geojson", moved_border()))
    assert "**2 wilayah berubah batasnya mulai" in " ".join(part.value for part in shown.markdown)
    drawn_wrongly = shown.radio(key="arti-batas").options[1]
    shown = fine(shown.radio(key="arti-batas").set_value(drawn_wrongly).run())
    assert "**2 batas dibetulkan**" in " ".join(part.value for part in shown.markdown)
    done = fine(shown.button(key="muat-wilayah").click().run())
    assert "**2 batas dibetulkan**" in done.success[0].value
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM area_past")) == 0


def test_a_file_of_another_city_is_refused_in_words(app: AppTest, tmp_path: Path) -> None:
    other = kelurahan(kode=[f"32.16.01.200{number}" for number in range(4)])
    (error,) = uploaded(app, geojson(tmp_path / "other.geojson", other)).error
    assert error.value.startswith("4 dari 4 wilayah milik 32.16")


def test_every_refusal_in_words_is_one_of_the_loaders() -> None:
    assert set(REFUSED) <= set(REFUSALS)


def test_the_picture_has_a_ring_for_each_mended_place() -> None:
    outlines, mended = np.array([square(0, 0), square(1, 0)]), np.array([square(0, 0).buffer(-0.004)])
    drawn = picture(outlines, mended, np.array([], dtype=object))
    assert drawn.count("<circle") == 1
    assert drawn.count("Z") == 2


def test_the_first_file_makes_the_city_from_an_empty_database(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    page = opened("pengaturan", viewer_as(PLANNER, "Perencana Dinkes"))
    asked = uploaded(page, geojson(tmp_path / "first.geojson", kelurahan()))
    assert "Isi nama kota atau kabupaten untuk melanjutkan." in [part.value for part in asked.info]
    named = fine(asked.text_input(key="nama-kota").input(CITY_NAME).run())
    fine(named.button(key="muat-wilayah").click().run())
    with engine.connect() as connection:
        found = connection.execute(text("SELECT code, name FROM area WHERE level = 'kota'")).one()
    assert tuple(found) == (CITY, CITY_NAME)
    assert names(engine)[0] == "Suka Maju"


def test_names_that_the_city_does_not_have_are_asked_for(app: AppTest, tmp_path: Path) -> None:
    odd = kelurahan(kelurahan=("Sk. Maju", "Suka Mundur", "Mekar Jaya", "Mekar Sari")).drop(columns="kode")
    shown = uploaded(app, geojson(tmp_path / "odd.geojson", odd))
    assert shown.error[0].value.startswith("1 wilayah tidak dikenal namanya (Suka / Sk. Maju).")
    picked = shown.selectbox(key="tempat-muat-kelurahan-32.99.01-skmaju").select("Suka Maju (32.99.01.1001)")
    assert [part.value for part in fine(picked.run()).error] == []
