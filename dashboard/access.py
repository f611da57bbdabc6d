"""Who is in front of the screen: every page calls `gate` on its first line and gets a viewer, or nothing is shown.

People log in with OpenID Connect; their role and area are read from app_user at each run, so that a change holds at
once. Only the embedded database, which listens on this machine only, may be opened without a log-in: the viewer is then
a Dinkes planner, and with the demo city may try the other roles.
"""

from dataclasses import dataclass, replace
from typing import NoReturn

import streamlit as st

from dashboard.login import pages as log_in_pages
from dashboard.login.gate import Entrance, entrance, is_configured
from data.engine import is_embedded
from data.logins import Person
from data.scope import (
    ADMIN,
    CAMAT,
    CITY_ROLES,
    INSPECTOR,
    LURAH,
    MAYOR,
    OPD,
    PARTNER,
    PLANNER,
    PUSKESMAS,
    SCREEN,
    Frozen,
    Scope,
)

__all__ = [
    "ADMIN",
    "CAMAT",
    "INSPECTOR",
    "LURAH",
    "MAYOR",
    "OPD",
    "PARTNER",
    "PLANNER",
    "PUSKESMAS",
    "ROLE_NAMES",
    "SCREEN",
    "Viewer",
    "act_as",
    "gate",
    "viewer_as",
]  # fmt: skip

ROLE_NAMES = {
    MAYOR: "Wali Kota atau Sekda",
    PLANNER: "Perencana Dinkes",
    CAMAT: "Camat",
    LURAH: "Lurah",
    PUSKESMAS: "Kepala puskesmas",
    OPD: "OPD",
    PARTNER: "Mitra",
    SCREEN: "Layar rakor",
    ADMIN: "Pengelola pengguna",
    INSPECTOR: "Inspektorat",
}

_MAY: dict[str, frozenset[str]] = {
    MAYOR: frozenset({"adopt", "freeze"}),
    PLANNER: frozenset(
        {
            "import",
            "weigh",
            "plan",
            "reply",
            "nominate",
            "correct",
            "log_visit",
            "set_target",
            "add_break",
            "freeze",
            "promise",
            "answer",
            "close_roads",
            "note",
        }
    ),
    CAMAT: frozenset({"nominate", "correct", "answer", "note"}),
    LURAH: frozenset({"nominate", "correct", "answer", "note"}),
    PUSKESMAS: frozenset({"log_visit", "confirm", "sign_off", "answer", "note"}),
    OPD: frozenset({"answer"}),
    PARTNER: frozenset({"answer"}),
    SCREEN: frozenset(),
    ADMIN: frozenset({"admit"}),
    INSPECTOR: frozenset({"inspect"}),
}
_READING = frozenset(
    {
        "ringkasan",
        "peta",
        "bandingkan",
        "wilayah",
        "kartu",
        "puskesmas",
        "prioritas",
        "rotasi",
        "usulan",
        "kunjungan",
        "tren",
        "perubahan",
        "intervensi",
        "akses",
    }
)
_TOTALS = frozenset({"ringkasan", "tren", "intervensi", "akses"})
_PAGES: dict[str, frozenset[str]] = {
    MAYOR: _READING | {"paparan", "rakor"},
    PLANNER: _READING | {"paparan", "rakor", "impor", "kelengkapan", "mutu", "pengaturan"},
    CAMAT: _READING - {"perubahan"} | {"paparan", "janji"},
    LURAH: _READING - {"perubahan"} | {"janji"},
    PUSKESMAS: _READING | {"mutu", "janji"},
    OPD: _TOTALS | {"janji"},
    PARTNER: _TOTALS | {"janji"},
    SCREEN: frozenset({"ringkasan", "peta", "bandingkan", "akses", "tren", "paparan"}),
    ADMIN: frozenset({"pengguna", "kelengkapan"}),
    INSPECTOR: frozenset({"audit"}),
}
WRITING_PAGES = frozenset({"impor", "pengaturan", "pengguna", "audit"})
"""Pages on which people only write, or read what is never frozen."""
_CHOSEN = "peran"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


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
        set_target, add_break, close_roads, note, confirm, sign_off, answer, admit, inspect, freeze,
        promise. Where a snapshot is read, nothing."""
        return self.scope.snapshot is None and act in _MAY[self.role]

    def sees(self, page: str) -> bool:
        """Say whether a page is for the role; pages that only write are none where a snapshot is read."""
        return page in pages_of(self.role) and not (self.scope.snapshot is not None and page in WRITING_PAGES)

    def reading(self, snapshot: Frozen | None) -> "Viewer":
        """Return the same person on a frozen state, or on the live data."""
        return replace(self, scope=self.scope.reading(snapshot))

    @property
    def is_screen(self) -> bool:
        """Whether this is the screen of a meeting, seen by whoever is in the room."""
        return self.role == SCREEN


def pages_of(role: str) -> frozenset[str]:
    """Return the pages that are for a role, as their addresses name them."""
    return _PAGES[role]


def gate(*, is_new_run: bool = False) -> Viewer:
    """Return the viewer of this session; stop the page with a sentence where nobody may see it.

    The entry asks first in each run, and then who it is comes from the database and not from memory.
    """
    if not is_configured():
        if not is_embedded():
            _stop(log_in_pages.not_configured)
        if st.get_option("server.address") not in _LOOPBACK:
            _stop(log_in_pages.not_on_this_machine)
        chosen: Viewer | None = st.session_state.get(_CHOSEN)
        return chosen or viewer_as(PLANNER, ROLE_NAMES[PLANNER])
    met = entrance(is_new_run=is_new_run)
    if isinstance(met, Entrance):
        _stop(lambda: log_in_pages.turn_away(met))
    return viewer_of(met)


def viewer_of(person: Person) -> Viewer:
    """Return the viewer that a known person is; they are called by role and place, never by name."""
    name = f"{ROLE_NAMES[person.scope.role]} {person.place}".strip()
    return Viewer(person.scope.role, name, person.scope, person.user.area_code, person.user.facility_code)


def viewer_as(role: str, name: str, area_code: str = "", facility_code: str = "", unit: str = "") -> Viewer:
    """Return the viewer that a role with its area or unit is; a role of the whole city has no area of its own."""
    areas = (area_code,) if area_code or role in CITY_ROLES else ()
    return Viewer(role, name, Scope(role, areas, name, facility_code, unit), area_code, facility_code)


def act_as(viewer: Viewer) -> None:
    """Let this session try another role; only where there is no log-in."""
    if is_embedded() and not is_configured():
        st.session_state[_CHOSEN] = viewer


def _stop(say: "log_in_pages.Says") -> NoReturn:
    say()
    st.stop()
