"""Rebuild `quality_month` from the weighings: how each posyandu of an RW weighed in a month, ready to be added up.

Which posyandu is meant: names are compared by their letters and digits, without the word Posyandu. The first file that
writes a name decides under which it is counted from then on (`posyandu_alias`), the register's own spelling first;
whoever finds two names for one posyandu changes that crosswalk, and the RW's months are rebuilt. A posyandu that serves
two RWs is counted in each by itself.

What the child did the month before is looked for in the same RW only. Rows are read out once, counted with
`models.quality.counts`, and written back, all in the caller's transaction.
"""

import io
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv
from sqlalchemy import Connection, text

from data.copying import copying
from data.intake.columns import plain
from models.months import month_after
from models.quality.counts import ARRAYS, COUNTED, SUMMED, UNIT, Counts, count_weighings

_WORD = "posyandu"
_READ_COLUMNS = {
    "child": pa.int64(),
    "rw_code": pa.dictionary(pa.int32(), pa.string()),
    "written": pa.dictionary(pa.int32(), pa.string()),
    "measured_on": pa.date32(),
    "age_days": pa.int32(),
    "sex": pa.int8(),
    "weight_kg": pa.float32(),
    "lenhei_cm": pa.float32(),
    "measure": pa.dictionary(pa.int32(), pa.string()),
    "haz": pa.float32(),
    "waz": pa.float32(),
    "whz": pa.float32(),
    "haz_flag": pa.bool_(),
    "waz_flag": pa.bool_(),
    "whz_flag": pa.bool_(),
    "batch_id": pa.int64(),
}
_MEASURED = ["weight_kg", "lenhei_cm"]
_FRACTIONS = frozenset(name for name in SUMMED if not name.endswith("0"))


def spelling_of(posyandu: str) -> str:
    """Return a posyandu's name as names are compared; blank for none."""
    return plain(posyandu).removeprefix(_WORD)


def rebuild_quality_months(
    connection: Connection, rw_codes: Sequence[str] | None, months: Sequence[date]
) -> list[date]:
    """Recount quality_month for the given RWs (None: every RW) and months (first days); return the months counted.

    A month's day of receipt stays the earliest that is known, so that a corrected file does not make a month late.
    Runs inside the caller's transaction.
    """
    wanted = sorted(set(months))
    if not wanted or (rw_codes is not None and not rw_codes):
        return []
    codes = list(rw_codes) if rw_codes is not None else None
    for month in wanted:
        _rebuild(connection, codes, month)
    return wanted


def rename_posyandu(connection: Connection, rw_code: str, posyandu: str, into: str, decided_by: str) -> int:
    """Count a posyandu of an RW under another's name from now on and for the past; return how many spellings moved.

    Runs inside the caller's transaction; nothing moves where the RW does not know the first name.
    """
    moved = connection.execute(
        text(
            "UPDATE posyandu_alias SET posyandu = :into, decided_by = :by, written_at = now()"
            " WHERE rw_code = :rw AND posyandu = :posyandu"
        ),
        {"into": into, "by": decided_by, "rw": rw_code, "posyandu": posyandu},
    ).rowcount
    if moved:
        months = connection.scalars(
            text("SELECT DISTINCT month FROM quality_month WHERE rw_code = :rw AND posyandu = :posyandu"),
            {"rw": rw_code, "posyandu": posyandu},
        ).all()
        rebuild_quality_months(connection, [rw_code], list(months))
    return moved


def _rebuild(connection: Connection, rw_codes: list[str] | None, month: date) -> None:
    rows = _named(connection, _weighings(connection, rw_codes, month))
    now = _marked(rows, (rows["measured_on"] >= pd.Timestamp(month)).to_numpy()).assign(month=month)
    receipts = _known_receipts(connection, rw_codes, month)
    connection.execute(
        text(
            "DELETE FROM quality_month WHERE month = :month"
            " AND (CAST(:rw_codes AS text[]) IS NULL OR rw_code = ANY(CAST(:rw_codes AS text[])))"
        ),
        {"month": month, "rw_codes": rw_codes},
    )
    if now.empty:
        return
    counts = count_weighings(now)
    receipts = pd.concat([receipts, _received(connection, now)], ignore_index=True)
    first = receipts.groupby(list(UNIT), observed=True)["received_on"].min()
    _write(connection, counts, counts.unit.join(first, on=list(UNIT))["received_on"].tolist())


