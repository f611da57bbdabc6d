"""Puskesmas terdekat and Mitra: RWs that another puskesmas, or a partner, is nearer to than what they have."""

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.priority import nearest
from dashboard.reach import choices
from dashboard.reach.words import travel_source
from dashboard.shell import SOURCE_ROUTINE, source_line
from data.queries.city import CityState
from models.access import relieved_by_partners

_HEIGHT_PX = 440
_NEAREST = (
    "Pengasuh di RW ini lebih cepat sampai ke puskesmas lain daripada ke puskesmas wilayahnya, paling sedikit satu "
    "menit. Bahan untuk membahas batas wilayah kerja atau layanan lintas wilayah, juga dengan kabupaten tetangga; "
    "wilayah kerja tidak berubah di sini."
)


def show_nearest(viewer: Viewer, version: str, city: CityState) -> None:
    """List the RWs whose nearest puskesmas is not their own, across the city border too."""
    with st.columns(3)[0]:
        mode = choices.mode()
    rows = cache.reach_of_rws(viewer.scope, version, mode)
    reach, facilities = cache.own_and_nearest(viewer.scope, version, mode), cache.all_facilities(viewer.scope, version)
    found = cache.made(
        viewer.scope,
        version,
        ("akses nearer", mode),
        lambda: nearest.better_served(reach, rows, facilities, city.code),
    )
    children = rows.set_index("rw_code")["children"].reindex(found["rw_code"])
    outside = int(found["is_outside"].sum())
    longest = f"{found['rw_name'].iloc[0]}, {found['kelurahan'].iloc[0]}" if len(found) else ""
    _tiles(
        (
            ("RW lebih dekat ke puskesmas lain", fmt.count(len(found)), f"dari {fmt.count(len(rows))} RW"),
            ("Balita di RW itu", fmt.count(float(children.sum())), "sasaran"),
            ("Terdekatnya di luar kota", f"{fmt.count(outside)} RW", "melintasi batas kota"),
            (
                "Selisih terbesar",
                fmt.minutes(float(found["saved_s"].iloc[0])) if len(found) else fmt.MISSING,
                longest,
            ),
        )
    )
    if found.empty:
        st.success("Semua RW paling dekat ke puskesmas wilayahnya sendiri.", icon=":material/check_circle:")
    else:
        st.caption(_NEAREST)
        st.dataframe(
            nearest.shown(found),
            hide_index=True,
            width="stretch",
            height=_HEIGHT_PX,
            alt=f"{fmt.count(len(found))} RW menurut menit yang dihemat, terbanyak di atas.",
        )
        notes = (
            ("Wilayah", city.name),
            ("Arti", _NEAREST),
            ("Cara tempuh", filters.MODE_NAMES[mode]),
            ("Sumber", travel_source(city)),
        )
        table_buttons(
            lambda: Saved(nearest.to_save(found), "Puskesmas terdekat bukan puskesmas wilayahnya", notes),
            f"puskesmas-terdekat-{mode}",
        )
    _source(city, f"{filters.MODE_NAMES[mode]}.")


def show_partners(viewer: Viewer, version: str, city: CityState) -> None:
    """List the RWs that stop being far once partner clinics and hospitals count."""
    with st.columns(3)[0]:
        mode = choices.mode()
    rows = cache.reach_of_rws(viewer.scope, version, mode)
    facilities = cache.all_facilities(viewer.scope, version)
    partners = facilities[facilities["is_partner"].astype(bool) & facilities["kind"].isin(["klinik", "rumah_sakit"])]
    if partners.empty:
        st.info(
            "Belum ada klinik atau rumah sakit mitra. Tandai di berkas fasilitas (kolom mitra), lalu muat lagi.",
            icon=":material/handshake:",
        )
        return
    far_min = cache.priority_settings(viewer.scope, version).far_s / 60
    found = relieved_by_partners(rows, far_min)
    is_far = ~(rows["puskesmas_minutes"] < far_min) & rows["is_computed"]
    far, relieved = rows[is_far], found["children"].sum()
    _tiles(
        (
            ("Mitra", fmt.count(len(partners)), "klinik dan rumah sakit yang perjanjiannya berlaku"),
            ("RW jauh tanpa mitra", fmt.count(len(far)), f"{fmt.decimal(far_min, 0)} menit ke puskesmas atau lebih"),
            ("Tidak lagi jauh dengan mitra", f"{fmt.count(len(found))} RW", f"{fmt.count(float(relieved))} balita"),
            ("Tetap jauh", f"{fmt.count(len(far) - len(found))} RW", "untuk Pusing atau lokasi baru"),
        )
    )
    if found.empty:
        st.info("Dengan cara tempuh ini tidak ada RW jauh yang terbantu mitra.", icon=":material/info:")
    else:
        names = facilities.set_index("code")["name"]
        st.caption("RW yang jauh dari puskesmas, tetapi dekat dari mitra; balita terbanyak di atas.")
        st.dataframe(
            partners_shown(found, names),
            hide_index=True,
            width="stretch",
            height=_HEIGHT_PX,
            alt=f"{fmt.count(len(found))} RW yang tidak lagi jauh bila mitra dihitung.",
        )
        notes = (
            ("Wilayah", city.name),
            ("Arti", f"Jauh: {fmt.decimal(far_min, 0)} menit atau lebih ke puskesmas terdekat, tanpa mitra."),
            ("Cara tempuh", filters.MODE_NAMES[mode]),
            ("Sumber", f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}"),
        )
        table_buttons(lambda: Saved(partners_to_save(found, names), "RW yang terbantu mitra", notes), f"mitra-{mode}")
    _source(city, f"{filters.MODE_NAMES[mode]}. Batas jauh dari pengaturan Prioritas.")


def partners_shown(found: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Return the RWs that partners relieve as people read them."""
    return pd.DataFrame(
        {
            "RW": found["rw_name"] + ", " + found["kelurahan"],
            "Balita": found["children"].map(fmt.count),
            "Ke puskesmas": (found["puskesmas_minutes"] * 60).map(fmt.minutes),
            "Mitra terdekat": found["partner_code"].map(names),
            "Ke mitra": (found["partner_minutes"] * 60).map(fmt.minutes),
            "Hemat": (found["minutes_saved"] * 60).map(fmt.minutes),
        }
    )


def partners_to_save(found: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Return the same with codes and figures in minutes."""
    return pd.DataFrame(
        {
            "Kode RW": found["rw_code"],
            "RW": found["rw_name"],
            "Kelurahan": found["kelurahan"],
            "Kecamatan": found["kecamatan"],
            "Balita sasaran": found["children"],
            "Ke puskesmas (menit)": found["puskesmas_minutes"].round(1),
            "Mitra terdekat": found["partner_code"].map(names),
            "Ke mitra (menit)": found["partner_minutes"].round(1),
            "Hemat (menit)": found["minutes_saved"].round(1),
        }
    )


def _tiles(tiles: tuple[tuple[str, str, str], ...]) -> None:
    for column, (name, figure, beside) in zip(st.columns(len(tiles)), tiles, strict=True):
        column.html(
            f'<div class="kpi"><p class="name">{name}</p><div class="figure">{figure}</div>'
            f'<p class="beside">{beside}</p></div>'
        )


def _source(city: CityState, note: str) -> None:
    period = fmt.month(city.latest_month) if city.latest_month else fmt.MISSING
    source_line(period, f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}", note)
