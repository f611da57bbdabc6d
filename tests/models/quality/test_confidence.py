import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from models.quality.confidence import FULL, LOW, LOWERED, NOT_KNOWN, with_confidence

grades = st.lists(st.sampled_from(["A", "B", "C", "D", "", None]), min_size=1, max_size=30)


def ranking(size: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"rw_code": [f"RW {place:03d}" for place in range(size)], "rank": range(1, size + 1), "score": 50.0}
    )


@given(grades)
def test_a_grade_never_moves_a_place_or_a_score(given_grades: list[str | None]):
    ranked = ranking(len(given_grades))
    known = pd.DataFrame({"rw_code": ranked["rw_code"], "grade": given_grades}).dropna()
    found = with_confidence(ranked, known)
    pd.testing.assert_frame_equal(found[list(ranked.columns)], ranked)


def test_c_and_d_are_to_be_verified_first_and_no_grade_is_not_known():
    found = with_confidence(
        ranking(6),
        pd.DataFrame({"rw_code": [f"RW {place:03d}" for place in range(5)], "grade": ["A", "B", "C", "D", ""]}),
    )
    assert found["confidence"].tolist() == [FULL, FULL, LOWERED, LOW, NOT_KNOWN, NOT_KNOWN]
    assert found["is_verify_first"].tolist() == [False, False, True, True, False, False]
