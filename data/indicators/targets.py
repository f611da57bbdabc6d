"""Targets: set, replaced and withdrawn by planners. A row is ended and a new one written, so that every value that ever
held stays readable with who set it and who ended it."""

import math
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from data.audit import log
from data.errors import UnusableInputError
from data.indicators.series import series_by_indicator
from data.indicators.texts import kept_text
from data.schema import TARGET_PATHS

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_DECREE = 200
_KEY = ("area_code", "indicator_code", "series", "year", "decree")


@dataclass(frozen=True)
class Target:
    """What should be reached by the end of a year: area × indicator × series × year × value × decree.

    `path` is the way there from the year before: stepped or straight (`data.indicators.path`).
    """

    area_code: str
    indicator_code: str
    series: str
    year: int
    value: float
    decree: str
    path: str = "stepped"
    citation: str = ""
    note: str = ""


def set_target(connection: Connection, wanted: Target, set_by: str) -> int:
    """Set a target and return its number; one of the same area, indicator, series, year and decree is replaced.

    Raises UnusableInputError (`reason` in the context) for an area or indicator that is not known, a series that the
    indicator does not have, a value that cannot be, and a target that already holds just so.
    """
    checked, name = _checked(connection, wanted)
    held = _holding(connection, checked)
    if held is not None:
        _refuse_same(held, checked)
        _end(connection, held.id, set_by, None)
    return _write(connection, checked, name, set_by, held)


def replace_target(connection: Connection, number: int, wanted: Target, set_by: str) -> int:
    """Put another target in the place of one that holds, also of another year or decree; return its number."""
    checked, name = _checked(connection, wanted)
    held = _row(connection, number)
    if held is None or held.replaced_at is not None:
        raise _gone(number)
    _refuse_same(held, checked)
    clash = _holding(connection, checked)
    if clash is not None and clash.id != number:
        raise UnusableInputError(
            f"target {clash.id} already holds for {checked.area_code} in {checked.year} by {checked.decree}; "
            "change that one instead.",
            reason="target_exists",
            year=checked.year,
            decree=checked.decree,
        )
    _end(connection, number, set_by, None)
    return _write(connection, checked, name, set_by, held)


def withdraw_target(connection: Connection, number: int, why: str, withdrawn_by: str) -> None:
    """End a target without another in its place; it stays readable with the reason."""
    told = kept_text(why)
    _end(connection, number, withdrawn_by, told)
    log(connection, "target withdrawn", target=number, why=told)


def restore_target(connection: Connection, number: int, set_by: str) -> int:
    """Let an ended target hold again, as a new row; what holds in its place now is replaced. Return its number."""
    ended = _row(connection, number)
    if ended is None:
        raise _gone(number)
    if ended.replaced_at is None:
        raise UnusableInputError(f"target {number} holds already.", reason="target_same")
    return set_target(connection, _as_target(ended), set_by)


