"""The summary tells the newest month, what changed, and what needs attention, and never a missing figure as zero."""

import datetime

import numpy as np
import pandas as pd
import pytest

from dashboard import summary
from data.queries.city import CityState
from tests.dashboard.rw_frames import small_table

LATEST = datetime.date(2026, 10, 1)


def _months() -> pd.DataFrame:
    months = [datetime.date(2025, 10, 1), datetime.date(2026, 7, 1), LATEST]
    return pd.DataFrame(
        {
            "month": months,
            "stunted": [4100, 3850, 3780],
            "haz_valid": [130_000, 130_500, 131_000],
            "d_weighed": [100_000, 105_000, 111_000],
            "s_target": [136_000, 136_000, 136_000],
        }
    )


def _city(**changes: object) -> CityState:
    known: dict[str, object] = {
        "code": "32.75",
        "name": "Kota Bekasi",
        "is_demo": False,
        "months": (LATEST,),
        "last_import_at": None,
        "last_import_kind": None,
        "rw_count": 6,
        "rw_without_outline": 0,
        "travel_method": "network",
    }
    return CityState(**(known | changes))  # type: ignore[arg-type]


def _reach(durations: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"rw_code": small_table()["code"], "nearest_duration_s": durations})


def _told(name: str, **changes: object) -> summary.Figure:
    figures = summary.figures(_months(), small_table(), _reach([60, 900, 2000, np.nan, 10, 10]), _city(**changes))
    return next(figure for figure in figures if name in figure.name)


def test_children_are_counted_with_both_changes() -> None:
    figure = _told("Balita stunting")
    assert figure.told == "3.780"
    assert figure.beside == "−70 dari Jul 2026; −320 dari Okt 2025"


def test_prevalence_is_of_those_measured() -> None:
    assert _told("Prevalensi").told == "2,89\u00a0%"


def test_far_rws_are_those_from_the_threshold_on_and_unreached_ones_are_said() -> None:
    figure = _told("menit lebih")
    assert figure.told == "2"
    assert "1 RW belum terhitung" in figure.beside


def test_without_travel_times_no_rw_is_called_near() -> None:
    figures = summary.figures(_months(), small_table(), _reach([np.nan] * 6), _city(travel_method=None))
    assert figures[-1].told == "–"


def test_figures_say_their_period_and_source() -> None:
    assert all(
        "2026" in figure.source or "Jalan kaki" in figure.source
        for figure in summary.figures(_months(), small_table(), _reach([60] * 6), _city())
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"travel_method": None}, "belum dihitung"),
        ({"travel_method": "straight_line"}, "garis lurus"),
        ({"months": (datetime.date(2026, 5, 1),)}, "belum dimuat"),
    ],
)
def test_what_is_missing_needs_attention(changes: dict[str, object], words: str) -> None:
    found = summary.attentions(small_table(), _city(**changes), 0, datetime.date(2026, 11, 21))
    assert any(words in item.told for item in found)


def test_rws_weighed_too_little_come_first_and_are_not_called_good() -> None:
    found = summary.attentions(small_table(), _city(), 0, datetime.date(2026, 11, 21))
    assert "1 RW belum cukup ditimbang" in found[0].told
    assert all("32.75.01.1001.003" not in item.asked.get("pilih", "") for item in found)
