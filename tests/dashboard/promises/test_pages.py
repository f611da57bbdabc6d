"""A promise from the meeting to its answer, on the screens of those who make and keep it."""

import datetime

import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import CAMAT, OPD, PLANNER, PUSKESMAS, Viewer, viewer_as
from data.queries.rakor import meetings, promises
from data.rakor.meetings import Meeting, add_meeting, withdraw_meeting
from data.rakor.promises import Owner, Promise, add_promise, withdraw_promise
from data.scope import scoped_connection, writing_connection
from data.settings import PROJECT_ROOT
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import forget
from tests.data.access import two_kecamatan
from tests.data.access.people import PEOPLE
from tests.data.pusing.hand_written import KECAMATAN, MONTHS

DINKES = viewer_as(PLANNER, "Perencana Dinkes")
CAMAT_TIMUR = viewer_as(CAMAT, "Camat Timur", KECAMATAN)
SOCIAL = viewer_as(OPD, "Dinas Sosial (OPD)", unit="Dinas Sosial")
HEAD = viewer_as(PUSKESMAS, "Kepala Puskesmas Bawah", "", "PKM-1")
NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)


@pytest.fixture
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(text("DELETE FROM action_item; DELETE FROM meeting; DELETE FROM month_signoff"))
        connection.execute(text("DELETE FROM weight_preset"))
        connection.execute(text("UPDATE setting SET value = value || '{\"is_demo\": false}' WHERE code = 'city'"))
    with writing_connection(engine, PEOPLE["planner"].scope) as connection:
        meeting = add_meeting(connection, Meeting(datetime.date(2026, 8, 8), "Rakor TW-II 2026"), "Dinkes")
        late = datetime.date(2026, 9, 30)
        owner = Owner("kecamatan", "Kecamatan Timur", KECAMATAN)
        add_promise(connection, Promise(meeting, owner, "Timbang ulang RW 001", late), "Dinkes")
        add_promise(connection, Promise(meeting, Owner("opd", "Dinas Sosial"), "Salurkan bantuan", late), "Dinkes")
    return engine


