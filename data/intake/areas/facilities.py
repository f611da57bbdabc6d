"""A table of facilities: kind, name, point, and what is known of them. Preview and load.

A facility is known by its code; without one, by its kind and the letters of its name, which then make its code. What
a table does not say of one stays as it is, and with `is_complete` those of its kinds that it lacks are closed.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, text

from data.audit import log
from data.intake.areas.city import City, known_city, lock_places
from data.intake.areas.load import IMPORTED, NEW, UNCHANGED
from data.intake.areas.placing import PLACE_COLUMNS, Fault, kelurahan_code, refuse_faults
from data.intake.areas.points import read_point
from data.intake.areas.refusals import refusal
from data.intake.areas.sheet import LAT, LON, Row, read_sheet
from data.intake.columns import plain
from data.intake.places import Places, read_places
from data.schema import FACILITY_KINDS
from geo.local_map import local_map

KIND_WORDS = {
    "puskesmas": ("puskesmas", "pukesmas", "pkm"),
    "pustu": ("pustu", "puskesmaspembantu"),
    "posyandu": ("posyandu",),
    "klinik": ("klinik", "klinikpratama", "klinikutama"),
    "rumah_sakit": ("rumahsakit", "rs", "rsu", "rsud", "rsia"),
}
COLUMNS = {
    "code": ("kode", "code", "kodefasilitas", "kodefaskes", "listcode", "kodepuskesmas"),
    "kind": ("jenis", "kind", "jenisfasilitas", "tipe"),
    "name": ("nama", "name", "namafasilitas", "namafaskes", "puskesmas", "namapuskesmas", "fasilitas"),
    "lat": LAT,
    "lon": LON,
    "is_partner": ("mitra", "partner", "ispartner"),
    "is_government": ("pemerintah", "isgovernment", "milikpemerintah"),
    "capacity_per_month": ("kapasitasperbulan", "kapasitas", "capacitypermonth"),
    "services": ("layanan", "services"),
    "opening_hours": ("jambuka", "openinghours"),
    "source": ("sumber", "source"),
    **{name: headers for name, headers in PLACE_COLUMNS.items() if name != "rw_code"},
}
FAR_KM = 30.0
"""A facility farther than this from the city is reported: more likely a slip of the pen than a place people go to."""

_YES, _NO = ("ya", "y", "yes", "true", "1", "benar"), ("tidak", "t", "no", "n", "false", "0", "bukan")
_FILLED = (
    "code", "kind", "name", "area_code", "lat", "lon", "point_source", "is_government", "is_partner",
    "capacity_per_month", "services", "opening_hours", "source",
)  # fmt: skip
_COMPARED = tuple(name for name in _FILLED if name not in ("code", "point_source"))


@dataclass(frozen=True)
class FacilityPreview:
    """What a table would do; names of facilities by what was found about their points.

    `turned` had a swapped point, `set_aside` are the rows that cannot be used. `wanted` has a row per facility, with
    `row_number`.
    """

    label: str
    status: str
    city: City
    rows: int
    kinds: dict[str, int]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    closed: tuple[str, ...]
    without_point: tuple[str, ...]
    far: tuple[str, ...]
    other_kelurahan: tuple[str, ...]
    turned: tuple[str, ...]
    set_aside: tuple[Fault, ...]
    wanted: pd.DataFrame = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the control totals as JSON's types, in the order in which they are printed."""
        return {
            "city": self.city.code,
            "rows": self.rows,
            "kinds": self.kinds,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "closed": list(self.closed),
            "without_point": list(self.without_point),
            "points_turned": list(self.turned),
            "far_from_the_city": list(self.far),
            "point_in_another_kelurahan": list(self.other_kelurahan),
            "rows_set_aside": [str(fault) for fault in self.set_aside],
        }


@dataclass(frozen=True)
class FacilityOutcome:
    """What a load did: `status` is imported or unchanged, or new after a dry run."""

    status: str
    preview: FacilityPreview


