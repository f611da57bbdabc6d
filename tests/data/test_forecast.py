"""Forecasts in a real database: made for every area down to kelurahan, and for none below."""

import datetime

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, text

from data.forecast import INDICATOR, refresh_forecasts
from data.queries import trend
from data.scope import CAMAT, LURAH, PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import CITY, KECAMATAN, KELURAHAN, RWS

PLANNER_SCOPE = Scope(PLANNER, (WHOLE_CITY,), "test")
MONTHS = 60
LAST = datetime.date(2026, 10, 1)


def month_before(months: int) -> datetime.date:
    years, index = divmod(LAST.year * 12 + LAST.month - 1 - months, 12)
    return datetime.date(years, index + 1, 1)


@pytest.fixture
def city(engine: Engine) -> Engine:
    """The hand-written city with five years in which stunting falls evenly."""
    with writing_connection(engine, PLANNER_SCOPE) as connection:
        hand_written.load(connection)
        connection.execute(text("DELETE FROM growth_month"))
        rows = [
            {
                "rw": code,
                "month": month_before(MONTHS - 1 - step),
                "stunted": int(np.round(400 * 0.985**step)) + place,
            }
            for place, code in enumerate(RWS)
            for step in range(MONTHS)
        ]
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, d_weighed, haz_valid, stunted)"
                " VALUES (:rw, :month, '24-59', 1, 4000, 3000, 3000, :stunted)"
            ),
            rows,
        )
        refresh_forecasts(connection)
    return engine


def read(engine: Engine, scope: Scope, query, *arguments) -> pd.DataFrame:
    with scoped_connection(engine, scope) as connection:
        return query(connection, *arguments)


def test_every_area_down_to_kelurahan_has_a_forecast_and_no_rw(city):
    checks = read(city, PLANNER_SCOPE, trend.forecast_checks)
    assert list(checks["area_code"]) == [CITY, KECAMATAN, *KELURAHAN]
    assert set(checks["status"]) == {"shown"}
    assert set(checks["last_month"]) == {LAST}


def test_a_forecast_reaches_december_of_the_third_year_and_goes_on_falling(city):
    points = read(city, PLANNER_SCOPE, trend.forecasts, CITY)
    assert points["month"].iloc[[0, -1]].tolist() == [datetime.date(2026, 11, 1), datetime.date(2029, 12, 1)]
    assert set(points["indicator_code"]) == {INDICATOR}
    assert (np.diff(points["share"]) < 0).all()
    assert (points["low_95"] < points["low_80"]).all()


def test_made_again_it_replaces_what_stood(city):
    before = read(city, PLANNER_SCOPE, trend.forecasts, CITY)
    with writing_connection(city, PLANNER_SCOPE) as connection:
        refresh_forecasts(connection)
    pd.testing.assert_frame_equal(read(city, PLANNER_SCOPE, trend.forecasts, CITY), before)


def test_a_lurah_sees_the_own_forecast_and_the_citys_and_no_other(city):
    checks = read(city, Scope(LURAH, (KELURAHAN[0],), "lurah"), trend.forecast_checks)
    assert list(checks["area_code"]) == [CITY, KELURAHAN[0]]
    checks = read(city, Scope(CAMAT, (KECAMATAN,), "camat"), trend.forecast_checks)
    assert list(checks["area_code"]) == [CITY, KECAMATAN, *KELURAHAN]


def test_a_short_history_gives_a_check_and_no_forecast(city):
    with writing_connection(city, PLANNER_SCOPE) as connection:
        connection.execute(text("DELETE FROM growth_month WHERE month < :first"), {"first": month_before(11)})
        refresh_forecasts(connection)
    assert set(read(city, PLANNER_SCOPE, trend.forecast_checks)["status"]) == {"too_short"}
    assert read(city, PLANNER_SCOPE, trend.forecasts, CITY).empty


def test_without_figures_nothing_stands(city):
    with writing_connection(city, PLANNER_SCOPE) as connection:
        connection.execute(text("DELETE FROM growth_month"))
        refresh_forecasts(connection)
    assert read(city, PLANNER_SCOPE, trend.forecast_checks).empty


def test_kelurahan_months_are_sums_of_their_rws(city):
    months = read(city, PLANNER_SCOPE, trend.kelurahan_months)
    rws = read(city, PLANNER_SCOPE, trend.rw_months, RWS)
    first = months[(months["area_code"] == KELURAHAN[0]) & (months["month"] == LAST)].iloc[0]
    own = rws[rws["area_code"].str.startswith(KELURAHAN[0]) & (rws["month"] == LAST)]
    assert (first["stunted"], first["haz_valid"]) == (own["stunted"].sum(), 9000)
