"""The log-in of a session: from the identity token in the browser's cookie to a person who is known here.

Streamlit has checked the cookie's signature before a script sees it; whether its person may enter, and whether that
log-in still holds, is asked in the database at each run.
"""

import enum
import time
from collections.abc import Mapping
from typing import Any, cast

import streamlit as st

from dashboard.login.settings import log_in_settings
from data import audit, logins, settings
from data.engine import get_engine
from data.logins import Person
from data.scope import NOBODY, SCREEN

_NOTED = "penolakan-dicatat"
_LAST_LOOK = "terakhir-dilihat"
_BY_ITSELF = "dimuat-sendiri"
_WATCH_S = 15
_MOMENT_S = 1.0
"""A page asks in the run that its entry has asked in; what was found that moment holds for both."""


class Entrance(enum.Enum):
    """Why somebody is not let in."""

    NOT_LOGGED_IN = "not_logged_in"
    UNKNOWN = "unknown"
    DISABLED = "disabled"
    LOGGED_OUT = logins.LOGGED_OUT
    RESTED = logins.RESTED
    AGED = logins.AGED


def is_configured() -> bool:
    """Say whether people log in here."""
    return log_in_settings() is not None


def entrance(*, is_new_run: bool) -> Person | Entrance:
    """Return the person of this session, or why there is none; entrances and refusals are logged.

    A new run asks the database; its page, which asks again a moment later, is told the same.
    """
    if not st.user.is_logged_in:
        return Entrance.NOT_LOGGED_IN
    looked = st.session_state.get(_LAST_LOOK)
    if not is_new_run and looked is not None and time.monotonic() - looked[0] < _MOMENT_S:
        return cast("Person | Entrance", looked[1])
    found = _look(st.user.to_dict())
    st.session_state[_LAST_LOOK] = (time.monotonic(), found)
    return found


def _look(claims: Mapping[str, Any]) -> Person | Entrance:
    engine = get_engine()
    person = logins.find_person(engine, claims)
    if person is None or not person.user.is_active:
        refused = Entrance.UNKNOWN if person is None else Entrance.DISABLED
        if st.session_state.get(_NOTED) != refused:
            audit.note(engine, NOBODY if person is None else person.scope, "refused", why=refused.value)
            st.session_state[_NOTED] = refused
        return refused
    standing = logins.look_in(
        engine,
        person,
        claims,
        is_used=not st.session_state.pop(_BY_ITSELF, False),
        rest_minutes=rest_minutes_of(person),
        age_hours=settings.LONGEST_LOG_IN_HOURS,
    )
    return person if standing == logins.OPEN else Entrance(standing)


def rest_minutes_of(person: Person) -> float:
    """Return how long a log-in may rest; the screen of a meeting is looked at and not touched."""
    return 60 * settings.LONGEST_LOG_IN_HOURS if person.scope.role == SCREEN else settings.rest_minutes()


def log_out() -> None:
    """End the log-in here and at the provider."""
    if st.user.is_logged_in:
        claims = st.user.to_dict()
        person = logins.find_person(get_engine(), claims)
        if person is not None:
            logins.log_out(get_engine(), person, claims)
    st.logout()


@st.fragment(run_every=_WATCH_S)
def watch() -> None:
    """End a page that lies open unused: the fragment runs by itself, and its running is no use."""
    looked = st.session_state.get(_LAST_LOOK)
    if looked is None or not isinstance(looked[1], Person):
        return
    if time.monotonic() - looked[0] > 60 * rest_minutes_of(looked[1]):
        st.session_state[_BY_ITSELF] = True
        st.rerun(scope="app")
