"""Works out what the screens of the newest month stand on before anyone asks: at the start, and after each change.

Rates, ranks, grades and the city's slides take seconds, and are the same for all who may see them. Nothing here is
needed for a page to be right; a page that is asked for first works it out itself.
"""

import contextlib
import datetime
import logging
import threading
import time
from collections.abc import Callable

from dashboard import cache
from dashboard.access import MAYOR, PLANNER, Viewer, viewer_as
from dashboard.briefing.facts import CITY, Place
from dashboard.briefing.read import briefing_of
from dashboard.places import history
from dashboard.places.choices import index
from dashboard.places.gather import content_of
from dashboard.priority import ranking
from dashboard.shell import live_now
from dashboard.small_cells import is_told_exactly
from data.queries.city import CityState
from data.schema import AGE_BANDS
from models.months import month_after
from models.priority.weights import DEFAULT_PRESET

LOOK_AGAIN_S, PATIENCE_S = 3.0, 30.0
EXACT, BANDED = viewer_as(PLANNER, ""), viewer_as(MAYOR, "")
"""Who stands for all that are told counts exactly, and for all that are told bands; what is worked out is shared."""
_LOG = logging.getLogger(__name__)
_OF_SCRIPTS = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""Streamlit warns here, at each spinner, that nobody's page is drawn. Nobody's is."""


State = tuple[str, datetime.date]
"""The version of the data and the day: what is worked out holds as long as both do."""


def read_ahead(viewer: Viewer) -> str:
    """Work out the newest month as a viewer may be told it, and return the version of the data that it speaks of."""
    version = cache.data_version(viewer.scope)
    city = cache.city_state(viewer.scope, version)
    if city is not None and city.latest_month is not None:
        for read in _reads(viewer, version, city, city.latest_month):
            read()
    return version


def keep_reading() -> None:
    """Read ahead, as the planner is told and as the others are, and again on each change and each new day.

    Returns when the first reading is done, or after PATIENCE_S while it goes on.
    """
    is_read = threading.Event()
    threading.Thread(target=_keep, args=(is_read,), name="reading-ahead", daemon=True).start()
    is_read.wait(PATIENCE_S)


def _keep(is_read: threading.Event) -> None:
    seen = _read_for_all()
    is_read.set()
    while True:
        time.sleep(LOOK_AGAIN_S)
        with contextlib.suppress(Exception):  # a database that is away for a while is told on the pages
            if (cache.data_version(EXACT.scope), live_now().date()) != seen:
                seen = _read_for_all()


def _read_for_all() -> State:
    """Read ahead for both, one after the other: side by side they would hold twice the memory at their peak."""
    day = live_now().date()
    version, _ = [_try(viewer) for viewer in (EXACT, BANDED)]
    return version, day


def _try(viewer: Viewer) -> str:
    reader = threading.get_ident()

    def is_of_a_page(record: logging.LogRecord) -> bool:
        return record.thread != reader

    logging.getLogger(_OF_SCRIPTS).addFilter(is_of_a_page)
    try:
        return read_ahead(viewer)
    except Exception:
        _LOG.warning("could not read ahead; each page reads for itself", exc_info=True)
        return ""
    finally:
        logging.getLogger(_OF_SCRIPTS).removeFilter(is_of_a_page)


def _reads(viewer: Viewer, version: str, city: CityState, month: datetime.date) -> tuple[Callable[[], object], ...]:
    scope, following = viewer.scope, month_after(month, 1)
    moment = live_now()
    weights = cache.shares_of(cache.presets(scope, version)[DEFAULT_PRESET])
    of_all = (
        lambda: cache.rw_month(scope, version, month, AGE_BANDS, (1, 2)),
        lambda: cache.map_geometry(scope, version, month),
        lambda: cache.kelurahan_months(scope, version),
        lambda: cache.own_and_nearest(scope, version, cache.priority_settings(scope, version).mode),
        lambda: cache.ranked_rws(scope, version, following, weights, ranking.DEFAULT_K),
        lambda: cache.peers(scope, version, following, "rw"),
        lambda: cache.quality_grades(scope, version, month, "rw", moment.date()),
    )
    if is_told_exactly(scope):
        places = index(viewer, version, city)
        # Not the bands of the history: memory is scarce for a city of 4,000 RWs, and fewer ask for them.
        return (
            *of_all,
            lambda: cache.rw_history(scope, version, month_after(month, 1 - history.MONTHS)),
            lambda: content_of(viewer, version, city, places, places[city.code], moment),
        )
    whole = Place(city.code, city.name, CITY)
    return (
        *of_all,
        lambda: cache.kept_totals(version),
        lambda: briefing_of(viewer, version, city, whole, moment.date()),
    )
