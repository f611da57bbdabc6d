"""Coverage beside its target, checked by hand on a handful of areas."""

import datetime

import pandas as pd
import pytest

from dashboard.exports import to_csv
from dashboard.intervention.figures import (
    BELOW,
    NO_TARGET,
    NOT_STARTED,
    REACHED,
    SILENT,
    aim,
    area_figures,
    indicator_rows,
    last_reported,
    path_of,
    told_coarsely,
)
from dashboard.intervention.table import areas_to_save, bars_told, points
from data.indicators.series import REPORTS
from data.queries.city import CityState

OCTOBER, AUGUST = datetime.date(2026, 10, 1), datetime.date(2026, 8, 1)
CITY, EAST, WEST = "32.75", "32.75.01", "32.75.02"
IRON = pd.Series(
    {"code": "iron_tablets", "name": "TTD", "direction": 1, "definition": "…", "source": "…"}
    | {"indicator_group": "specific", "opd": "Dinas Kesehatan"}
)
FALLING = IRON.replace({1: -1})


def targets(*rows: tuple[str, int, float, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"id": number, "area_code": area, "area_name": area, "indicator_code": "iron_tablets", "series": REPORTS}
            | {"year": year, "value": value, "path": "stepped", "decree": decree}
            for number, (area, year, value, decree) in enumerate(rows, start=1)
        ],
        columns=["id", "area_code", "area_name", "indicator_code", "series", "year", "value", "path", "decree"],
    )


def coverage(*rows: tuple[str, datetime.date, float | None, float | None, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"area_code": area, "month": month, "indicator_code": "iron_tablets", "numerator": reached}
            | {"denominator": asked, "received": None, "rw_reported": told, "rw_not_started": waiting}
            | {"rw_silent": silent}
            for area, month, reached, asked, told, waiting, silent in rows
        ]
    )


AREAS = pd.DataFrame({"code": [EAST, WEST], "name": ["Timur", "Barat"], "where": ["Kota", "Kota"]})
HELD = targets((CITY, 2026, 80.0, "Perwal 1"))


def states(rows: pd.DataFrame, held: pd.DataFrame = HELD, indicator: pd.Series = IRON) -> dict[str, str]:
    found = area_figures(rows, AREAS, held, indicator, OCTOBER)
    return dict(zip(found["name"], found["state"], strict=True))


def test_an_area_is_held_against_its_target() -> None:
    rows = coverage((EAST, OCTOBER, 8, 10, 1, 0, 0), (WEST, OCTOBER, 79, 100, 1, 0, 0))
    found = area_figures(rows, AREAS, HELD, IRON, OCTOBER).set_index("name")
    assert dict(found["state"]) == {"Timur": REACHED, "Barat": BELOW}
    assert dict(found["short"]) == {"Timur": 0, "Barat": 1}
    assert found.loc["Barat", "gap_pct"] == pytest.approx(-1)


def test_what_should_fall_reaches_its_target_from_above() -> None:
    rows = coverage((EAST, OCTOBER, 8, 100, 1, 0, 0), (WEST, OCTOBER, 12, 100, 1, 0, 0))
    held = targets((CITY, 2026, 10.0, "Perwal 1"))
    found = area_figures(rows, AREAS, held, FALLING, OCTOBER).set_index("name")
    assert dict(found["state"]) == {"Timur": REACHED, "Barat": BELOW}
    assert dict(found["short"]) == {"Timur": 0, "Barat": 2}
    assert list(found.index) == ["Timur", "Barat"]


def test_not_started_and_silent_are_classes_of_their_own_and_no_zero() -> None:
    rows = coverage((EAST, OCTOBER, None, None, 0, 3, 0), (WEST, OCTOBER, None, None, 0, 0, 3))
    found = area_figures(rows, AREAS, HELD, IRON, OCTOBER)
    assert states(rows) == {"Timur": NOT_STARTED, "Barat": SILENT}
    assert found["coverage_pct"].isna().all()
    assert found["short"].isna().all()


def test_an_area_without_a_row_is_silent() -> None:
    assert states(coverage((EAST, OCTOBER, 1, 2, 1, 0, 0)))["Barat"] == SILENT


