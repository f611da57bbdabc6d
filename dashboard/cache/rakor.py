"""Meetings, promises, signed months, notes and slides."""

import datetime

import pandas as pd

from dashboard.cache.city import city_state
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.promises.figures import with_figures_now
from data.queries import places as place_queries
from data.queries import rakor as rakor_queries
from data.queries import sequences
from data.rakor.figures import figure_area
from data.scope import Scope, scoped_connection


@kept()
def slide_sequences(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the sequences of slides that planners arranged; ask on live data, for they are never frozen."""
    return read(scope, sequences.sequences)


@kept()
def place_notes(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the notes that stand on places of the scope, newest first."""
    return read(scope, place_queries.notes, "")


@kept()
def meetings(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the meetings that stand, newest first."""
    return read(scope, rakor_queries.meetings)


@kept()
def withdrawn_meetings(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the meetings that were taken back, the last first."""
    return read(scope, rakor_queries.withdrawn_meetings)


@kept()
def withdrawn_promises(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the promises that were taken back and can stand again, the last first."""
    return read(scope, rakor_queries.withdrawn_promises)


@kept()
def promises(scope: Scope, version: str) -> pd.DataFrame:
    """Return the promises that the scope sees, by due day, with what their figure is now."""
    found = read(scope, rakor_queries.promises)
    pairs = found.loc[found["indicator_code"].ne(""), ["indicator_code", "area_code"]].to_numpy().tolist()
    asked = tuple(sorted({(str(code), str(area)) for code, area in pairs}))
    state = city_state(scope, version)
    month = None if state is None else state.latest_month
    now = {} if month is None else _promised_figures(version, month, asked)
    return with_figures_now(found, now, month)


@kept()
def _promised_figures(
    version: str, month: datetime.date, asked: tuple[tuple[str, str], ...]
) -> dict[tuple[str, str], float | None]:
    """Return the rounded figures of areas large enough to be told of to all, by indicator and the promise's area."""
    with scoped_connection(engine(), engine_of(version)) as connection:
        return {
            (code, area): rakor_queries.figure_at(connection, code, figure_area(code, area), month)
            for code, area in asked
        }


@kept()
def signatures(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return which months puskesmas of the scope signed since a month."""
    return read(scope, rakor_queries.signatures, since)
