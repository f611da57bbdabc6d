"""Adding, correcting, withdrawing and restoring an event that explains a jump, on the screen."""

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.indicator_words import BREAK_NAMES, failure
from dashboard.pusing.acts import times_written, written
from dashboard.shell import now
from dashboard.targets import break_list
from data.indicators.breaks import EARLIEST, BreakEvent, add_break, correct_break, restore_break, withdraw_break

_NEW = "Peristiwa baru"


def show(viewer: Viewer, areas: dict[str, str], held: pd.DataFrame, ended: pd.DataFrame) -> None:
    """Show the form: a new event or one that stands, and below what can be withdrawn or restored."""
    options = {_NEW: None, **{break_list.label(row): row for _, row in held.iterrows()}}
    picked = st.selectbox("Catat yang baru atau koreksi yang ada", list(options), key=f"peristiwa-{times_written()}")
    row = options[picked or _NEW]
    _form(viewer, areas, row)
    if row is not None:
        _withdraw(viewer, row)
    _restore(viewer, ended)


def _form(viewer: Viewer, areas: dict[str, str], row: pd.Series | None) -> None:
    today = now().date()
    names = {code: name for name, code in areas.items()}
    known_area = None if row is None else names.get(row["area_code"])
    kinds = list(BREAK_NAMES)
    with st.form(f"isian-peristiwa-{'baru' if row is None else row['id']}-{times_written()}", border=False):
        left, right = st.columns(2)
        kind = left.selectbox(
            "Jenis",
            kinds,
            index=0 if row is None else kinds.index(row["kind"]),
            format_func=BREAK_NAMES.__getitem__,
        )
        area = right.selectbox("Wilayah", list(areas), index=list(areas).index(known_area) if known_area else 0)
        left, right = st.columns(2)
        first = left.date_input(
            "Mulai",
            today if row is None else row["happened_on"],
            min_value=EARLIEST,
            max_value=today,
            format="DD/MM/YYYY",
        )
        last = right.date_input(
            "Selesai (kosong: sehari saja, atau masih berlangsung)",
            None if row is None or pd.isna(row["ended_on"]) else row["ended_on"],
            min_value=EARLIEST,
            format="DD/MM/YYYY",
        )
        note = st.text_input(
            "Keterangan: apa yang terjadi dan mengapa angka melompat", "" if row is None else row["note"]
        )
        is_sent = st.form_submit_button(
            "Simpan peristiwa" if row is None else "Simpan koreksi", type="primary", icon=":material/save:"
        )
    if not is_sent:
        return
    event = BreakEvent(areas[area], kind, first, note, last)
    told = f"Peristiwa {fmt.day(first)} disimpan; tampil di setiap tren wilayah itu."
    if row is None:
        written(viewer, lambda connection: add_break(connection, event, viewer.name, today), told, failure)
    else:
        number = int(row["id"])
        written(
            viewer,
            lambda connection: correct_break(connection, number, event, viewer.name, today),
            f"{told} Yang lama tetap ada di riwayat.",
            failure,
        )


def _withdraw(viewer: Viewer, row: pd.Series) -> None:
    with st.form(f"tarik-peristiwa-{row['id']}", border=False):
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        why = left.text_input("Alasan menarik peristiwa ini", placeholder="mengapa peristiwa ini keliru")
        is_sent = right.form_submit_button("Tarik peristiwa", icon=":material/undo:")
    if is_sent:
        number = int(row["id"])
        written(
            viewer,
            lambda connection: withdraw_break(connection, number, why, viewer.name),
            "Peristiwa ditarik; masih bisa dipulihkan.",
            failure,
        )


def _restore(viewer: Viewer, ended: pd.DataFrame) -> None:
    if ended.empty:
        return
    with st.expander("Pulihkan peristiwa yang sudah dikoreksi atau ditarik"):
        options = {f"{break_list.label(row)} · {break_list.state(row)}": int(row["id"]) for _, row in ended.iterrows()}
        picked = st.selectbox(
            "Peristiwa lama", list(options), index=None, placeholder="Pilih…", key=f"pulih-{times_written()}"
        )
        if st.button("Pulihkan", icon=":material/history:", disabled=picked is None) and picked is not None:
            number, today = options[picked], now().date()
            written(
                viewer,
                lambda connection: restore_break(connection, number, viewer.name, today),
                "Peristiwa lama berlaku lagi.",
                failure,
            )
