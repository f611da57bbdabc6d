"""One scope of every kind, and what it may see: written down here by hand, and not by asking the database."""

from dataclasses import dataclass

from data.scope import ENGINE, NOBODY, Scope
from tests.data.access.two_kecamatan import KELURAHAN_OF_CITY, RWS, UNITS
from tests.data.pusing.hand_written import CITY, KECAMATAN, KELURAHAN


@dataclass(frozen=True)
class Person:
    """A scope, its RWs, and whether it sees the whole city whatever is in it."""

    scope: Scope
    rws: frozenset[str]
    sees_all: bool = False


def _under(prefix: str) -> frozenset[str]:
    return frozenset(code for code in RWS if code == prefix or code.startswith(f"{prefix}."))


_ALL, _NONE = frozenset(RWS), frozenset()

PEOPLE = {
    "mayor": Person(Scope("mayor", ("",)), _ALL, True),
    "planner": Person(Scope("planner", ("",)), _ALL, True),
    "planner of the city by its code": Person(Scope("planner", (CITY,)), _ALL),
    "screen": Person(Scope("screen", ("",)), _ALL, True),
    "engine": Person(ENGINE, _ALL, True),
    "camat": Person(Scope("camat", (KECAMATAN,)), _under(KECAMATAN)),
    "lurah": Person(Scope("lurah", (KELURAHAN[0],)), _under(KELURAHAN[0])),
    "lurah of two kelurahan": Person(
        Scope("lurah", (KELURAHAN[1], KELURAHAN_OF_CITY[2])), _under(KELURAHAN[1]) | _under(KELURAHAN_OF_CITY[2])
    ),
    "puskesmas": Person(Scope("puskesmas", (), facility_code="PKM-1"), _under(KELURAHAN[0])),
    "opd": Person(Scope("opd", (), unit=UNITS[0]), _NONE),
    "partner": Person(Scope("partner", (), unit=UNITS[1]), _NONE),
    "admin": Person(Scope("admin", ()), _NONE),
    "inspector": Person(Scope("inspector", ()), _NONE),
    "nobody": Person(NOBODY, _NONE),
    "camat who claims the whole city": Person(Scope("camat", ("",)), _NONE),
    "lurah who claims a star": Person(Scope("lurah", ("*",)), _NONE),
    "lurah with half a code": Person(Scope("lurah", ("32.75.01.10",)), _NONE),
    "puskesmas of nothing": Person(Scope("puskesmas", ()), _NONE),
}
