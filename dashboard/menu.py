"""Which pages stand in a viewer's menu, and what a link to one of the others says."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.access import ROLE_NAMES, Viewer
from dashboard.login.gate import is_configured, watch
from dashboard.snapshot import banner

SUMMARY = "ringkasan"
GROUPS = {
    "Peta": ("peta", "bandingkan", "wilayah", "kartu", "puskesmas", "akses"),
    "Tren": ("tren", "perubahan", "intervensi"),
    "Pusing": ("prioritas", "rotasi", "usulan", "kunjungan"),
    "Rakor": ("rakor", "janji", "paparan"),
    "Kelola": ("impor", "kelengkapan", "mutu", "pengaturan", "pengguna", "audit"),
}
"""Pages that share an entry of the menu, so that all entries stand in one row on a small projector."""


def navigate(viewer: Viewer, pages: Sequence[Any]) -> None:
    """Run the page that the address names; one that is not for the viewer's role says so and shows nothing.

    `pages` are st.Page objects named by their url_path; the one at the root has none and is the summary.
    """
    shown = [page for page in pages if viewer.sees(page.url_path or SUMMARY)]
    refused = [
        st.Page(lambda: _say_not_yours(viewer), title=page.title, url_path=page.url_path, visibility="hidden")
        for page in pages
        if page.url_path and page not in shown
    ]
    if all(page.url_path for page in shown):
        first = shown[0]
        shown.insert(
            0,
            st.Page(
                lambda: st.switch_page(first), title="Rembuk", url_path="beranda", default=True, visibility="hidden"
            ),
        )
    chosen = st.navigation(grouped([*shown, *refused]), position="top")
    if is_configured():
        watch()
    chosen.run()


def grouped(pages: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the pages by the menu's entry, alone ones and hidden ones under none."""
    entries: dict[str, list[Any]] = {"": []}
    for page in pages:
        name = next((name for name, paths in GROUPS.items() if page.url_path in paths), "")
        entries.setdefault("" if page.visibility == "hidden" else name, []).append(page)
    alone = [page for name, members in entries.items() if name and len(members) == 1 for page in members]
    return {"": entries.pop("") + alone} | {name: members for name, members in entries.items() if len(members) > 1}


def _say_not_yours(viewer: Viewer) -> None:
    if viewer.scope.snapshot is not None:
        st.title("Halaman ini tidak ada di potret data", anchor=False)
        banner.show(viewer)
        st.info(
            "Di halaman ini data dimuat, diubah, atau dicatat, dan potret data tidak berubah lagi. Kembalilah ke data "
            "langsung, atau pilih halaman lain di menu.",
            icon=":material/photo_camera:",
        )
        return
    st.title("Halaman ini bukan untuk peran Anda", anchor=False)
    st.info(
        f"Anda masuk sebagai {viewer.name or ROLE_NAMES[viewer.role]}. Pilih halaman lain di menu; bila Anda "
        "memerlukan halaman ini, hubungi pengelola pengguna.",
        icon=":material/lock:",
    )
