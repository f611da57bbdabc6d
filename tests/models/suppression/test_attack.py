"""Attacks on hidden cells with everything that a role with suppression can reach: none may give a number back."""

import itertools

import numpy as np
import pandas as pd
import pandas.testing
import pytest
from scipy import sparse

from models.rates.attendance import absentee_bounds, classify, expected_stunted
from models.rates.smooth import smooth_rates
from tests.models.suppression.attacker import bekasi, hidden, margins, told, twin, village


def test_totals_of_all_levels_leave_every_hidden_cell_its_whole_band():
    counts = bekasi(1, kecamatan=3, kelurahan=3, rws=12)
    known = margins(counts)
    cells = hidden(counts, told(counts))
    assert len(cells) > 40
    assert {known.range_of(cell) for cell in cells} == {(1, 4)}


@pytest.mark.parametrize("seed", range(24))
def test_small_cities_where_totals_squeeze_their_rws_give_no_cell_away(seed):
    counts = village(seed)
    shown = told(counts)
    if shown["stunted_low"].isna().all():
        return
    known = margins(counts)
    for cell in hidden(counts, shown):
        assert known.range_of(cell) == (1, 4)


@pytest.mark.parametrize("seed", range(8))
def test_one_kecamatan_or_kelurahan_seen_by_its_own_people_gives_no_cell_away(seed):
    counts = village(seed)
    for length in (8, 13):
        root = counts["rw_code"].iloc[0][:length]
        own = counts[counts["rw_code"].str.startswith(root)].reset_index(drop=True)
        known = margins(own, root)
        for cell in hidden(own, told(own, root)):
            assert known.range_of(cell) == (1, 4)


def test_month_minus_month_with_the_citys_flows_gives_no_cell_away():
    """The city's flow from one month to the next is one more equation over both months' cells, and adds nothing."""
    first, second = bekasi(2, 2, 2, 8), bekasi(3, 2, 2, 8)
    count = len(first)
    both = [margins(month) for month in (first, second)]
    flow = np.concatenate([-np.ones(count), np.ones(count)])
    change = float(second["stunted"].sum() - first["stunted"].sum())
    joined = type(both[0])(
        np.concatenate([known.low for known in both]),
        np.concatenate([known.high for known in both]),
        _beside(both, flow),
        np.concatenate([both[0].totals, both[1].totals, [change]]),
    )
    cells = [*hidden(first, told(first)), *(count + hidden(second, told(second)))]
    assert {joined.range_of(cell) for cell in cells} == {(1, 4)}


def _beside(both, flow):
    apart = sparse.block_diag([known.equations for known in both])
    return sparse.vstack([apart, sparse.csr_matrix(flow)]).tocsr()


def test_every_number_of_a_hidden_cell_belongs_to_a_city_that_tells_exactly_the_same():
    """Rates, intervals, expected children and shares of severe ones are functions of what is told, so none helps."""
    counts = bekasi(4, 2, 2, 10)
    shown = told(counts)
    rates = _rates(shown)
    rng = np.random.default_rng(0)
    seen = 0
    for cell in hidden(counts, shown)[:12]:
        for value in range(1, 5):
            other = next((found for _ in range(20) if (found := twin(counts, cell, value, rng)) is not None), None)
            if other is None:
                continue
            seen += 1
            also = told(other)
            pandas.testing.assert_frame_equal(also, shown)
            pandas.testing.assert_frame_equal(_rates(also), rates)
    assert seen > 40


def _rates(shown: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"rw_code": shown["rw_code"], "cases": shown["stunted"].astype(int), "measured": shown["haz_valid"].astype(int)}
    )
    rates = smooth_rates(frame).assign(d_weighed=shown["d_weighed"], s_target=shown["s_target"])
    return expected_stunted(absentee_bounds(classify(rates)))


@pytest.mark.parametrize(
    "places",
    [
        ("1001.001", "1001.002", "1001.003"),
        ("1001.001", "1001.002", "1002.001"),
        ("1001.001", "1001.002", "1001.003", "1001.004"),
        ("1001.001", "1001.002", "1002.001", "1002.002"),
        ("1001.001", "1001.002", "1001.003", "1002.001"),
    ],
)
def test_who_knows_the_method_and_tries_every_possible_city_is_left_with_every_number(places):
    """Exhaustive over cities of 0 to 9 cases an RW: which totals are kept back is knowledge too, and it is used here.

    The cities stand beside each other as months, which are judged apart.
    """
    count = len(places)
    cities = np.array(list(itertools.product(range(10), repeat=count)))
    counts = pd.DataFrame(
        {
            "rw_code": np.tile([f"32.75.01.{place}" for place in places], len(cities)),
            "month": np.repeat(np.arange(len(cities)), count),
            "stunted": cities.ravel(),
            "severely_stunted": 0,
            "haz_valid": 50,
            "d_weighed": 50,
            "s_target": 60,
        }
    )
    shown = told(counts)
    bands = shown[["stunted_low", "stunted_high", "stunted"]].fillna(-1).to_numpy().reshape(len(cities), -1)
    read = pd.DataFrame(np.column_stack([cities.sum(axis=1), bands])).groupby(list(range(3 * count + 1))).ngroup()
    is_hidden = (shown["stunted_low"].eq(1) & shown["stunted_high"].eq(4)).to_numpy().reshape(-1, count)
    for cell in range(count):
        seen = pd.DataFrame({"read": read, "number": cities[:, cell]})[is_hidden[:, cell]]
        assert (seen.groupby("read")["number"].nunique() == 4).all()
