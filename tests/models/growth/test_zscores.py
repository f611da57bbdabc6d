from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.growth.zscores import NO_FLAG, PLAUSIBLE, RESULT_COLUMNS, add_zscores, zscores
from tests.models.growth import scalar_reference

GOLDEN = Path(__file__).parent / "golden" / "anthro_sample.csv"
POSITION_LETTERS = ("", "l", "h")
nan, inf = np.nan, np.inf


@pytest.fixture(scope="module")
def golden():
    return pd.read_csv(GOLDEN, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def ours(golden):
    return add_zscores(golden.drop(columns=list(RESULT_COLUMNS)))


def _unusable(golden):
    """Rows whose weight or length is zero or negative, also after the 0.7 cm: ours are blank, anthro's absurd."""
    weight = pd.to_numeric(golden.weight_kg)
    lenhei = pd.to_numeric(golden.lenhei_cm)
    taken_off = 0.7 * ((golden.measure == "l") & (pd.to_numeric(golden.age_days) >= 730.5))
    return weight <= 0, (lenhei - taken_off) <= 0


@pytest.mark.parametrize("index", PLAUSIBLE)
def test_every_golden_score_is_the_one_that_anthro_gives(golden, ours, index):
    no_weight, no_length = _unusable(golden)
    usable = ~(no_weight | no_length)
    theirs = pd.to_numeric(golden[index])[usable]
    got = ours[index][usable]
    allowed = np.where(golden.tie_risk[usable] == "1", 0.01 + 1e-9 * theirs.abs(), 0)
    agrees = (got.isna() & theirs.isna()) | ((got - theirs).abs() <= allowed)
    assert golden[usable][~agrees].empty
    assert usable.sum() > 1400


@pytest.mark.parametrize("index", PLAUSIBLE)
def test_every_golden_flag_is_the_one_that_anthro_gives(golden, ours, index):
    no_weight, no_length = _unusable(golden)
    compared = ~(no_weight | no_length) & (golden.tie_risk == "0")
    theirs = pd.to_numeric(golden[f"{index}_flag"]).astype("Int8")[compared]
    pd.testing.assert_series_equal(ours[f"{index}_flag"][compared], theirs, check_index_type=False)


def test_a_zero_or_negative_weight_or_length_gives_blanks_only_where_it_is_used(golden, ours):
    no_weight, no_length = _unusable(golden)
    assert ours.loc[no_length, ["haz", "whz", "baz"]].isna().all(axis=None)
    assert ours.loc[no_weight, ["waz", "whz", "baz"]].isna().all(axis=None)
    assert ours.loc[no_weight & ~no_length, "haz"].notna().any()
    assert ours.loc[no_length & ~no_weight, "waz"].notna().any()


def _reference(columns):
    rows = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    return np.array(
        [
            scalar_reference.scores(sex, age, weight, length, POSITION_LETTERS[position], oedema)
            for sex, age, weight, length, position, oedema in rows
        ]
    ).T


def _assert_agrees(columns):
    got = zscores(*columns)
    expected = _reference(columns)
    for index, (limits, theirs) in enumerate(zip(PLAUSIBLE.values(), expected, strict=True)):
        score, flag = got[index], got[index + 4]
        np.testing.assert_array_equal(np.isnan(score), np.isnan(theirs))
        # half a hundredth, and the room that floating point needs at a tie or beyond a million
        allowed = 0.005 + 1e-9 + 1e-12 * np.abs(np.nan_to_num(theirs))
        assert np.nanmax(np.abs(score - theirs) - allowed) <= 0
        expected_flag = np.where(np.isnan(score), NO_FLAG, (score < limits[0]) | (score > limits[1]))
        np.testing.assert_array_equal(flag, expected_flag)


def test_random_children_agree_with_the_scalar_reference():
    rng = np.random.default_rng(20061)
    size = 20_000
    age = rng.uniform(-20, 1900, size)
    age = np.where(rng.random(size) < 0.6, np.rint(age), age)
    age[rng.random(size) < 0.05] = nan
    expected_length = 49 + 60 * np.nan_to_num(np.clip(age, 0, None) / 1826, nan=0.5) ** 0.6
    length = expected_length * rng.normal(1, 0.08, size)
    length = np.where(rng.random(size) < 0.5, length.round(1), length.round(3))
    weight = 16 * (length / 100) ** 2 * rng.lognormal(0, 0.25, size)
    weight[rng.random(size) < 0.02] = nan
    length[rng.random(size) < 0.02] = nan
    _assert_agrees(
        (
            rng.choice([0, 1, 2], size, p=[0.02, 0.49, 0.49]),
            age,
            weight.round(2),
            length,
            rng.integers(0, 3, size),
            rng.random(size) < 0.03,
        )
    )


def test_children_at_every_edge_agree_with_the_scalar_reference():
    ages = (
        nan, -inf, -1, -1e-9, 0, 0.49, 0.5, 273, 273.49, 273.5, 273.9374, 273.9375, 273.94, 274, 300, 730, 730.49,
        730.5, 730.9, 731, 731.5, 1825.5, 1826, 1826.24, 1826.25, 1826.3, 1827, 1e9, inf,
    )  # fmt: skip
    lengths = (
        nan, -inf, -5, 0, 0.5, 0.7, 1.4, 44.2, 44.29, 44.3, 44.99, 45, 45.05, 64.99, 65, 65.6, 65.69, 65.7, 65.75,
        86.94, 86.95, 86.99, 87, 87.05, 87.35, 87.7, 102.4, 103.1, 109.25, 109.3, 109.31, 110, 110.01, 110.69, 110.7,
        110.71, 119.3, 119.31, 120, 120.01, 120.69, 120.7, 120.71, 150, inf,
    )  # fmt: skip
    weights = (nan, -1, 0, 2.1, 9.4, 31.7, inf)
    columns = np.array(list(product((1, 2), ages, weights, lengths, (0, 1, 2)))).T
    sex, age, weight, length, position = columns
    _assert_agrees((sex.astype(int), age, weight, length, position.astype(int), np.zeros(len(sex), bool)))


def test_every_tenth_of_a_centimetre_is_read_at_its_own_table_row_even_after_the_correction():
    tenths = np.arange(450, 1208) / 10
    ages = np.repeat([100.0, 400.0, 1000.0], len(tenths))
    lengths = np.tile(tenths, 3)
    size = len(ages)
    for sex, position in product((1, 2), (0, 1, 2)):
        _assert_agrees(
            (np.full(size, sex), ages, 11 + lengths / 50, lengths, np.full(size, position), np.zeros(size, bool))
        )


def test_lying_at_103_1_cm_from_two_years_on_reads_the_row_of_102_4_cm():
    lying, standing = zscores([2, 2], [1462, 1462], [12.43, 12.43], [103.1, 102.4], [1, 2], [False, False]).whz
    assert lying == standing


def test_1826_24_days_is_scored_and_1826_25_is_not():
    inside, outside = zscores([1, 1], [1826.24, 1826.25], 17.3, 106.1, 2, False).haz
    assert np.isfinite(inside)
    assert np.isnan(outside)


def test_a_missing_age_leaves_only_weight_for_length():
    result = zscores([1], [nan], [9.4], [78.3], [1], [False])
    assert [bool(np.isfinite(z[0])) for z in result[:4]] == [False, False, True, False]


def test_a_negative_age_blanks_its_own_row_and_no_other():
    alone = zscores([1], [400.0], [9.4], [78.3], [1], [False])
    beside = zscores([1, 1], [-1.0, 400.0], [9.4, 9.4], [78.3, 78.3], [1, 1], [False, False])
    assert [z[0] for z in beside[4:]] == [NO_FLAG] * 4
    assert [z[1] for z in beside] == [z[0] for z in alone]


def test_oedema_blanks_all_but_length_for_age():
    result = zscores([2], [700], [9.4], [78.3], [1], [True])
    assert [bool(np.isfinite(z[0])) for z in result[:4]] == [True, False, False, False]


def test_no_children_give_no_scores():
    assert all(len(column) == 0 for column in zscores([], [], [], [], [], []))


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="broadcast"):
        zscores([1, 2, 1], [10, 20], 5, 55, 1, False)


