"""Taking interventions in: download the workbook to fill, upload it, see its totals before anything is written."""

import datetime
import hashlib

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import file_button, table_buttons
from dashboard.exports import Saved
from dashboard.indicator_words import GROUP_NAMES
from dashboard.intervention.words import PARKED, STATUSES, failure, indicator_name
from dashboard.shell import now
from data.errors import RembukError
from data.intake.eppgbm import NEW
from data.intake.interventions import FigurePreview, commit, preview
from data.intake.interventions_layout import layout_of
from data.intake.interventions_template import Template, write_template
from data.queries.city import CityState
from data.scope import scoped_connection, writing_connection

_DONE, _TIMES = "intervensi-selesai", "intervensi-kali"
_ALL, _MONTHS_OFFERED = "Semua OPD", 15
_REPORTED_GROUPS = ("specific", "sensitive", "spm", "maternal")


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Offer the workbook of an OPD, a month and an area, and take it back."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")
    left, right = st.columns([1, 1.2])
    with left, st.container(border=True):
        st.subheader("1. Unduh berkas isian", anchor=False)
        _offer(viewer, version, city)
    with right, st.container(border=True):
        st.subheader("2. Unggah yang sudah diisi", anchor=False)
        st.caption(
            "Boleh beberapa berkas. Tidak ada yang ditulis sebelum Anda menekan Impor. Angka RW, bulan, dan indikator "
            "yang sama diganti; kosong tidak dihitung nol."
        )
        uploads = st.file_uploader(
            "Berkas isian intervensi (.xlsx)",
            type=["xlsx"],
            accept_multiple_files=True,
            key=f"berkas-intervensi-{st.session_state.get(_TIMES, 0)}",
        )
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    names = dict(zip(dictionary["code"], dictionary["name"], strict=True))
    for upload in uploads:
        with st.container(border=True):
            st.markdown(f"**{upload.name}**")
            _preview(viewer, version, upload.getvalue(), upload.name, names)


def _offer(viewer: Viewer, version: str, city: CityState) -> None:
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    reported = dictionary[dictionary["indicator_group"].isin(_REPORTED_GROUPS)]
    options = {_ALL: "", **{opd: opd for opd in sorted(reported["opd"].dropna().unique())}}
    opd = filters.choice("OPD yang mengisi", options, "opd-isian")
    asked = reported[reported["opd"] == opd] if opd else reported
    months = _months_offered(city)
    month = filters.choice("Bulan laporan", {fmt.month(month): month for month in months}, "bulan-isian")
    rws = cache.rw_names(viewer.scope, version)
    kecamatan = rws.drop_duplicates("kecamatan_code")[["kecamatan", "kecamatan_code"]].to_numpy().tolist()
    places: dict[str, str] = {"Semua RW": ""} | {f"Kec. {name}": code for name, code in kecamatan}
    within = filters.choice("RW yang diisi", places, "wilayah-isian")
    rws = rws[rws["code"].str.startswith(within or viewer.area_code)]
    groups = ", ".join(
        f"{fmt.count((asked['indicator_group'] == group).sum())} {GROUP_NAMES[group]}"
        for group in asked["indicator_group"].unique()
    )
    st.caption(f"{fmt.count(len(rws))} RW; indikator: {groups}. Kamus indikator dan petunjuk ada di dalamnya.")
    file_button(
        "Unduh berkas isian",
        lambda: write_template(Template(rws, month, asked, f"Laporan {opd or 'OPD'}, {fmt.month(month)}")),
        f"isian-intervensi-{month:%Y-%m}{f'-{within}' if within else ''}.xlsx",
    )


def _months_offered(city: CityState) -> list[datetime.date]:
    """Return the months that can be reported on, the newest first: up to this one, or to the data's own last."""
    newest = max([now().date().replace(day=1), *city.months])
    return [value.date() for value in pd.date_range(end=newest, periods=_MONTHS_OFFERED, freq="MS")][::-1]


