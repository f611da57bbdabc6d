import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.growth.rounding import round_to_hundredths


@pytest.mark.parametrize(
    ("value", "as_r_gives_it"),
    [(2.675, 2.67), (-2.675, -2.67), (1.005, 1.0), (0.125, 0.12), (0.375, 0.38), (-2.004, -2.0)],
)
def test_a_near_tie_goes_where_r_sends_it(value, as_r_gives_it):
    assert round_to_hundredths(value) == as_r_gives_it


@given(st.floats(-1e6, 1e6))
def test_rounding_moves_by_half_a_hundredth_at_most_and_is_stable(value):
    rounded = round_to_hundredths(value)
    assert abs(rounded - value) <= 0.005 + 1e-9
    assert round_to_hundredths(rounded) == rounded
    assert rounded == float(f"{rounded:.2f}")


@given(st.floats(allow_nan=False))
def test_rounding_is_symmetric_and_keeps_the_absurd(value):
    rounded = round_to_hundredths(value)
    assert rounded == -round_to_hundredths(-value)
    assert np.isfinite(rounded) == np.isfinite(value)


def test_missing_stays_missing():
    assert np.isnan(round_to_hundredths([np.nan])).all()