def _weighings(connection: Connection, rw_codes: list[str] | None, month: date) -> pd.DataFrame:
    """Return the weighings of a month and of the month before, as they come; places are categories.

    Children are told apart by 60 bits of their key, which is a random number, and forgotten once they are compared. All
    rows come as one text: the driver takes longer over a row than the server over its whole line.
    """
    query = """
        SELECT string_agg(concat_ws(',', ('x' || left(encode(child_key, 'hex'), 15))::bit(60)::bigint, rw_code,
            '"' || replace(coalesce(posyandu, ''), '"', '""') || '"', measured_on, age_days, sex,
            coalesce(weight_kg::text, ''), coalesce(lenhei_cm::text, ''), coalesce(measure, ''),
            coalesce(haz::text, ''), coalesce(waz::text, ''), coalesce(whz::text, ''),
            coalesce(haz_flag, false)::int, coalesce(waz_flag, false)::int, coalesce(whz_flag, false)::int,
            batch_id), chr(10))
        FROM measurement WHERE measured_on >= :first AND measured_on < :after
            AND (CAST(:rw_codes AS text[]) IS NULL OR rw_code = ANY(CAST(:rw_codes AS text[])))
    """
    found: str | None = connection.scalar(
        text(query), {"first": month_after(month, -1), "after": month_after(month, 1), "rw_codes": rw_codes}
    )
    if not found:
        return pa.table({name: pa.array([], kind) for name, kind in _READ_COLUMNS.items()}).to_pandas(
            date_as_object=False
        )
    rows = csv.read_csv(
        io.BytesIO(found.encode()),
        csv.ReadOptions(column_names=list(_READ_COLUMNS)),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=_READ_COLUMNS, true_values=["1"], false_values=["0"]),
    )
    return rows.to_pandas(date_as_object=False)


