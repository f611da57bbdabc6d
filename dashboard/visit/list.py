"""Visits made, and what became of those planned, as people read and save them: pure reading of frames."""

import datetime

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.visit.months import months_told
from dashboard.visit.words import COUNT_NAMES, OUTCOME_NAMES
from data.queries.city import CityState
from models.rotation.effects import KEPT, LATE, UNPLANNED, kept_promises


def of_puskesmas(rows: pd.DataFrame, puskesmas: str) -> pd.DataFrame:
    """Return the rows of a puskesmas, or all for none."""
    return rows[rows["puskesmas_code"] == puskesmas] if puskesmas else rows


def shown(visits: pd.DataFrame) -> pd.DataFrame:
    """Return the visits, newest first; counts that nobody gave are blank, and bands are told as bands."""
    return pd.DataFrame(
        {
            "Tanggal": [fmt.day(day) for day in visits["visited_on"]],
            "RW": visits["rw_name"] + ", " + visits["kelurahan"],
            "Kecamatan": visits["kecamatan"],
            "Puskesmas": visits["puskesmas"],
            **{name: _counts(visits, code) for code, name in COUNT_NAMES.items()},
        }
    )


def to_save(visits: pd.DataFrame, since: datetime.date, city: CityState) -> Saved:
    """Return the visits with their RW's code, and what explains them."""
    rows = shown(visits)
    rows.insert(0, "Kode RW", visits["rw_code"])
    rows["Tanggal"] = [f"{day:%Y-%m-%d}" for day in visits["visited_on"]]
    for code, name in COUNT_NAMES.items():
        rows[name] = rows[name] if _is_banded(visits, code) else rows[name].astype(float)
    return Saved(
        rows,
        f"Kunjungan Pusing sejak {fmt.day(since)}",
        (
            ("Wilayah", city.name),
            ("Sel kosong", "Belum diketahui; bukan nol"),
            ("Stunting baru ditemukan", "Balita yang pada kunjungan itu baru diketahui stunting"),
            ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
        ),
    )


def totals(visits: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """Tell the sum of every count over the visits that gave it, and how many visits did not.

    Where counts are bands, so is their sum: the exact one would give a visit of few children back.
    """
    found: dict[str, tuple[str, int]] = {}
    for code in COUNT_NAMES:
        low, high = (visits[f"{code}_{end}"].sum(min_count=1) for end in ("low", "high"))
        found[code] = (fmt.count_between(low, high), int(visits[code].isna().sum()))
    return found


def _counts(visits: pd.DataFrame, code: str) -> pd.Series:
    if not _is_banded(visits, code):
        return pd.to_numeric(visits[code]).astype("Int64")
    told = [fmt.count_between(*ends) for ends in zip(visits[f"{code}_low"], visits[f"{code}_high"], strict=True)]
    return pd.Series(told, index=visits.index).where(visits[code].notna())


def _is_banded(visits: pd.DataFrame, code: str) -> bool:
    return bool((visits[f"{code}_low"] != visits[f"{code}_high"])[visits[code].notna()].any())


def promises(slots: pd.DataFrame, visits: pd.DataFrame, today: datetime.date) -> pd.DataFrame:
    """Return the planned visits of months that are over, and what became of them.

    Takes `adopted_slots` and `visits`. Gives month (YYYY-MM), puskesmas_code, rw_code, outcome and visited_month;
    visits from before the first plan are no one's promise and are left out.
    """
    columns = ["month", "puskesmas_code", "rw_code"]
    ended = slots[[f"{month:%Y-%m}" < f"{today:%Y-%m}" for month in slots["month"]]]
    if ended.empty:
        return pd.DataFrame(columns=[*columns, "outcome", "visited_month"])
    planned = ended.assign(month=[f"{month:%Y-%m}" for month in ended["month"]])[columns]
    made = visits.assign(month=months_told(visits["visited_on"], visits.index))[columns]
    made = made[made["month"] >= planned["month"].min()]
    return kept_promises(planned, made, f"{today:%Y-%m}")


def promise_counts(told: pd.DataFrame) -> tuple[int, int, int, int]:
    """Return how many visits were planned, kept in their month, kept late, and made outside the plan."""
    counts = told["outcome"].value_counts()
    unplanned = int(counts.get(UNPLANNED, 0))
    return len(told) - unplanned, int(counts.get(KEPT, 0)), int(counts.get(LATE, 0)), unplanned


def promises_shown(told: pd.DataFrame, names: pd.DataFrame, facilities: pd.DataFrame) -> pd.DataFrame:
    """Return what became of planned visits as people read it, newest month first."""
    joined = told.merge(
        names[["code", "rw_name", "kelurahan"]], how="left", left_on="rw_code", right_on="code", validate="m:1"
    ).merge(
        facilities[["code", "name"]],
        how="left",
        left_on="puskesmas_code",
        right_on="code",
        suffixes=("", "_puskesmas"),
        validate="m:1",
    )
    joined = joined.sort_values(["month", "rw_code"], ascending=[False, True])
    return pd.DataFrame(
        {
            "Bulan rencana": joined["month"].map(_month),
            "RW": joined["rw_name"] + ", " + joined["kelurahan"],
            "Puskesmas": joined["name"],
            "Keadaan": joined["outcome"].map(OUTCOME_NAMES),
            "Dikunjungi": joined["visited_month"].map(_month),
        }
    )


def _month(told: object) -> str:
    return fmt.month(datetime.date.fromisoformat(f"{told}-01")) if isinstance(told, str) else fmt.MISSING
