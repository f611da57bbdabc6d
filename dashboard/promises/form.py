"""Writing a promise down during the meeting: choose what and who, and save; the rest is filled in."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises import list as promise_list
from dashboard.promises.words import KIND_NAMES, STATUS_NAMES, failure
from dashboard.pusing.acts import times_written, written
from dashboard.rakor.clock import next_due
from data.rakor.promises import Owner, Promise, add_promise, answer_promise, restore_promise, withdraw_promise
from data.schema import PROMISE_STATUSES

USUAL = {
    "Menimbang ulang RW yang kehadirannya di bawah 60 %": "attendance_ds",
    "Mengunjungi RW yang jauh dengan Pusing": "stunting_prevalence",
    "Membangun jamban sehat di RW prioritas": "sanitary_toilet",
    "Menyediakan air bersih di RW prioritas": "safe_water",
    "Memberi makanan tambahan kepada balita gizi kurang": "supplementary_feeding",
    "Menyalurkan bantuan sosial kepada keluarga berisiko": "social_assistance",
    "Melengkapi imunisasi dasar": "full_immunisation",
    "Mengesahkan data bulanan tepat waktu": "",
}
"""Promises that are often made, each with the indicator that it should move."""
_NO_AREA, _NO_INDICATOR = "Tanpa wilayah khusus", "Tanpa indikator"


def owners(viewer: Viewer, version: str) -> dict[str, Owner]:
    """Return everybody who can own a promise, by the words of the list: OPD, places, puskesmas, partners."""
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    places = cache.places(viewer.scope, version)
    care = cache.all_facilities(viewer.scope, version)
    found = [Owner("opd", name) for name in sorted(dictionary["opd"].dropna().unique())]
    for level in ("kecamatan", "kelurahan"):
        found += [
            Owner(level, f"{KIND_NAMES[level]} {name}", code)
            for name, code in places.loc[places["level"].eq(level), ["name", "code"]].to_numpy().tolist()
        ]
    is_own = care["kind"].eq("puskesmas") & care["area_code"].notna()
    found += [Owner("puskesmas", name, code) for name, code in care.loc[is_own, ["name", "code"]].to_numpy().tolist()]
    found += [Owner("partner", str(name)) for name in care.loc[care["is_partner"].eq(True), "name"]]
    return {owner.name: owner for owner in found}


def add(viewer: Viewer, version: str, meetings: pd.DataFrame, today: datetime.date) -> None:
    """Show the form of a new promise at the newest meeting."""
    known = owners(viewer, version)
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    indicators = dict(zip(dictionary["name"], dictionary["code"], strict=True))
    places = cache.places(viewer.scope, version)
    areas = dict(zip(places["level"].str.title() + " " + places["name"], places["code"], strict=True))
    by_name = {f"{row['name']}, {fmt.day(row['held_on'])}": row for _, row in meetings.iterrows()}
    with st.form(f"janji-baru-{times_written()}", border=True):
        told = st.selectbox(
            "Apa yang dijanjikan", list(USUAL), index=None, accept_new_options=True,
            placeholder="Pilih, atau ketik sendiri",
        )  # fmt: skip
        owner = st.selectbox("Pemilik", list(known), index=None, placeholder="Pilih OPD, kecamatan, puskesmas, mitra")
        with st.expander("Rapat, tenggat, wilayah, indikator (sudah terisi)"):
            meeting = st.selectbox("Rapat", list(by_name))
            row = by_name[meeting]
            due = st.date_input("Tenggat", max(next_due(today), row["held_on"]), format="DD/MM/YYYY")
            area = st.selectbox("Wilayah yang dimaksud", [_NO_AREA, *areas], help="Kosong: wilayah pemiliknya.")
            named = st.selectbox("Indikator yang harus bergerak", [_NO_INDICATOR, *indicators])
        is_sent = st.form_submit_button("Simpan janji", type="primary", icon=":material/handshake:")
    if not is_sent:
        return
    if not told or owner is None:
        st.error("Pilih dulu apa yang dijanjikan dan siapa pemiliknya.", icon=":material/error:")
        return
    whose = known[owner]
    own_area = whose.code if whose.kind in ("kecamatan", "kelurahan") else ""
    promise = Promise(
        int(row["id"]), whose, told, due, areas.get(area, own_area), indicators.get(named, USUAL.get(told, ""))
    )
    written(
        viewer, lambda connection: add_promise(connection, promise, viewer.name), f"Janji {owner} dicatat.", failure
    )


def answer(viewer: Viewer, promises: pd.DataFrame) -> None:
    """Show the form with which an owner, or Dinkes, says what became of a promise."""
    if promises.empty:
        return
    options = {promise_list.label(row): row for _, row in promises.iterrows()}
    picked = st.selectbox("Janji yang dijawab", list(options), key=f"janji-dijawab-{times_written()}")
    row = options[picked]
    with st.form(f"jawab-janji-{row['id']}-{times_written()}", border=False):
        status = st.segmented_control(
            "Keadaannya", PROMISE_STATUSES, default=row["status"], format_func=STATUS_NAMES.__getitem__, required=True
        )
        evidence = st.text_input("Apa yang sudah dikerjakan (bukti: tanggal, jumlah, nomor surat)", row["evidence"])
        is_sent = st.form_submit_button("Simpan jawaban", type="primary", icon=":material/save:")
    if is_sent:
        written(
            viewer,
            lambda connection: answer_promise(
                connection, int(row["id"]), str(status or row["status"]), evidence, viewer.name
            ),
            "Jawaban disimpan.",
            failure,
        )


def withdraw(viewer: Viewer, promises: pd.DataFrame) -> None:
    """Let a planner take a promise back that was written down by mistake."""
    options = {promise_list.label(row): int(row["id"]) for _, row in promises.iterrows()}
    with st.form(f"tarik-janji-{times_written()}", border=False):
        picked = st.selectbox("Tarik janji yang salah tulis", list(options), index=None, placeholder="Pilih janji")
        is_sent = st.form_submit_button("Tarik", icon=":material/undo:")
    if is_sent and picked:
        written(viewer, lambda connection: withdraw_promise(connection, options[picked]), "Janji ditarik.", failure)


def restore(viewer: Viewer, version: str) -> None:
    """Let a planner put a promise back that was taken back."""
    gone = cache.withdrawn_promises(viewer.scope, version)
    if gone.empty:
        return
    options = {
        f"{row['owner']}: {row['text']} (tenggat {fmt.day(row['due_on'])}, no. {row['id']})": int(row["id"])
        for row in gone.to_dict("records")
    }
    with st.form(f"kembalikan-janji-{times_written()}", border=False):
        picked = st.selectbox(
            "Kembalikan janji yang sudah ditarik", list(options), index=None, placeholder="Pilih janji"
        )
        is_sent = st.form_submit_button("Kembalikan", icon=":material/history:")
    if is_sent and picked:
        written(viewer, lambda connection: restore_promise(connection, options[picked]), "Janji berlaku lagi.", failure)
