"""Naming RWs by workbook on the screen: download, upload, look at what it would do, take it in."""

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.nomination import sheet as nomination_sheet
from dashboard.nomination.choices import Asked
from dashboard.nomination.form import name_all
from dashboard.nomination.words import NO_NOMINATION
from dashboard.pusing.acts import written
from dashboard.returned.faults import show_faults
from dashboard.returned.upload import exchanged, is_confirmed
from data.pusing.nominating import answer_none


def show(viewer: Viewer, asked: Asked, far: pd.DataFrame, named: pd.DataFrame) -> None:
    """Offer the workbook and take it back; `far` and `named` are the kelurahan's own."""
    st.markdown(
        f"Unduh daftar RW **{asked.kelurahan_name}**, isi kolom kuning di Excel, lalu unggah kembali. Berkas masuk "
        "seluruhnya atau tidak sama sekali, dan tidak ada yang ditulis sebelum Anda menekan Masukkan."
    )
    filled = exchanged(
        lambda: nomination_sheet.write(far, asked.kelurahan_name, asked.month),
        f"usulan-pusing-{asked.kelurahan}-{asked.month:%Y-%m}.xlsx",
        "usulan",
    )
    if filled is None:
        return
    content, file_key = filled
    returned = nomination_sheet.read(content, asked.month, list(far["rw_code"]), list(named["rw_code"]))
    if returned.faults:
        show_faults(returned.faults)
        return
    names = far.set_index("rw_code")["rw_name"]
    if returned.named:
        st.dataframe(
            pd.DataFrame(
                {
                    "Baris": [row.row for row in returned.named],
                    "RW": [names[row.rw_code] for row in returned.named],
                    "Alasan": [row.reason for row in returned.named],
                }
            ),
            hide_index=True,
        )
        told = f"{fmt.count(len(returned.named))} RW diusulkan untuk {fmt.month(asked.month)}."
    else:
        st.info(
            f"Berkas ini tidak mengusulkan RW. Memasukkannya berarti menjawab: {NO_NOMINATION}.", icon=":material/info:"
        )
        told = f"Dicatat: {asked.kelurahan_name} tidak mengusulkan RW untuk {fmt.month(asked.month)}."

    def take_in(connection: Connection) -> None:
        name_all(connection, {row.rw_code: row.reason for row in returned.named}, asked, viewer.name)
        if not returned.named:
            answer_none(connection, asked.kelurahan, asked.month, viewer.name, NO_NOMINATION)

    if is_confirmed(file_key):
        written(viewer, take_in, told)
