"""The presenting page: slides where the address asks for them, else what will be shown, how to start and take it."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.briefing.model import Briefing
from dashboard.briefing.read import briefing_of, sequence_of
from dashboard.briefing.stamp import stamp_line
from dashboard.briefing.story import SLIDES
from dashboard.presenting import files, planner, stage
from dashboard.presenting.choices import LOOP, RUNNING, Asked, ask
from dashboard.pusing.acts import show_done
from dashboard.shell import now
from dashboard.snapshot import choice
from data.queries.city import CityState

_CLOSED = "paparan-ditutup"
_KEYS = (
    "**Tombol**: → atau PageDown halaman berikut, ← atau PageUp sebelumnya, Home dan End ujungnya, F layar penuh, "
    "B layar hitam, T jam, Esc selesai. Alat penunjuk presentasi memakai tombol yang sama."
)


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Show the page."""
    show_done()
    asked = ask(viewer, version, city)
    if asked is None:
        st.info("Tidak ada wilayah yang paparannya boleh dibuka dengan peran ini.", icon=":material/lock:")
        return
    with st.spinner("Menyusun paparan…"):
        briefing = _briefing(viewer, version, city, asked, now().date())
    if asked.is_running and not st.session_state.pop(_CLOSED, False):
        stage.show(briefing, asked.loop_s, f"{asked.place.code} {asked.sequence}")
        return
    _starter(asked)
    _contents(briefing)
    files.offer(briefing)
    planner.show(viewer, version, city, asked)


def _briefing(viewer: Viewer, version: str, city: CityState, asked: Asked, today: datetime.date) -> Briefing:
    """Return the sequence asked for, or the place's usual slides where there is none or nothing of it may be seen."""
    held = choice.read_now()
    if asked.steps and (found := sequence_of(viewer, version, city, asked.steps, today, held)):
        return found
    return briefing_of(viewer, version, city, asked.place, today, (), held)


def _starter(asked: Asked) -> None:
    left, right = st.columns([1, 2], vertical_alignment="center")
    if left.button("Mulai paparan", type="primary", icon=":material/slideshow:", width="stretch"):
        st.query_params[RUNNING] = "ya"
        st.rerun()
    loops = f"Paparan berputar tiap {asked.loop_s} detik." if asked.loop_s else ""
    right.caption(f"{_KEYS} {loops}")
    st.caption(
        f"Untuk layar yang berputar sendiri, buka tautan dengan `?{RUNNING}=ya&{LOOP}=20` (detik per halaman). Semua "
        "halaman dimuat sekaligus: paparan tetap jalan bila jaringan putus, dan tersambung lagi sendiri."
    )


def _contents(briefing: Briefing) -> None:
    limits = [*briefing.seconds, *[0] * len(briefing.slides)]
    rows = pd.DataFrame(
        [
            {
                "Ke-": fmt.count(number),
                "Bagian": SLIDES[slide.code][0],
                "Wilayah": slide.place,
                "Kalimat judul": slide.title,
                "Detik": fmt.count(limit) if limit else fmt.MISSING,
            }
            for number, (slide, limit) in enumerate(zip(briefing.slides, limits, strict=False), start=1)
        ]
    )
    if not any(limits):
        rows = rows.drop(columns="Detik")
    # A table of words and not a grid: a grid cuts a sentence where its column ends.
    with st.container(key="paparan-isi"):
        st.table(rows, hide_index=True, border="horizontal", alt="Daftar halaman paparan dengan kalimat judulnya.")
    st.caption(
        f"{stamp_line(briefing.stamp)}. Aman untuk layar bersama: tanpa nama orang, tanpa titik, tanpa jumlah kecil."
    )
