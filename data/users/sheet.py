"""People by the sheet: a CSV with a row for each person, taken in whole or not at all."""

import csv
import io

from sqlalchemy import Connection

from data.audit import log
from data.errors import UnusableInputError
from data.users.acts import add_user, change_user, disable_user, enable_user
from data.users.people import AppUser, list_users, normal_subject

COLUMNS = ("subject", "role", "area_code", "facility_code", "unit", "is_active")
MOST_ROWS = 5000
"""A city has some hundred people here; a longer sheet is another file."""

_YES, _NO = frozenset({"1", "yes", "ya", "true"}), frozenset({"0", "no", "tidak", "false"})


def import_users(connection: Connection, content: bytes) -> dict[str, int]:
    """Add the people of a sheet and change those known; return how many were added, changed and unchanged.

    Columns: subject (e-mail, or issuer#subject) and role, and where the role has one area_code, facility_code or unit;
    is_active may say yes or no (blank: as it is). Commas or semicolons. People who are not in the sheet stay as they
    are. Raises UnusableInputError with every fault (context `faults`: line and sentence), and then nothing is kept.
    """
    known = {user.subject: user for user in list_users(connection)}
    done = {"added": 0, "changed": 0, "unchanged": 0}
    faults: list[tuple[int, str]] = []
    seen: dict[str, int] = {}
    with connection.begin_nested() as savepoint:
        for line, row in _rows(content):
            try:
                subject = normal_subject(row["subject"])
                if subject in seen:
                    raise UnusableInputError(f"{subject} stands in line {seen[subject]} already.", reason="user_twice")
                seen[subject] = line
                done[_take_in(connection, subject, row, known.get(subject))] += 1
            except UnusableInputError as error:
                faults.append((line, str(error)))
        if faults:
            savepoint.rollback()
    if faults:
        named = " ".join(f"Line {line}: {told}" for line, told in faults[:10])
        more = f" And {len(faults) - 10} more." if len(faults) > 10 else ""
        raise UnusableInputError(
            f"{len(faults)} row(s) cannot be used, and nobody was taken in. {named}{more}",
            reason="users_unusable",
            faults=faults,
        )
    log(connection, "users imported", **done)
    return done


def _take_in(connection: Connection, subject: str, row: dict[str, str], before: AppUser | None) -> str:
    belongs = {name: row[name] for name in ("role", "area_code", "facility_code", "unit")}
    is_active = _is_active(row["is_active"], otherwise=before is None or before.is_active)
    if before is None:
        add_user(connection, subject, **belongs)
        if not is_active:
            disable_user(connection, subject)
        return "added"
    was = {name: getattr(before, name) for name in belongs}
    if was != belongs:
        change_user(connection, subject, **belongs)
    if before.is_active != is_active:
        (enable_user if is_active else disable_user)(connection, subject)
    return "unchanged" if was == belongs and before.is_active == is_active else "changed"


def _is_active(written: str, otherwise: bool) -> bool:
    told = written.lower()
    if not told:
        return otherwise
    if told not in _YES | _NO:
        raise UnusableInputError(f"is_active says {written[:20]!r}; write yes or no.", reason="is_active_invalid")
    return told in _YES


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return the sheet's rows with the line that each begins in, blanks as empty texts."""
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInputError("the file is no UTF-8 text; save it as CSV (UTF-8).", reason="not_text") from error
    first = written.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(written, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        missing = [name for name in ("subject", "role") if name not in names]
        unknown = [name for name in names if name not in COLUMNS]
        if missing or unknown or len(set(names)) < len(names):
            told = f"lacks {', '.join(missing)}" if missing else f"has the column {(unknown or names)[0][:30]!r}"
            raise UnusableInputError(
                f"the file's first line {told}; the columns are {', '.join(COLUMNS)}.", reason="columns_wrong"
            )
        reader.fieldnames = names
        rows: list[tuple[int, dict[str, str]]] = []
        for row in reader:
            if None in row or any(value is None for value in row.values()):
                raise UnusableInputError(
                    f"line {reader.line_num} has another number of columns than the first.", reason="columns_uneven"
                )
            cells = {name: row.get(name, "").strip() for name in COLUMNS}
            if any(cells.values()):
                rows.append((reader.line_num, cells))
            if len(rows) > MOST_ROWS:
                raise UnusableInputError(f"the file has over {MOST_ROWS} rows.", reason="too_many_rows")
    except csv.Error as error:
        raise UnusableInputError(f"line {reader.line_num} cannot be read ({error}).", reason="not_csv") from error
    if not rows:
        raise UnusableInputError("the file names nobody.", reason="no_rows")
    return rows
