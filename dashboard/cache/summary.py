"""What the first page says of the city."""

import datetime

from dashboard.cache.city import city_state
from dashboard.cache.ground import map_geometry
from dashboard.cache.growth import city_months, rw_month
from dashboard.cache.keeping import kept
from dashboard.cache.reach import own_and_nearest
from dashboard.summary import Summary, summarise
from data.schema import AGE_BANDS
from data.scope import Scope

SUMMARY_YEARS = 2


@kept(show_spinner="Merangkum keadaan kota…")
def summary_of(scope: Scope, version: str, month: datetime.date, today: datetime.date) -> Summary:
    """Return what the first page says of the city's newest month on a day; ask only where there is one."""
    state = city_state(scope, version)
    if state is None:
        raise RuntimeError("a summary was asked for without a city")
    return summarise(
        city_months(scope, version, month.replace(year=month.year - SUMMARY_YEARS)),
        rw_month(scope, version, month, AGE_BANDS, (1, 2)),
        own_and_nearest(scope, version, "walk"),
        state,
        map_geometry(scope, version).rw_without_place,
        today,
    )
