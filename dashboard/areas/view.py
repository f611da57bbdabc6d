"""The part of Pengaturan that loads a city: outlines, RWs, facilities, wilayah kerja, and then travel times."""

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.areas import outlines, tables, travel
from dashboard.areas.accepted import show_done
from data.queries.city import CityState

OUTLINES, TRAVEL = "Batas wilayah", "Waktu tempuh"
TABLES = {"Tabel RW": tables.RW, "Fasilitas": tables.FACILITIES, "Wilayah kerja": tables.SERVICE_AREAS}


def show(viewer: Viewer, version: str, city: CityState | None) -> None:
    """Let a planner load the city's places, step by step; nothing is written before a button."""
    if not viewer.may("import"):
        st.info("Memuat wilayah adalah tugas perencana Dinkes.", icon=":material/lock:")
        return
    show_done()
    if city is not None and city.is_demo:
        st.info(
            "Basis data ini berisi kota contoh; wilayah nyata dimuat ke basis data sendiri. Caranya ada di README, "
            "bagian memuat kota nyata.",
            icon=":material/database:",
        )
        return
    if city is None:
        st.info(
            "Basis data masih kosong. Mulailah dengan berkas batas kelurahan di bawah ini: kota dan kecamatannya ikut "
            "terbentuk. Untuk mencoba Rembuk lebih dahulu, pengelola dapat membuat kota contoh dengan perintah "
            "`python -m dashboard demo`.",
            icon=":material/database:",
        )
        outlines.show(viewer, version, None)
        return
    st.caption(_so_far(viewer, version))
    picked = st.segmented_control(
        "Langkah",
        [OUTLINES, *TABLES, TRAVEL],
        default=OUTLINES,
        required=True,
        key="muat",
        bind="query-params",
        label_visibility="collapsed",
        width="stretch",
    )
    if picked in TABLES:
        tables.show(viewer, version, TABLES[picked])
    elif picked == TRAVEL:
        travel.show(viewer, version)
    else:
        outlines.show(viewer, version, city)


def _so_far(viewer: Viewer, version: str) -> str:
    """Return what is loaded already, in one line."""
    places, rws = cache.places(viewer.scope, version), cache.rw_names(viewer.scope, version)
    facilities, services = cache.all_facilities(viewer.scope, version), cache.service_areas(viewer.scope, version)
    counted = {
        "kecamatan": (places["level"] == "kecamatan").sum(),
        "kelurahan": (places["level"] == "kelurahan").sum(),
        "RW": len(rws),
        "puskesmas": (facilities["kind"] == "puskesmas").sum(),
        "fasilitas lain": (facilities["kind"] != "puskesmas").sum(),
        "RW punya puskesmas": services["rw_code"].isin(rws["code"]).sum(),
    }
    told = ", ".join(f"{fmt.count(int(count))} {name}" for name, count in counted.items())
    return f"Sudah dimuat: {told}. Muat berurutan; setiap langkah boleh diulang dan tidak menghapus penimbangan."