def test_add_zscores_replaces_earlier_results_and_keeps_the_index_and_the_other_columns():
    frame = pd.DataFrame(
        {"haz": ["x"], "sex": ["P"], "age_days": ["500"], "weight_kg": ["9,4"], "lenhei_cm": [78.3], "team": ["A"]},
        index=[7],
    )
    scored = add_zscores(frame)
    assert list(scored) == ["sex", "age_days", "weight_kg", "lenhei_cm", "team", *RESULT_COLUMNS]
    assert scored.loc[7, "team"] == "A"
    assert scored.loc[7, "haz"] == zscores([2], [500], [9.4], [78.3], [0], [False]).haz[0]


child = st.tuples(
    st.integers(0, 3),
    st.floats(-5, 1900) | st.just(nan),
    st.floats(0, 60) | st.just(nan),
    st.floats(30, 130) | st.just(nan),
    st.integers(0, 3),
    st.booleans(),
)
children = st.lists(child, min_size=1, max_size=30)


def _score(rows):
    return np.array(zscores(*map(list, zip(*rows, strict=True))))


@settings(deadline=None)
@given(children)
def test_scoring_together_is_scoring_one_by_one(rows):
    together = _score(rows)
    one_by_one = np.hstack([_score([row]) for row in rows])
    np.testing.assert_array_equal(together, one_by_one)


