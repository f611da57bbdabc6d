"""Adding and changing people on the screen; every act is one transaction with its entry in the log."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import cache
from dashboard.access import CAMAT, LURAH, OPD, PARTNER, PUSKESMAS, ROLE_NAMES, Viewer
from data.errors import RembukError
from data.scope import writing_connection
from data.users import add_user, change_user, disable_user, enable_user

_DONE = "pengguna-selesai"
_REFUSALS = {
    "user_known": "Akun ini sudah terdaftar; ubah perannya di bawah.",
    "user_unknown": "Akun ini tidak terdaftar lagi; muat ulang halaman.",
    "subject_invalid": "Akun harus berupa alamat e-mail, atau alamat penyedia dan subjeknya "
    "(https://penyedia.go.id#subjek).",
    "area_missing": "Pilih wilayahnya.",
    "facility_missing": "Pilih puskesmasnya.",
    "unit_missing": "Isi nama OPD atau mitra, seperti tertulis di tindak lanjut rakor.",
    "unit_long": "Nama OPD atau mitra terlalu panjang.",
}


@dataclass(frozen=True)
class _Asked:
    """A role with its area as the form gives it."""

    role: str
    area_code: str = ""
    facility_code: str = ""
    unit: str = ""


def show_done() -> None:
    """Say what was done in the run before."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")


def add(viewer: Viewer) -> None:
    """Offer to let somebody in."""
    with st.expander("Tambah pengguna", icon=":material/person_add:"):
        subject = st.text_input(
            "Akun", key="akun-baru", placeholder="nama@bekasikota.go.id", help="E-mail pada penyedia cara masuk."
        )
        asked = _role(viewer, "baru")
        if st.button("Tambahkan", type="primary", key="tambahkan"):
            _act(
                viewer,
                lambda connection: add_user(
                    connection, subject, asked.role, asked.area_code, asked.facility_code, asked.unit
                ),
                f"{subject.strip().lower()} ditambahkan sebagai {ROLE_NAMES[asked.role]}.",
            )


def change(viewer: Viewer, people: pd.DataFrame) -> None:
    """Offer to give somebody another role, to shut them out, or to let them in again."""
    if people.empty:
        return
    with st.expander("Ubah atau nonaktifkan", icon=":material/manage_accounts:"):
        subject = st.selectbox("Pengguna", list(people["subject"]), index=None, placeholder="Pilih akun…", key="diubah")
        if subject is None:
            return
        row = people[people["subject"] == subject].iloc[0]
        st.caption(f"Sekarang: {ROLE_NAMES[row['role']]} {row['place'] or ''}".strip())
        asked = _role(viewer, "ubah")
        with st.container(horizontal=True):
            if st.button("Ganti peran", key="ganti-peran"):
                _act(
                    viewer,
                    lambda connection: change_user(
                        connection, subject, asked.role, asked.area_code, asked.facility_code, asked.unit
                    ),
                    f"{subject} sekarang {ROLE_NAMES[asked.role]}.",
                )
            is_own = f"user {row['number']}" == viewer.scope.actor
            if row["is_active"] and st.button("Nonaktifkan", key="nonaktifkan", disabled=is_own):
                _act(viewer, lambda connection: disable_user(connection, subject), f"{subject} tidak dapat masuk lagi.")
            if not row["is_active"] and st.button("Aktifkan lagi", key="aktifkan"):
                _act(viewer, lambda connection: enable_user(connection, subject), f"{subject} dapat masuk lagi.")


def _role(viewer: Viewer, key: str) -> _Asked:
    """Ask for a role and for what belongs to it."""
    names = {name: role for role, name in ROLE_NAMES.items()}
    role = names[st.selectbox("Peran", list(names), key=f"peran-{key}")]
    version = cache.data_version(viewer.scope)
    if role in (CAMAT, LURAH):
        level = "kecamatan" if role == CAMAT else "kelurahan"
        places = cache.places(viewer.scope, version)
        here = places[places["level"] == level]
        parents = places.set_index("code")["name"]
        options = {
            name if role == CAMAT else f"{name} ({parents.get(parent, '')})": code
            for name, parent, code in here[["name", "parent_code", "code"]].to_numpy()
        }
        return _Asked(role, area_code=_picked(level.capitalize(), options, key))
    if role == PUSKESMAS:
        facilities = cache.all_facilities(viewer.scope, version).query("kind == 'puskesmas'")
        options = dict(facilities[["name", "code"]].to_numpy())
        return _Asked(role, facility_code=_picked("Puskesmas", options, key))
    if role in (OPD, PARTNER):
        return _Asked(role, unit=st.text_input("Nama OPD atau mitra", key=f"unit-{key}", max_chars=120))
    return _Asked(role)


def _picked(label: str, options: dict[str, str], key: str) -> str:
    name = st.selectbox(label, list(options), index=None, placeholder="Pilih…", key=f"wilayah-{key}")
    return "" if name is None else options[name]


def _act(viewer: Viewer, act: Callable[[Connection], object], done: str) -> None:
    """Do one act and say so, or say why not."""
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            act(connection)
    except RembukError as error:
        reason = str(error.context.get("reason", ""))
        st.error(_REFUSALS.get(reason, f"Tidak dapat disimpan ({reason or error.code})."), icon=":material/error:")
        return
    st.session_state[_DONE] = done
    st.rerun()
