"""Writing visits down by workbook on the screen: download, upload, look, take in."""

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.pusing.acts import written
from dashboard.returned.faults import show_faults
from dashboard.returned.upload import exchanged, is_confirmed
from dashboard.shell import now
from dashboard.visit import sheet as visit_sheet
from dashboard.visit.choices import Asked
from dashboard.visit.words import COUNT_NAMES
from data.pusing.visiting import Visit, log_visit


def show(viewer: Viewer, asked: Asked, area: pd.DataFrame) -> None:
    """Offer the workbook of a wilayah kerja and take it back."""
    st.markdown(
        f"Unduh daftar RW **{asked.puskesmas_name}**, isi kolom kuning di Excel, lalu unggah kembali. Berkas masuk "
        "seluruhnya atau tidak sama sekali; kunjungan dengan RW dan tanggal yang sama diperbaiki."
    )
    filled = exchanged(
        lambda: visit_sheet.write(area, asked.puskesmas_name), f"kunjungan-pusing-{asked.puskesmas}.xlsx", "kunjungan"
    )
    if filled is None:
        return
    content, file_key = filled
    today = now().date()
    returned = visit_sheet.read(content, set(area["code"]), asked.puskesmas, today)
    if returned.faults:
        show_faults(returned.faults)
        return
    names = area.set_index("code")["rw_name"] + ", " + area.set_index("code")["kelurahan"]
    st.dataframe(shown(returned.visits, names), hide_index=True)

    def take_in(connection: Connection) -> None:
        for _, visit in returned.visits:
            log_visit(connection, visit, today)

    if is_confirmed(file_key):
        written(viewer, take_in, f"{fmt.count(len(returned.visits))} kunjungan disimpan.")


def shown(visits: tuple[tuple[int, Visit], ...], names: pd.Series) -> pd.DataFrame:
    """Return the visits of a workbook as people read them."""
    return pd.DataFrame(
        {
            "Baris": [number for number, _ in visits],
            "RW": [names[visit.rw_code] for _, visit in visits],
            "Tanggal": [fmt.day(visit.visited_on) for _, visit in visits],
            **{name: [fmt.count(getattr(visit, code)) for _, visit in visits] for code, name in COUNT_NAMES.items()},
        }
    )
