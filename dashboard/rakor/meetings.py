"""The register of meetings: which were held, what they decided, and the form that writes one down."""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises.words import MEETING_KIND_NAMES, failure
from dashboard.pusing.acts import times_written, written
from dashboard.rakor import minutes
from dashboard.rakor.clock import quarter_of
from data.rakor.meetings import Meeting, add_meeting, change_meeting, restore_meeting, withdraw_meeting

_NEW, _NO_AREA, _NO_SNAPSHOT, _NO_PLAN = "Rapat baru", "Seluruh kota", "Tanpa potret data", "Tidak ada"


def show(viewer: Viewer, version: str, today: datetime.date) -> None:
    """Show the meetings beside the form."""
    meetings = cache.meetings(viewer.scope, version)
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        if meetings.empty:
            st.info("Belum ada rapat yang dicatat.", icon=":material/groups:")
        for row in meetings.to_dict("records"):
            _card(viewer, version, row)
    with right:
        if viewer.may("promise"):
            _form(viewer, version, meetings, today)
            _restore(viewer, version)


def _card(viewer: Viewer, version: str, row: Mapping[Any, Any]) -> None:
    with st.container(border=True):
        st.markdown(f"**{row['name']}**, {fmt.day(row['held_on'])}. {row['area'] or _NO_AREA}.")
        lines = []
        if row["chair"]:
            lines.append(f"Dipimpin {row['chair']}" + (f" di {row['place']}" if row["place"] else ""))
        if row["present"]:
            lines.append("Hadir: " + ", ".join(row["present"]))
        if row["snapshot_id"]:
            lines.append(f"Potret data no. {row['snapshot_id']}")
        lines += [f"Keputusan: {told}" for told in row["decisions"]]
        st.caption("  \n".join(lines) or "Belum ada catatan lain.")
        minutes.offer(viewer, version, row)


def _form(viewer: Viewer, version: str, meetings: pd.DataFrame, today: datetime.date) -> None:
    options = {f"{row['name']}, {fmt.day(row['held_on'])}": row for row in meetings.to_dict("records")}
    picked = st.selectbox("Catat yang baru atau koreksi", [_NEW, *options], key=f"rapat-{times_written()}")
    row = options.get(picked)
    places = cache.places(viewer.scope, version)
    kecamatan = places[places["level"].eq("kecamatan")]
    areas = {_NO_AREA: "", **dict(zip(kecamatan["name"], kecamatan["code"], strict=True))}
    snapshots = cache.all_snapshots(viewer.scope, version)
    frozen = {_NO_SNAPSHOT: "", **{f"{s['name']} (no. {s['id']})": s["id"] for s in snapshots.to_dict("records")}}
    plans = cache.rotation_plans(viewer.scope, version)
    adopted = {_NO_PLAN: None} | {
        f"Rencana no. {p['id']}, mulai {fmt.month(p['first_month'])}": int(p["id"])
        for p in plans[plans["status"].eq("adopted")].to_dict("records")
    }
    kinds = list(MEETING_KIND_NAMES)
    quarter = quarter_of(today)
    with st.form(f"rapat-isi-{0 if row is None else row['id']}-{times_written()}", border=True):
        name = st.text_input("Nama", f"Rakor {quarter.name}" if row is None else row["name"])
        left, right = st.columns(2)
        held_on = left.date_input("Hari", today if row is None else row["held_on"], format="DD/MM/YYYY")
        kind = right.selectbox(
            "Jenis", kinds, index=0 if row is None else kinds.index(row["kind"]),
            format_func=MEETING_KIND_NAMES.__getitem__,
        )  # fmt: skip
        area = left.selectbox("Wilayah", list(areas), index=_at(areas, "" if row is None else row["area_code"]))
        chair = right.text_input("Dipimpin oleh (jabatan)", "" if row is None else row["chair"])
        place = left.text_input("Tempat", "" if row is None else row["place"])
        snapshot = right.selectbox(
            "Potret data", list(frozen), index=_at(frozen, "" if row is None else row["snapshot_id"])
        )
        plan = st.selectbox(
            "Rencana rotasi yang ditetapkan",
            list(adopted),
            index=_at(adopted, None if row is None or pd.isna(row["plan_id"]) else int(row["plan_id"])),
        )
        present = st.text_area("Unit yang hadir, satu per baris", "" if row is None else "\n".join(row["present"]))
        decisions = st.text_area("Keputusan, satu per baris", "" if row is None else "\n".join(row["decisions"]))
        is_sent = st.form_submit_button("Simpan rapat", type="primary", icon=":material/save:")
        is_gone = row is not None and st.form_submit_button("Tarik rapat ini", icon=":material/undo:")
    if is_sent:
        meeting = Meeting(
            held_on, name, kind, areas[area], chair, place, tuple(present.splitlines()),
            tuple(decisions.splitlines()), frozen[snapshot], adopted[plan],
        )  # fmt: skip
        written(
            viewer,
            lambda connection: (
                add_meeting(connection, meeting, viewer.name)
                if row is None
                else change_meeting(connection, int(row["id"]), meeting)
            ),
            f"{name} disimpan.",
            failure,
        )
    if is_gone and row is not None:
        written(viewer, lambda connection: withdraw_meeting(connection, int(row["id"])), "Rapat ditarik.", failure)


def _restore(viewer: Viewer, version: str) -> None:
    gone = cache.withdrawn_meetings(viewer.scope, version)
    if gone.empty:
        return
    with st.expander("Kembalikan rapat yang sudah ditarik"):
        options = {
            f"{row['name']}, {fmt.day(row['held_on'])} (no. {row['id']})": int(row["id"])
            for row in gone.to_dict("records")
        }
        picked = st.selectbox(
            "Rapat yang ditarik", list(options), index=None, placeholder="Pilih rapat", key=f"kembali-{times_written()}"
        )
        if st.button("Kembalikan", icon=":material/history:", disabled=picked is None) and picked is not None:
            number = options[picked]
            written(viewer, lambda connection: restore_meeting(connection, number), "Rapat berlaku lagi.", failure)


def _at(options: Mapping[str, Any], value: object) -> int:
    values = list(options.values())
    return values.index(value) if value in values else 0
