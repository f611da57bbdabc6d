"""Writing one visit down on the screen; a count left blank stays unknown."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.pusing.acts import written
from dashboard.shell import now
from dashboard.visit.choices import Asked
from dashboard.visit.words import COUNT_NAMES
from data.pusing.visiting import COUNTS, MOST_PEOPLE, Visit, log_visit


def show(viewer: Viewer, asked: Asked, area: pd.DataFrame, planned: pd.DataFrame, visits: pd.DataFrame) -> None:
    """Show the form; the RWs that a plan names for this month come first and are marked, and are listed below.

    `visits` are those of this month.
    """
    today = now().date()
    due = set(planned.loc[planned["month"] == today.replace(day=1), "rw_code"])
    _form(viewer, asked, area, due, today)
    told = due_shown(area, due, dict(zip(visits["rw_code"], visits["visited_on"], strict=True)))
    if len(told):
        st.markdown(f"**Direncanakan untuk {fmt.month(today)}**")
        st.dataframe(told, hide_index=True, width="stretch")
    else:
        st.caption(f"Belum ada rencana yang ditetapkan untuk puskesmas ini pada {fmt.month(today)}.")


def due_shown(area: pd.DataFrame, due: set[str], visited: dict[str, datetime.date]) -> pd.DataFrame:
    """Return the RWs that a plan names for the month, and whether they were visited in it."""
    rows = area[area["code"].isin(due)]
    return pd.DataFrame(
        {
            "RW": rows["rw_name"] + ", " + rows["kelurahan"],
            "Keadaan": [
                f"dikunjungi {fmt.day(visited[code])}" if code in visited else "belum dikunjungi"
                for code in rows["code"]
            ],
        }
    )


def _form(viewer: Viewer, asked: Asked, area: pd.DataFrame, due: set[str], today: datetime.date) -> None:
    ordered = area.assign(is_due=area["code"].isin(due)).sort_values(["is_due", "code"], ascending=[False, True])
    rws = {
        f"{row['rw_name']}, {row['kelurahan']}{' (direncanakan bulan ini)' if row['is_due'] else ''}": row["code"]
        for _, row in ordered.iterrows()
    }
    with st.form(f"kunjungan-{asked.puskesmas}", border=False, clear_on_submit=False):
        left, right = st.columns([2, 1])
        name = left.selectbox("RW yang dikunjungi", list(rws), index=None, placeholder="Pilih RW…")
        day = right.date_input("Tanggal", today, max_value=today, format="DD/MM/YYYY")
        st.caption("Kosongkan angka yang belum diketahui; kosong tidak dihitung nol.")
        counts = {
            count: column.number_input(COUNT_NAMES[count], 0, MOST_PEOPLE, value=None, placeholder="belum diketahui")
            for column, count in zip(st.columns(len(COUNTS)), COUNTS, strict=True)
        }
        is_sent = st.form_submit_button("Simpan kunjungan", type="primary", icon=":material/save:")
    if not is_sent:
        return
    if name is None:
        st.error("Pilih dulu RW yang dikunjungi.", icon=":material/error:")
        return
    known = {count: None if value is None else int(value) for count, value in counts.items()}
    visit = Visit(rws[name], day, asked.puskesmas, **known)
    written(
        viewer,
        lambda connection: log_visit(connection, visit, today),
        f"Kunjungan ke {name.removesuffix(' (direncanakan bulan ini)')} pada {fmt.day(day)} disimpan.",
    )
