"""The day's sheets on the screen: which puskesmas and month, which stops on one day, in which order, and the PDF."""

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import file_button
from dashboard.rotation.day_round import Round
from dashboard.rotation.paper import sheets
from data.errors import RembukError
from data.queries.city import CityState
from models.errors import ModelError
from models.rotation.day_route import MOST_STOPS


def show(viewer: Viewer, version: str, city: CityState, slots: pd.DataFrame) -> None:
    """Offer the visit sheets of a day: the round first, then one page a stop in its order."""
    if slots.empty:
        st.info("Rencana ini belum punya kunjungan.", icon=":material/print:")
        return
    names = dict(zip(slots["puskesmas"].str.removeprefix("Puskesmas "), slots["puskesmas_code"], strict=True))
    mine = [name for name, code in names.items() if code == viewer.facility_code]
    left, right = st.columns(2)
    picked = left.selectbox("Puskesmas", mine or sorted(names), key="lembar")
    here = slots[slots["puskesmas_code"] == names[picked]]
    month = right.selectbox("Bulan", sorted(set(here["month"])), format_func=fmt.month, key=f"lembar-bulan-{picked}")
    of_month = here[here["month"] == month]
    words = dict(zip(of_month["rw_name"] + ", " + of_month["kelurahan"], of_month["rw_code"], strict=True))
    chosen = st.multiselect(
        "RW yang dikunjungi pada hari yang sama",
        list(words),
        default=list(words)[:MOST_STOPS],
        max_selections=MOST_STOPS,
        key=f"lembar-rw-{picked}-{month}",
        placeholder="Pilih RW…",
    )
    if not chosen:
        st.caption("Pilih paling sedikit satu RW.")
        return
    stops = of_month[of_month["rw_code"].isin([words[name] for name in chosen])]
    way = _round(viewer, version, names[picked], tuple(sorted(stops["rw_code"])))
    if way is not None:
        st.dataframe(_ordered(way, stops), hide_index=True, width="stretch")
        how = (
            "lewat jalan, dengan mobil" if way.is_by_road else "perkiraan garis lurus, karena jaringan jalan tidak ada"
        )
        st.caption(
            f"Urutan tercepat dari puskesmas dan kembali: {fmt.minutes(sum(way.drives_s))} di perjalanan, {how}."
        )
    pages = len(stops) + (way is not None and len(stops) > 1)
    st.caption(f"{fmt.count(pages)} halaman A4 tanpa nama: peta jalan, perkiraan yang dilayani, bawaan, kolom hasil.")
    file_button(
        "Unduh lembar kunjungan (PDF)",
        lambda: sheets(viewer, version, city, stops, way),
        f"rembuk-lembar-kunjungan-{picked}-{month:%Y-%m}.pdf",
        "application/pdf",
        ":material/picture_as_pdf:",
    )


def _round(viewer: Viewer, version: str, puskesmas: str, rw_codes: tuple[str, ...]) -> Round | None:
    try:
        return cache.day_round(viewer.scope, version, puskesmas, rw_codes)
    except (RembukError, ModelError):
        st.caption("Urutan perjalanan belum bisa dihitung: puskesmas atau RW ini belum punya titik di peta.")
        return None


def _ordered(way: Round, stops: pd.DataFrame) -> pd.DataFrame:
    names = (stops["rw_name"] + ", " + stops["kelurahan"]).set_axis(stops["rw_code"])
    return pd.DataFrame(
        {
            "Urutan": [*map(str, range(1, len(way.rw_codes) + 1)), "–"],
            "Tempat": [*(names[code] for code in way.rw_codes), "Kembali ke puskesmas"],
            "Perjalanan dari tempat sebelumnya": [fmt.minutes(drive) for drive in way.drives_s],
        }
    )
