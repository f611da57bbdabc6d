"""Which city a database holds, and how a real one begins: never beside the demo."""

import datetime
import re
from dataclasses import dataclass

from sqlalchemy import Connection, text

from data.demo.guard import is_demo
from data.intake.areas.refusals import refusal

_CITY_CODE = re.compile(r"[1-9]\d\.\d\d")
BEGINNING = datetime.date(1900, 1, 1)
"""First day of areas that were there before anyone asked: of a first load, and of areas that no earlier one knew."""


@dataclass(frozen=True)
class City:
    """The city that a load is for; `is_new` while the database holds none."""

    code: str
    name: str
    is_new: bool = False


def lock_places(connection: Connection) -> None:
    """Let one load of places wait for another."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('rembuk places'))"))


def refuse_demo(connection: Connection) -> None:
    """Raise UnusableInputError where the database holds the invented city."""
    if is_demo(connection):
        raise refusal("demo")


def known_city(connection: Connection) -> City:
    """Return the database's real city; raise UnusableInputError where it holds none, or the demo's."""
    refuse_demo(connection)
    found = connection.execute(text("SELECT code, name FROM area WHERE level = 'kota' ORDER BY code LIMIT 1")).first()
    if found is None:
        raise refusal("no_city")
    return City(found.code, found.name)


def city_for(connection: Connection, codes_in_file: list[str], code: str | None, name: str | None) -> City:
    """Return the city that a file of areas is for: the database's, or a new one under the code and name given."""
    refuse_demo(connection)
    found = connection.execute(text("SELECT code, name FROM area WHERE level = 'kota' ORDER BY code LIMIT 1")).first()
    if found is not None:
        if code and code.strip() != found.code:
            raise refusal("city_differs", city=f"{found.code} {found.name}", found=code)
        return City(found.code, (name or "").strip() or found.name)
    wanted = (code or "").strip() or (codes_in_file[0] if len(codes_in_file) == 1 else "")
    if not _CITY_CODE.fullmatch(wanted):
        raise refusal("city_code", found=code or "a blank", codes=", ".join(codes_in_file[:8]) or "none")
    if not (name or "").strip():
        raise refusal("city_name", found=wanted)
    return City(wanted, (name or "").strip(), is_new=True)


def write_city(connection: Connection, city: City, by: str) -> None:
    """Write the city's own area and mark the database as holding real data."""
    connection.execute(
        text(
            "INSERT INTO area (code, level, name) VALUES (:code, 'kota', :name)"
            " ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE area.name <> excluded.name"
        ),
        {"code": city.code, "name": city.name},
    )
    connection.execute(
        text(
            "INSERT INTO setting (code, value, changed_by) VALUES ('city', jsonb_build_object('city_code',"
            " CAST(:code AS text), 'name', CAST(:name AS text), 'is_demo', false), :by) ON CONFLICT (code) DO UPDATE"
            " SET value = excluded.value, changed_by = excluded.changed_by, changed_at = now()"
            " WHERE setting.value <> excluded.value"
        ),
        {"code": city.code, "name": city.name, "by": by or None},
    )
