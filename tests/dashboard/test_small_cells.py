"""Twin cities, which differ only in cells that are hidden: whatever a role with suppression opens or saves is the same.

This is the attack with everything at once. Two cities whose pages, maps, files and sheets are the same to the last byte
cannot be told apart by any calculation, so no number of children comes back from them.
"""

import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard import small_cells
from dashboard.access import LURAH, MAYOR, PLANNER, PUSKESMAS, SCREEN, Viewer, viewer_as
from data.scope import Scope, writing_connection
from data.settings import PROJECT_ROOT
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import KELURAHAN, MONTHS, RWS

PAGES = ("ringkasan", "peta", "prioritas", "rotasi", "usulan", "kunjungan", "tren", "perubahan", "intervensi")
LINKS: dict[str, list[dict[str, str]]] = {
    "peta": [{}, {"pilih": RWS[0]}, {"pilih": "PKM-1"}, {"ukuran": "Jumlah balita stunting"}],
    "prioritas": [{}, {"pilih": RWS[1]}],
    "usulan": [
        {"bagian": part} for part in ("Usulkan RW", "Lewat berkas Excel", "Siapa sudah menjawab", "Bahan rakor")
    ],
    "kunjungan": [{"catatan": "Daftar kunjungan"}, {"catatan": "Janji dan hasil"}],
}
SUPPRESSED = [
    viewer_as(MAYOR, "Wali Kota"),
    viewer_as(LURAH, "Lurah Atas", KELURAHAN[0]),
]
EXACT = [viewer_as(PLANNER, "Perencana Dinkes"), viewer_as(PUSKESMAS, "Kepala Atas", "", "PKM-1")]

HIDDEN_CHANGES = f"""
UPDATE growth_month SET stunted = CASE rw_code WHEN '{RWS[0]}' THEN 3 ELSE 3 END, severely_stunted = 1
WHERE rw_code IN ('{RWS[0]}', '{RWS[1]}');
UPDATE maternal_month SET screened = 8 WHERE rw_code = '{RWS[1]}';
UPDATE pusing_visit SET found = 4, referred = 1;
"""


@pytest.fixture(scope="module")
def twins(new_database: DatabaseMaker, migrated_template: Engine) -> tuple[Engine, Engine]:
    """Two cities: in the first RWs 001 and 002 of Atas hold 2 and 4 stunted children, in the second 3 and 3."""
    made = []
    for change in ("SELECT 1", HIDDEN_CHANGES):
        engine = new_database(migrated_template)
        with writing_connection(engine, Scope(PLANNER, ("",), "test")) as connection:
            hand_written.load(connection)
            connection.execute(
                text(
                    "INSERT INTO pusing_visit (rw_code, visited_on, facility_code, served, weighed, found, referred)"
                    " VALUES (:rw, :day, 'PKM-1', 40, 30, 2, 2)"
                ),
                {"rw": RWS[0], "day": MONTHS[1].replace(day=9)},
            )
            for statement in change.split(";"):
                if statement.strip():
                    connection.execute(text(statement))
            connection.execute(text("UPDATE setting SET changed_at = '2026-11-01'"))
        made.append(engine)
    return made[0], made[1]


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every file that a page offers, made as if its button were pressed."""
    files: list[bytes] = []
    offered = st.download_button

    def press_at_once(*arguments: object, **options: object) -> bool:
        data = options.get("data")
        content = data() if callable(data) else data
        files.append(content if isinstance(content, bytes) else str(content).encode())
        return offered(*arguments, **{**options, "data": b""})  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", press_at_once)
    return files


@pytest.fixture
def read(saved: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator["Reader"]:
    def told_link(*arguments: object, **options: object) -> None:
        """A page run alone knows no others to link to; what the link would say stands there instead."""
        st.text(f"{arguments[-1]} {options}")

    monkeypatch.setattr(st, "page_link", told_link)
    monkeypatch.setattr("streamlit.delta_generator.DeltaGenerator.page_link", told_link)
    monkeypatch.setattr("dashboard.maps.geometry.FOLDER", tmp_path / "map")
    monkeypatch.setattr("dashboard.shell.now", lambda: datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC))
    yield Reader(saved, monkeypatch)
    _forget()


def _forget() -> None:
    """Drop what was read: nothing of one city may pass for the other's."""
    st.cache_data.clear()
    st.cache_resource.clear()


