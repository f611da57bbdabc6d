"""Setting, changing, withdrawing and restoring a target on the screen."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.indicator_words import PATH_NAMES, UNIT_NAMES, failure, in_unit
from dashboard.pusing.acts import times_written, written
from dashboard.shell import now
from dashboard.targets import list as target_list
from data.indicators.targets import (
    FIRST_YEAR,
    LAST_YEAR,
    Target,
    replace_target,
    restore_target,
    set_target,
    withdraw_target,
)

_NEW = "Target baru"


@dataclass(frozen=True)
class _Subject:
    """What a target is of: an area, an indicator with its unit, and a series."""

    area_code: str
    area_name: str
    indicator_code: str
    indicator_name: str
    unit: str
    series: str


def show(viewer: Viewer, version: str, areas: dict[str, str], held: pd.DataFrame, ended: pd.DataFrame) -> None:
    """Show the form: a new target, or one of those that hold; and below, what can be withdrawn or restored.

    `areas` are the areas of this city by name; `held` and `ended` are targets with names (`target_list.with_names`).
    """
    own = held[held["area_code"].isin(areas.values())]
    options = {_NEW: None, **{target_list.label(row): row for _, row in own.iterrows()}}
    picked = st.selectbox("Tetapkan yang baru atau ubah yang berlaku", list(options), key=f"target-{times_written()}")
    row = options[picked or _NEW]
    subject = _subject_of(row) if row is not None else _ask_subject(viewer, version, areas)
    if subject is not None:
        _form(viewer, subject, row)
    if row is not None:
        _withdraw(viewer, row, picked or "")
    _restore(viewer, ended[ended["area_code"].isin(areas.values())])


def _subject_of(row: pd.Series) -> _Subject:
    return _Subject(row["area_code"], row["area_name"], row["indicator_code"], row["name"], row["unit"], row["series"])


def _ask_subject(viewer: Viewer, version: str, areas: dict[str, str]) -> _Subject | None:
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    series = cache.indicator_series(viewer.scope, version)
    known = dictionary[dictionary["code"].isin([code for code, told in series.items() if told])].sort_values("name")
    place, what, which = st.columns([1, 1.2, 1])
    area_name = place.selectbox("Wilayah", list(areas), key=f"target-wilayah-{times_written()}")
    names = dict(zip(known["name"], known["code"], strict=True))
    name = what.selectbox("Indikator", list(names), key=f"target-indikator-{times_written()}")
    if area_name is None or name is None:
        return None
    of_indicator = which.selectbox(
        "Seri",
        series[names[name]],
        key=f"target-seri-{names[name]}-{times_written()}",
        help="Target survei dan target rutin tidak pernah dibandingkan satu sama lain.",
    )
    unit = str(known.loc[known["name"] == name, "unit"].iloc[0])
    return _Subject(areas[area_name], area_name, names[name], name, unit, of_indicator)


def _form(viewer: Viewer, subject: _Subject, row: pd.Series | None) -> None:
    key = f"isian-target-{'baru' if row is None else row['id']}-{times_written()}"
    with st.form(key, border=False):
        if row is not None:
            st.markdown(f"**{subject.area_name} · {subject.indicator_name} ({subject.series})**")
        left, middle, right = st.columns([0.7, 0.8, 1.5])
        year = left.number_input(
            "Tahun", FIRST_YEAR, LAST_YEAR, value=now().year + 1 if row is None else int(row["year"]), step=1
        )
        value = middle.number_input(
            f"Nilai ({UNIT_NAMES.get(subject.unit, subject.unit)})",
            min_value=0.0,
            max_value=100.0 if subject.unit == "percent" else None,
            value=None if row is None else float(row["value"]),
            step=1.0 if subject.unit == "children" else 0.1,
            format="%.0f" if subject.unit == "children" else "%.2f",
            placeholder="isi angka",
        )
        paths = list(PATH_NAMES)
        path = right.selectbox(
            "Jalur dari tahun sebelumnya",
            paths,
            index=0 if row is None else paths.index(row["path"]),
            format_func=PATH_NAMES.__getitem__,
        )
        decree = st.text_input(
            "Dasar (keputusan atau dokumen)", "" if row is None else row["decree"], placeholder="Perwal nomor …"
        )
        left, right = st.columns(2)
        citation = left.text_input("Sumber (boleh kosong)", "" if row is None else row["citation"])
        note = right.text_input(
            "Catatan (boleh kosong)", row["note"] if row is not None and isinstance(row["note"], str) else ""
        )
        is_sent = st.form_submit_button("Simpan target", type="primary", icon=":material/save:")
    if not is_sent:
        return
    if value is None:
        st.error("Isi dulu nilai targetnya.", icon=":material/error:")
        return
    wanted = Target(
        subject.area_code, subject.indicator_code, subject.series, int(year), float(value), decree, path, citation, note
    )
    told = f"Target {subject.area_name} {int(year)} disimpan: {in_unit(float(value), subject.unit)}."
    if row is None:
        written(viewer, lambda connection: set_target(connection, wanted, viewer.name), told, failure)
    else:
        number = int(row["id"])
        was = f" Sebelumnya {in_unit(row['value'], subject.unit)} ({row['year']}); tetap ada di riwayat."
        written(viewer, lambda connection: replace_target(connection, number, wanted, viewer.name), told + was, failure)


def _withdraw(viewer: Viewer, row: pd.Series, name: str) -> None:
    with st.form(f"tarik-target-{row['id']}", border=False):
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        why = left.text_input("Alasan menarik target ini", placeholder="mengapa target ini tidak berlaku lagi")
        is_sent = right.form_submit_button("Tarik target", icon=":material/undo:")
    if is_sent:
        number = int(row["id"])
        written(
            viewer,
            lambda connection: withdraw_target(connection, number, why, viewer.name),
            f"Target ditarik: {name}. Target ini bisa dipulihkan.",
            failure,
        )


def _restore(viewer: Viewer, ended: pd.DataFrame) -> None:
    if ended.empty:
        return
    with st.expander("Pulihkan target yang sudah diganti atau ditarik"):
        options = {
            f"{target_list.label(row)} · {target_list.state(row)}": int(row["id"]) for _, row in ended.iterrows()
        }
        picked = st.selectbox(
            "Target lama", list(options), index=None, placeholder="Pilih…", key=f"pulih-target-{times_written()}"
        )
        if st.button("Pulihkan", icon=":material/history:", disabled=picked is None) and picked is not None:
            number = options[picked]
            written(
                viewer,
                lambda connection: restore_target(connection, number, viewer.name),
                "Target lama berlaku lagi; yang digantikannya tetap ada di riwayat.",
                failure,
            )
