import numpy as np
import pandas as pd
import pytest
from scipy import stats

from models.errors import UnusableQualityError
from models.quality import codes
from models.quality.checks import checks
from models.quality.codes import GOOD, PROBLEM, UNKNOWN, WATCH
from models.quality.counts import count_weighings
from models.quality.grade import findings, graded
from tests.models.quality.invented_units import flat, weighings

SIZE = 1_000


def units(size: int = SIZE, coverage: dict[str, object] | None = None, **columns: object) -> pd.DataFrame:
    return flat(count_weighings(weighings(size, **columns)), **coverage or {})


def status(check: str, frame: pd.DataFrame) -> str:
    return str(checks(frame)[f"status_{check}"].iloc[0])


def share_of(part: float, yes: object, no: object, size: int = SIZE) -> np.ndarray:
    """Return `yes` for the first part of the rows and `no` for the rest."""
    return np.where(np.arange(size) < part * size, yes, no)


def test_weighings_without_a_fault_have_grade_a():
    found = graded(units())
    assert found["grade"].tolist() == ["A"]
    assert findings(found.iloc[0]) == []


def test_spread_and_shape_are_those_of_scipy():
    rows = weighings(SIZE)
    found = checks(units()).iloc[0]
    assert found["sd_haz"] == pytest.approx(np.std(rows["haz"], ddof=1))
    assert found["skewness"] == pytest.approx(stats.skew(rows["haz"]))
    assert found["kurtosis"] == pytest.approx(stats.kurtosis(rows["haz"], fisher=False))


@pytest.mark.parametrize(
    ("check", "columns", "expected"),
    [
        (codes.COMPLETENESS, {"lenhei_cm": share_of(0.15, np.nan, 80.3)}, WATCH),
        (codes.COMPLETENESS, {"lenhei_cm": share_of(0.25, np.nan, 80.3)}, PROBLEM),
        (codes.DIGIT_LENGTH, {"lenhei_cm": np.arange(SIZE) // 5 * 0.5 + 50}, PROBLEM),
        (codes.DIGIT_WEIGHT, {"weight_kg": np.arange(SIZE) % 9 + 3.0}, PROBLEM),
        (codes.IMPLAUSIBLE, {"haz_flag": share_of(0.009, True, False)}, GOOD),
        (codes.IMPLAUSIBLE, {"haz_flag": share_of(0.02, True, False)}, WATCH),
        (codes.IMPLAUSIBLE, {"whz_flag": share_of(0.04, True, False)}, PROBLEM),
        (codes.SPREAD, {"haz": np.linspace(-4.5, 4.5, SIZE)}, PROBLEM),
        (codes.SHAPE, {"haz": share_of(0.1, 4.0, -1.0)}, WATCH),
        (codes.POSITION, {"measure": share_of(0.2, None, "l"), "age_days": 300}, WATCH),
        (codes.POSITION, {"measure": "h", "age_days": 300}, PROBLEM),
        (codes.POSITION, {"measure": "h", "age_days": 900}, GOOD),
        (codes.BIRTHDAYS, {"birth_date": share_of(0.5, "2025-03-15", "2025-03-02")}, PROBLEM),
        (codes.DUPLICATES, {"is_copied": share_of(0.07, True, False)}, WATCH),
        (codes.DUPLICATES, {"is_twin": share_of(0.12, True, False)}, PROBLEM),
    ],
)
def test_a_fault_is_found_by_its_own_check(check: str, columns: dict[str, object], expected: str):
    assert status(check, units(**columns)) == expected


@pytest.mark.parametrize(
    ("check", "coverage", "expected"),
    [
        (codes.ATTENDANCE, {"d_weighed": 79}, WATCH),
        (codes.ATTENDANCE, {"d_weighed": 59}, PROBLEM),
        (codes.ATTENDANCE, {"s_target": None}, UNKNOWN),
        (codes.REPORTING, {"months_reported": 5}, WATCH),
        (codes.REPORTING, {"months_reported": 4}, PROBLEM),
        (codes.TIMELINESS, {"months_on_time": 2}, PROBLEM),
    ],
)
def test_coverage_and_reporting_are_checks_too(check: str, coverage: dict[str, object], expected: str):
    assert status(check, units(coverage=coverage)) == expected


def test_something_to_watch_gives_b_a_problem_c_and_two_kinds_of_problems_d():
    halves = {"lenhei_cm": np.arange(SIZE) // 5 * 0.5 + 50}
    assert graded(units(is_copied=share_of(0.07, True, False)))["grade"].tolist() == ["B"]
    assert graded(units(**halves))["grade"].tolist() == ["C"]
    assert graded(units(is_copied=share_of(0.2, True, False)))["grade"].tolist() == ["C"]
    assert graded(units(**halves, is_copied=share_of(0.2, True, False)))["grade"].tolist() == ["D"]


def test_two_problems_of_one_kind_are_still_c():
    found = graded(units(weight_kg=9.0, lenhei_cm=np.arange(SIZE) // 5 * 0.5 + 50))
    assert found["grade"].tolist() == ["C"]


def test_what_moves_the_share_of_stunted_children_gives_d_by_itself():
    assert graded(units(haz_flag=share_of(0.05, True, False)))["grade"].tolist() == ["D"]


def test_reasons_name_the_check_its_value_and_the_limit_that_it_passed():
    found = graded(units(haz_flag=share_of(0.05, True, False), is_copied=share_of(0.07, True, False)))
    first, second = findings(found.iloc[0])
    assert first == ("implausible", PROBLEM, pytest.approx(0.05), 0.02)
    assert second == ("duplicates", WATCH, pytest.approx(0.07), 0.05)


@pytest.mark.parametrize("size", [0, 1, 99])
def test_few_lengths_have_no_grade_whatever_they_say(size: int):
    frame = units(max(size, 1), lenhei_cm=80.0 if size else np.nan, haz_flag=True)
    assert graded(frame)["grade"].tolist() == [""]


def test_three_slips_of_the_pen_in_a_hundred_are_no_problem_yet():
    assert status(codes.IMPLAUSIBLE, units(120, haz_flag=share_of(2 / 120, True, False, 120))) == GOOD


def test_a_childs_birthday_counts_as_often_as_the_child_and_not_as_its_weighings():
    """Of 60 children weighed six times, 6 were born on a 15th: 10 % is chance; of 600 children it is none."""
    many = {"birth_date": share_of(6 / 60, "2025-03-15", "2025-03-02", 3600)}
    assert status(codes.BIRTHDAYS, units(360, birth_date=share_of(6 / 60, "2025-03-15", "2025-03-02", 360))) == GOOD
    assert status(codes.BIRTHDAYS, units(3600, **many)) == WATCH


def test_a_frame_without_its_columns_is_refused_by_name():
    with pytest.raises(UnusableQualityError, match="weighings"):
        checks(units().drop(columns="weighings"))


def test_a_peaked_curve_is_told_by_its_kurtosis_and_a_lopsided_one_by_its_skewness():
    draw = np.random.default_rng(5)
    peaked = graded(units(haz=np.round(draw.standard_t(3, SIZE).clip(-5.5, 5.5), 2)))
    lopsided = graded(units(haz=share_of(0.1, 4.0, -1.0)))
    assert (findings(peaked.iloc[0])[0].value, findings(peaked.iloc[0])[0].limit) == (peaked["kurtosis"].iloc[0], 4.0)
    assert findings(lopsided.iloc[0])[0].limit == 0.5
