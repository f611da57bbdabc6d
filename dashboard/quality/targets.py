"""How many children under five there should be in a place, by several sources, and what that does to D/S and rate."""

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.quality.choices import Asked
from dashboard.quality.table import notes
from dashboard.quality.words import SOURCE_NAMES
from dashboard.shell import source_line
from data.queries.city import CityState
from data.schema import AGE_BANDS
from models.quality.denominators import coverage_band, rate_band

_LIST, _ENROLLED = "Sasaran di daftar penimbangan (S)", "Terdaftar, punya KMS atau buku KIA (K)"


def show(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the sources side by side, with D/S by each and the band of the rate across them."""
    if asked.place.posyandu is not None:
        st.info("Jumlah sasaran dicatat per RW, bukan per posyandu. Pilih tingkat RW ke atas.", icon=":material/help:")
        return
    months = cache.rw_month(viewer.scope, version, asked.month, AGE_BANDS, (1, 2))
    counts = months[months["code"].isin(asked.place.rw_codes)]
    told = sources(counts, cache.under_five_figures(viewer.scope, version), asked.place.code)
    weighed, measured, stunted = (float(counts[name].sum()) for name in ("d_weighed", "haz_valid", "stunted"))
    known = coverage_band(weighed, told)
    low, high = rate_band(stunted, measured, told["children"])
    st.markdown(_sentence(asked, known, stunted, measured, low, high))
    shown = listed(known)
    st.dataframe(
        shown, hide_index=True, width="stretch", alt=f"Jumlah sasaran balita {asked.place.name} menurut sumber."
    )
    if known["children"].notna().sum() < 2:
        st.info(
            "Baru satu sumber yang dikenal. Jumlah balita dari Dukcapil, BPS, atau register posyandu tampil di sini "
            "begitu dimuat pengelola data: `python -m dashboard import under-five BERKAS` (kolom kode wilayah, sumber, "
            "tanggal, balita, sitasi).",
            icon=":material/upload_file:",
        )
    st.caption(
        "Tidak ada sumber yang dianggap paling benar. Daftar posyandu tidak memuat yang tidak pernah datang; catatan "
        "penduduk menurut alamat di kartu, bukan tempat tinggal; proyeksi tidak mengenal RW. Pita prevalensi: yang "
        "tidak ditimbang dianggap berisiko setengah sampai dua kali yang ditimbang."
    )
    table_buttons(
        lambda: Saved(shown, f"Jumlah sasaran balita, {asked.place.name}", notes(asked, city)), "mutu-sasaran"
    )
    source_line(fmt.month(asked.month), "sumber di tiap baris tabel")


def sources(counts: pd.DataFrame, figures: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return every source's children of a place: source, children (blank where unknown), as_of, citation."""
    own = figures[figures["area_code"] == code]
    rows: list[dict[str, object]] = [
        {"source": _LIST, "children": counts["s_target"].sum(min_count=1), "told": "e-PPGBM, bulan ini"},
        {"source": _ENROLLED, "children": counts["k_enrolled"].sum(min_count=1), "told": "e-PPGBM, bulan ini"},
    ]
    for source, name in SOURCE_NAMES.items():
        found = own[own["source"] == source]
        if len(found):
            row = found.iloc[0]
            about = "sekitar; " if row["is_approximate"] else ""
            rows.append(
                {
                    "source": name,
                    "children": float(row["children"]),
                    "told": f"{about}{row['citation']}, {fmt.day(row['as_of'])}",
                }
            )
        elif source in ("dukcapil", "bps"):
            rows.append({"source": name, "children": None, "told": "belum dimuat untuk wilayah ini"})
    return pd.DataFrame(rows).astype({"children": float})


def listed(known: pd.DataFrame) -> pd.DataFrame:
    """Return the sources as people read them."""
    marks = [
        "terendah" if low else "tertinggi" if high else ""
        for low, high in zip(known["is_lowest"], known["is_highest"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Sumber": known["source"],
            "Balita": [fmt.count(value) for value in known["children"]],
            "D/S dengan angka ini": [fmt.share(value, 0) for value in known["share"]],
            "": marks,
            "Asal angka": known["told"],
        }
    )


def _sentence(asked: Asked, known: pd.DataFrame, stunted: float, measured: float, low: float, high: float) -> str:
    if not measured:
        return f"**{asked.place.name}:** belum ada balita yang diukur bulan ini."
    shares = known["share"].dropna()
    between = (
        f" D/S antara {fmt.share(shares.min(), 0)} dan {fmt.share(shares.max(), 0)} menurut sumbernya."
        if len(shares)
        else ""
    )
    return (
        f"**{asked.place.name}:**{between} Prevalensi tercatat {fmt.share(stunted / measured)}; dengan sumber mana "
        f"pun, dan dengan yang tidak ditimbang ikut dihitung, {fmt.share_between(low, high)}."
    )
