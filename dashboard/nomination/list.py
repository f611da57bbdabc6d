"""Nominations against the ranking: an area's far list, and the three lists that make the rakor's agenda."""

import datetime

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.nomination.words import NO_NOMINATION
from dashboard.priority.words import REMEDY_NAMES, value_column
from data.queries.city import CityState
from models.priority.codes import PUSING
from models.priority.weights import Weights

AGREED, ONLY_DATA, ONLY_NAMED = "agreed", "only_data", "only_named"
LIST_NAMES = {AGREED: "Disepakati", ONLY_DATA: "Hanya dari data", ONLY_NAMED: "Hanya usulan wilayah"}
LIST_MEANINGS = {
    AGREED: "diusulkan dan termasuk teratas menurut data",
    ONLY_DATA: "teratas menurut data, tidak diusulkan",
    ONLY_NAMED: "diusulkan, tidak termasuk teratas menurut data",
}


def without_nomination(weights: Weights) -> Weights:
    """Return weights in which being named does not count, so that data and nomination are compared as two voices."""
    kept = {code: share for code, share in weights.as_dict().items() if code != "nomination"}
    return Weights(kept) if any(kept.values()) else weights


def far_list(table: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """Return an area's RWs, the farthest first and those of unknown travel before them, with what the data says.

    Takes `cache.ranked_rws`. Columns: rw_code, rw_name, kelurahan, travel_s, attendance_share, remedy, rank, score.
    """
    here = table[table["rw_code"].str.startswith(f"{area_code}.") | (area_code == "")]
    listed = here.assign(attendance_share=here[value_column("under_attendance")])
    wanted = ["rw_code", "rw_name", "kelurahan", "travel_s", "attendance_share", "remedy", "rank", "score"]
    return listed.sort_values(["travel_s", "rw_code"], ascending=[False, True], na_position="first")[
        wanted
    ].reset_index(drop=True)


def standing(row: pd.Series) -> str:
    """Tell where an RW stands in the ranking, or which other remedy suits it."""
    return f"urutan {fmt.count(row['rank'])}" if pd.notna(row["rank"]) else REMEDY_NAMES[row["remedy"]].lower()


def three_lists(table: pd.DataFrame, named: pd.DataFrame, k: int) -> dict[str, pd.DataFrame]:
    """Return the RWs on which data and nominations agree, and those that only one of them names.

    Takes `cache.ranked_rws` and `nominations`; an RW named more than once appears once with all its reasons. Each list
    has rw_code, rw_name, kelurahan, kecamatan, rank, remedy, score, reasons and nominated_by, best place first.
    """
    told = (
        named.groupby("rw_code")
        .agg(reasons=("reason", "; ".join), nominated_by=("nominated_by", lambda who: "; ".join(dict.fromkeys(who))))
        .reset_index()
    )
    joined = table.merge(told, how="left", on="rw_code", validate="1:1")
    wanted = [
        "rw_code",
        "rw_name",
        "kelurahan",
        "kecamatan",
        "rank",
        "remedy",
        "score",
        "travel_s",
        "reasons",
        "nominated_by",
    ]
    ordered = joined.sort_values(["rank", "score"], ascending=[True, False], ignore_index=True)[wanted]
    is_named = ordered["reasons"].notna()
    is_top = ordered["rank"].le(k).fillna(False).astype(bool)
    return {
        AGREED: ordered[is_named & is_top].reset_index(drop=True),
        ONLY_DATA: ordered[~is_named & is_top].reset_index(drop=True),
        ONLY_NAMED: ordered[is_named & ~is_top].reset_index(drop=True),
    }


def agenda_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one of the three lists as people read it."""
    return pd.DataFrame(
        {
            "RW": rows["rw_name"] + ", " + rows["kelurahan"],
            "Kecamatan": rows["kecamatan"],
            "Menurut data": [standing(row) for _, row in rows.iterrows()],
            "Waktu tempuh": rows["travel_s"].map(fmt.minutes),
            "Alasan usulan": rows["reasons"].fillna(fmt.MISSING),
            "Diusulkan oleh": rows["nominated_by"].fillna(fmt.MISSING),
        }
    )


def agenda_to_save(lists: dict[str, pd.DataFrame], month: datetime.date, k: int, city: CityState) -> Saved:
    """Return the three lists as one table for the rakor, disagreements marked to be discussed."""
    parts = []
    for code, rows in lists.items():
        part = agenda_shown(rows)
        part.insert(0, "Daftar", LIST_NAMES[code])
        part.insert(1, "Kode RW", rows["rw_code"])
        part["Keputusan rakor"] = None
        parts.append(part)
    return Saved(
        pd.concat(parts, ignore_index=True),
        f"Bahan rakor: usulan wilayah dan data, kunjungan Pusing {fmt.month(month)}",
        (
            ("Wilayah", city.name),
            ("Disepakati", LIST_MEANINGS[AGREED]),
            ("Hanya dari data", LIST_MEANINGS[ONLY_DATA]),
            ("Hanya usulan wilayah", LIST_MEANINGS[ONLY_NAMED]),
            ("Teratas", f"{fmt.count(k)} urutan pertama untuk {REMEDY_NAMES[PUSING]}, usulan tidak ikut dihitung"),
            ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
        ),
    )


def tracker_shown(answers: pd.DataFrame) -> pd.DataFrame:
    """Return who has answered the call, those who have not first."""
    ordered = answers.assign(is_open=answers["written_at"].isna()).sort_values(
        ["is_open", "kecamatan", "kelurahan"], ascending=[False, True, True]
    )
    return pd.DataFrame(
        {
            "Kelurahan": ordered["kelurahan"],
            "Kecamatan": ordered["kecamatan"],
            "Jawaban": [_answer(row) for _, row in ordered.iterrows()],
            "Oleh": ordered["answered_by"].fillna(fmt.MISSING),
            "Waktu": [fmt.MISSING if pd.isna(when) else fmt.moment(when) for when in ordered["written_at"]],
        }
    )


def _answer(row: pd.Series) -> str:
    if pd.isna(row["written_at"]):
        return "belum menjawab"
    return f"{fmt.count(row['named'])} RW" if row["named"] else NO_NOMINATION