def foresee(
    connection: Connection,
    content: bytes,
    label: str,
    *,
    kind: str | None = None,
    is_complete: bool = False,
    is_setting_aside: bool = False,
) -> FacilityPreview:
    """Check a table and foresee what its load would do; `kind` is that of rows that do not say theirs.

    Raises UnusableInputError when a row cannot be used (an unknown kind, no name, senseless coordinates), unless such
    rows are set aside; then nothing is closed, for the table is not whole.
    """
    city = known_city(connection)
    rows, columns = read_sheet(content, COLUMNS, [("name",)])
    if kind is None and "kind" not in columns:
        raise refusal("facility_kind")
    held = pd.DataFrame(
        connection.execute(text(f"SELECT {', '.join(_FILLED)}, valid_to FROM facility")).all(),  # noqa: S608 - our own names
        columns=[*_FILLED, "valid_to"],
    )
    wanted, turned, faults = _checked(rows, read_places(connection), held, kind)
    if not is_setting_aside or wanted.empty:
        refuse_faults(faults)
    wanted, other = _placed(connection, wanted)
    by_code = held.set_index("code")
    new = [code for code in wanted["code"] if code not in by_code.index]
    changed = [
        row["code"]
        for row in wanted.to_dict("records")
        if row["code"] in by_code.index and _differs(by_code.loc[row["code"]], row)
    ]
    is_open = held["valid_to"].isna()
    gone = held[is_open & held["kind"].isin(set(wanted["kind"])) & ~held["code"].isin(wanted["code"])]
    closed = tuple(sorted(gone["code"])) if is_complete and not faults else ()
    return FacilityPreview(
        label=label,
        status=NEW if new or changed or closed else UNCHANGED,
        city=city,
        rows=len(rows),
        kinds={str(name): int(count) for name, count in wanted["kind"].value_counts().sort_index().items()},
        new=tuple(new),
        changed=tuple(changed),
        unchanged=len(wanted) - len(new) - len(changed),
        closed=closed,
        without_point=tuple(wanted.loc[wanted["lat"].isna(), "name"]),
        far=tuple(_far(connection, wanted)),
        other_kelurahan=tuple(other),
        turned=tuple(turned),
        set_aside=tuple(faults),
        wanted=wanted,
    )


def commit(
    connection: Connection,
    content: bytes,
    label: str,
    *,
    kind: str | None = None,
    is_complete: bool = False,
    is_setting_aside: bool = False,
    as_of: datetime.date | None = None,
) -> FacilityOutcome:
    """Take a table in within the caller's transaction."""
    lock_places(connection)
    seen = foresee(connection, content, label, kind=kind, is_complete=is_complete, is_setting_aside=is_setting_aside)
    today = datetime.date.today()  # noqa: DTZ011 - the day as people here count it
    if as_of is not None and as_of > today:
        raise refusal("as_of", found=as_of)
    if seen.status == UNCHANGED:
        return FacilityOutcome(UNCHANGED, seen)
    touched = {*seen.new, *seen.changed}
    rows = [row for row in seen.wanted.to_dict("records") if row["code"] in touched]
    if rows:
        connection.execute(_UPSERT, [{name: _plain_value(row[name]) for name in _FILLED} for row in rows])
    connection.execute(
        text("UPDATE facility SET valid_to = :day WHERE code = ANY(:codes)"),
        {"codes": list(seen.closed), "day": (as_of or today) - datetime.timedelta(days=1)},
    )
    log(
        connection,
        "facilities loaded",
        new=len(seen.new),
        changed=len(seen.changed),
        closed=list(seen.closed),
        kinds=seen.kinds,
        set_aside=len(seen.set_aside),
    )
    return FacilityOutcome(IMPORTED, seen)


_UPSERT = text(
    f"INSERT INTO facility ({', '.join(_FILLED)}) VALUES (:code, :kind, :name, :area_code, :lat, :lon, :point_source,"  # noqa: S608 - our own names
    " :is_government, coalesce(:is_partner, false), :capacity_per_month, :services, :opening_hours, :source)"
    " ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name, valid_to = NULL,"
    " is_partner = coalesce(:is_partner, facility.is_partner), "
    + ", ".join(
        f"{name} = coalesce(excluded.{name}, facility.{name})"
        for name in (*_COMPARED, "point_source")
        if name not in ("kind", "name", "is_partner")
    )
)


def kind_of(written: str) -> str | None:
    """Return the code of a kind as people write it, or None."""
    told = plain(written)
    return next((kind for kind, words in KIND_WORDS.items() if told in words or told == plain(kind)), None)


