"""Visits as people read them, and promises that were kept or not."""

import datetime

import numpy as np
import pandas as pd
import pytest

from dashboard.small_cells import visits_told
from dashboard.visit import effects as visit_effects
from dashboard.visit import list as visit_list
from data.queries.city import CityState
from data.scope import PLANNER, Scope
from models.rotation.effects import ATTENDANCE, ESTIMATED, TOO_FEW

TODAY = datetime.date(2026, 11, 21)
CITY = CityState("32.75", "Kota Bekasi", False, (), None, None, 40, 0, "network")


def visits(*made: tuple[str, datetime.date]) -> pd.DataFrame:
    counts = pd.DataFrame(
        {
            "rw_code": [code for code, _ in made],
            "rw_name": "RW 001",
            "kelurahan": "Bekasi Jaya",
            "kecamatan": "Bekasi Timur",
            "visited_on": [day for _, day in made],
            "puskesmas_code": "PKM",
            "puskesmas": "Puskesmas Bekasi Jaya",
            "served": [None, *range(1, len(made))],
            "weighed": None,
            "found": 0,
            "referred": 0,
            "returned": 0,
        }
    )
    return visits_told(Scope(PLANNER, ("",)), counts)


def slots(*planned: tuple[str, datetime.date]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": [month for _, month in planned],
            "rw_code": [code for code, _ in planned],
            "puskesmas_code": "PKM",
        }
    )


MADE = visits(("a", datetime.date(2026, 9, 3)), ("b", datetime.date(2026, 10, 9)), ("c", datetime.date(2026, 10, 1)))


def test_totals_leave_out_what_nobody_reported_and_say_how_often() -> None:
    found = visit_list.totals(MADE)
    assert found["served"] == ("3", 1)
    assert found["weighed"] == ("–", 3)


def test_unreported_counts_are_blank_and_not_zero() -> None:
    assert visit_list.shown(MADE)["Balita ditimbang"].isna().all()
    assert visit_list.to_save(MADE, TODAY, CITY).rows["Balita ditimbang"].isna().all()


def test_promises_are_kept_late_or_open_and_extra_visits_are_outside_the_plan() -> None:
    september = datetime.date(2026, 9, 1)
    told = visit_list.promises(slots(("a", september), ("b", september), ("d", september)), MADE, TODAY)
    outcome = told.set_index("rw_code")["outcome"].to_dict()
    assert outcome == {"a": "kept", "b": "late", "c": "unplanned", "d": "not_kept"}
    assert visit_list.promise_counts(told) == (3, 1, 1, 1)


def test_a_month_that_is_not_over_is_no_broken_promise() -> None:
    assert visit_list.promises(slots(("d", datetime.date(2026, 11, 1))), MADE, TODAY).empty


def test_without_a_plan_no_promise_is_judged() -> None:
    assert visit_list.promises(slots(), MADE, TODAY).empty


def monthly(gain: float) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Sixty RWs over a year; those visited in June gain attendance from then on."""
    codes = [f"rw{number:02d}" for number in range(60)]
    counts = pd.DataFrame(
        [
            {
                "rw_code": code,
                "month": datetime.date(2026, month, 1),
                "d_weighed": 60 + number % 7 + (gain if number < 20 and month >= 6 else 0),
                "s_target": 100,
                "newly_found": 1,
            }
            for number, code in enumerate(codes)
            for month in range(1, 11)
        ]
    )
    ranked = pd.DataFrame(
        {
            "rw_code": codes,
            "value_expected_stunted": np.linspace(2, 8, 60)[[number * 3 % 60 for number in range(60)]],
            "travel_s": 600.0,
        }
    )
    made = pd.DataFrame(
        {"rw_code": codes[:20], "visited_on": datetime.date(2026, 6, 10), "puskesmas_code": ["P", "Q"] * 10}
    )
    return ranked, counts, made


def test_a_gain_in_attendance_after_visits_is_found_and_told() -> None:
    effects = visit_effects.before_and_after(*monthly(gain=9), puskesmas="")
    assert effects[ATTENDANCE].status == ESTIMATED
    assert effects[ATTENDANCE].difference == pytest.approx(9, abs=1e-6)
    assert "berubah lebih tinggi" in visit_effects.told(ATTENDANCE, effects[ATTENDANCE])
    assert "+9,00\u00a0poin" in visit_effects.told(ATTENDANCE, effects[ATTENDANCE])


def test_rws_visited_by_others_are_nobodys_match() -> None:
    effect = visit_effects.before_and_after(*monthly(gain=9), puskesmas="P")[ATTENDANCE]
    others = {f"rw{number:02d}" for number in range(1, 20, 2)}
    assert not others & set(effect.matches["match_code"])


def test_too_few_pairs_are_told_and_nothing_is_claimed() -> None:
    ranked, counts, made = monthly(gain=9)
    effect = visit_effects.before_and_after(ranked, counts, made.iloc[:3], "")[ATTENDANCE]
    assert effect.status == TOO_FEW
    assert "belum bisa dibandingkan" in visit_effects.told(ATTENDANCE, effect)


def test_prevalence_is_not_among_what_is_compared_after_three_months() -> None:
    assert set(visit_effects.before_and_after(*monthly(gain=0), puskesmas="")) == set(visit_effects.OUTCOMES)
    assert "prevalence" not in visit_effects.OUTCOMES
