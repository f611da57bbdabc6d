"""Twin cities, which differ only in cells that are hidden: whatever a role with suppression opens or saves is the same.

This is the attack with everything at once. Two cities whose pages, maps, files and sheets are the same to the last byte
cannot be told apart by any calculation, so no number of children comes back from them.
"""

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from dashboard import cache, small_cells
from dashboard.access import LURAH, MAYOR, PLANNER, PUSKESMAS, SCREEN, Viewer, viewer_as
from dashboard.briefing.read import briefing_of, places_of
from dashboard.documents.kinds import KINDS
from dashboard.documents.progress import quiet
from dashboard.reach.choices import PARTS
from data.scope import Scope, writing_connection
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import Reader, forget
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import KELURAHAN, MONTHS, RWS

PAGES = (
    "ringkasan",
    "peta",
    "bandingkan",
    "prioritas",
    "rotasi",
    "usulan",
    "kunjungan",
    "tren",
    "perubahan",
    "intervensi",
    "akses",
    "paparan",
    "wilayah",
    "kartu",
    "puskesmas",
)
LINKS: dict[str, list[dict[str, str]]] = {
    "akses": [{"akses": part} for part in PARTS],
    "peta": [{}, {"pilih": RWS[0]}, {"pilih": "PKM-1"}, {"ukuran": "Jumlah balita stunting"}],
    "bandingkan": [{}, {"tampilan": "Selisih"}, {"cara": "Dua ukuran"}, {"cara": "Putar bulan"}],
    "wilayah": [{}, {"wilayah": "32.75"}, {"wilayah": "32.75.01"}, {"wilayah": KELURAHAN[0]}],
    "kartu": [{}, {"wilayah": RWS[0]}, {"wilayah": RWS[1]}],
    "puskesmas": [{}, {"wilayah": "PKM-1"}],
    "prioritas": [{}, {"pilih": RWS[1]}],
    "usulan": [
        {"bagian": part} for part in ("Usulkan RW", "Lewat berkas Excel", "Siapa sudah menjawab", "Bahan rakor")
    ],
    "paparan": [{}, {"tayang": "ya"}, {"tayang": "ya", "wilayah": "Kecamatan Timur"}],
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
    told = [[read(city, page, viewer, asked) for asked in _visits(page)] for city in twins]
    for first, second in zip(*told, strict=True):
        assert [_apart(*pair) for pair in zip(first, second, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("viewer", EXACT, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("page", ["peta", "prioritas", "kunjungan", "kartu"])
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


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("place", ["Kota Contoh", "Kecamatan Timur"])
def test_the_files_of_a_briefing_are_the_same_bytes_for_twin_cities(
    twins: tuple[Engine, Engine], monkeypatch: pytest.MonkeyPatch, place: str, ending: str
) -> None:
    made = []
    for city in twins:
        forget()
        monkeypatch.setattr("dashboard.cache.keeping.opened", lambda city=city: city)
        viewer = viewer_as(PLANNER, "Perencana Dinkes")  # even where a planner makes them
        version = cache.data_version(viewer.scope)
        state = cache.city_state(viewer.scope, version)
        assert state is not None
        asked = places_of(viewer, version, state)[place]
        briefing = briefing_of(viewer, version, state, asked, MONTHS[-1].replace(day=21))
        made.append(KINDS[ending].write(briefing, quiet))
    assert made[0] == made[1]


@pytest.mark.parametrize(("viewer", "is_told"), [(MAYOR, False), (SCREEN, False), (PLANNER, True)])
def test_what_an_rw_was_years_ago_is_told_only_where_its_counts_are(viewer: str, is_told: bool) -> None:
    counts = dict.fromkeys(("measured", "s_target", "d_weighed", "past_measured", "pregnant_target"), 90)
    facts = pd.DataFrame({"rw_code": RWS, "stunted": 3, "severely_stunted": 1, "past_stunted": 2, **counts})
    told = small_cells.ranking_facts_told(viewer_as(viewer, "").scope, facts.assign(pregnant_screened=80), "32.75")
    assert told[["past_measured", "past_stunted"]].notna().all(axis=None) == is_told