def _open(city: Engine, page: str, viewer: Viewer, monkeypatch: pytest.MonkeyPatch, **asked: str) -> AppTest:
    forget()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: city)
    monkeypatch.setattr(st, "page_link", lambda *_, **__: None)
    monkeypatch.setattr("streamlit.delta_generator.DeltaGenerator.page_link", lambda *_, **__: None)
    monkeypatch.setattr("dashboard.shell._clock", lambda: NOW)
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def _html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_a_promise_is_written_down_by_choosing_what_and_who(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Janji"})
    told = next(box for box in app.selectbox if box.label == "Apa yang dijanjikan")
    told.set_value("Menimbang ulang RW yang kehadirannya di bawah 60 %")
    next(box for box in app.selectbox if box.label == "Pemilik").set_value("Kecamatan Timur")
    next(button for button in app.button if button.label == "Simpan janji").click().run()
    assert not app.exception
    with scoped_connection(city, DINKES.scope) as connection:
        made = promises(connection).iloc[-1]
    assert (made["owner_code"], made["area_code"], made["indicator_code"]) == (KECAMATAN, KECAMATAN, "attendance_ds")
    assert made["due_on"] == datetime.date(2027, 3, 31)
    assert made["figure_month"] == MONTHS[0]  # that of the meeting, and not the newest


def test_a_form_without_an_owner_writes_nothing_and_says_so(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Janji"})
    next(button for button in app.button if button.label == "Simpan janji").click().run()
    assert "pemiliknya" in app.error[0].value
    with scoped_connection(city, DINKES.scope) as connection:
        assert len(promises(connection)) == 2


def test_what_is_late_comes_back_in_the_opening(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    told = _html(_open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Janji"}))
    assert told.count("Lewat tenggat") == 2
    assert "Timbang ulang RW 001" in told


@pytest.mark.parametrize(
    ("viewer", "own", "other"),
    [(CAMAT_TIMUR, "Timbang ulang RW 001", "Salurkan bantuan"), (SOCIAL, "Salurkan bantuan", "Timbang ulang RW 001")],
)
def test_an_owner_finds_the_own_promise_and_answers_it(
    city: Engine, monkeypatch: pytest.MonkeyPatch, viewer: Viewer, own: str, other: str
) -> None:
    app = _open(city, "janji", viewer, monkeypatch)
    assert own in _html(app)
    assert other not in _html(app)
    app.text_input[0].set_value("Selesai 3 November")
    next(button for button in app.button if button.label == "Simpan jawaban").click().run()
    assert not app.exception
    with scoped_connection(city, viewer.scope) as connection:
        row = promises(connection).iloc[0]
    assert (row["evidence"], row["answered_by"]) == ("Selesai 3 November", viewer.name)


def test_a_puskesmas_signs_its_month(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(city, "janji", HEAD, monkeypatch)
    next(button for button in app.button if button.label == "Sahkan").click().run()
    assert not app.exception
    assert "disahkan" in app.success[0].value
    with city.connect() as connection:
        signed = connection.execute(text("SELECT facility_code, month FROM month_signoff")).one()
    assert tuple(signed) == ("PKM-1", MONTHS[-1])


def test_the_preparation_says_what_is_missing(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(city, "rakor", DINKES, monkeypatch)
    told = " ".join(element.value for element in app.markdown)
    assert "puskesmas belum mengesahkan" in told
    assert "2 janji lewat tenggat" in told
    assert "TW-IV 2026" in _html(app)


def test_a_meeting_is_written_down(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Rapat"})
    next(area for area in app.text_area if area.label.startswith("Keputusan")).set_value("Rotasi ditetapkan")
    next(button for button in app.button if button.label == "Simpan rapat").click().run()
    assert not app.exception
    assert "Keputusan: Rotasi ditetapkan" in " ".join(element.value for element in app.caption)


def test_a_snapshot_is_made_and_found_whole_on_the_screen(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Potret data"})
    next(button for button in app.button if button.label == "Buat potret").click().run()
    assert not app.exception
    assert "Rakor TW-IV 2026 dibuat" in app.success[0].value
    next(button for button in app.button if button.label == "Periksa keutuhan").click().run()
    assert "Utuh" in app.success[0].value


def test_a_promise_that_was_taken_back_stands_again_by_one_button(city, monkeypatch):
    with scoped_connection(city, PEOPLE["planner"].scope) as connection:
        number = int(promises(connection).iloc[0]["id"])
    with writing_connection(city, PEOPLE["planner"].scope) as connection:
        withdraw_promise(connection, number)
    app = _open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Janji"})
    box = next(box for box in app.selectbox if box.label == "Kembalikan janji yang sudah ditarik")
    assert len(box.options) == 1
    box.select(box.options[0])
    next(button for button in app.button if button.label == "Kembalikan").click()
    app.run()
    assert not app.exception
    with scoped_connection(city, PEOPLE["planner"].scope) as connection:
        assert number in set(promises(connection)["id"])


def test_a_meeting_that_was_taken_back_stands_again_by_one_button(city, monkeypatch):
    with writing_connection(city, PEOPLE["planner"].scope) as connection:
        number = add_meeting(connection, Meeting(datetime.date(2026, 8, 9), "Keliru"), "Dinkes")
        withdraw_meeting(connection, number)
    app = _open(city, "rakor", DINKES, monkeypatch, **{"bagian-rakor": "Rapat"})
    box = next(box for box in app.selectbox if box.label == "Rapat yang ditarik")
    box.select(box.options[0]).run()
    next(button for button in app.button if button.label == "Kembalikan").click().run()
    assert not app.exception
    with scoped_connection(city, PEOPLE["planner"].scope) as connection:
        assert number in set(meetings(connection)["id"])
