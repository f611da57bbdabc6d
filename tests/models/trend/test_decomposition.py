import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UnusableTrendError
from models.trend.decomposition import decompose


def counts(**groups: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": list(groups),
            "stunted": [pair[0] for pair in groups.values()],
            "measured": [pair[1] for pair in groups.values()],
        }
    )


def test_two_groups_by_hand():
    """Shares 60/40 -> 40/60, rates 5 % and 10 % -> 4 % and 10 %: 7 % -> 7.6 %.

    Rates: (4 - 5) x (0.6 + 0.4)/2 = -0.5 points. Composition: -0.2 x 4.5 + 0.2 x 10 = 1.1 points. Sum: 0.6.
    """
    found = decompose(counts(a=(30, 600), b=(40, 400)), counts(a=(16, 400), b=(60, 600)), ["group"])
    assert (found.before, found.after) == pytest.approx((0.07, 0.076))
    assert found.composition == pytest.approx(0.011)
    assert found.rate == pytest.approx(-0.005)


def test_the_same_rates_with_other_shares_are_composition_alone():
    found = decompose(counts(a=(10, 100), b=(1, 100)), counts(a=(5, 50), b=(3, 300)), ["group"])
    assert found.rate == pytest.approx(0)
    assert found.composition == pytest.approx(found.after - found.before)


def test_a_group_that_appears_counts_as_composition():
    found = decompose(counts(a=(10, 100)), counts(a=(10, 100), b=(50, 100)), ["group"])
    assert found.rate == pytest.approx(0)
    assert found.composition == pytest.approx(0.2)


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(50, 500), st.integers(0, 50), st.integers(50, 500)),
        min_size=1,
        max_size=8,
    )
)
def test_the_parts_sum_to_the_difference(rows):
    names = [f"g{number}" for number in range(len(rows))]
    before = pd.DataFrame({"group": names, "stunted": [r[0] for r in rows], "measured": [r[1] for r in rows]})
    after = pd.DataFrame({"group": names, "stunted": [r[2] for r in rows], "measured": [r[3] for r in rows]})
    found = decompose(before, after, ["group"])
    assert found.composition + found.rate == pytest.approx(found.after - found.before, abs=1e-12)
    parts = found.groups[["composition", "rate"]].to_numpy().sum()
    assert parts == pytest.approx(found.after - found.before, abs=1e-12)


def test_nobody_measured_is_refused():
    with pytest.raises(UnusableTrendError, match="Nobody"):
        decompose(counts(a=(0, 0)), counts(a=(1, 2)), ["group"])