@settings(deadline=None)
@given(children, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_score(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    np.testing.assert_array_equal(_score([rows[at] for at in order]), _score(rows)[:, order])


@settings(deadline=None)
@given(children, st.data())
def test_blanking_one_child_changes_no_other(rows, data):
    masked = data.draw(st.integers(0, len(rows) - 1))
    blanked = [(0, nan, nan, nan, 0, False) if at == masked else row for at, row in enumerate(rows)]
    others = [at for at in range(len(rows)) if at != masked]
    np.testing.assert_array_equal(_score(blanked)[:, others], _score(rows)[:, others])


@settings(deadline=None)
@given(
    st.sampled_from([1, 2]),
    st.floats(0, 1826),
    st.floats(2, 40),
    st.floats(46, 118),
    st.floats(0.1, 2),
    st.sampled_from([0, 1, 2]),
)
def test_a_longer_child_of_one_weight_is_taller_for_age_and_thinner(sex, age, weight, length, more, position):
    haz, waz, whz, baz = zscores(sex, age, weight, [length, length + more], position, False)[:4]
    assert haz[1] >= haz[0]
    assert waz[1] == waz[0]
    assert baz[1] <= baz[0]
    # far out, where no child is, the tail's straight line is not strictly ordered by length
    assert not (np.abs(whz) < 5).all() or whz[1] <= whz[0] + 0.01


@settings(deadline=None)
@given(st.sampled_from([1, 2]), st.floats(0, 1826), st.floats(1, 40), st.floats(45, 120), st.floats(0, 5))
def test_a_heavier_child_of_one_length_scores_no_lower(sex, age, weight, length, more):
    haz, *by_weight = zscores(sex, age, [weight, weight + more], length, 0, False)[:4]
    assert haz[0] == haz[1]
    assert all(np.isnan(z).all() or z[1] >= z[0] for z in by_weight)


def test_blocks_meet_without_a_seam():
    size = 70_000
    age = np.linspace(0, 1820, size)
    columns = (np.ones(size), age, 3 + age / 120, 50 + age / 32, np.zeros(size), np.zeros(size, bool))
    picked = np.r_[0:5, 32_760:32_780, 65_530:65_545, size - 3 : size]
    whole = np.array(zscores(*columns))[:, picked]
    np.testing.assert_array_equal(whole, np.array(zscores(*(column[picked] for column in columns))))