class Reader:
    """Opens a page of a city as somebody and returns everything on it, with the files that it offers."""

    def __init__(self, saved: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        self.saved, self.monkeypatch = saved, monkeypatch

    def __call__(self, city: Engine, page: str, viewer: Viewer, asked: dict[str, str]) -> list[str]:
        _forget()
        self.saved.clear()
        self.monkeypatch.setattr("dashboard.cache.engine", lambda: city)
        app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
        app.session_state["peran"] = viewer
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        assert [fault.message for fault in app.exception] == []
        shown = [str(element.proto) for element in _elements(app)]
        return shown + [part for content in self.saved for part in _parts(content)]


def _parts(content: bytes) -> list[str]:
    """Return what is in a file; of a workbook all but the moment at which it was made."""
    if not content.startswith(b"PK"):
        return [repr(content)]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [f"{name}: {book.read(name)!r}" for name in book.namelist() if name != "docProps/core.xml"]


def _elements(app: AppTest) -> Iterator[object]:
    pending = list(app._tree.children.values())
    while pending:
        node = pending.pop(0)
        if hasattr(node, "children"):
            pending = [*node.children.values(), *pending]
        elif getattr(node, "proto", None) is not None:
            yield node


def _visits(page: str) -> list[dict[str, str]]:
    return LINKS.get(page, [{}])


def _apart(first: str, second: str) -> tuple[str, str]:
    """Return two texts from a little before the place where they part."""
    place = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), 0)
    return first[max(place - 150, 0) : place + 150], second[max(place - 150, 0) : place + 150]


@pytest.mark.parametrize("viewer", SUPPRESSED, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("page", PAGES)
def test_a_role_with_suppression_cannot_tell_twin_cities_apart(
    twins: tuple[Engine, Engine], read: Reader, viewer: Viewer, page: str
) -> None:
    for asked in _visits(page):
        first, second = (read(city, page, viewer, asked) for city in twins)
        assert [_apart(*pair) for pair in zip(first, second, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("viewer", EXACT, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("page", ["peta", "prioritas", "kunjungan"])
def test_roles_that_are_told_exactly_see_the_difference(
    twins: tuple[Engine, Engine], read: Reader, viewer: Viewer, page: str
) -> None:
    told = [[read(city, page, viewer, asked) for asked in _visits(page)] for city in twins]
    assert told[0] != told[1]


@pytest.mark.parametrize("viewer", SUPPRESSED, ids=lambda viewer: viewer.role)
def test_single_ages_and_sexes_of_an_rw_are_refused_before_they_are_counted(viewer: Viewer) -> None:
    counts = pd.DataFrame({"rw_code": [RWS[0]], "stunted": [2], "haz_valid": [40]})
    with pytest.raises(small_cells.SplitNotToldError):
        small_cells.month_told(viewer.scope, counts, ("0-5",), (1, 2))
    with pytest.raises(small_cells.SplitNotToldError):
        small_cells.month_told(viewer.scope, counts, sexes=(2,))


@pytest.mark.parametrize("viewer", SUPPRESSED, ids=lambda viewer: viewer.role)
def test_months_of_single_rws_are_refused(viewer: Viewer) -> None:
    with pytest.raises(small_cells.SplitNotToldError):
        small_cells.refuse_unless_exact(viewer.scope)


def test_a_small_total_is_kept_with_the_sibling_that_would_give_it_back() -> None:
    month = MONTHS[0]
    codes = [f"{KELURAHAN[0]}.001", f"{KELURAHAN[0]}.002", f"{KELURAHAN[1]}.001", f"{KELURAHAN[1]}.002"]
    counts = pd.DataFrame(
        {"rw_code": codes, "month": month, "haz_valid": 50, "stunted": [1, 1, 20, 3], "severely_stunted": [2, 0, 20, 9]}
    ).assign(underweight=0, wasted=[6, 6, 6, 6])
    kept = small_cells.kept_totals(counts)
    assert {(code, month) for code in KELURAHAN} <= kept["stunted"]
    assert {(code, month) for code in KELURAHAN} <= kept["severely_stunted"]
    assert not kept["wasted"]
    months = pd.DataFrame({"month": [month], "stunted": [2.0], "haz_valid": [100.0]})
    assert small_cells.without_kept(months, KELURAHAN[0], kept)["stunted"].isna().all()


def test_the_screen_of_a_meeting_has_nothing_to_hover_no_points_and_no_files(
    twins: tuple[Engine, Engine], read: Reader, saved: list[bytes]
) -> None:
    screen = viewer_as(SCREEN, "Layar rakor")
    shown = read(twins[0], "peta", screen, {"pilih": RWS[0], "ukuran": "Jumlah balita stunting"})
    told = " ".join(shown)
    assert '\\"pickable\\":true' not in told
    assert "rw-titik" not in told
    assert "rw-gelembung" not in told
    assert "Balita stunting tercatat" not in told
    assert saved == []


@pytest.mark.parametrize(("viewer", "is_told"), [(MAYOR, False), (SCREEN, False), (PLANNER, True)])
def test_what_an_rw_was_years_ago_is_told_only_where_its_counts_are(viewer: str, is_told: bool) -> None:
    counts = dict.fromkeys(("measured", "s_target", "d_weighed", "past_measured", "pregnant_target"), 90)
    facts = pd.DataFrame({"rw_code": RWS, "stunted": 3, "severely_stunted": 1, "past_stunted": 2, **counts})
    told = small_cells.ranking_facts_told(viewer_as(viewer, "").scope, facts.assign(pregnant_screened=80), "32.75")
    assert told[["past_measured", "past_stunted"]].notna().all(axis=None) == is_told
