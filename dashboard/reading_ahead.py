"""Works out what every screen of the newest month stands on before anyone asks: at the start, and after each change.

Rates, ranks and grades take seconds for a whole city, and are the same for all who may see them. Nothing here is needed
for a page to be right; a page that is asked for first works it out itself.
"""

import contextlib
import datetime
import logging
import threading
import time
from collections.abc import Callable

from dashboard import cache
from dashboard.access import MAYOR, PLANNER, Viewer, viewer_as
from dashboard.priority import ranking
from dashboard.shell import live_now
from data.schema import AGE_BANDS
from models.months import month_after
from models.priority.weights import DEFAULT_PRESET

LOOK_AGAIN_S = 3.0
EXACT, BANDED = viewer_as(PLANNER, ""), viewer_as(MAYOR, "")
"""Who stands for all that are told counts exactly, and for all that are told bands; what is worked out is shared."""
_LOG = logging.getLogger(__name__)
_OF_SCRIPTS = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""Streamlit warns here, at each spinner, that nobody's page is drawn. Nobody's is."""


def read_ahead(viewer: Viewer) -> str:
    """Work out the newest month as a viewer may be told it, and return the version of the data that it speaks of."""
    version = cache.data_version(viewer.scope)
    city = cache.city_state(viewer.scope, version)
    if city is not None and city.latest_month is not None:
        for read in _reads(viewer, version, city.latest_month):
            read()
    return version


def keep_reading() -> None:
    """Read ahead now as the planner is told, then as the others are, and again whenever the data have changed."""
    seen = _try(EXACT)
    threading.Thread(target=_keep, args=(seen,), name="reading-ahead", daemon=True).start()


def _keep(seen: str) -> None:
    _try(BANDED)
    while True:
        time.sleep(LOOK_AGAIN_S)
        with contextlib.suppress(Exception):  # a database that is away for a while is told on the pages
            if cache.data_version(EXACT.scope) != seen:
                seen = _try(EXACT)
                _try(BANDED)


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


def _reads(viewer: Viewer, version: str, month: datetime.date) -> tuple[Callable[[], object], ...]:
    scope, following = viewer.scope, month_after(month, 1)
    today = live_now().date()
    weights = cache.shares_of(cache.presets(scope, version)[DEFAULT_PRESET])
    return (
        lambda: cache.rw_month(scope, version, month, AGE_BANDS, (1, 2)),
        lambda: cache.map_geometry(scope, version, month),
        lambda: cache.ranked_rws(scope, version, following, weights, ranking.DEFAULT_K),
        lambda: cache.peers(scope, version, following, "rw"),
        lambda: cache.quality_grades(scope, version, month, "rw", today),
        lambda: cache.kept_totals(version),
    )
