"""A target is read for its own series only: a survey's says nothing of the routine figure."""

import datetime

import pandas as pd
import pytest

from dashboard.trend.target import aim
from dashboard.trend.words import STUNTING
from models.trend.series import ROUTINE


def targets(series: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [1, 2],
            "area_code": "32.75",
            "indicator_code": STUNTING.code,
            "series": series,
            "year": [2025, 2026],
            "value": [3.0, 2.5],
            "path": "stepped",
            "decree": "Perwal",
            "citation": "",
        }
    )


def test_a_target_of_the_same_series_holds_in_its_year() -> None:
    assert aim(targets(ROUTINE), "32.75", STUNTING, ROUTINE, datetime.date(2026, 10, 1)) == pytest.approx(0.025)


@pytest.mark.parametrize(("series", "year"), [("SSGI", 2026), (ROUTINE, 2028)])
def test_another_series_or_a_year_beyond_the_path_has_none(series: str, year: int) -> None:
    assert aim(targets(series), "32.75", STUNTING, ROUTINE, datetime.date(year, 10, 1)) is None
