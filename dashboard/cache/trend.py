"""Published figures, targets, events and forecasts."""

import datetime

import pandas as pd

from dashboard.cache.city import city_state
from dashboard.cache.keeping import engine, kept, read
from dashboard.trend import target as trend_target
from dashboard.trend.words import STUNTING
from data.queries import indicators as indicator_queries
from data.queries import statistics, trend
from data.scope import Scope, scoped_connection
from models.trend.series import ROUTINE


@kept()
def survey_figures(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the published survey prevalences of an area."""
    return read(scope, statistics.survey_figures, area_code)


@kept()
def routine_target(scope: Scope, version: str, month: datetime.date) -> float | None:
    """Return what the city's routine prevalence of stunting should be in a month, a fraction, where a target says so.

    A target of a survey's series is none: it speaks of another measure.
    """
    state = city_state(scope, version)
    if state is None:
        return None
    return trend_target.aim(targets(scope, version), state.code, STUNTING, ROUTINE, month)


@kept()
def reported_months(scope: Scope, version: str, level: str, within: str, code: str, is_maternal: bool) -> pd.DataFrame:  # noqa: ARG001
    """Return the months of one area's maternal or intervention indicator: month, numerator, denominator, RWs."""
    first, last = datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)
    with scoped_connection(engine(), scope) as connection:
        if is_maternal:
            found = indicator_queries.maternal_by_area(connection, level, first, last, within)
        else:
            found = indicator_queries.coverage_by_area(connection, level, first, last, [code], within)
    return found[found["indicator_code"] == code].reset_index(drop=True)


@kept()
def published(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return an area's published figures of every series."""
    return read(scope, trend.published, area_code)


@kept()
def targets(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the targets that hold."""
    return read(scope, indicator_queries.targets)


@kept()
def break_events(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the events that touch an area."""
    return read(scope, indicator_queries.break_events, area_code)


@kept()
def forecasts(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return an area's forecast months."""
    return read(scope, trend.forecasts, area_code)


@kept()
def forecast_checks(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return how each area's forecast did on its own past."""
    return read(scope, trend.forecast_checks)


@kept()
def target_history(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every target that ever held, newest first."""
    return read(scope, indicator_queries.target_history)


@kept()
def break_history(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every event that explains a jump, also those withdrawn, newest first."""
    return read(scope, indicator_queries.break_history)
