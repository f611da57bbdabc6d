"""A table of wilayah kerja: which puskesmas serves which RW, from which day. Preview and load.

An RW that changes hands keeps its earlier puskesmas until the day before. RWs that a table does not name stay as they
are, and so does an RW's puskesmas that has not changed. An RW that has ended stays with its last puskesmas, which reads
its months; one that never had any can be given to one.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from data.audit import log
from data.intake.areas.city import BEGINNING, City, known_city, lock_places
from data.intake.areas.facilities import bare_name
from data.intake.areas.load import IMPORTED, NEW, UNCHANGED
from data.intake.areas.placing import PLACE_COLUMNS, Fault, kelurahan_code, no_kelurahan, refuse_faults, rw_code
from data.intake.areas.refusals import refusal
from data.intake.areas.sheet import Row, read_sheet
from data.intake.places import read_places
from data.intake.values import day

COLUMNS = PLACE_COLUMNS | {
    "puskesmas": ("puskesmas", "namapuskesmas", "kodepuskesmas", "puskesmascode", "facilitycode"),
    "since": ("sejak", "mulai", "berlakumulai", "validfrom", "since", "tanggal"),
}


@dataclass(frozen=True)
class ServicePreview:
    """What a table would do; `new` had no puskesmas, `moved` another one; `lacking` are RWs that then have none.

    `set_aside` are the rows that cannot be used; `wanted` has each RW's puskesmas and first day.
    """

    label: str
    status: str
    city: City
    rows: int
    new: tuple[str, ...]
    moved: tuple[str, ...]
    unchanged: int
    lacking: int
    set_aside: tuple[Fault, ...]
    wanted: dict[str, tuple[str, datetime.date | None]] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the control totals as JSON's types, in the order in which they are printed."""
        return {
            "city": self.city.code,
            "rows": self.rows,
            "new": len(self.new),
            "moved": len(self.moved),
            "unchanged": self.unchanged,
            "rw_without_puskesmas_after": self.lacking,
            "rows_set_aside": [str(fault) for fault in self.set_aside],
        }


@dataclass(frozen=True)
class ServiceOutcome:
    """What a load did: `status` is imported or unchanged, or new after a dry run."""

    status: str
    preview: ServicePreview


def foresee(connection: Connection, content: bytes, label: str, *, is_setting_aside: bool = False) -> ServicePreview:
    """Check a table and foresee what its load would do.

    A row without RW speaks of all RWs of its kelurahan. Raises UnusableInputError when a row cannot be used, unless
    such rows are set aside.
    """
    city = known_city(connection)
    rows, columns = read_sheet(content, COLUMNS, [("rw_code", "kelurahan_code", "kelurahan"), ("puskesmas",)])
    places = read_places(connection)
    today = set(connection.scalars(text("SELECT code FROM area WHERE level = 'rw' AND valid_to IS NULL")))
    rws = today | _ended_unserved(connection)
    known = _puskesmas(connection)
    faults: list[Fault] = []
    wanted: dict[str, tuple[str, datetime.date | None]] = {}
    is_by_rw = bool(columns & {"rw", "rw_code"})
    for row in rows:
        told = _told(row, known)
        if isinstance(told, Fault):
            faults.append(told)
            continue
        codes: list[str] = []
        if is_by_rw and (row["rw"] or row["rw_code"]):
            code = rw_code(places, row)
            if isinstance(code, Fault):
                faults.append(code)
            elif code not in rws:
                faults.append(Fault(row.number, "rw_unknown", code))
            else:
                codes = [code]
        elif kelurahan := kelurahan_code(places, row):
            codes = [code for code in sorted(rws) if code.startswith(f"{kelurahan}.")]
        else:
            faults.append(no_kelurahan(places, row))
        again = [code for code in codes if wanted.setdefault(code, told)[0] != told[0]]
        faults += [Fault(row.number, "repeated", code) for code in again]
    if not is_setting_aside or not wanted:
        refuse_faults(faults)
    held: dict[str, str] = {
        row.rw_code: row.facility_code
        for row in connection.execute(text("SELECT rw_code, facility_code FROM service_area WHERE valid_to IS NULL"))
    }
    new = tuple(sorted(code for code in wanted if code not in held))
    moved = tuple(sorted(code for code, (puskesmas, _) in wanted.items() if held.get(code, puskesmas) != puskesmas))
    return ServicePreview(
        label=label,
        status=NEW if new or moved else UNCHANGED,
        city=city,
        rows=len(rows),
        new=new,
        moved=moved,
        unchanged=len(wanted) - len(new) - len(moved),
        lacking=len(today - set(held) - set(wanted)),
        set_aside=tuple(faults),
        wanted=wanted,
    )


