"""The import page's parts: check a file, show its totals and what was set aside, map unknown places, take it in.

What a file holds of a person stays in the uploaded bytes; the session keeps totals, row numbers and place names only.
"""

import datetime
import hashlib
import json
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.intake.words import KINDS, PARKED, STATUSES, failure
from data.audit import log
from data.errors import RembukError
from data.forecast import refresh_forecasts
from data.intake.eppgbm import NEW, Preview, commit, preview
from data.intake.places import UnknownPlace, remember_alias
from data.scope import scoped_connection, writing_connection

_PLACES_AT_ONCE = 8


def check(viewer: Viewer, version: str, content: bytes, name: str, kelurahan_code: str | None) -> Preview | str:
    """Return what a file would do, or a sentence why it cannot be used; the same file is read once."""
    key = f"impor-{hashlib.sha256(content).hexdigest()}-{kelurahan_code}-{version}"
    if key not in st.session_state:
        try:
            with scoped_connection(cache.engine(), viewer.scope) as connection:
                st.session_state[key] = preview(connection, content, name, kelurahan_code)
        except RembukError as error:
            st.session_state[key] = failure(error)
    checked: Preview | str = st.session_state[key]
    return checked


def take_in(viewer: Viewer, content: bytes, name: str, kelurahan_code: str | None) -> str | None:
    """Import a file whole; return a sentence when it failed and nothing was written."""
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            commit(connection, content, name, kelurahan_code, imported_by=viewer.scope.actor)
        with st.spinner("Menyusun ulang ramalan…"), writing_connection(cache.engine(), viewer.scope) as connection:
            log(connection, "forecasts made", areas=len(refresh_forecasts(connection)))
    except RembukError as error:
        return failure(error)
    return None


def show_totals(checked: Preview) -> None:
    """Show a file's control totals and what it would replace."""
    totals = checked.totals
    shown = {
        "Baris dibaca": totals.rows_read,
        "Diterima": totals.accepted,
        "Disisihkan": totals.parked,
        "Ganda": totals.duplicates,
        "Anak": totals.children,
        "HAZ sah": totals.haz_valid,
        "Stunting": totals.stunted,
        "Sangat pendek": totals.severely_stunted,
    }
    cells = "".join(f"<div><b>{fmt.count(value)}</b><span>{name}</span></div>" for name, value in shown.items())
    st.html(f'<div class="totals">{cells}</div>')
    months = ", ".join(fmt.month(pd.Timestamp(month).date()) for month in totals.months) or "tidak ada"
    told = [f"Bulan pengukuran: **{months}**."]
    if totals.z_mismatch:
        told.append(
            f"Pada {fmt.count(totals.z_mismatch)} baris, ZS TB/U berkas berbeda dari hitungan standar WHO; "
            "yang dipakai hitungan standar WHO."
        )
    if checked.replacement.replaced or checked.replacement.withdrawn:
        told.append(
            f"Berkas ini mengganti {fmt.count(checked.replacement.replaced)} penimbangan lama dan menarik "
            f"{fmt.count(checked.replacement.withdrawn)} yang tidak ada lagi di dalamnya."
        )
    st.markdown(" ".join(told))


def show_parked(checked: Preview) -> None:
    """List the rows set aside by their number in the file, with the reason."""
    if not checked.parked_rows:
        return
    rows = pd.DataFrame(
        {
            "Baris di berkas": [row.row_number for row in checked.parked_rows],
            "Alasan": [PARKED[row.reason] for row in checked.parked_rows],
            "Tempat tertulis": [row.place for row in checked.parked_rows],
        }
    )
    with st.expander(f"{fmt.count(len(rows))} baris disisihkan: nomor baris dan alasannya"):
        st.dataframe(rows, hide_index=True, width="stretch")
        saved = Saved(rows, "Baris yang disisihkan", (("Catatan", "Nomor baris dihitung dari baris pertama berkas."),))
        table_buttons(lambda: saved, f"disisihkan-{checked.sha256[:8]}")


