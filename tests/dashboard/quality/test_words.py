"""Every check, grade and state has words, and a reason names value and limit."""

import math

import numpy as np
import pytest

from dashboard.quality.words import (
    CHECK_NAMES,
    GRADE_NAMES,
    MEANINGS,
    STATE_NAMES,
    STATE_SIGNS,
    STATUS_NAMES,
    finding_told,
    grade_told,
    listed,
    reasons_told,
    usual,
    value_told,
)
from models.quality import codes
from models.quality.counts import count_weighings
from models.quality.grade import Finding, findings, graded
from tests.models.quality.invented_units import flat, weighings


def test_every_code_has_its_words() -> None:
    assert set(CHECK_NAMES) == set(MEANINGS) == set(codes.CHECKS)
    assert set(GRADE_NAMES) == {*codes.GRADES, codes.TOO_FEW}
    assert set(STATUS_NAMES) == set(codes.STATUSES)
    assert set(STATE_NAMES) == set(STATE_SIGNS)
    assert all(usual(check) for check in codes.CHECKS)


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (Finding("digit_length", "problem", 35.7, 20.0), "pembulatan panjang/tinggi skor 36 (batas skor 20)"),
        (Finding("implausible", "watch", 0.0142, 0.01), "hasil ukur yang mustahil 1,4\u00a0% (batas 1,0\u00a0%)"),
        (Finding("spread", "problem", 2.1, 1.95), "sebaran TB/U (simpangan baku) 2,10 (batas 1,95)"),
        (Finding("shape", "watch", 5.2, 4.0), "bentuk kurva TB/U: keruncingan 5,20 (biasanya 2–4)"),
        (Finding("shape", "watch", -0.8, -0.5), "bentuk kurva TB/U: kemencengan -0,80 (biasanya −0,5 sampai 0,5)"),
        (Finding("completeness", "problem", math.nan, 0.8), "berat dan tinggi sama-sama tercatat: bermasalah"),
    ],
)
def test_a_reason_names_its_value_and_its_limit_where_they_may_be_told(finding: Finding, told: str) -> None:
    assert finding_told(finding) == told


def test_many_reasons_are_cut_and_counted() -> None:
    found = [Finding("duplicates", "watch", 0.07, 0.05)] * 6
    assert reasons_told(found).endswith("; dan 2 lainnya")


def test_a_grade_is_told_in_words_and_a_missing_one_too() -> None:
    assert grade_told("C") == "Mutu data C: ada yang bermasalah"
    assert grade_told("") == "Mutu data: belum cukup data"


def test_unknown_values_are_dashes_and_not_zeros() -> None:
    assert {value_told(check, math.nan) for check in codes.CHECKS} == {"–"}


def test_the_list_tells_every_check_of_a_place_once() -> None:
    row = graded(flat(count_weighings(weighings(500, lenhei_cm=np.full(500, 80.0))))).iloc[0]
    told = listed(row)
    assert len(told) == len(codes.CHECKS)
    assert told.set_index("Pemeriksaan").loc[CHECK_NAMES[codes.DIGIT_LENGTH], "Nilai"] == "skor 100"
    assert findings(row)[0].check == codes.DIGIT_LENGTH
