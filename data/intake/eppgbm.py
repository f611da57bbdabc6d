"""An e-PPGBM export, from the bytes of a file to a preview and to a committed import.

`preview` writes nothing and can run on a read-only connection; `commit` writes inside the caller's transaction. Both
return data and codes, never sentences, so that the command line and the page can each say it in their own language.
"""

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import RembukError
from data.intake.detect import detect, refusal
from data.intake.errors import IntakeFailedError
from data.intake.identity import identity_secret, remember_fingerprint
from data.intake.load import KIND, load, lock_imports
from data.intake.places import UnknownPlace, read_places
from data.intake.replacement import Replacement, foresee
from data.intake.report import Totals, totals
from data.intake.rows import Classified, ParkedRow, classify
from data.intake.table import ListTable, OtherList, read_table

NEW, UNCHANGED, SUPERSEDED, IMPORTED = "new", "unchanged", "superseded", "imported"

_EASTERNMOST = datetime.timezone(datetime.timedelta(hours=9))  # Indonesia's last time zone: its today is the latest


@dataclass(frozen=True)
class Preview:
    """What a file would do. `label` is the file as its person knows it, and is not kept.

    `status` is `new`, `unchanged` (this file is in already and nothing would change) or `superseded` (this file was in,
    and a later one has replaced it). `has_kelurahan` is false for a layout that needs one kelurahan for all its rows.
    """

    label: str
    sha256: str
    layout: str
    status: str
    totals: Totals
    parked_rows: list[ParkedRow]
    unknown_places: list[tuple[UnknownPlace, int]]
    replacement: Replacement
    other_lists: list[OtherList]
    has_kelurahan: bool


@dataclass(frozen=True)
class Outcome:
    """What an import did: `status` is `imported`, or `unchanged` or `superseded` when it wrote nothing."""

    status: str
    preview: Preview
    batch_id: int | None = None
    months_rebuilt: tuple[datetime.date, ...] = ()


def preview(connection: Connection, content: bytes, label: str, kelurahan_code: str | None = None) -> Preview:
    """Check a file's rows and foresee what its import would do; raise UnusableInputError when it is no list."""
    table = read_list(content)
    classified = _classified(connection, table, kelurahan_code)
    return _preview(connection, content, label, table, classified)


def commit(
    connection: Connection,
    content: bytes,
    label: str,
    kelurahan_code: str | None = None,
    *,
    imported_by: str = "",
    force: bool = False,
) -> Outcome:
    """Take a file in within the caller's transaction; `force` takes it even when it was in before."""
    table = read_list(content)
    lock_imports(connection)
    classified = _classified(connection, table, kelurahan_code)
    seen = _preview(connection, content, label, table, classified, with_replacement=False)
    if seen.status != NEW and not force:
        return Outcome(seen.status, seen)
    loaded = load(
        connection,
        classified.weighings,
        classified.parked,
        seen.totals,
        sha256=seen.sha256,
        layout=seen.layout,
        imported_by=imported_by,
    )
    remember_fingerprint(connection, identity_secret(connection))
    log(connection, "file imported", batch=loaded.batch_id, accepted=seen.totals.accepted, parked=seen.totals.parked)
    done = Preview(**{**vars(seen), "replacement": loaded.replacement})
    return Outcome(IMPORTED, done, loaded.batch_id, tuple(loaded.months_rebuilt))


def read_list(content: bytes) -> ListTable:
    """Read the list in a file; raise UnusableInputError when it holds none.

    A fault of ours is told without the cells that caused it, because they may name a child.
    """
    try:
        return read_table(detect(content), content)
    except (RembukError, MemoryError):
        raise
    except Exception as error:
        raise IntakeFailedError(_fault("reading the file", error)) from None


def latest_day(connection: Connection) -> datetime.date:
    """Return the last day that a weighing can have: today, or the end of the newest month that the database holds.

    The demo city ends in a fixed month, which a machine's clock may not have reached.
    """
    today = datetime.datetime.now(_EASTERNMOST).date()
    newest = connection.scalar(
        text("SELECT (max(month) + interval '1 month')::date - 1 FROM growth_month WHERE d_weighed > 0")
    )
    return max(today, newest) if newest else today


def _classified(connection: Connection, table: ListTable, kelurahan_code: str | None) -> Classified:
    places = read_places(connection, has_ended=True)
    if kelurahan_code is not None and not places.has_kelurahan(kelurahan_code):
        raise refusal("kelurahan_unknown", found=kelurahan_code)
    secret, today = identity_secret(connection), latest_day(connection)
    try:
        return classify(table, places, secret, today, kelurahan_code)
    except (RembukError, MemoryError):
        raise
    except Exception as error:
        raise IntakeFailedError(_fault("checking the rows", error)) from None


def _fault(act: str, error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "unknown place"
    return (
        f"{act} failed ({type(error).__name__} in {where}), and nothing was written; this is a fault of Rembuk: report "
        "these words, but not the file, which holds personal data."
    )


def _preview(
    connection: Connection,
    content: bytes,
    label: str,
    table: ListTable,
    classified: Classified,
    *,
    with_replacement: bool = True,
) -> Preview:
    counted = totals(classified)
    sha256 = hashlib.sha256(content).hexdigest()
    status = _status(connection, sha256, counted)
    return Preview(
        label=label,
        sha256=sha256,
        layout=table.layout,
        status=status,
        totals=counted,
        parked_rows=classified.parked,
        unknown_places=_most_rows_first(classified.unknown_places),
        replacement=foresee(connection, classified.weighings) if with_replacement and status == NEW else Replacement(),
        other_lists=table.other_lists,
        has_kelurahan="kelurahan" in table.columns,
    )


def _most_rows_first(unknown: Counter[UnknownPlace]) -> list[tuple[UnknownPlace, int]]:
    return sorted(unknown.items(), key=lambda item: (-item[1], *vars(item[0]).values()))


def _status(connection: Connection, sha256: str, counted: Totals) -> str:
    """Say whether the same bytes were taken in before with the same result.

    A crosswalk or an area added since can turn parked rows into accepted ones; then the file is new again.
    """
    batch = connection.execute(
        text(
            "SELECT status, accepted, parked, duplicates, totals -> 'parked_reasons' AS reasons FROM import_batch"
            " WHERE kind = :kind AND content_sha256 = :sha256 AND status <> 'undone'"
            " ORDER BY status, id DESC LIMIT 1"
        ),
        {"kind": KIND, "sha256": sha256},
    ).first()
    if batch is None:
        return NEW
    if batch.status == "superseded":
        return SUPERSEDED
    same = (batch.accepted, batch.parked, batch.duplicates, batch.reasons) == (
        counted.accepted,
        counted.parked,
        counted.duplicates,
        counted.parked_reasons,
    )
    return UNCHANGED if same else NEW
