"""Reads a briefing for the command line: of a frozen state or the live data, of the city or a kecamatan."""

import datetime

from dashboard import cache
from dashboard.access import SCREEN, viewer_as
from dashboard.briefing.model import Briefing
from dashboard.briefing.read import briefing_of, places_of
from data.errors import UnusableInputError
from data.queries.snapshots import Snapshot, snapshot_named
from data.scope import scoped_connection


def read(snapshot_id: str | None, area: str | None, today: datetime.date) -> Briefing:
    """Return the briefing; raise UnusableInputError for a snapshot or an area that there is not."""
    viewer = viewer_as(SCREEN, "briefing")
    found = None if snapshot_id is None else _snapshot(snapshot_id)
    viewer = viewer if found is None else viewer.reading(found.frozen)
    version = cache.data_version(viewer.scope)
    city = cache.city_state(viewer.scope, version)
    if city is None or city.latest_month is None:
        raise UnusableInputError("no figures are known yet; import a month or build the demo city first.")
    places = {place.code: place for place in places_of(viewer, version, city).values()}
    code = area or city.code
    if code not in places:
        raise UnusableInputError(f"there is no city or kecamatan {code!r}; its code looks like {list(places)[-1]}.")
    return briefing_of(viewer, version, city, places[code], found.as_of if found else today, (), found)


def _snapshot(snapshot_id: str) -> Snapshot:
    with scoped_connection(cache.engine(), viewer_as(SCREEN, "briefing").scope) as connection:
        found = snapshot_named(connection, snapshot_id)
    if found is None:
        raise UnusableInputError(f"there is no snapshot {snapshot_id!r}; the page Rakor lists those that there are.")
    return found
