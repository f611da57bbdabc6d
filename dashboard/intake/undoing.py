"""Tarik kembali: choose a file taken in, see what undoing it would do, and undo it after a confirmation."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.intake.words import KINDS
from data.audit import log
from data.errors import RembukError
from data.forecast import refresh_forecasts
from data.intake import eppgbm
from data.intake.undo import UNDOABLE, Undoing, foresee_undo, undo
from data.scope import scoped_connection, writing_connection

DONE = "impor-selesai"
"""What the page says once after an act."""


def show_undo(viewer: Viewer, batches: pd.DataFrame) -> None:
    """Offer the undo of those of the newest files that still count."""
    standing = batches[(batches["status"] == "active") & batches["kind"].isin(UNDOABLE)]
    if standing.empty:
        st.caption("Belum ada berkas yang dapat ditarik kembali; data contoh tidak dapat ditarik.")
        return
    options = {
        f"Nomor {row['id']} · {KINDS[row['kind']]} · {fmt.moment(row['imported_at'])} · {fmt.count(row['accepted'])} "
        "baris": int(row["id"])
        for _, row in standing.iterrows()
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(
            "Berkas yang keliru", list(options), index=None, placeholder="Pilih berkas…", key="tarik-berkas"
        )
        is_asked = st.button("Tarik kembali…", key="tarik", icon=":material/undo:", disabled=picked is None)
    if is_asked and picked is not None:
        _confirm(viewer, options[picked])


def undo_refusal(error: RembukError) -> str:
    """Return why a file cannot be undone, as a sentence."""
    match error.context.get("reason"):
        case "undo_stood_on":
            return (
                f"Berkas ini sudah ditimpa berkas yang lebih baru. Tarik dulu berkas nomor {error.context['later']}, "
                "lalu ulangi."
            )
        case "undo_replaced":
            return (
                "Sebagian baris berkas ini sudah diganti berkas yang lebih baru, jadi tidak dapat ditarik. Impor "
                "berkas yang benar; ia mengganti yang keliru."
            )
        case "undo_signed":
            signed = "; ".join(f"{name}, {fmt.month(month)}" for name, month in error.context["signed"][:5])
            return (
                f"Angka berkas ini sudah ditandatangani ({signed}). Minta tanda tangannya ditarik di halaman Rakor "
                "lebih dulu."
            )
        case "undo_done":
            return "Berkas ini sudah ditarik."
        case "undo_unknown" | "undo_kind":
            return "Berkas ini tidak dapat ditarik."
    return (
        "Berkas ini tidak dapat ditarik karena gangguan di Rembuk; tidak ada yang berubah. Laporkan kepada pengelola."
    )


@st.dialog("Tarik kembali berkas yang diimpor", width="large")
def _confirm(viewer: Viewer, batch_id: int) -> None:
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            seen = foresee_undo(connection, batch_id)
    except RembukError as error:
        st.error(undo_refusal(error), icon=":material/error:")
        return
    for line in told(seen):
        st.markdown(line)
    if seen.lost:
        st.warning(not_kept(seen), icon=":material/warning:")
    if not st.button("Ya, tarik kembali", type="primary", icon=":material/undo:", key="tarik-ya"):
        return
    try:
        with st.spinner("Menarik dan menghitung ulang…"):
            with writing_connection(cache.engine(), viewer.scope) as connection:
                done = undo(connection, batch_id, undone_by=viewer.scope.actor)
            if done.kind == eppgbm.KIND:
                with writing_connection(cache.engine(), viewer.scope) as connection:
                    log(connection, "forecasts made", areas=len(refresh_forecasts(connection)))
    except RembukError as error:
        st.error(undo_refusal(error), icon=":material/error:")
        return
    st.session_state[DONE] = (
        f"Berkas nomor {batch_id} ditarik: {fmt.count(done.taken_away)} baris dikeluarkan, "
        f"{fmt.count(done.restored)} baris lama dikembalikan. {_totals(done)}"
    )
    st.rerun()


def told(seen: Undoing) -> list[str]:
    """Return what an undo would do, as sentences."""
    lines = [
        f"Berkas nomor **{seen.batch_id}** ({KINDS[seen.kind]}, diimpor {fmt.moment(seen.imported_at)}, "
        f"{_months(seen.months)}).",
        f"- **{fmt.count(seen.taken_away)}** baris berkas ini dikeluarkan.",
        f"- **{fmt.count(seen.restored)}** baris lama yang dulu digantinya dikembalikan.",
        f"- {_totals(seen)}",
    ]
    if seen.kind == eppgbm.KIND:
        lines.append(
            "Hitungan bulanan, mutu data, dan ramalan yang tersentuh dihitung ulang. Penarikan dicatat di Audit."
        )
    else:
        lines.append("Penarikan dicatat di Audit.")
    return lines


def not_kept(seen: Undoing) -> str:
    """Say what is lost, and which earlier files can be loaded again; their names were never kept."""
    files = "; ".join(
        f"nomor {file.batch_id} tanggal {fmt.moment(file.imported_at)} ({fmt.count(file.accepted)} baris)"
        for file in seen.earlier
    )
    return (
        f"{fmt.count(seen.lost)} baris lama yang digantinya tidak tersimpan (berkas ini masuk sebelum Rembuk menyimpan "
        "baris yang diganti) dan **tidak kembali**. Impor lagi berkas sebelumnya: "
        f"{files or 'tidak ada yang tercatat'}. "
        "Nama berkas tidak disimpan karena bisa memuat nama orang."
    )


def _totals(seen: Undoing) -> str:
    where = "bulan-bulan itu" if seen.months else "semua sumber"
    rows = f"Isi {where}: {fmt.count(seen.before.rows)} baris menjadi {fmt.count(seen.after.rows)} baris"
    if seen.before.children is None or seen.after.children is None:
        return f"{rows}."
    return f"{rows}, {fmt.count(seen.before.children)} anak menjadi {fmt.count(seen.after.children)} anak."


def _months(months: tuple[datetime.date, ...]) -> str:
    if not months:
        return "tanpa bulan"
    first, last = fmt.month(months[0]), fmt.month(months[-1])
    return first if first == last else f"{first} sampai {last}"
