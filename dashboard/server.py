"""The dashboard as a server: the entry script with the settings of the log-in, behind the doorman."""

import time
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from dashboard.login.doorman import Doorman
from dashboard.login.gate import rest_minutes_of
from dashboard.login.settings import log_in_settings
from data import logins, settings
from data.engine import get_engine

_REMEMBERED_S = 10.0
_MANY = 10_000


def make_server() -> st.App:
    """Return the server; settings of the log-in from the environment reach Streamlit as its secrets."""
    found = log_in_settings()
    return st.App(
        settings.PROJECT_ROOT / "dashboard" / "app.py",
        secrets=None if found is None else {"auth": dict(found)},
        middleware=[
            Middleware(Doorman, cookie_secret=None if found is None else found["cookie_secret"], is_let_in=_LetIn())
        ],
    )


class _LetIn:
    """Says whether a log-in holds; an answer is good for some seconds, for a page asks for many files."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, bool]] = {}

    def __call__(self, claims: dict[str, Any]) -> bool:
        key = logins.key_of(claims)
        asked_at, answer = self._known.get(key, (float("-inf"), False))
        if time.monotonic() - asked_at < _REMEMBERED_S:
            return answer
        if len(self._known) > _MANY:
            self._known.clear()
        person = logins.find_person(get_engine(), claims)
        answer = (
            person is not None
            and person.user.is_active
            and logins.look_in(
                get_engine(),
                person,
                claims,
                is_used=False,
                rest_minutes=rest_minutes_of(person),
                age_hours=settings.LONGEST_LOG_IN_HOURS,
            )
            == logins.OPEN
        )
        self._known[key] = (time.monotonic(), answer)
        return answer
