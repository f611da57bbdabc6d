"""The pages about people: who may open them, what they change, and what the log then says."""

from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import ADMIN, INSPECTOR, PLANNER, Viewer, viewer_as
from data.scope import Scope, scoped_connection, writing_connection
from data.settings import PROJECT_ROOT
from data.users import add_user
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import KELURAHAN

ADMINISTRATOR = viewer_as(ADMIN, "Pengelola pengguna")
INSPECTORATE = viewer_as(INSPECTOR, "Inspektorat")


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope(PLANNER, ("",), "test")) as connection:
        hand_written.load(connection)
    with writing_connection(engine, Scope(ADMIN, (), "user 0")) as connection:
        add_user(connection, "dinkes@example.go.id", PLANNER)
    return engine


@pytest.fixture
def city(new_database: DatabaseMaker, template: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    engine = new_database(template)
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    monkeypatch.setattr("dashboard.downloads.engine", lambda: engine)
    return engine


def opened(page: str, viewer: Viewer) -> AppTest:
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    return fine(app.run())


def fine(app: AppTest) -> AppTest:
    assert [fault.message for fault in app.exception] == []
    return app


def told(app: AppTest) -> str:
    return " ".join(part.value for part in [*app.markdown, *app.caption, *app.info, *app.success, *app.error])


def pressed(app: AppTest, key: str) -> AppTest:
    return fine(app.button(key=key).click().run())


def users(engine: Engine) -> dict[str, tuple[str, str | None, bool]]:
    with scoped_connection(engine, ADMINISTRATOR.scope) as connection:
        rows = connection.execute(text("SELECT subject, role, area_code, is_active FROM app_user"))
        return {row.subject: (row.role, row.area_code, row.is_active) for row in rows}


@pytest.mark.parametrize("page", ["pengguna", "audit"])
def test_a_planner_reads_neither_people_nor_the_log(city: Engine, page: str) -> None:
    app = opened(page, viewer_as(PLANNER, "Perencana Dinkes"))
    assert "bukan untuk peran Anda" in told(app)
    assert len(app.dataframe) == 0


def test_an_admin_lets_a_lurah_in(city: Engine) -> None:
    app = opened("pengguna", ADMINISTRATOR)
    app.text_input(key="akun-baru").input("Lurah.Atas@example.go.id")
    app.selectbox(key="peran-baru").select("Lurah")
    fine(app.run())
    app.selectbox(key="wilayah-baru").select_index(0)
    pressed(app, "tambahkan")
    assert users(city)["lurah.atas@example.go.id"] == ("lurah", KELURAHAN[0], True)
    assert "ditambahkan sebagai Lurah" in told(app)


def test_an_account_that_is_no_address_is_refused_in_words(city: Engine) -> None:
    app = opened("pengguna", ADMINISTRATOR)
    app.text_input(key="akun-baru").input("bukan alamat")
    pressed(app, "tambahkan")
    assert "alamat e-mail" in told(app)
    assert len(users(city)) == 1


def test_an_admin_changes_shuts_out_and_lets_in_again(city: Engine) -> None:
    app = opened("pengguna", ADMINISTRATOR)
    app.selectbox(key="diubah").select("dinkes@example.go.id")
    fine(app.run())
    app.selectbox(key="peran-ubah").select("Inspektorat")
    fine(app.run())
    pressed(app, "ganti-peran")
    assert users(city)["dinkes@example.go.id"][0] == INSPECTOR
    pressed(app, "nonaktifkan")
    assert not users(city)["dinkes@example.go.id"][2]
    pressed(app, "aktifkan")
    assert users(city)["dinkes@example.go.id"][2]


def test_the_inspector_finds_an_act_by_kind_and_by_words(city: Engine) -> None:
    everything = opened("audit", INSPECTORATE)
    assert "Pengguna ditambah" in set(everything.dataframe[0].value["Perbuatan"])
    everything.text_input(key="cari-audit").input("tidak-ada-sama-sekali")
    assert "Tidak ada catatan yang cocok" in told(fine(everything.run()))


def test_saving_the_log_is_in_the_log(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    offered = st.download_button
    monkeypatch.setattr(
        st,
        "download_button",
        lambda *given, **named: (made.append(named["data"]), offered(*given, **{**named, "data": b""}))[1],
    )
    opened("audit", INSPECTORATE)
    assert made[0]().startswith(b"PK")
    with scoped_connection(city, INSPECTORATE.scope) as connection:
        last = connection.execute(text("SELECT act, detail FROM audit_log ORDER BY id DESC LIMIT 1")).one()
    assert last.act == "file saved"
    assert last.detail["file"].startswith("rembuk-audit-")


def test_the_log_shows_nobodys_address(city: Engine) -> None:
    shown = opened("audit", INSPECTORATE).dataframe[0].value
    assert not shown.astype(str).apply(lambda column: column.str.contains("@")).to_numpy().any()