def map_places(viewer: Viewer, checked: Preview, places: pd.DataFrame, rws: pd.DataFrame) -> None:
    """Let unknown place names of a file be mapped once; the choice is remembered for every later file."""
    ask_places(viewer, checked.unknown_places, places, rws, checked.sha256[:8])


def ask_places(
    viewer: Viewer,
    unknown: Sequence[tuple[UnknownPlace, int]],
    places: pd.DataFrame,
    rws: pd.DataFrame,
    key: str,
) -> None:
    """Ask which area each unknown name means (name, rows that bear it), and remember it for every later file."""
    named = [(place, rows) for place, rows in unknown if place.spelling]
    if not named:
        return
    with st.expander(
        f"{fmt.count(len(named))} nama tempat tidak dikenal: petakan sekali, diingat seterusnya", expanded=True
    ):
        for place, rows in named[:_PLACES_AT_ONCE]:
            options = _options(place, places, rws)
            picked = st.selectbox(
                f"“{_written(place)}” ({fmt.count(rows)} baris) maksudnya",
                list(options),
                index=None,
                placeholder=f"Pilih {place.level}…",
                key=f"tempat-{key}-{place.level}-{place.within_code}-{place.spelling}",
            )
            if picked is not None:
                with writing_connection(cache.engine(), viewer.scope) as connection:
                    remember_alias(connection, place, options[picked], viewer.name)
                st.rerun()
        if len(named) > _PLACES_AT_ONCE:
            st.caption(f"{fmt.count(len(named) - _PLACES_AT_ONCE)} nama lain tampil setelah ini dipetakan.")


def history(batches: pd.DataFrame) -> pd.DataFrame:
    """Return the newest imports as people read them."""
    return pd.DataFrame(
        {
            "Nomor": batches["id"].map(str),
            "Waktu": [fmt.moment(value) for value in batches["imported_at"]],
            "Jenis": [KINDS.get(kind, kind) for kind in batches["kind"]],
            "Bulan": [_months(written) for written in batches["months"]],
            "Dibaca": batches["rows_read"].map(fmt.count),
            "Diterima": batches["accepted"].map(fmt.count),
            "Disisihkan": batches["parked"].map(fmt.count),
            "Ganda": batches["duplicates"].map(fmt.count),
            "Keadaan": batches["status"].map(
                {"active": "berlaku", "superseded": "sudah diganti", "undone": "ditarik kembali"}
            ),
        }
    )


def _months(written: str | None) -> str:
    months = [fmt.short_month(datetime.date.fromisoformat(f"{month}-01")) for month in json.loads(written or "[]")]
    return f"{months[0]}–{months[-1]}" if len(months) > 2 else ", ".join(months) or fmt.MISSING


def _written(place: UnknownPlace) -> str:
    parts = [place.kecamatan, place.kelurahan]
    if place.level == "rw":
        parts.append(f"RW {place.rw}")
    return " / ".join(part for part in parts if part)


def _options(place: UnknownPlace, places: pd.DataFrame, rws: pd.DataFrame) -> dict[str, str]:
    if place.level == "rw":
        within = rws[rws["code"].str.startswith(f"{place.within_code}.")]
        return dict(zip(within["rw_name"] + ", " + within["kelurahan"], within["code"], strict=True))
    within = places[(places["level"] == place.level) & places["code"].str.startswith(place.within_code)]
    names = within["name"] + " (" + within["code"] + ")"
    return dict(zip(names, within["code"], strict=True))


def is_ready(checked: Preview) -> bool:
    """Say whether importing the file would change anything."""
    return checked.status == NEW and checked.totals.accepted > 0


def status_words(checked: Preview) -> str:
    """Say how a file stands."""
    if checked.status == NEW and not checked.totals.accepted:
        return "Tidak ada baris yang bisa diterima; perbaiki dulu yang disisihkan"
    return STATUSES[checked.status]
