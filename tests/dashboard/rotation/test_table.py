"""A plan's tables: what was visited of it, who was put in by people, and the rule beside the past."""

import datetime

import pandas as pd
import pytest

from dashboard.rotation import table as rotation_table
from dashboard.rotation.words import staffing_told
from tests.models.rotation.small_problems import frame

NOVEMBER, DECEMBER = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)
SLOTS = pd.DataFrame(
    {
        "month": [NOVEMBER, NOVEMBER, DECEMBER],
        "puskesmas_code": ["P1", "P2", "P1"],
        "puskesmas": ["Puskesmas Atas", "Puskesmas Bawah", "Puskesmas Atas"],
        "rw_code": ["A", "B", "C"],
        "rw_name": ["RW 001", "RW 002", "RW 003"],
        "kelurahan": "Jaya",
        "kecamatan": "Timur",
        "kind": "own_team",
        "reason": "need",
        "is_fixed": [False, True, False],
        "override_reason": [None, "jembatan putus", None],
    }
)


def visits(*made: tuple[str, datetime.date]) -> pd.DataFrame:
    return pd.DataFrame(
        [(rw, day, "P1") for rw, day in made], columns=["rw_code", "visited_on", "puskesmas_code"], dtype=object
    )


def plan(status: str = "adopted") -> pd.Series:
    return pd.Series({"id": 1, "status": status, "first_month": NOVEMBER, "months": 2})


def states(today: datetime.date, *made: tuple[str, datetime.date], status: str = "adopted") -> list[str]:
    return rotation_table.with_states(plan(status), SLOTS, visits(*made), today)["state"].tolist()


def test_a_stop_visited_in_its_month_says_so_at_once() -> None:
    assert states(datetime.date(2026, 11, 21), ("A", datetime.date(2026, 11, 20))) == ["visited", "planned", "planned"]


def test_a_stop_whose_month_is_over_was_missed_or_came_late() -> None:
    late = ("B", datetime.date(2026, 12, 3))
    assert states(datetime.date(2026, 12, 20), late) == ["not_visited", "visited_late", "planned"]


def test_without_any_visit_stops_wait_or_were_missed() -> None:
    assert states(datetime.date(2026, 12, 20)) == ["not_visited", "not_visited", "planned"]


def test_a_draft_promises_nothing_that_could_be_kept() -> None:
    assert states(DECEMBER, ("A", datetime.date(2026, 11, 20)), status="draft") == ["planned"] * 3


def test_the_calendar_marks_who_was_visited_and_who_was_put_in_by_people() -> None:
    told = rotation_table.with_states(plan(), SLOTS, visits(("A", NOVEMBER)), DECEMBER)
    wide = rotation_table.calendar(told).set_index("Puskesmas")
    assert wide.loc["Atas"].tolist() == ["✓ RW 001 Jaya", "RW 003 Jaya"]
    assert wide.loc["Bawah"].tolist() == ["◆ RW 002 Jaya", "–"]


def test_the_list_tells_state_and_the_reason_of_the_person() -> None:
    told = rotation_table.listed(rotation_table.with_states(plan(), SLOTS, visits(("A", NOVEMBER)), NOVEMBER))
    assert told["Keadaan"].tolist() == ["dikunjungi", "direncanakan", "direncanakan"]
    assert told["Alasan orang yang mengganti"].tolist() == ["", "jembatan putus", ""]


def test_the_past_lies_beside_what_the_rule_would_have_chosen() -> None:
    keys = "month puskesmas_code rw_code"
    made = frame(keys, ("2026-09", "P1", "A"), ("2026-10", "P1", "B"))
    rule = frame(keys, ("2026-09", "P1", "A"), ("2026-10", "P1", "C"))
    names = pd.Series({"A": "RW 001", "B": "RW 002", "C": "RW 003"})
    told = rotation_table.side_by_side(made, rule, names, pd.Series({"P1": "Puskesmas Atas"}))
    assert told["Yang akan dipilih aturan"].tolist() == ["RW 003", "RW 001"]
    assert told["Sama"].tolist() == ["", "ya"]


@pytest.mark.parametrize("puskesmas", [None, "Puskesmas Atas"])
def test_what_people_wrote_of_capacity_is_one_list_with_its_keys(puskesmas: str | None) -> None:
    slots = pd.DataFrame(
        columns=["puskesmas_code", "puskesmas", "month", "kind", "slots", "is_vehicle_needed", "reason", "written_by"]
    )
    closed = pd.DataFrame(
        {"id": [7], "puskesmas": [puskesmas], "month": [NOVEMBER], "reason": ["banjir"], "closed_by": ["Dinkes"]}
    )
    limits = frame("month vehicle_days reason written_by", ("2026-12", 40, "bengkel", "Dinkes"))
    told = staffing_told(slots, closed, limits)
    assert told["key"].tolist() == [("closed", 7), ("vehicles", DECEMBER)]
    assert told["puskesmas"].tolist() == ["Atas" if puskesmas else "Semua puskesmas", "Semua puskesmas"]
