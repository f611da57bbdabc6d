import datetime

import pandas as pd

from models.quality.reporting import LATE, NOT_EXPECTED, NOT_YET, ON_TIME, SILENT, due_on, reported, reporting_grid

AUGUST, SEPTEMBER, OCTOBER = (datetime.date(2026, month, 1) for month in (8, 9, 10))
MONTHS = (AUGUST, SEPTEMBER, OCTOBER)
TODAY = datetime.date(2026, 11, 5)
NOBODY = pd.DataFrame({"rw_code": [], "posyandu": []}, dtype=str)


def came(*rows: tuple[str, datetime.date, datetime.date]) -> pd.DataFrame:
    return pd.DataFrame([("001", *row) for row in rows], columns=["rw_code", "posyandu", "month", "received_on"])


def grid_of(received: pd.DataFrame, today: datetime.date, register: pd.DataFrame = NOBODY) -> pd.DataFrame:
    first = received.groupby(["rw_code", "posyandu"], as_index=False).agg(since=("month", "min"))
    return reporting_grid(received, first, register, MONTHS, today)


def states(grid: pd.DataFrame, posyandu: str) -> list[str]:
    return grid[grid["posyandu"] == posyandu].sort_values("month")["state"].tolist()


def test_a_list_is_on_time_up_to_the_due_day_and_late_after_it():
    received = came(
        ("Melati", AUGUST, datetime.date(2026, 9, 10)),
        ("Melati", SEPTEMBER, datetime.date(2026, 10, 11)),
    )
    grid = grid_of(received, TODAY)
    assert states(grid, "Melati") == [ON_TIME, LATE, NOT_YET]


def test_a_month_without_weighings_is_silent_once_its_due_day_has_passed():
    grid = grid_of(came(("Melati", AUGUST, TODAY)), datetime.date(2026, 11, 11))
    assert states(grid, "Melati") == [LATE, SILENT, SILENT]


def test_a_posyandu_is_expected_from_its_first_report_or_as_it_is_on_the_register():
    received = came(("Mawar", OCTOBER, TODAY))
    register = pd.DataFrame({"rw_code": ["001"], "posyandu": ["Anggrek"]})
    grid = grid_of(received, datetime.date(2026, 12, 1), register)
    assert states(grid, "Mawar") == [NOT_EXPECTED, NOT_EXPECTED, ON_TIME]
    assert states(grid, "Anggrek") == [SILENT] * 3


def test_months_are_added_over_posyandu_and_unexpected_ones_do_not_count():
    received = came(("Mawar", OCTOBER, TODAY), ("Melati", AUGUST, datetime.date(2026, 10, 1)))
    grid = grid_of(received, datetime.date(2026, 12, 1))
    found = reported(grid, ["rw_code"]).iloc[0]
    assert found[["months", "months_reported", "months_on_time"]].tolist() == [4, 2, 1]


def test_the_due_day_of_december_is_in_january():
    assert due_on(datetime.date(2026, 12, 1)) == datetime.date(2027, 1, 10)