def _checked(connection: Connection, wanted: Target) -> tuple[Target, str]:
    """Return the target as it is kept, and its area's name."""
    area = connection.scalar(
        text("SELECT name FROM area WHERE code = :code AND valid_to IS NULL"), {"code": wanted.area_code}
    )
    if area is None:
        raise UnusableInputError(f"there is no area {wanted.area_code} in this city.", reason="area_unknown")
    unit = connection.scalar(text("SELECT unit FROM indicator WHERE code = :code"), {"code": wanted.indicator_code})
    if unit is None:
        raise UnusableInputError(f"there is no indicator {wanted.indicator_code}.", reason="indicator_unknown")
    series = series_by_indicator(connection)[wanted.indicator_code]
    if wanted.series not in series:
        known = ", ".join(series) or "none"
        raise UnusableInputError(
            f"{wanted.indicator_code} has no figures of the series {wanted.series}; a target of another basis would "
            f"never be comparable. Its series: {known}.",
            reason="series_unknown",
            series=wanted.series,
            known=known,
        )
    if not FIRST_YEAR <= wanted.year <= LAST_YEAR:
        raise UnusableInputError(
            f"{wanted.year} is no year for a target; give {FIRST_YEAR} to {LAST_YEAR}.", reason="year_impossible"
        )
    if not _is_possible(wanted.value, unit):
        raise UnusableInputError(
            f"{wanted.value:g} is no value for {wanted.indicator_code} in {unit}.", reason="value_impossible", unit=unit
        )
    if wanted.path not in TARGET_PATHS:
        raise UnusableInputError(
            f"{wanted.path!r} is no way to a target; give one of {', '.join(TARGET_PATHS)}.", reason="path_unknown"
        )
    decree = kept_text(wanted.decree, LONGEST_DECREE, "decree")
    citation = kept_text(wanted.citation or decree)
    note = kept_text(wanted.note) if wanted.note.strip() else ""
    kept = Target(
        wanted.area_code,
        wanted.indicator_code,
        wanted.series,
        wanted.year,
        float(wanted.value),
        decree,
        wanted.path,
        citation,
        note,
    )
    return kept, str(area)


def _is_possible(value: float, unit: str) -> bool:
    if not math.isfinite(value) or value < 0:
        return False
    return value <= 100 if unit == "percent" else value == int(value) if unit == "children" else True


def _row(connection: Connection, number: int) -> Row[Any] | None:
    """Return a target's row and hold it, so that two people cannot end it at the same moment."""
    return connection.execute(text("SELECT * FROM target WHERE id = :id FOR UPDATE"), {"id": number}).first()


def _holding(connection: Connection, wanted: Target) -> Row[Any] | None:
    key = " AND ".join(f"{name} = :{name}" for name in _KEY)
    return connection.execute(
        text(f"SELECT * FROM target WHERE {key} AND replaced_at IS NULL FOR UPDATE"),  # noqa: S608 - own column names
        {name: getattr(wanted, name) for name in _KEY},
    ).first()


def _refuse_same(held: Row[Any], wanted: Target) -> None:
    if _as_target(held) == wanted:
        raise UnusableInputError(f"target {held.id} holds just so already.", reason="target_same")


def _as_target(row: Row[Any]) -> Target:
    return Target(
        row.area_code, row.indicator_code, row.series, row.year, row.value, row.decree, row.path, row.citation,
        row.note or "",
    )  # fmt: skip


def _end(connection: Connection, number: int, ended_by: str, why: str | None) -> None:
    ended = connection.execute(
        text(
            "UPDATE target SET replaced_at = clock_timestamp(), ended_by = :by, ended_why = :why"
            " WHERE id = :id AND replaced_at IS NULL"
        ),
        {"id": number, "by": ended_by, "why": why},
    )
    if not ended.rowcount:
        raise _gone(number)


def _write(connection: Connection, wanted: Target, area_name: str, set_by: str, held: Row[Any] | None) -> int:
    number = connection.scalar(
        text(
            "INSERT INTO target (area_code, area_name, indicator_code, series, year, value, decree, citation, note,"
            " path, set_by, written_at) VALUES (:area_code, :area_name, :indicator_code, :series, :year, :value,"
            " :decree, :citation, :note, :path, :set_by, clock_timestamp()) RETURNING id"
        ),
        {**asdict(wanted), "note": wanted.note or None, "area_name": area_name, "set_by": set_by},
    )
    log(
        connection,
        "target replaced" if held is not None else "target set",
        target=number,
        before=None if held is None else {"target": held.id, "year": held.year, "value": held.value},
        after={"area": wanted.area_code, "indicator": wanted.indicator_code, "series": wanted.series}
        | {"year": wanted.year, "value": wanted.value, "path": wanted.path},
    )
    return int(number or 0)


def _gone(number: int) -> UnusableInputError:
    return UnusableInputError(f"target {number} was replaced or withdrawn, or never set.", reason="target_gone")
