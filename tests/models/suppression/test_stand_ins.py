"""What is told instead of counts: bands, stand-ins that add up, and nothing that was unknown made known."""

import numpy as np
import pandas as pd
import pytest

from models.suppression import band, told_totals
from tests.models.suppression.attacker import bekasi, told


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 0), (1, 1, 4), (4, 1, 4), (5, 5, 9), (9, 5, 9), (10, 10, 14), (117, 115, 119)]
)
def test_a_count_is_told_as_a_band_of_five_and_zero_as_zero(count, low, high):
    lows, highs = band(pd.Series([count]))
    assert (lows[0], highs[0]) == (low, high)


def test_an_unknown_count_stays_unknown():
    lows, highs = band(pd.Series([np.nan, None]))
    assert np.isnan([*lows, *highs]).all()


def test_stand_ins_lie_in_their_bands():
    shown = told(bekasi(1))
    assert shown["stunted"].between(shown["stunted_low"], shown["stunted_high"]).all()


def test_stand_ins_add_up_to_their_kelurahans_total_within_rounding():
    counts = bekasi(1)
    shown = told(counts)
    by_kelurahan = counts["rw_code"].str[:13]
    apart = (shown["stunted"] - counts["stunted"]).groupby(by_kelurahan).sum().abs()
    assert apart.max() <= 17 / 2


def test_an_rw_with_few_measured_children_tells_neither_cases_nor_none():
    counts = bekasi(1, 1, 1, 8)
    counts.loc[0, ["haz_valid", "stunted", "severely_stunted"]] = [3, 0, 0]
    first = told(counts).iloc[0]
    assert (first["stunted_low"], first["stunted_high"]) == (0, 4)


def test_numbers_measured_stay_exact_where_none_is_small():
    counts = bekasi(1)
    has_small = counts["haz_valid"].between(1, 4).groupby(counts["rw_code"].str[:13]).transform("any")
    assert (told(counts)["haz_valid"] == counts["haz_valid"])[~has_small].all()


def test_one_small_number_measured_makes_its_whole_kelurahan_coarse():
    counts = bekasi(1, 2, 2, 8)
    counts.loc[3, ["haz_valid", "stunted", "severely_stunted"]] = [3, 1, 0]
    shown = told(counts)
    own = counts["rw_code"].str[:13].eq(counts["rw_code"].iloc[3][:13])
    assert set(shown.loc[own, "haz_valid"] % 5) == {2.0}


def test_an_rw_without_figures_stays_without():
    counts = bekasi(1, 2, 2, 8).astype({"stunted": float, "haz_valid": float})
    counts.loc[3, ["haz_valid", "stunted", "severely_stunted"]] = np.nan
    assert told(counts).loc[3, ["stunted", "stunted_low", "stunted_high", "haz_valid"]].isna().all()


def test_a_city_of_two_rws_shows_none_of_them_because_its_total_is_public():
    counts = bekasi(1, 1, 1, 2).assign(stunted=[1, 1], severely_stunted=0)
    assert told(counts)[["stunted", "stunted_low", "stunted_high"]].isna().to_numpy().all()


def test_a_kept_total_takes_a_sibling_with_it():
    """The first kelurahan's three RWs hold one child each, so its total of 3 would tell all three."""
    codes = [f"32.75.01.{kelurahan}.{rw:03d}" for kelurahan in (1001, 1002, 1003) for rw in range(1, 4)]
    values = pd.Series([1, 1, 1, 3, 4, 8, 2, 6, 7], dtype=float)
    low, high = band(values)
    totals = told_totals(pd.DataFrame({"rw_code": codes, "value": values, "low": low, "high": high}))
    is_told = totals.set_index("area_code")["is_told"]
    assert not is_told["32.75.01.1001"]
    assert is_told[["32.75.01.1002", "32.75.01.1003"]].sum() == 1
    assert is_told["32.75"]
