"""Pengaturan, part Wilayah: a file is previewed with its repairs, and written only by the button."""

from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import PLANNER, viewer_as
from dashboard.areas.picture import picture
from dashboard.areas.words import REFUSED
from data.intake.areas import load
from data.intake.areas.prepare import Choices
from data.intake.areas.refusals import REFUSALS
from data.scope import WHOLE_CITY, Scope, writing_connection
from data.settings import PROJECT_ROOT
from tests.data.intake.areas.squares import CITY, CITY_NAME, geojson, kelurahan, square

MIME = "application/geo+json"


@pytest.fixture
def app(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    path = geojson(tmp_path / "first.geojson", kelurahan())
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "test")) as connection:
        load.commit(connection, path, "first", Choices(), load.Wanted(CITY, CITY_NAME))
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.engine", lambda: engine)
    opened = AppTest.from_file(str(PROJECT_ROOT / "pages" / "pengaturan.py"), default_timeout=60)
    opened.session_state["peran"] = viewer_as(PLANNER, "Perencana Dinkes")
    opened.query_params["bagian"] = "Wilayah"
    return fine(opened.run())


def fine(app: AppTest) -> AppTest:
    assert [fault.message for fault in app.exception] == []
    return app


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
        "Wilayah dimuat. Hitung ulang waktu tempuh dengan perintah `travel fill`."
    ]
    assert names(engine)[0] == "Suka Baru"


def test_the_same_file_needs_no_button(app: AppTest, tmp_path: Path) -> None:
    shown = uploaded(app, geojson(tmp_path / "same.geojson", kelurahan()))
    assert [button.key for button in shown.button if button.key == "muat-wilayah"] == []


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