def commit(
    connection: Connection,
    content: bytes,
    label: str,
    *,
    as_of: datetime.date | None = None,
    is_setting_aside: bool = False,
) -> ServiceOutcome:
    """Take a table in within the caller's transaction; `as_of` is the day of changes whose row gives none."""
    lock_places(connection)
    seen = foresee(connection, content, label, is_setting_aside=is_setting_aside)
    if seen.status == UNCHANGED:
        return ServiceOutcome(UNCHANGED, seen)
    today = datetime.date.today()  # noqa: DTZ011 - the day as people here count it
    days = {code: since or as_of or today for code, (_, since) in seen.wanted.items()}
    late = [code for code in (*seen.new, *seen.moved) if days[code] > today]
    if late:
        raise refusal("as_of", found=days[late[0]])
    for code in seen.moved:
        # The day before, or in place where it began no earlier: then it was never true.
        connection.execute(
            text("DELETE FROM service_area WHERE rw_code = :rw AND valid_to IS NULL AND valid_from >= :day"),
            {"rw": code, "day": days[code]},
        )
        connection.execute(
            text("UPDATE service_area SET valid_to = :day WHERE rw_code = :rw AND valid_to IS NULL"),
            {"rw": code, "day": days[code] - datetime.timedelta(days=1)},
        )
    rows = [
        {
            "rw": code,
            "puskesmas": seen.wanted[code][0],
            "since": days[code] if code in seen.moved else seen.wanted[code][1] or as_of or BEGINNING,
        }
        for code in (*seen.new, *seen.moved)
    ]
    connection.execute(
        text(
            "INSERT INTO service_area (rw_code, facility_code, valid_from) VALUES (:rw, :puskesmas, :since)"
            " ON CONFLICT (rw_code, valid_from) DO UPDATE SET facility_code = excluded.facility_code, valid_to = NULL"
        ),
        rows,
    )
    log(connection, "service areas loaded", new=len(seen.new), moved=list(seen.moved), set_aside=len(seen.set_aside))
    return ServiceOutcome(IMPORTED, seen)


def _ended_unserved(connection: Connection) -> set[str]:
    return set(
        connection.scalars(
            text(
                "SELECT code FROM area WHERE level = 'rw' AND valid_to IS NOT NULL"
                " AND NOT EXISTS (SELECT FROM service_area s WHERE s.rw_code = area.code)"
            )
        )
    )


def _puskesmas(connection: Connection) -> dict[str, str]:
    found = connection.execute(
        text("SELECT code, name FROM facility WHERE kind = 'puskesmas' AND valid_to IS NULL ORDER BY code")
    ).all()
    return {bare_name(row.name, "puskesmas"): row.code for row in found} | {row.code.lower(): row.code for row in found}


def _told(row: Row, known: dict[str, str]) -> tuple[str, datetime.date | None] | Fault:
    """Return the puskesmas and the day of a row, or what is wrong with it."""
    puskesmas = known.get(row["puskesmas"].lower()) or known.get(bare_name(row["puskesmas"], "puskesmas"))
    if puskesmas is None:
        return Fault(row.number, "puskesmas_unknown", row["puskesmas"])
    since = day(row["since"]) if row["since"] else None
    if row["since"] and since is None:
        return Fault(row.number, "day_invalid", row["since"])
    return puskesmas, since
