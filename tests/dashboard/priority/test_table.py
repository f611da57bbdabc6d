"""The ranking as people read and save it."""

import datetime

import numpy as np
import pandas as pd
import pytest

from dashboard.exports import to_csv
from dashboard.priority import map as priority_map
from dashboard.priority import table as priority_table
from dashboard.priority.choices import Asked, within
from dashboard.priority.detail import bars, described, head
from dashboard.priority.figures import ranked_with_figures
from dashboard.priority.words import CRITERION_NAMES, UNKNOWN, figure
from data.queries.city import CityState
from models.priority import CRITERIA, DEFAULTS, PRESETS, REMEDIES
from tests.models.priority.invented_rws import invented_rws

K = 5
ASKED = Asked(datetime.date(2026, 11, 1), PRESETS["balanced"], "Seimbang", K, "", "")
CITY = CityState("32.75", "Kota Bekasi", True, (), None, None, 40, 0, "network")


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    frame = invented_rws(3, 40).assign(
        rw_name="RW 001",
        kelurahan_code="32.75.01.1001",
        kelurahan="Bekasi Jaya",
        kecamatan_code="32.75.01",
        kecamatan="Bekasi Timur",
        puskesmas_code="PKM",
        puskesmas="Puskesmas Bekasi Jaya",
    )
    frame.loc[:9, "kecamatan_code"] = "32.75.02"
    frame.loc[[0, 1], ["travel_s", "own_travel_s"]] = np.nan
    frame.loc[2, "s_target"] = np.nan
    frame.loc[3, ["pregnant_screened", "months_since_visit"]] = np.nan
    return ranked_with_figures(frame, PRESETS["balanced"], DEFAULTS, K)


def test_every_rw_is_in_the_list_of_one_remedy(table: pd.DataFrame) -> None:
    listed = pd.concat([priority_table.of_remedy(table, remedy) for remedy in REMEDIES])
    assert sorted(listed["rw_code"]) == sorted(table["rw_code"])


def test_pusings_list_starts_with_the_first_place(table: pd.DataFrame) -> None:
    shown = priority_table.shown(priority_table.of_remedy(table, "pusing"), "pusing")
    assert list(shown["Urutan"]) == list(range(1, len(shown) + 1))
    assert set(shown["Masuk"]) <= {"● pasti", "◐ mungkin", "○ belum pasti"}


def test_other_lists_have_no_place_and_fall_by_score(table: pd.DataFrame) -> None:
    shown = priority_table.shown(priority_table.of_remedy(table, "clinical"), "clinical")
    assert "Urutan" not in shown
    assert shown["Nilai"].is_monotonic_decreasing


def test_a_kecamatan_is_only_its_rws_with_the_places_of_the_whole_city(table: pd.DataFrame) -> None:
    asked = Asked(ASKED.month, ASKED.weights, "", K, "32.75.02", "")
    here = within(table, asked)
    assert set(here["kecamatan_code"]) == {"32.75.02"}
    assert here["rank"].equals(table.loc[here.index, "rank"])


def test_a_saved_list_leaves_blank_what_is_unknown(table: pd.DataFrame) -> None:
    saved = priority_table.to_save(table, ASKED, "pusing", DEFAULTS, CITY)
    by_code = saved.rows.set_index("Kode RW")
    unknown = table.loc[0, "rw_code"]
    assert np.isnan(by_code.loc[unknown, f"{CRITERION_NAMES['travel_time']} (menit)"])
    never = table.loc[3, "rw_code"]
    assert np.isnan(by_code.loc[never, f"{CRITERION_NAMES['months_since_visit']} (bulan)"])
    assert to_csv(saved)


def test_a_saved_list_tells_the_weights_it_was_made_with(table: pd.DataFrame) -> None:
    notes = dict(priority_table.to_save(table, ASKED, "pusing", DEFAULTS, CITY).notes)
    assert "Perkiraan balita stunting 25\u00a0%" in notes["Bobot"]


@pytest.mark.parametrize(
    ("place", "criterion", "told"),
    [
        (0, "travel_time", UNKNOWN),
        (0, "own_detour", UNKNOWN),
        (2, "under_attendance", UNKNOWN),
        (3, "pregnant_unscreened", UNKNOWN),
        (3, "months_since_visit", "belum pernah"),
    ],
)
def test_what_nobody_knows_is_said_to_be_unknown(table: pd.DataFrame, place: int, criterion: str, told: str) -> None:
    assert figure(criterion, table.loc[place]) == told


def test_every_rw_can_be_explained_in_bars_and_words(table: pd.DataFrame) -> None:
    for _, row in table.iterrows():
        drawn = bars(row, PRESETS["balanced"])
        assert sum(drawn.data[0].x) == pytest.approx(row["score"])
        assert [name for name in CRITERION_NAMES.values() if name not in described(row)] == []
        assert "Kelurahan Bekasi Jaya" in head(row, K)


def test_every_criterion_has_words() -> None:
    assert tuple(CRITERION_NAMES) == CRITERIA


def test_the_map_colours_ranked_rws_by_tier_and_all_others_alike(table: pd.DataFrame) -> None:
    codes = [*table["rw_code"], "32.75.99.1001.001"]
    drawn = priority_map.tiers(table, codes, K)
    tiers = table["tier"].map({"certain": 0, "probable": 1, "uncertain": 2}).fillna(3)
    assert list(drawn.classes) == [*tiers, 3]
    assert sum(row.rw_count for row in (*drawn.legend, *drawn.special)) == len(codes)