def _preview(viewer: Viewer, version: str, content: bytes, name: str, names: dict[str, str]) -> None:
    checked = _check(viewer, version, content, name)
    if isinstance(checked, str):
        st.error(checked, icon=":material/error:")
        return
    _show_totals(checked, names)
    _show_parked(checked)
    is_ready = checked.status == NEW and checked.totals.accepted > 0
    st.caption(
        STATUSES[checked.status]
        if checked.totals.accepted
        else "Tidak ada baris yang bisa diterima; perbaiki dulu yang disisihkan"
    )
    if st.button("Impor", type="primary", key=f"impor-{checked.sha256[:16]}", disabled=not is_ready):
        _take_in(viewer, content, name, checked)


def _check(viewer: Viewer, version: str, content: bytes, name: str) -> FigurePreview | str:
    """Return what a file would do, or a sentence why it cannot be used; the same file is read once."""
    key = f"intervensi-{hashlib.sha256(content).hexdigest()}-{version}"
    if key not in st.session_state:
        try:
            with st.spinner("Memeriksa berkas…"), scoped_connection(cache.engine(), viewer.scope) as connection:
                st.session_state[key] = preview(connection, content, name, viewer.area_code)
        except RembukError as error:
            st.session_state[key] = failure(error)
    checked: FigurePreview | str = st.session_state[key]
    return checked


def _take_in(viewer: Viewer, content: bytes, name: str, checked: FigurePreview) -> None:
    try:
        with st.spinner("Mengimpor…"), writing_connection(cache.engine(), viewer.scope) as connection:
            commit(connection, content, name, viewer.area_code, imported_by=viewer.scope.actor)
    except RembukError as error:
        st.error(failure(error), icon=":material/error:")
        return
    totals = checked.totals
    st.session_state[_DONE] = f"{fmt.count(totals.accepted)} baris diimpor, {fmt.count(totals.parked)} disisihkan."
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    st.rerun()


def _show_totals(checked: FigurePreview, names: dict[str, str]) -> None:
    totals = checked.totals
    shown = {
        "Baris terisi": totals.rows_read,
        "Diterima": totals.accepted,
        "Disisihkan": totals.parked,
        "Ganda": totals.duplicates,
        "Belum mulai": totals.not_started,
        "Ditarik": totals.removed,
        "Kosong (belum dilaporkan)": totals.blank,
    }
    cells = "".join(f"<div><b>{fmt.count(value)}</b><span>{name}</span></div>" for name, value in shown.items())
    st.html(f'<div class="totals">{cells}</div>')
    months = ", ".join(fmt.month(datetime.date.fromisoformat(f"{month}-01")) for month in totals.months)
    told = [f"Bulan: **{months or 'tidak ada'}**."]
    if checked.replaced:
        told.append(f"Berkas ini mengganti atau menarik {fmt.count(checked.replaced)} angka lama.")
    st.markdown(" ".join(told))
    if totals.indicators:
        st.dataframe(sums_shown(totals.indicators, names), hide_index=True, width="stretch")


def sums_shown(indicators: dict[str, tuple[int, ...]], names: dict[str, str]) -> pd.DataFrame:
    """Return the sums of a file by indicator, with what each sum is of."""
    return pd.DataFrame(
        [
            {
                "Indikator": indicator_name(code, names),
                "RW yang melapor": fmt.count(rows),
                "Jumlah": ", ".join(
                    f"{count.lower() if count != 'KEK' else count} {fmt.count(total)}"
                    for count, total in zip(layout_of(code).counts, sums, strict=True)
                ),
            }
            for code, (rows, *sums) in indicators.items()
        ]
    )


def _show_parked(checked: FigurePreview) -> None:
    if not checked.parked_rows:
        return
    rows = pd.DataFrame(
        {
            "Lembar": [row.sheet for row in checked.parked_rows],
            "Baris di berkas": [row.row_number for row in checked.parked_rows],
            "Alasan": [PARKED[row.reason] for row in checked.parked_rows],
        }
    )
    with st.expander(f"{fmt.count(len(rows))} baris disisihkan: nomor baris dan alasannya", expanded=True):
        st.dataframe(rows, hide_index=True, width="stretch", height=min(40 * (len(rows) + 1) + 3, 320))
        saved = Saved(rows, "Baris yang disisihkan", (("Catatan", "Nomor baris seperti di Excel."),))
        table_buttons(lambda: saved, f"disisihkan-{checked.sha256[:8]}")