def _named(connection: Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with `posyandu`, the name under which each is counted; new spellings are remembered."""
    places = rows[["rw_code", "written"]]
    which, pairs = _distinct(places)
    pairs = pairs.astype("str").assign(times=np.bincount(which, minlength=len(pairs)))
    pairs["spelling"] = [spelling_of(name) for name in pairs["written"]]
    known = _aliases(connection)
    found = pairs.merge(known, on=["rw_code", "spelling"], how="left", validate="many_to_one")
    is_new = found["posyandu"].isna()
    if is_new.any():
        new = _remembered(connection, found[is_new].drop(columns="posyandu"))
        known = pd.concat([known, new], ignore_index=True)
        found = pairs.merge(known, on=["rw_code", "spelling"], how="left", validate="many_to_one")
    return rows.assign(posyandu=pd.Categorical(found["posyandu"]).take(which))


def _distinct(places: pd.DataFrame) -> tuple[NDArray[np.intp], pd.DataFrame]:
    """Return which distinct row each row is, and the distinct rows, by their categories' numbers."""
    combined = places["rw_code"].cat.codes.astype("int64") * max(len(places["written"].cat.categories), 1)
    which, _ = pd.factorize(combined + places["written"].cat.codes)
    first = np.zeros(which.max(initial=-1) + 1, np.intp)
    first[which[::-1]] = np.arange(len(which))[::-1]
    return which, places.iloc[first].reset_index(drop=True)


def _remembered(connection: Connection, new: pd.DataFrame) -> pd.DataFrame:
    """Write new spellings into the crosswalk and return them: rw_code, spelling, posyandu."""
    new = new.sort_values(["rw_code", "spelling", "times", "written"], ascending=[True, True, False, True])
    new = new.drop_duplicates(["rw_code", "spelling"])
    new = new.merge(_register(connection), on=["rw_code", "spelling"], how="left", validate="one_to_one")
    new["posyandu"] = new["name"].fillna(new["written"])
    connection.execute(
        text(
            "INSERT INTO posyandu_alias (rw_code, spelling, posyandu) SELECT * FROM"
            " unnest(CAST(:rws AS text[]), CAST(:spellings AS text[]), CAST(:names AS text[]))"
        ),
        {"rws": list(new["rw_code"]), "spellings": list(new["spelling"]), "names": list(new["posyandu"])},
    )
    return new[["rw_code", "spelling", "posyandu"]]


def _aliases(connection: Connection) -> pd.DataFrame:
    found = connection.execute(text("SELECT rw_code, spelling, posyandu FROM posyandu_alias"))
    return pd.DataFrame(found.fetchall(), columns=["rw_code", "spelling", "posyandu"], dtype="str")


def _register(connection: Connection) -> pd.DataFrame:
    """Return the posyandu of the register that stand in an RW: rw_code, spelling, name; one of each spelling."""
    found = connection.execute(
        text("SELECT area_code, name FROM facility WHERE kind = 'posyandu' AND area_code IS NOT NULL ORDER BY name")
    )
    register = pd.DataFrame(found.fetchall(), columns=["rw_code", "name"], dtype="str")
    return register.assign(spelling=[spelling_of(name) for name in register["name"]]).drop_duplicates(
        ["rw_code", "spelling"]
    )


def _marked(rows: pd.DataFrame, is_now: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the month's rows with is_comparable, is_copied, is_twin and is_repeated, the children forgotten.

    Of two rows that are alike the earlier, and then the one of the lower key, is the first.
    """
    child = ["child", "rw"]
    rows = rows.assign(rw=rows["rw_code"].cat.codes)
    before, now = rows[~is_now][[*child, "measured_on", *_MEASURED]], rows[is_now]
    is_again = before.duplicated(child, keep=False)
    last = before[is_again].sort_values("measured_on").drop_duplicates(child, keep="last")
    before = pd.concat([before[~is_again], last]).drop(columns="measured_on")
    now = now.merge(before, on=child, how="left", suffixes=("", "_before"), validate="m:1")
    has_both = now[_MEASURED].notna().all(axis=1)
    had_both = now[[f"{name}_before" for name in _MEASURED]].notna().all(axis=1)
    is_same = np.logical_and.reduce([now[name].eq(now[f"{name}_before"]) for name in _MEASURED])
    alike = ["rw", "measured_on", "age_days", "sex", *_MEASURED]
    return now.assign(
        is_comparable=has_both & had_both,
        is_copied=has_both & had_both & is_same,
        is_twin=has_both & _is_later(now, alike),
        is_repeated=_is_later(now, child),
        birth_date=now["measured_on"] - pd.to_timedelta(now["age_days"], unit="D"),
    ).drop(columns=child)


def _is_later(rows: pd.DataFrame, alike: list[str]) -> pd.Series:
    """Say which rows are alike to an earlier one."""
    is_several = rows.duplicated(alike, keep=False)
    several = rows[is_several].sort_values(["measured_on", "child"])
    later = several.index[several.duplicated(alike)]
    return pd.Series(rows.index.isin(later), index=rows.index)


def _received(connection: Connection, now: pd.DataFrame) -> pd.DataFrame:
    """Return the day on which each unit's first file came in: that of its oldest batch, or an earlier one known."""
    known = connection.execute(text("SELECT id, (imported_at AT TIME ZONE 'UTC')::date FROM import_batch"))
    days: dict[int, date] = {row[0]: row[1] for row in known}
    oldest = now.groupby(list(UNIT), as_index=False, observed=True)["batch_id"].min()
    return oldest.assign(received_on=oldest["batch_id"].map(days)).drop(columns="batch_id")


def _known_receipts(connection: Connection, rw_codes: list[str] | None, month: date) -> pd.DataFrame:
    found = connection.execute(
        text(
            "SELECT rw_code, posyandu, month, received_on FROM quality_month WHERE month = :month"
            " AND (CAST(:rw_codes AS text[]) IS NULL OR rw_code = ANY(CAST(:rw_codes AS text[])))"
        ),
        {"month": month, "rw_codes": rw_codes},
    )
    return pd.DataFrame(found.fetchall(), columns=[*UNIT, "received_on"])


def _write(connection: Connection, counts: Counts, received_on: list[date]) -> None:
    columns = {name: pa.array(counts.unit[name].tolist()) for name in UNIT}
    columns["received_on"] = pa.array(received_on, pa.date32())
    columns |= {
        name: pa.array(counts.numbers[name].to_numpy(), pa.float64() if name in _FRACTIONS else pa.int64())
        for name in (*COUNTED, *SUMMED)
    }
    columns |= {
        name: pa.array(["{" + ",".join(map(str, row)) + "}" for row in counts.arrays[name].tolist()]) for name in ARRAYS
    }
    rows = pa.table(columns)
    out = io.BytesIO()
    # quoted throughout: a blank name is a name here, and nothing at all would be read as unknown
    csv.write_csv(rows, out, csv.WriteOptions(include_header=False, quoting_style="all_valid"))
    with copying(connection, "quality_month", rows.column_names) as copy:
        copy.write(out.getbuffer())
