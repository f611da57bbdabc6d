"""A grade is named where a figure is used, with why for those who may read it, and moves nobody's place."""

import datetime

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from dashboard import cache
from dashboard.access import LURAH, MAYOR, PLANNER, Viewer, viewer_as
from dashboard.priority import table as priority_table
from dashboard.quality import confidence
from models.priority.codes import PUSING
from models.priority.weights import DEFAULT_PRESET, PRESETS
from tests.conftest import DatabaseMaker
from tests.data.access import two_kecamatan
from tests.data.pusing.hand_written import KELURAHAN, MONTHS, VISITS_IN

RW = two_kecamatan.RWS[0]
SHARES = cache.shares_of(PRESETS[DEFAULT_PRESET])


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    """The city of two kecamatan, where one RW measured 300 lengths that all end in 0."""
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(
            text(
                "UPDATE quality_month SET weighings = 300, has_length = 300, has_weight = 300, has_both = 300,"
                " haz_sum0 = 300, waz_sum0 = 300, whz_sum0 = 300, haz_flagged = 0, waz_flagged = 0, whz_flagged = 0,"
                " length_digit = '{300,0,0,0,0,0,0,0,0,0}', lying = '{50,50,50,0,0,0}', standing = '{0,0,0,50,50,50}',"
                " unnoted = '{0,0,0,0,0,0}' WHERE rw_code = :rw"
            ),
            {"rw": RW},
        )
    return engine


@pytest.fixture(autouse=True)
def _cached(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: city)


def ranked(viewer: Viewer) -> tuple[pd.DataFrame, pd.DataFrame]:
    version = cache.data_version(viewer.scope)
    before = cache.ranked_rws(viewer.scope, version, VISITS_IN, SHARES, 3)
    return before, confidence.added(viewer, version, before, MONTHS[-1])


@pytest.mark.parametrize(
    "viewer", [viewer_as(PLANNER, "x"), viewer_as(MAYOR, "x"), viewer_as(LURAH, "x", KELURAHAN[0])]
)
def test_grades_are_added_and_no_place_score_or_tier_moves(viewer: Viewer) -> None:
    before, after = ranked(viewer)
    pd.testing.assert_frame_equal(after[list(before.columns)], before)
    grades = dict(zip(after["rw_code"], after["quality_grade"], strict=True))
    assert grades.pop(RW) in ("C", "D")
    assert set(grades.values()) == {""}
    assert after.set_index("rw_code")["is_verify_first"].sum() == 1


def test_the_list_and_its_file_say_what_to_verify_first() -> None:
    _, after = ranked(viewer_as(PLANNER, "x"))
    remedy = str(after.loc[after["rw_code"] == RW, "remedy"].iloc[0])
    shown = priority_table.shown(priority_table.of_remedy(after, remedy), remedy)
    assert shown["Mutu"].str.contains("▲").sum() == 1
    assert "Mutu" in priority_table.shown(priority_table.of_remedy(after, PUSING), PUSING).columns


def test_who_may_read_figures_is_told_value_and_limit_and_others_the_check() -> None:
    planner, mayor = viewer_as(PLANNER, "x"), viewer_as(MAYOR, "x")
    version = cache.data_version(planner.scope)
    exact, words = (confidence.told(viewer, version, RW, MONTHS[-1]) for viewer in (planner, mayor))
    assert "pembulatan panjang/tinggi skor 100 (batas skor 20)" in exact
    assert "pembulatan panjang/tinggi: bermasalah" in words
    assert "skor" not in words


def test_an_rw_with_few_lengths_is_told_without_a_grade_and_an_unknown_one_not_at_all() -> None:
    planner = viewer_as(PLANNER, "x")
    version = cache.data_version(planner.scope)
    assert confidence.told(planner, version, two_kecamatan.RWS[1], MONTHS[-1]) == "Mutu data: belum cukup data."
    assert confidence.told(planner, version, "32.75.09.1001.001", datetime.date(2026, 1, 1)) == ""
    assert confidence.badge("") == ""
