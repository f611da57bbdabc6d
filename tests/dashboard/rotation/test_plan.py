"""A plan made from the database keeps what people decided, months that stand, and who can go where."""

import datetime

import pandas as pd
import pytest
from sqlalchemy import Connection

from dashboard.rotation.plan import Change, change, make, save
from dashboard.rotation.problem import rotation_facts
from data.errors import UnusableInputError
from data.pusing.planning import adopt_plan
from data.pusing.staffing import close_month, limit_vehicle_days, set_slots
from data.queries import pusing
from models.rotation import PARTNER_CLINIC, RotationRules
from tests.data.pusing.hand_written import PUSKESMAS, RWS, VISITS_IN

EASY = RotationRules(longest_wait_months=None, fair_share=0.0, min_gap_months=3)
MONTHS = 2


def _saved(connection: Connection) -> int:
    return save(connection, make(connection, VISITS_IN, MONTHS, None, EASY))


def _row(connection: Connection, number: int) -> pd.Series:
    plans = pusing.plans(connection)
    return plans[plans["id"] == number].iloc[0]


def test_every_puskesmas_goes_once_a_month_to_an_rw_of_its_own(connection: Connection) -> None:
    slots = pusing.slots(connection, _saved(connection))
    served = dict(connection.exec_driver_sql("SELECT rw_code, facility_code FROM service_area").fetchall())
    assert len(slots) == MONTHS * len(PUSKESMAS)
    assert not slots.duplicated(["month", "puskesmas_code"]).any()
    assert [served[rw] for rw in slots["rw_code"]] == slots["puskesmas_code"].tolist()


def test_a_saved_plan_keeps_what_it_was_made_with(connection: Connection) -> None:
    row = _row(connection, _saved(connection))
    assert row["status"] == "draft"
    assert sum(row["weights"].values()) == pytest.approx(1)
    assert row["rules"]["min_gap_months"] == 3
    assert row["data_state"]["data_month"] == "2026-10"
    names = [way["name"] for way in row["result"]["comparison"]]
    assert names[0] == "plan"
    assert {"top_n", "in_turn"} <= set(names)


def test_an_rw_put_in_by_a_person_stays_with_its_reason_and_the_other_leaves(connection: Connection) -> None:
    number = _saved(connection)
    before = pusing.slots(connection, number)
    first = before.iloc[0]
    others = [
        code
        for code in RWS
        if code not in set(before["rw_code"])
        and connection.exec_driver_sql(
            "SELECT 1 FROM service_area WHERE rw_code = %(rw)s AND facility_code = %(pkm)s",
            {"rw": code, "pkm": first["puskesmas_code"]},
        ).scalar()
    ]
    wanted = Change(f"{first['month']:%Y-%m}", first["puskesmas_code"], others[0], first["rw_code"], "Jembatan putus")
    again = save(connection, change(connection, _row(connection, number), before, wanted))
    after = pusing.slots(connection, again)
    mine = after[after["rw_code"] == others[0]].iloc[0]
    assert bool(mine["is_fixed"])
    assert mine["month"] == first["month"]
    assert mine["override_reason"] == "Jembatan putus"
    assert not ((after["rw_code"] == first["rw_code"]) & (after["month"] == first["month"])).any()


def test_adopted_months_never_move(connection: Connection) -> None:
    number = _saved(connection)
    adopted = pusing.slots(connection, number)[["month", "puskesmas_code", "rw_code"]]
    adopt_plan(connection, number, "Wali Kota")
    longer = save(connection, make(connection, VISITS_IN, MONTHS + 1, "need_first", EASY))
    later = pusing.slots(connection, longer)
    same = later[later["month"].isin(adopted["month"])][["month", "puskesmas_code", "rw_code"]]
    pd.testing.assert_frame_equal(
        same.sort_values(["month", "rw_code"], ignore_index=True),
        adopted.sort_values(["month", "rw_code"], ignore_index=True),
    )


