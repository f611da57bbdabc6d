"""Naming RWs on the screen: an area's own far list to tick, the answer "none", and what it has named so far."""

import hashlib

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.nomination.choices import Asked
from dashboard.nomination.list import standing
from dashboard.nomination.words import NO_NOMINATION, OTHER, REASONS, reason_told
from dashboard.pusing.acts import written
from data.pusing.nominating import answer_none, nominate, reply, withdraw_nomination
from data.pusing.reasons import LONGEST_REASON

_NAMED, _REASON, _NOTE = "Usulkan", "Alasan", "Keterangan"


def show(viewer: Viewer, asked: Asked, far: pd.DataFrame, named: pd.DataFrame) -> None:
    """Show the far list to tick, and below it what the kelurahan has named; `named` is the kelurahan's own."""
    open_rws = far[~far["rw_code"].isin(named["rw_code"])].reset_index(drop=True)
    st.markdown(
        f"**{asked.kelurahan_name}**: RW dari yang paling jauh. Centang yang perlu dikunjungi Pusing pada "
        f"{fmt.month(asked.month)}, pilih alasannya, lalu kirim."
    )
    key = hashlib.sha256(f"{asked.kelurahan}{asked.month}{list(open_rws['rw_code'])}".encode()).hexdigest()[:12]
    with st.form(f"usulan-{key}", border=False):
        filled = st.data_editor(
            _to_fill(open_rws),
            hide_index=True,
            width="stretch",
            height=min(40 * (len(open_rws) + 1) + 3, 400),
            disabled=["RW", "Waktu tempuh", "D/S", "Menurut data"],
            column_config={
                _NAMED: st.column_config.CheckboxColumn(width=80),
                "D/S": st.column_config.TextColumn(width=130),
                _REASON: st.column_config.SelectboxColumn(options=list(REASONS), width=170),
                _NOTE: st.column_config.TextColumn(max_chars=LONGEST_REASON - 40, width=260),
            },
            placeholder="pilih…",
            key=f"usulan-isi-{key}",
        )
        is_sent = st.form_submit_button("Kirim usulan", type="primary", icon=":material/send:")
    if is_sent:
        _send(viewer, asked, open_rws, filled)
    _answer_none(viewer, asked, named)


def standing_nominations(viewer: Viewer, named: pd.DataFrame) -> None:
    """List what was named, with Dinkes' reply; let it be withdrawn, and by Dinkes be replied to."""
    if named.empty:
        return
    st.subheader(f"Sudah diusulkan: {fmt.count(len(named))} RW", anchor=False)
    st.dataframe(shown(named), hide_index=True, width="stretch")
    words = {
        f"{row['rw_name']}, {row['kelurahan']}: {row['reason']}"[:90]: int(row["id"]) for _, row in named.iterrows()
    }
    columns = st.columns(2 if viewer.may("reply") else 1, gap="large")
    with columns[0], st.form("tarik-usulan", border=False):
        picked = st.selectbox("Tarik usulan", list(words), index=None, placeholder="Pilih usulan…")
        if st.form_submit_button("Tarik", icon=":material/undo:") and picked:
            number = words[picked]
            written(viewer, lambda connection: withdraw_nomination(connection, number), "Usulan ditarik.")
    if viewer.may("reply"):
        with columns[1], st.form("jawab-usulan", border=False):
            answered = st.selectbox("Jawab usulan sebagai Dinkes", list(words), index=None, placeholder="Pilih usulan…")
            told = st.text_input("Jawaban", max_chars=LONGEST_REASON)
            if st.form_submit_button("Kirim jawaban", icon=":material/reply:") and answered:
                number = words[answered]
                written(viewer, lambda connection: reply(connection, number, told), "Jawaban disimpan.")


def shown(named: pd.DataFrame) -> pd.DataFrame:
    """Return nominations as people read them."""
    return pd.DataFrame(
        {
            "RW": named["rw_name"] + ", " + named["kelurahan"],
            "Alasan": named["reason"],
            "Oleh": named["nominated_by"],
            "Waktu": [fmt.moment(when) for when in named["written_at"]],
            "Jawaban Dinkes": named["reply"].fillna("belum dijawab"),
        }
    )


def ticked(open_rws: pd.DataFrame, filled: pd.DataFrame) -> tuple[dict[str, str], list[str]]:
    """Return the reasons of the RWs ticked, by code, and the names of those whose reason is not told enough."""
    reasons: dict[str, str] = {}
    lacking: list[str] = []
    for place, row in enumerate(filled.to_dict("records")):
        if not row[_NAMED]:
            continue
        told = reason_told(_text(row[_REASON]), _text(row[_NOTE]))
        if told is None:
            lacking.append(str(row["RW"]))
        else:
            reasons[str(open_rws["rw_code"].iloc[place])] = told
    return reasons, lacking


def _to_fill(open_rws: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _NAMED: False,
            "RW": open_rws["rw_name"],
            "Waktu tempuh": open_rws["travel_s"].map(fmt.minutes).replace(fmt.MISSING, "belum diketahui"),
            "D/S": open_rws["attendance_share"]
            .map(lambda share: fmt.share(share, 0))
            .replace(fmt.MISSING, "belum diketahui"),
            "Menurut data": [standing(row) for _, row in open_rws.iterrows()],
            _REASON: pd.Series([None] * len(open_rws), dtype=object),
            _NOTE: "",
        }
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _send(viewer: Viewer, asked: Asked, open_rws: pd.DataFrame, filled: pd.DataFrame) -> None:
    reasons, lacking = ticked(open_rws, filled)
    if lacking:
        st.error(
            f"Belum dikirim: alasan {', '.join(lacking)} belum lengkap. Pilih alasannya; “{OTHER}” perlu keterangan.",
            icon=":material/error:",
        )
    elif not reasons:
        st.error("Belum ada RW yang dicentang.", icon=":material/error:")
    else:
        written(
            viewer,
            lambda connection: name_all(connection, reasons, asked, viewer.name),
            f"{fmt.count(len(reasons))} RW diusulkan untuk {fmt.month(asked.month)}.",
        )


def name_all(connection: Connection, reasons: dict[str, str], asked: Asked, by: str) -> None:
    """Name RWs for a month, all or none."""
    for code, reason in reasons.items():
        nominate(connection, code, asked.month, reason, by)


def _answer_none(viewer: Viewer, asked: Asked, named: pd.DataFrame) -> None:
    version = cache.data_version(viewer.scope)
    answers = cache.nomination_answers(viewer.scope, version, asked.month)
    own = answers[answers["kelurahan_code"] == asked.kelurahan]
    if len(own) and pd.notna(own["written_at"].iloc[0]) and not own["named"].iloc[0]:
        told = own.iloc[0]
        by = f"{told['answered_by']}, {fmt.moment(told['written_at'])}"
        st.info(
            f"Sudah dijawab: {NO_NOMINATION} ({by}).",
            icon=":material/done:",
        )
    elif named.empty and st.button("Tidak ada usulan bulan ini", icon=":material/event_busy:", key="tanpa-usulan"):
        written(
            viewer,
            lambda connection: answer_none(connection, asked.kelurahan, asked.month, viewer.name, NO_NOMINATION),
            f"Dicatat: {asked.kelurahan_name} tidak mengusulkan RW untuk {fmt.month(asked.month)}.",
        )
