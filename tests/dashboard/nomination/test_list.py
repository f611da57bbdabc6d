"""Nominations against the ranking: three lists, the far list, and who has answered."""

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.nomination import list as nomination_list
from dashboard.nomination.form import ticked
from dashboard.nomination.list import AGREED, ONLY_DATA, ONLY_NAMED
from dashboard.nomination.words import REASONS, reason_told
from data.queries.city import CityState
from models.priority import PRESETS
from tests.dashboard.pusing_frames import MONTH, K, nominated, ranking
from tests.models.priority.invented_rws import STEADY

TABLE = ranking()
CITY = CityState("32.75", "Kota Bekasi", True, (), None, None, 40, 0, "network")


@STEADY
@given(st.sets(st.sampled_from(sorted(TABLE["rw_code"]))))
def test_every_rw_named_or_on_top_is_in_exactly_one_list(codes: set[str]) -> None:
    lists = nomination_list.three_lists(TABLE, nominated(sorted(codes)), K)
    listed = [code for rows in lists.values() for code in rows["rw_code"]]
    on_top = set(TABLE.loc[TABLE["rank"].le(K).fillna(False).astype(bool), "rw_code"])
    assert sorted(listed) == sorted(codes | on_top)
    assert set(lists[AGREED]["rw_code"]) == codes & on_top
    assert set(lists[ONLY_DATA]["rw_code"]) == on_top - codes
    assert set(lists[ONLY_NAMED]["rw_code"]) == codes - on_top


def test_an_rw_named_twice_appears_once_with_both_reasons() -> None:
    code = TABLE["rw_code"].iloc[0]
    named = nominated([code, code]).assign(reason=["banjir", "jalan rusak"])
    rows = pd.concat(nomination_list.three_lists(TABLE, named, K).values())
    assert list(rows.loc[rows["rw_code"] == code, "reasons"]) == ["banjir; jalan rusak"]


def test_the_agenda_holds_all_three_lists_and_room_for_the_decision() -> None:
    lists = nomination_list.three_lists(TABLE, nominated(list(TABLE["rw_code"].iloc[:3])), K)
    saved = nomination_list.agenda_to_save(lists, MONTH, K, CITY)
    assert len(saved.rows) == sum(len(rows) for rows in lists.values())
    assert saved.rows["Keputusan rakor"].isna().all()


def test_being_named_counts_nothing_where_data_and_nominations_are_compared() -> None:
    for weights in PRESETS.values():
        assert nomination_list.without_nomination(weights)["nomination"] == 0


def test_the_far_list_begins_with_unknown_travel_and_then_falls() -> None:
    times = nomination_list.far_list(TABLE, "32.75.01.1001")["travel_s"]
    assert pd.isna(times.iloc[0])
    assert times.iloc[1:].is_monotonic_decreasing


def test_the_far_list_is_the_areas_own() -> None:
    assert nomination_list.far_list(TABLE, "32.75.01.1002").empty


def test_kelurahan_that_have_not_answered_come_first() -> None:
    when = datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC)
    answers = pd.DataFrame(
        {
            "kelurahan": ["A", "B", "C"],
            "kecamatan": "Timur",
            "named": [2, 0, 0],
            "answered_by": ["Lurah A", None, "Lurah C"],
            "written_at": [when, None, when],
        }
    )
    shown = nomination_list.tracker_shown(answers)
    assert list(shown["Kelurahan"]) == ["B", "A", "C"]
    assert list(shown["Jawaban"]) == ["belum menjawab", "2 RW", "tidak ada usulan bulan ini"]


@pytest.mark.parametrize("picked", REASONS[:-1])
def test_a_picked_reason_stands_alone_or_with_a_note(picked: str) -> None:
    assert reason_told(picked, "") == picked
    assert reason_told(picked, "  RT 3  dan 4 ") == f"{picked}: RT 3 dan 4"


def test_another_reason_needs_words() -> None:
    assert reason_told("lainnya", " ") is None
    assert reason_told("lainnya", "kantor RW pindah") == "kantor RW pindah"
    assert reason_told("", "tanpa pilihan") is None


def test_only_ticked_rws_are_sent_and_those_without_a_reason_are_told() -> None:
    open_rws = pd.DataFrame({"rw_code": ["a", "b", "c"]})
    filled = pd.DataFrame(
        {
            "Usulkan": [True, False, True],
            "RW": ["RW 001", "RW 002", "RW 003"],
            "Alasan": ["banjir", "banjir", None],
            "Keterangan": ["", "", None],
        }
    )
    assert ticked(open_rws, filled) == ({"a": "banjir"}, ["RW 003"])
