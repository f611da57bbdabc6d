"""The rotation's codes in plain Indonesian: reasons, figures, promises, states."""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import format as fmt

REASONS = {
    "adopted": "sudah ditetapkan",
    "fixed": "ditetapkan orang",
    "revisit": "kunjungan ulang anak yang ditemukan",
    "longest_wait": "supaya tidak menunggu terlalu lama",
    "fair_share": "supaya kecamatannya kebagian",
    "neighbours": "melayani RW sekitarnya juga",
    "need": "kebutuhan tertinggi yang bisa dilayani",
}
KINDS = {"own_team": "tim puskesmas", "partner_clinic": "klinik mitra", "hospital_staff": "tenaga rumah sakit"}
STATUSES = {"draft": "draf", "discussed": "sudah dibahas", "adopted": "ditetapkan"}
VISITED = {
    "visited": "dikunjungi",
    "visited_late": "dikunjungi terlambat",
    "not_visited": "belum dikunjungi",
    "planned": "direncanakan",
}
PLANS = {
    "plan": "Rencana Rembuk",
    "top_n": "Urutan nilai teratas",
    "in_turn": "Bergiliran",
    "without_partners": "Rencana tanpa mitra",
    "visited": "Kunjungan yang dilakukan",
    "rule": "Yang akan dipilih aturan ini",
}
FAMILIES = {
    "longest_wait": "RW jauh dikunjungi dalam batas tunggu",
    "fair_share": "setiap kecamatan kebagian",
    "revisit": "kunjungan ulang anak yang ditemukan",
    "fixed": "RW yang ditetapkan orang",
}
FIGURES = {
    "under_fives_served": "Balita terlayani",
    "need_served_pct": "Kebutuhan (%)",
    "stops": "Kunjungan",
    "longest_wait_months": "Tunggu terlama (bulan)",
    "far_never_reached": "RW jauh terlewat",
    "kecamatan_spread_pct": "Selisih kecamatan (poin)",
    "broken_promises": "Janji gagal",
}


def proof(result: Mapping[str, Any]) -> str:
    """Say how near to the best possible a plan is."""
    gap = float(result.get("gap", 0))
    if result.get("is_proven"):
        return f"Terbukti paling jauh {fmt.share(gap, 2)} dari rencana terbaik yang mungkin."
    return f"Belum terbukti mendekati terbaik dalam waktu yang diberikan (selisih paling jauh {fmt.share(gap, 1)})."


def clashes(told: Mapping[str, Any]) -> str:
    """Say which promises could not all be kept, and what more slots would buy."""
    families = "; ".join(
        f"{FAMILIES.get(family, family)}: {fmt.count(count)} tidak terpenuhi"
        for family, count in told["families"].items()
    )
    slots = int(told.get("missing_slots", 0))
    more = f" {fmt.count(slots)} kunjungan tambahan akan memenuhi semua yang bisa dipenuhi." if slots else ""
    return (
        f"Tidak semua janji muat dalam kunjungan yang ada. {families}.{more} "
        "Rencana ini melanggar janji sesedikit mungkin."
    )


def staffing_told(slots: pd.DataFrame, closures: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Return what is written of slots, closed months and vehicles as one list, by month.

    Takes `capacity`, `closures` and `vehicle_days` of `data.queries.pusing`. Columns: month (date), puskesmas, told,
    reason, by, key (what an act needs to take the row back).
    """
    rows: list[tuple[datetime.date, str, str, str | None, str | None, tuple[object, ...]]] = []
    for row in slots.to_dict("records"):
        vehicle = "dengan kendaraan kota" if row["is_vehicle_needed"] else "dengan kendaraan sendiri"
        told = f"{fmt.count(row['slots'])} kunjungan oleh {KINDS[row['kind']]}, {vehicle}"
        key = ("slots", row["puskesmas_code"], row["month"], row["kind"])
        name = str(row["puskesmas"]).removeprefix("Puskesmas ")
        rows.append((row["month"], name, told, row["reason"], row["written_by"], key))
    for row in closures.to_dict("records"):
        is_all = pd.isna(row["puskesmas"])
        name = "Semua puskesmas" if is_all else str(row["puskesmas"]).removeprefix("Puskesmas ")
        rows.append(
            (row["month"], name, "tutup, tidak ada kunjungan", row["reason"], row["closed_by"], ("closed", row["id"]))
        )
    for row in limits.to_dict("records"):
        month = datetime.date.fromisoformat(f"{row['month']}-01")
        told = f"paling banyak {fmt.count(row['vehicle_days'])} kunjungan dengan kendaraan kota"
        rows.append((month, "Semua puskesmas", told, row["reason"], row["written_by"], ("vehicles", month)))
    frame = pd.DataFrame(rows, columns=["month", "puskesmas", "told", "reason", "by", "key"])
    # What people wrote lately comes before what came with the data and has no reason.
    return (
        frame.assign(is_plain=frame["reason"].isna())
        .sort_values(["is_plain", "month", "puskesmas", "told"], kind="stable", ignore_index=True)
        .drop(columns="is_plain")
    )
