"""The rotation's codes in plain Indonesian: reasons, figures, promises, states."""

from collections.abc import Mapping
from typing import Any

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
    "need_served_pct": "Kebutuhan terlayani (%)",
    "stops": "Kunjungan",
    "longest_wait_months": "Tunggu terlama RW jauh (bulan)",
    "far_never_reached": "RW jauh tidak terjangkau",
    "kecamatan_spread_pct": "Selisih antarkecamatan (poin)",
    "broken_promises": "Janji tidak terpenuhi",
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
