"""The part of Pengaturan that loads outlines: upload, a preview with a small map of what was mended, and the load."""

import datetime
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.areas.picture import picture
from dashboard.areas.words import refused, story, totals
from data.errors import RembukError
from data.intake.areas.load import NEW, AreaPreview, Wanted, commit, preview
from data.intake.areas.prepare import Choices
from data.queries.city import CityState
from data.scope import scoped_connection, writing_connection

_LEVELS = {"Menurut kodenya": None, "Kecamatan": "kecamatan", "Kelurahan": "kelurahan", "RW": "rw"}
_DONE = "wilayah-selesai"


def show(viewer: Viewer, version: str, city: CityState) -> None:  # noqa: ARG001 - one form for all parts
    """Let a planner load outlines of the city; nothing is written before the button."""
    if not viewer.may("import"):
        st.info("Memuat wilayah adalah tugas perencana Dinkes.", icon=":material/lock:")
        return
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")
    if city.is_demo:
        st.info(
            "Basis data ini berisi kota contoh; wilayah nyata dimuat ke basis data sendiri. Caranya ada di README, "
            "bagian memuat kota nyata.",
            icon=":material/database:",
        )
        return
    upload = st.file_uploader(
        "Berkas batas wilayah (.geojson, .gpkg, atau .zip berisi Shapefile)",
        type=["geojson", "json", "gpkg", "zip"],
        key="berkas-wilayah",
    )
    level = st.selectbox("Tingkat wilayah", list(_LEVELS), key="tingkat-wilayah")
    as_of = st.date_input("Berlaku mulai", value="today", max_value="today", format="DD/MM/YYYY", key="berlaku-wilayah")
    is_only_city = st.checkbox("Tinggalkan wilayah kota lain", key="kota-saja")
    is_merging = st.checkbox("Gabungkan baris berkode sama", key="gabung-bagian")
    is_keeping = st.checkbox("Berkas ini hanya memuat sebagian; jangan akhiri yang tidak ada", key="sebagian-saja")
    if upload is None:
        return
    choices = Choices(level=_LEVELS[level], is_only_city=is_only_city, is_merging_parts=is_merging)
    wanted = Wanted(as_of=as_of if isinstance(as_of, datetime.date) else None, is_keeping=is_keeping)
    content, name = upload.getvalue(), upload.name
    with st.spinner("Memeriksa berkas…"):
        seen = _on_disk(content, name, lambda path: _previewed(viewer, path, name, choices, wanted))
    if isinstance(seen, str):
        st.error(seen, icon=":material/error:")
        return
    _show_preview(seen)
    if seen.status != NEW:
        st.info("Basis data sudah memuat semua ini; tidak ada yang perlu diubah.", icon=":material/check_circle:")
    elif st.button("Muat wilayah", type="primary", key="muat-wilayah"):
        with st.spinner("Memuat wilayah…"):
            failed = _on_disk(content, name, lambda path: _taken_in(viewer, path, name, choices, wanted))
        if failed:
            st.error(failed, icon=":material/error:")
            return
        st.session_state[_DONE] = "Wilayah dimuat. Hitung ulang waktu tempuh dengan perintah `travel fill`."
        st.rerun()


def _show_preview(seen: AreaPreview) -> None:
    cells = "".join(f"<div><b>{value}</b><span>{name}</span></div>" for name, value in totals(seen).items())
    st.html(f'<div class="totals">{cells}</div>')
    st.markdown(story(seen))
    done = seen.prepared
    st.image(picture(done.areas["outline"].to_numpy(), done.overlaps, done.gaps))
    st.caption("Lingkar jingga: tumpang tindih yang dibereskan. Lingkar biru: celah yang dibereskan. Utara di atas.")


def _on_disk[T](content: bytes, name: str, act: Callable[[Path], T]) -> T:
    with TemporaryDirectory(prefix="rembuk-upload-") as folder:
        path = Path(folder) / f"areas{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return act(path)


def _previewed(viewer: Viewer, path: Path, name: str, choices: Choices, wanted: Wanted) -> AreaPreview | str:
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            return preview(connection, path, name, choices, wanted)
    except RembukError as error:
        return refused(error)


def _taken_in(viewer: Viewer, path: Path, name: str, choices: Choices, wanted: Wanted) -> str:
    """Load the file; return a sentence when it failed and nothing was written, and else nothing."""
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            commit(connection, path, name, choices, wanted, by=viewer.name)
    except RembukError as error:
        return refused(error)
    return ""
