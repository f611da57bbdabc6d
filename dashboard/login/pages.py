"""What is shown to people who are not let in: a polite sentence, the way in or out, and nothing of the data."""

from collections.abc import Callable

import streamlit as st

from dashboard.login.gate import Entrance, log_out

Says = Callable[[], None]

_WORDS = {
    Entrance.NOT_LOGGED_IN: ("Silakan masuk dengan akun kedinasan Anda.", ":material/login:"),
    Entrance.UNKNOWN: (
        "Anda berhasil masuk, tetapi akun ini belum terdaftar di Rembuk. Mintalah pengelola pengguna di Dinas "
        "Kesehatan untuk mendaftarkannya, lalu muat ulang halaman ini.",
        ":material/person_off:",
    ),
    Entrance.DISABLED: (
        "Akun ini sudah tidak aktif di Rembuk. Hubungi pengelola pengguna di Dinas Kesehatan bila ini keliru.",
        ":material/person_off:",
    ),
    Entrance.LOGGED_OUT: ("Anda sudah keluar. Silakan masuk lagi.", ":material/logout:"),
    Entrance.RESTED: (
        "Sesi Anda berakhir karena lama tidak dipakai. Silakan masuk lagi; tautan yang Anda buka tetap sama.",
        ":material/timer_off:",
    ),
    Entrance.AGED: ("Sesi Anda sudah lama dimulai dan perlu diperbarui. Silakan masuk lagi.", ":material/timer_off:"),
}


def turn_away(met: Entrance) -> None:
    """Say why nobody is let in, and offer the way in, or out to another account."""
    words, icon = _WORDS[met]
    _head()
    st.info(words, icon=icon)
    if met in (Entrance.UNKNOWN, Entrance.DISABLED):
        st.button("Keluar", icon=":material/logout:", on_click=log_out)
    else:
        st.button("Masuk", icon=":material/login:", type="primary", on_click=st.login)


def not_configured() -> None:
    """Say that a shared database is not opened without a log-in."""
    _head()
    st.error(
        "Rembuk belum boleh dibuka di basis data bersama: cara masuk (OpenID Connect) belum diatur. "
        "Hubungi pengelola aplikasi.",
        icon=":material/lock:",
    )


def not_on_this_machine() -> None:
    """Say that a database without a log-in is not opened to a network."""
    _head()
    st.error(
        "Rembuk tanpa cara masuk hanya boleh dibuka dari komputer ini (127.0.0.1), bukan lewat jaringan. "
        "Hubungi pengelola aplikasi.",
        icon=":material/lock:",
    )


def _head() -> None:
    st.title("Rembuk", anchor=False)
    st.caption("Stunting per RW: hanya untuk petugas yang terdaftar, karena memuat data kesehatan anak.")
