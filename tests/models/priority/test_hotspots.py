"""Hot spots: against esda, against noise, against a planted cluster, and what is unknown."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from models.errors import UnusablePriorityError, UnusableRatesError
from models.priority import hotspots
from tests.models.priority.invented_rws import by_code

SIDE = 6


def lattice(side: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the codes of a square of RWs and their pairs of neighbours, corners included."""
    row, column = np.divmod(np.arange(side**2), side)
    codes = np.array([f"r{number:04d}" for number in range(side**2)])
    first, second = np.nonzero(
        (abs(row[:, None] - row) <= 1) & (abs(column[:, None] - column) <= 1) & (codes[:, None] < codes)
    )
    return codes, pd.DataFrame({"rw_code": codes[first], "neighbour_code": codes[second]})


def counts_of(codes: np.ndarray, cases: np.ndarray, measured: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"rw_code": codes, "cases": cases, "measured": measured})


def lumpy() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return counts of a small square with more cases in one corner, and its pairs."""
    codes, pairs = lattice(SIDE)
    number = np.arange(SIDE**2)
    row, column = np.divmod(number, SIDE)
    cases = (5 * number**2 + 3 * number) % 7 + np.where((row < 2) & (column < 2), 6, 0)
    return counts_of(codes, cases, 40 + (7 * number) % 61), pairs


def test_local_moran_and_its_p_values_are_those_of_esda() -> None:
    """From esda 2.10.0: Moran_Local_Rate, two-sided, 99,999 permutations; I times 36 / 35 (it divides by n - 1)."""
    result = hotspots(*lumpy(), seed=1).iloc[:12]
    moran = [3.5998, 2.4029, 1.2211, 0.5761, -0.3219, -0.0784, 1.2127, 0.3784, -0.483, 0.1802, 0.082, -0.0441]
    p_value = [0.0057, 0.0106, 0.0191, 0.1657, 0.2591, 0.8749, 0.0449, 0.083, 0.0647, 0.6026, 0.7324, 0.8419]
    assert result["local_moran"].tolist() == pytest.approx(moran, abs=1e-4)
    assert result["p_value"].tolist() == pytest.approx(p_value, abs=0.007)


@pytest.mark.parametrize("seed", range(5))
def test_noise_has_about_no_hot_spots(seed: int) -> None:
    generator = np.random.default_rng(seed)
    codes, pairs = lattice(20)
    measured = generator.integers(40, 200, 400)
    result = hotspots(counts_of(codes, generator.binomial(measured, 0.034), measured), pairs, seed=1)
    assert (result["cluster"] != "not_significant").sum() <= 1
    assert 0.02 <= (result["p_value"] < 0.05).mean() <= 0.08


def test_a_planted_cluster_is_found_and_told_apart_from_a_cold_one() -> None:
    generator = np.random.default_rng(1)
    codes, pairs = lattice(20)
    row, column = np.divmod(np.arange(400), 20)
    risk = np.select([(row < 6) & (column < 6), (row > 13) & (column > 13)], [0.15, 0.005], 0.05)
    measured = generator.integers(80, 200, 400)
    result = hotspots(counts_of(codes, generator.binomial(measured, risk), measured), pairs, seed=1)
    inside = {"high_high": (row < 6) & (column < 6), "low_low": (row > 13) & (column > 13)}
    for cluster, where in inside.items():
        found = (result["cluster"] == cluster).to_numpy()
        assert found[where].mean() > 0.5
        assert found[~where].mean() < 0.03


def test_the_order_of_rows_and_pairs_changes_nothing() -> None:
    counts, pairs = lumpy()
    turned = pairs.sample(frac=1, random_state=2)
    turned.iloc[::2] = turned.iloc[::2, ::-1].to_numpy()
    shuffled = hotspots(counts.sample(frac=1, random_state=1), turned, seed=3)
    assert_frame_equal(by_code(hotspots(counts, pairs, seed=3)), by_code(shuffled))


def test_rws_without_measured_children_or_neighbours_are_unknown_and_nobodys_neighbour() -> None:
    counts, pairs = lumpy()
    counts.loc[0, ["cases", "measured"]] = 0
    alone = pairs[(pairs != "r0035").all(axis=1)]
    result = hotspots(counts, alone, seed=1)
    assert result["cluster"].iloc[[0, 35]].tolist() == ["unknown", "unknown"]
    without = hotspots(counts.drop(index=0), alone[(alone != "r0000").all(axis=1)], seed=1)
    assert_frame_equal(result.iloc[1:], without)


def test_a_city_without_a_single_case_has_no_hot_spots() -> None:
    counts, pairs = lumpy()
    assert set(hotspots(counts.assign(cases=0), pairs, seed=1)["cluster"]) == {"not_significant"}


def test_everybody_being_a_neighbour_tells_nothing() -> None:
    counts = counts_of(np.array(["a", "b", "c"]), np.array([1, 5, 9]), np.array([50, 50, 50]))
    pairs = pd.DataFrame({"rw_code": ["a", "a", "b"], "neighbour_code": ["b", "c", "c"]})
    assert hotspots(counts, pairs, seed=1)["p_value"].tolist() == [1.0, 1.0, 1.0]


def test_no_rws_and_no_pairs_give_an_empty_result() -> None:
    counts, pairs = lumpy()
    assert hotspots(counts.iloc[:0], pairs.iloc[:0], seed=1).empty


def test_a_neighbour_that_is_no_rw_is_refused() -> None:
    counts, pairs = lumpy()
    pairs.loc[0, "neighbour_code"] = "r9999"
    with pytest.raises(UnusablePriorityError, match="r9999"):
        hotspots(counts, pairs, seed=1)


def test_impossible_counts_are_refused() -> None:
    counts, pairs = lumpy()
    with pytest.raises(UnusableRatesError, match="more cases than measured"):
        hotspots(counts.assign(cases=500), pairs, seed=1)


def test_too_few_permutations_are_refused() -> None:
    with pytest.raises(UnusablePriorityError, match="at least 99"):
        hotspots(*lumpy(), seed=1, permutations=9)
