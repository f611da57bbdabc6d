"""Grades of levels are made of their posyandu, and nobody reads more of another's than its grade."""

import datetime

import numpy as np
import pandas as pd
import pytest

from dashboard.quality.grading import (
    LEVELS,
    MONTHS,
    QualityFacts,
    by_posyandu,
    graded_level,
    months_back,
    own_places,
    without_values,
)
from models.quality.checks import JUDGED
from models.quality.counts import count_weighings
from tests.models.quality.invented_units import flat, weighings

OCTOBER, TODAY = datetime.date(2026, 10, 1), datetime.date(2026, 12, 1)
RWS = ("32.75.01.1001.001", "32.75.01.1001.002", "32.75.01.1002.001", "32.75.02.1001.001")
SERVED = pd.DataFrame({"rw_code": RWS[:3], "facility_code": ["PKM-1", "PKM-1", "PKM-2"]})


def facts(size: int = 120, silent: tuple[str, ...] = ()) -> QualityFacts:
    """Two posyandu an RW, without a fault, all months in time but for the silent RWs."""
    counts, receipts = [], []
    for place, rw in enumerate(RWS):
        for number, name in enumerate(("Mawar", "Melati")):
            rows = weighings(size, seed=10 * place + number, rw_code=rw, posyandu=name)
            counts.append(flat(count_weighings(rows))[["rw_code", "posyandu", *JUDGED]])
            if rw not in silent:
                receipts += [
                    (rw, name, month, month + datetime.timedelta(days=35)) for month in months_back(OCTOBER, 6)
                ]
    told = pd.DataFrame(receipts, columns=["rw_code", "posyandu", "month", "received_on"])
    return QualityFacts(
        counts=pd.concat(counts, ignore_index=True),
        receipts=told,
        first=told.groupby(["rw_code", "posyandu"], as_index=False).agg(since=("month", "min")),
        register=pd.DataFrame({"rw_code": [RWS[0]], "posyandu": ["Anggrek"]}),
        attendance=pd.DataFrame({"rw_code": RWS, "d_weighed": [80, 70, 60, 50], "s_target": [100, 100, None, 100]}),
    )


def units(**options: object) -> pd.DataFrame:
    return by_posyandu(facts(**options), months_back(OCTOBER, MONTHS), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_counts_every_length_once(level: str) -> None:
    found = graded_level(units(), facts().attendance, level, SERVED)
    outside_any_puskesmas = 240 if level == "puskesmas" else 0
    assert found["measured"].sum() == 4 * 240 - outside_any_puskesmas


def test_codes_of_a_level_are_those_of_its_places() -> None:
    told = {level: sorted(set(graded_level(units(), facts().attendance, level, SERVED)["code"])) for level in LEVELS}
    assert told["posyandu"] == told["rw"] == list(RWS)
    assert told["kelurahan"] == ["32.75.01.1001", "32.75.01.1002", "32.75.02.1001"]
    assert told["kecamatan"] == ["32.75.01", "32.75.02"]
    assert told["puskesmas"] == ["PKM-1", "PKM-2"]
    assert told["kota"] == ["32.75"]


def test_attendance_is_that_of_the_rws_whose_target_is_known() -> None:
    found = graded_level(units(), facts().attendance, "kota", SERVED)
    assert found["value_attendance"].tolist() == [pytest.approx(200 / 300)]
    one = graded_level(units(), facts().attendance, "rw", SERVED).set_index("code")
    assert np.isnan(one.loc[RWS[2], "value_attendance"])


def test_a_posyandu_of_the_register_that_never_reported_is_silent_and_not_graded() -> None:
    found = graded_level(units(), facts().attendance, "posyandu", SERVED).set_index(["code", "posyandu"])
    anggrek = found.loc[(RWS[0], "Anggrek")]
    assert (anggrek["grade"], anggrek["value_reporting"], anggrek["measured"]) == ("", 0, 0)


def test_a_third_of_silent_posyandu_makes_an_rw_a_problem_of_reporting() -> None:
    found = graded_level(units(), facts().attendance, "rw", SERVED).set_index("code")
    assert found.loc[RWS[0], "value_reporting"] == pytest.approx(2 / 3)
    assert found.loc[RWS[0], "status_reporting"] == "problem"
    assert found.loc[RWS[1], "grade"] == "A"


def test_only_whole_places_are_graded_for_who_sees_a_part() -> None:
    judged = graded_level(units(), facts().attendance, "kelurahan", SERVED)
    own = own_places(judged, "kelurahan", frozenset({RWS[0], RWS[2]}), pd.Series(RWS), SERVED)
    assert own["code"].tolist() == ["32.75.01.1002"]


def test_without_values_grades_and_statuses_stay_and_no_figure_does() -> None:
    judged = graded_level(units(), facts().attendance, "rw", SERVED)
    told = without_values(judged)
    assert told["grade"].tolist() == judged["grade"].tolist()
    assert told["status_reporting"].tolist() == judged["status_reporting"].tolist()
    assert told.select_dtypes("number").isna().all(axis=None)