def test_a_true_zero_is_below_its_target() -> None:
    assert states(coverage((EAST, OCTOBER, 0, 5, 1, 0, 0)))["Timur"] == BELOW


def test_without_a_target_there_is_no_verdict() -> None:
    assert states(coverage((EAST, OCTOBER, 5, 5, 1, 0, 0)), targets())["Timur"] == NO_TARGET


def test_the_nearest_areas_target_holds_and_of_two_decrees_the_newer() -> None:
    held = targets((CITY, 2026, 80.0, "Perwal 1"), (EAST, 2026, 60.0, "SK Camat"), (CITY, 2026, 85.0, "Perwal 2"))
    east, west = aim(held, EAST, "iron_tablets", OCTOBER), aim(held, WEST, "iron_tablets", OCTOBER)
    assert east is not None
    assert west is not None
    assert (east.value, west.value, west.decree) == (60.0, 85.0, "Perwal 2")


def test_a_target_of_another_series_is_never_used() -> None:
    assert aim(HELD.assign(series="SSGI"), CITY, "iron_tablets", OCTOBER) is None


def test_a_target_of_a_year_that_is_over_asks_for_nothing() -> None:
    assert path_of(targets((CITY, 2025, 80.0, "x")), CITY, "iron_tablets", [AUGUST, OCTOBER]) == [None, None]


def test_a_service_reported_twice_a_year_is_shown_with_its_last_month() -> None:
    rows = coverage((CITY, AUGUST, 5, 10, 1, 0, 0), (CITY, OCTOBER, None, None, 0, 0, 0))
    assert last_reported(rows, OCTOBER) == AUGUST
    area = pd.Series({"code": CITY, "name": "Kota"})
    table = indicator_rows(rows, IRON.to_frame().T, HELD, area, OCTOBER)
    assert (table["month"].iloc[0], table["coverage_pct"].iloc[0], table["name"].iloc[0]) == (AUGUST, 50, "TTD")


def test_the_change_of_a_year_is_in_points() -> None:
    rows = coverage((EAST, datetime.date(2025, 10, 1), 5, 10, 1, 0, 0), (EAST, OCTOBER, 8, 10, 1, 0, 0))
    found = area_figures(rows, AREAS, HELD, IRON, OCTOBER).set_index("name")
    assert found.loc["Timur", "year_change_pct"] == pytest.approx(30)
    assert pd.isna(found.loc["Barat", "year_change_pct"])
    assert points(found.loc["Timur", "year_change_pct"]) == "+30,0\u00a0poin"


def test_roles_without_small_counts_are_told_no_people_of_an_rw() -> None:
    told = told_coarsely(area_figures(coverage((EAST, OCTOBER, 2, 3, 1, 0, 0)), AREAS, HELD, IRON, OCTOBER))
    assert told["coverage_pct"].dropna().tolist() == [70.0]
    assert told[["numerator", "denominator", "short", "gap_pct"]].isna().all(axis=None)
    assert told["state"].tolist() == [BELOW, SILENT]


def test_the_sentence_under_the_bars_names_classes_and_ends() -> None:
    rows = coverage((EAST, OCTOBER, 9, 10, 1, 2, 0), (WEST, OCTOBER, 5, 10, 1, 0, 0))
    told = bars_told(area_figures(rows, AREAS, HELD, IRON, OCTOBER), IRON, OCTOBER)
    assert "1 mencapai target, 1 di bawah target" in told
    assert "Terbaik Timur (90,0\u00a0%), paling tertinggal Barat (50,0\u00a0%). 2 RW belum mulai." in told


def test_a_saved_table_runs_no_formula() -> None:
    areas = AREAS.assign(name=["=HYPERLINK(1)", "+1"])
    figures = area_figures(coverage((EAST, OCTOBER, 9, 10, 1, 0, 0)), areas, HELD, IRON, OCTOBER)
    city = CityState(CITY, "Kota", True, (OCTOBER,), None, None, 2, 0, None)
    saved = to_csv(areas_to_save(figures, IRON, OCTOBER, "Kota", city)).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in saved
    assert ";'+1;" in saved