def test_nobody_goes_in_a_closed_month(connection: Connection) -> None:
    close_month(connection, PUSKESMAS[0], VISITS_IN, "Banjir", "Perencana Dinkes")
    slots = pusing.slots(connection, _saved(connection))
    assert not ((slots["puskesmas_code"] == PUSKESMAS[0]) & (slots["month"] == VISITS_IN)).any()


def test_promises_that_do_not_fit_are_told_and_as_few_as_can_be_are_broken(connection: Connection) -> None:
    strict = RotationRules(longest_wait_months=1, fair_share=0.0, min_gap_months=1)
    made = make(connection, VISITS_IN, 1, None, strict)
    assert len(made.plan.slots) == len(PUSKESMAS)
    facts = rotation_facts(connection, VISITS_IN, 1, rules=strict)
    far = int(facts.problem.rws["is_far"].sum())
    if far > len(PUSKESMAS):
        assert made.result["clashes"]["families"]["longest_wait"] > 0


def test_written_capacity_replaces_the_usual_visit(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO visit_capacity (facility_code, month, kind, slots) VALUES ('PKM-1', '2026-11-01', 'own_team', 0)"
    )
    slots = pusing.slots(connection, _saved(connection))
    assert not ((slots["puskesmas_code"] == "PKM-1") & (slots["month"] == VISITS_IN)).any()


def test_vehicle_days_of_the_city_limit_its_visits_by_vehicle_in_that_month_only(connection: Connection) -> None:
    limit_vehicle_days(connection, VISITS_IN, 1, "mobil di bengkel", "Perencana Dinkes")
    by_month = pusing.slots(connection, _saved(connection)).groupby("month").size()
    assert by_month.tolist() == [1, len(PUSKESMAS)]


def test_a_partner_with_its_own_vehicle_needs_no_vehicle_day_and_is_compared_with_going_without(
    connection: Connection,
) -> None:
    limit_vehicle_days(connection, VISITS_IN, 0, "mobil di bengkel", "Perencana Dinkes")
    set_slots(connection, PUSKESMAS[0], VISITS_IN, PARTNER_CLINIC, 1, False, "klinik membantu", "Perencana Dinkes")
    made = make(connection, VISITS_IN, 1, None, EASY)
    assert made.plan.slots[["puskesmas_code", "kind"]].to_numpy().tolist() == [[PUSKESMAS[0], PARTNER_CLINIC]]
    compared = {way["name"]: way for way in made.result["comparison"]}
    assert compared["without_partners"]["stops"] == 0
    assert compared["without_partners"]["under_fives_served"] < compared["plan"]["under_fives_served"]


def test_children_found_and_not_back_are_seen_again_in_their_window(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO pusing_visit (rw_code, visited_on, facility_code, weighed, found, referred, returned)"
        " VALUES (%(rw)s, '2026-10-07', 'PKM-1', 20, 2, 2, 0)",
        {"rw": RWS[0]},
    )
    made = make(connection, VISITS_IN, 4, None, EASY)
    seen = made.plan.slots[made.plan.slots["rw_code"] == RWS[0]]
    assert seen["reason"].tolist() == ["revisit"]
    assert "2026-12" <= seen["month"].iloc[0] <= "2027-02"


def test_an_unknown_preset_is_refused_with_those_there_are(connection: Connection) -> None:
    with pytest.raises(UnusableInputError, match="balanced"):
        rotation_facts(connection, VISITS_IN, 1, preset="nobody's")


def test_months_without_figures_before_them_are_refused(connection: Connection) -> None:
    with pytest.raises(UnusableInputError, match="import a month"):
        rotation_facts(connection, datetime.date(2019, 1, 1), 1)


def test_the_same_facts_give_the_same_plan(connection: Connection) -> None:
    first, second = (pusing.slots(connection, _saved(connection)) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
