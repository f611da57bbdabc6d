"""Who is in front of the screen: every page calls `gate` on its first line and gets a viewer, or nothing is shown.

On the embedded database, which listens on this machine only, there is no log-in: the viewer is a Dinkes planner, and
with the demo city may try the other roles. On a shared database nobody enters without a log-in, because the figures are
health data of children.
"""

from dataclasses import dataclass

import streamlit as st

from data.engine import is_embedded
from data.scope import CITY_ROLES, Scope

MAYOR, PLANNER, CAMAT, LURAH, PUSKESMAS = "mayor", "planner", "camat", "lurah", "puskesmas"

_MAY: dict[str, frozenset[str]] = {
    MAYOR: frozenset({"adopt"}),
    PLANNER: frozenset(
        {"import", "weigh", "plan", "reply", "nominate", "correct", "log_visit", "set_target", "add_break"}
    ),
    CAMAT: frozenset({"nominate", "correct"}),
    LURAH: frozenset({"nominate", "correct"}),
    PUSKESMAS: frozenset({"log_visit"}),
}
_CHOSEN = "peran"


@dataclass(frozen=True)
class Viewer:
    """A person's role, in code and in words, the area it is for, and the scope that the database holds them to."""

    role: str
    name: str
    scope: Scope
    area_code: str = ""
    facility_code: str = ""

    def may(self, act: str) -> bool:
        """Say whether the role may do something: import, weigh, plan, adopt, reply, nominate, correct, log_visit,
        set_target, add_break."""
        return act in _MAY[self.role]


def gate() -> Viewer:
    """Return the viewer of this session; stop the page with a sentence where nobody may see it."""
    if not is_embedded():
        st.error(
            "Rembuk belum boleh dibuka di basis data bersama: cara masuk (OpenID Connect) belum diatur. "
            "Hubungi pengelola aplikasi.",
            icon=":material/lock:",
        )
        st.stop()
    chosen: Viewer | None = st.session_state.get(_CHOSEN)
    return chosen or viewer_as(PLANNER, "Perencana Dinkes")


def viewer_as(role: str, name: str, area_code: str = "", facility_code: str = "") -> Viewer:
    """Return the viewer that a role with its area is; a role of the whole city has no area of its own."""
    areas = (area_code,) if area_code or role in CITY_ROLES else ()
    return Viewer(role, name, Scope(role, areas, name, facility_code), area_code, facility_code)


def act_as(viewer: Viewer) -> None:
    """Let this session try another role; only where there is no log-in."""
    if is_embedded():
        st.session_state[_CHOSEN] = viewer