def _checked(
    rows: Sequence[Row], places: Places, held: pd.DataFrame, kind: str | None
) -> tuple[pd.DataFrame, list[str], list[Fault]]:
    """Return the facilities, the names of those whose point was swapped, and the rows that cannot be used."""
    by_name = {
        (kind, bare_name(name, kind)): code
        for kind, name, code in zip(held["kind"], held["name"], held["code"], strict=True)
    }
    faults: list[Fault] = []
    turned: list[str] = []
    found: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for row in rows:
        its_kind = kind_of(row["kind"]) if row["kind"] else kind
        if its_kind is None or its_kind not in FACILITY_KINDS:
            faults.append(Fault(row.number, "kind_unknown", row["kind"]))
            continue
        if not row["name"]:
            faults.append(Fault(row.number, "name_missing"))
            continue
        key = (its_kind, bare_name(row["name"], its_kind))
        code: str = row["code"] or by_name.get(key) or f"{its_kind.upper().replace('_', '-')}-{key[1]}"
        if code in seen:
            faults.append(Fault(row.number, "repeated", f"{row['name']}, row {seen[code]}"))
            continue
        point = read_point(row)
        if isinstance(point, Fault):
            faults.append(point)
            continue
        seen[code] = row.number
        name = _full_name(row["name"], its_kind)
        if point is not None and point.is_turned:
            turned.append(name)
        capacity = row["capacity_per_month"]
        found.append(
            {
                "code": code,
                "kind": its_kind,
                "name": name,
                "area_code": kelurahan_code(places, row),
                "lat": point.lat if point else None,
                "lon": point.lon if point else None,
                "point_source": (row["source"] or "table") if point else None,
                "is_government": _yes_or_no(row["is_government"]),
                "is_partner": _yes_or_no(row["is_partner"]),
                "capacity_per_month": int(capacity) if capacity.isdigit() else None,
                "services": row["services"] or None,
                "opening_hours": row["opening_hours"] or None,
                "source": row["source"] or None,
                "row_number": row.number,
            }
        )
    columns = [*_FILLED, "row_number"]
    return pd.DataFrame(found, columns=columns).astype({"lat": float, "lon": float}), turned, faults


def bare_name(name: str, kind: str) -> str:
    """Return a name's letters and digits without the word of its kind."""
    told = plain(name)
    for word in sorted(KIND_WORDS[kind], key=len, reverse=True):
        if told.startswith(word) and len(told) > len(word):
            return told[len(word) :]
    return told


def _full_name(name: str, kind: str) -> str:
    """Return a puskesmas's or pustu's name with its kind's word; other kinds are called in many ways."""
    words = {"puskesmas": "Puskesmas", "pustu": "Pustu", "posyandu": "Posyandu"}
    if name.isupper():
        name = " ".join(word.capitalize() for word in name.split())
    if kind in words and plain(name) == bare_name(name, kind):
        return f"{words[kind]} {name}"
    return name


def _yes_or_no(told: str) -> bool | None:
    if plain(told) in _YES:
        return True
    return False if plain(told) in _NO else None


def _placed(connection: Connection, wanted: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Give facilities their kelurahan by their point where the table names none; tell those where the two differ."""
    held = connection.execute(
        text("SELECT code, geometry FROM area WHERE level = 'kelurahan' AND geometry IS NOT NULL AND valid_to IS NULL")
    ).all()
    if not held or wanted.empty:
        return wanted, []
    codes = np.array([row.code for row in held], dtype=object)
    tree = shapely.STRtree(shapely.from_wkb(np.array([row.geometry for row in held], dtype=object)))
    has_point = wanted["lat"].notna().to_numpy()
    points = shapely.points(wanted.loc[has_point, ["lon", "lat"]].to_numpy())
    at, found = tree.query(points, predicate="intersects")
    by_point = pd.Series(None, index=wanted.index, dtype=object)
    by_point.loc[wanted.index[has_point][at]] = codes[found]
    stated = wanted["area_code"]
    differs = stated.notna() & has_point & (by_point != stated)
    return wanted.assign(area_code=stated.where(stated.notna(), by_point)), wanted.loc[differs, "name"].tolist()


def _far(connection: Connection, wanted: pd.DataFrame) -> list[str]:
    city = connection.scalars(text("SELECT geometry FROM area WHERE level = 'kota' AND geometry IS NOT NULL")).first()
    placed = wanted[wanted["lat"].notna()]
    if city is None or placed.empty:
        return []
    shape = np.array([shapely.from_wkb(city)], dtype=object)
    ground = local_map(shape)
    points = ground.to_metres(shapely.points(placed[["lon", "lat"]].to_numpy()))
    away = shapely.distance(ground.to_metres(shape)[0], points) > FAR_KM * 1000
    return placed.loc[away, "name"].tolist()


def _differs(before: Mapping[Any, Any], now: Mapping[Any, Any]) -> bool:
    if not pd.isna(before["valid_to"]):
        return True
    return any(not pd.isna(now[name]) and now[name] != before[name] for name in _COMPARED)


def _plain_value(value: Any) -> Any:
    return None if pd.isna(value) else value
