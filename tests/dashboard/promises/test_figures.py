"""Which promises are late, which open the next rakor, and what happened to their figure."""

import datetime

import pandas as pd
import pytest

from dashboard.promises.figures import last_quarter_promises, overdue_promises, since_told, with_figures_now

TODAY = datetime.date(2026, 11, 21)
D = datetime.date

MEETINGS = pd.DataFrame(
    {"id": [1, 2, 3], "held_on": [D(2026, 4, 7), D(2026, 7, 7), TODAY], "name": ["TW-I", "TW-II", "TW-III"]}
)
PROMISES = pd.DataFrame(
    [
        (1, 1, D(2026, 4, 7), D(2026, 6, 30), "done"),
        (2, 1, D(2026, 4, 7), D(2026, 6, 30), "open"),
        (3, 2, D(2026, 7, 7), D(2026, 9, 30), "started"),
        (4, 2, D(2026, 7, 7), D(2026, 12, 31), "open"),
        (5, 2, D(2026, 7, 7), D(2026, 9, 30), "dropped"),
        (6, 3, TODAY, D(2027, 3, 31), "open"),
    ],
    columns=["id", "meeting_id", "held_on", "due_on", "status"],
)


def test_what_was_due_and_is_not_done_is_late_the_oldest_first() -> None:
    assert list(overdue_promises(PROMISES, TODAY)["id"]) == [2, 3]


def test_on_its_last_day_a_promise_is_not_late() -> None:
    assert 3 not in set(overdue_promises(PROMISES, D(2026, 9, 30))["id"])


def test_the_next_opening_has_the_last_meeting_s_and_what_is_late_of_earlier_ones() -> None:
    assert list(last_quarter_promises(PROMISES, MEETINGS, TODAY)["id"]) == [3, 5, 4, 2]


def test_before_the_first_meeting_nothing_comes_back() -> None:
    assert last_quarter_promises(PROMISES, MEETINGS, D(2026, 4, 1)).empty
    assert last_quarter_promises(PROMISES.iloc[0:0], MEETINGS.iloc[0:0], TODAY).empty


@pytest.mark.parametrize(
    ("then", "now", "direction", "month_now", "told"),
    [
        (71.0, 78.0, 1, D(2026, 10, 1), "D/S 71,0 % (Jul 2026) → 78,0 % (Okt 2026), naik 7,0 poin, membaik"),
        (3.0, 2.5, -1, D(2026, 10, 1), "turun 0,5 poin, membaik"),
        (3.0, 3.5, -1, D(2026, 10, 1), "naik 0,5 poin, memburuk"),
        (3.0, 3.0, -1, D(2026, 10, 1), ", tetap"),
        (3.0, 3.5, 0, D(2026, 10, 1), "naik 0,5 poin"),
        (3.0, 3.5, -1, D(2026, 7, 1), "belum ada angka yang lebih baru"),
        (None, 3.5, -1, D(2026, 10, 1), ""),
    ],
)
def test_what_happened_since_is_told_in_words(
    then: float | None, now: float, direction: int, month_now: datetime.date, told: str
) -> None:
    promises = pd.DataFrame(
        [("attendance_ds", "32.75", "D/S", direction, then, D(2026, 7, 1))],
        columns=["indicator_code", "area_code", "indicator", "direction", "figure_then", "figure_month"],
    )
    found = with_figures_now(promises, {("attendance_ds", "32.75"): now}, month_now)
    said = since_told(found.iloc[0]).replace("\u00a0", " ")
    assert told in said
    assert bool(told) == bool(said)
