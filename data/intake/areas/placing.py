"""Where a row of a table of places belongs: an RW by its code, or by kelurahan and number; a crosswalk for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.errors import UnusableInputError
from data.intake.areas import codes
from data.intake.areas.refusals import listed, refusal
from data.intake.areas.sheet import KECAMATAN, KELURAHAN, KELURAHAN_CODE, RW, RW_CODE, Row
from data.intake.columns import plain
from data.intake.places import Places, UnknownPlace, remember_alias
from data.intake.values import rw_numbers

PLACE_COLUMNS = {
    "rw_code": RW_CODE,
    "kelurahan_code": KELURAHAN_CODE,
    "kelurahan": KELURAHAN,
    "kecamatan": KECAMATAN,
    "rw": RW,
}


@dataclass(frozen=True)
class Fault:
    """A row that cannot be used: its number in the file, why, and the place as written.

    `unknown` is the kelurahan that the row names and the city does not have, as the crosswalk would remember it.
    """

    row: int
    reason: str
    told: str = ""
    unknown: UnknownPlace | None = None

    def __str__(self) -> str:
        return f"row {self.row} {FAULTS[self.reason]}{f' ({self.told})' if self.told else ''}"


FAULTS = {
    "kelurahan_unknown": "names a kelurahan that is not here",
    "rw_invalid": "has no RW number",
    "rw_unknown": "names an RW that is not here",
    "repeated": "repeats an earlier row; leave one out, or give each its code",
    "area_unknown": "names an area that is not here",
    "source_unknown": "has a source that is none of dukcapil, bps, posyandu, other",
    "children_invalid": "has no whole number of children",
    "citation_missing": "does not say where its figure comes from",
    "number_invalid": "has a coordinate that is no number",
    "half_a_point": "has half a point",
    "point_elsewhere": "has a point outside Indonesia",
    "puskesmas_unknown": "names a puskesmas that is not here",
    "day_invalid": "has a day that cannot be read",
    "kind_unknown": "has an unknown kind",
    "name_missing": "has no name",
}


def kelurahan_code(places: Places, row: Row) -> str | None:
    """Return the code of the kelurahan that a row speaks of, by code or by name, or None."""
    for column in ("kelurahan_code", "kelurahan"):
        code = codes.kemendagri(row[column], "kelurahan") if row[column] else None
        if code and places.has_kelurahan(code):
            return code
    return places.kelurahan_named(row["kecamatan"], row["kelurahan"] or row["kelurahan_code"])


def rw_code(places: Places, row: Row) -> str | Fault:
    """Return the code of the RW that a row speaks of, whether the city has it or not; or what is wrong with the row."""
    if row["rw_code"]:
        code = codes.kemendagri(row["rw_code"], "rw")
        if code is None:
            return Fault(row.number, "rw_invalid", row["rw_code"])
        if not places.has_kelurahan(code.rpartition(".")[0]):
            return Fault(row.number, "kelurahan_unknown", row["rw_code"])
        return code
    kelurahan = kelurahan_code(places, row)
    if not kelurahan:
        return no_kelurahan(places, row)
    number = int(rw_numbers([row["rw"]])[0])
    if number > 0:
        return f"{kelurahan}.{number:03d}"
    alias = places.aliases.get(("rw", kelurahan, plain(row["rw"])))
    return alias or Fault(row.number, "rw_invalid", row["rw"])


def no_kelurahan(places: Places, row: Row) -> Fault:
    """Return the fault of a row whose kelurahan the city does not have."""
    named = row["kelurahan"] or row["kelurahan_code"]
    written = " / ".join(part for part in (row["kecamatan"], named) if part)
    kecamatan = places.kecamatan_named(row["kecamatan"])
    unknown = None
    if kecamatan is not None and plain(named):
        unknown = UnknownPlace("kelurahan", kecamatan, plain(named), row["kecamatan"], named, "")
    elif kecamatan is None:
        unknown = UnknownPlace("kecamatan", "", plain(row["kecamatan"]), row["kecamatan"], "", "")
    return Fault(row.number, "kelurahan_unknown", written, unknown)


def unknown_names(faults: Sequence[Fault]) -> UnusableInputError:
    """Return the error for a file whose areas bear names that the city lacks; its context's `unknown` has them all."""
    error = refusal("unknown_names", found=len(faults), names=listed(sorted({fault.told for fault in faults}), 8))
    error.context["unknown"] = tuple(fault.unknown for fault in faults if fault.unknown is not None)
    return error


def refuse_faults(faults: Sequence[Fault]) -> None:
    """Raise UnusableInputError when there is a row that cannot be used, naming the first ones."""
    if faults:
        raise refusal("table_rows", found=len(faults), rows=listed([str(fault) for fault in faults], 8))


def remember(connection: Connection, aliases: Sequence[str], by: str) -> None:
    """Remember crosswalks given as SPELLING=CODE: how files spell a kelurahan or kecamatan of the city."""
    for told in aliases:
        spelling, _, written = told.partition("=")
        code, level = next(
            ((found, level) for level in ("kelurahan", "kecamatan") if (found := codes.kemendagri(written, level))),
            ("", ""),
        )
        if not code or not plain(spelling):
            raise refusal("alias", found=told)
        within = [code.rpartition(".")[0], ""] if level == "kelurahan" else [""]
        for area in within:
            place = UnknownPlace(level, area, plain(spelling), "", spelling, "")
            remember_alias(connection, place, code, by)
