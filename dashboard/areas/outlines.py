"""Loading outlines: upload, preview with a small map of what was mended, load; the first file makes the city."""

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.areas.accepted import finish, once, uploader_key
from dashboard.areas.crosswalk import ask_names
from dashboard.areas.picture import picture
from dashboard.areas.words import outlines_told, refused, story, totals
from data.errors import RembukError
from data.intake.areas.city import BEGINNING
from data.intake.areas.load import NEW, AreaPreview, Wanted, commit, preview
from data.intake.areas.prepare import Choices
from data.queries.city import CityState
from data.scope import scoped_connection, writing_connection

_CHANGE = "Batas memang berubah sejak suatu hari; bulan sebelumnya tetap memakai batas lama"
_CORRECTION = "Gambar lama keliru; gambar baru menggantikannya, juga pada bulan yang sudah lewat"
_NEXT = "Bila titik atau RW berubah, hitung ulang waktu tempuh di langkah Waktu tempuh."
_LEVELS = {"Menurut kodenya": None, "Kecamatan": "kecamatan", "Kelurahan": "kelurahan", "RW": "rw"}


def show(viewer: Viewer, version: str, city: CityState | None) -> None:
    """Let a planner load outlines; while there is no city, its name is asked for as well."""
    upload = st.file_uploader(
        "Berkas batas wilayah (.geojson, .gpkg, atau .zip berisi Shapefile)",
        type=["geojson", "json", "gpkg", "zip"],
        key=uploader_key("berkas-wilayah"),
    )
    code = name = ""
    if city is None:
        beside = st.columns(2)
        name = beside[0].text_input("Nama kota atau kabupaten", placeholder="Kota Bekasi", key="nama-kota")
        code = beside[1].text_input(
            "Kode Kemendagri (kosongkan bila ada di berkas)", placeholder="32.75", key="kode-kota"
        )
    beside = st.columns(2)
    level = beside[0].selectbox("Tingkat wilayah", list(_LEVELS), key="tingkat-wilayah")
    as_of = None
    if city is not None:
        means = st.radio("Bila batas di berkas lain dari yang tersimpan", (_CHANGE, _CORRECTION), key="arti-batas")
        as_of = beside[1].date_input(
            "Berlaku mulai",
            value="today",
            min_value=BEGINNING,
            max_value="today",
            format="DD/MM/YYYY",
            key="berlaku-wilayah",
            disabled=means == _CORRECTION,
        )
        as_of = None if means == _CORRECTION else as_of
    is_only_city = st.checkbox("Tinggalkan wilayah kota lain", key="kota-saja")
    is_merging = st.checkbox("Gabungkan baris berkode sama", key="gabung-bagian")
    is_keeping = city is not None and st.checkbox(
        "Berkas ini hanya memuat sebagian; jangan akhiri yang tidak ada", key="sebagian-saja"
    )
    if upload is None:
        return
    if city is None and not name.strip():
        st.info("Isi nama kota atau kabupaten untuk melanjutkan.", icon=":material/edit:")
        return
    choices = Choices(level=_LEVELS[level], is_only_city=is_only_city, is_merging_parts=is_merging)
    day = as_of if isinstance(as_of, datetime.date) else None
    wanted = Wanted(code.strip() or None, name.strip() or None, as_of=day, is_keeping=is_keeping)
    content, label = upload.getvalue(), upload.name
    key = (hashlib.sha256(content).digest(), version, choices, wanted)
    with st.spinner("Memeriksa berkas…"):
        seen = once(
            key, lambda: _on_disk(content, label, lambda path: _previewed(viewer, path, label, choices, wanted))
        )
    if isinstance(seen, RembukError):
        st.error(refused(seen), icon=":material/error:")
        ask_names(viewer, version, seen.context.get("unknown", ()))
        return
    _show_preview(seen)
    if seen.status != NEW:
        st.info("Basis data sudah memuat semua ini; tidak ada yang perlu diubah.", icon=":material/check_circle:")
    elif st.button("Muat wilayah", type="primary", key="muat-wilayah"):
        with st.spinner("Memuat wilayah…"):
            failed = _on_disk(content, label, lambda path: _taken_in(viewer, path, label, choices, wanted))
        if failed:
            st.error(failed, icon=":material/error:")
            return
        if city is None:
            st.session_state["bagian"] = "Wilayah"  # where the page goes on once it has its parts
        finish(" ".join(["Wilayah dimuat.", *outlines_told(seen), _NEXT]))


def _show_preview(seen: AreaPreview) -> None:
    cells = "".join(f"<div><b>{value}</b><span>{name}</span></div>" for name, value in totals(seen).items())
    st.html(f'<div class="totals">{cells}</div>')
    st.markdown(story(seen))
    done = seen.prepared
    st.image(picture(done.areas["outline"].to_numpy(), done.overlaps, done.gaps))
    st.caption("Lingkar jingga: tumpang tindih yang dibereskan. Lingkar biru: celah yang dibereskan. Utara di atas.")


def _on_disk[T](content: bytes, label: str, act: Callable[[Path], T]) -> T:
    with TemporaryDirectory(prefix="rembuk-upload-") as folder:
        path = Path(folder) / f"areas{Path(label).suffix.lower()}"
        path.write_bytes(content)
        return act(path)


def _previewed(viewer: Viewer, path: Path, label: str, choices: Choices, wanted: Wanted) -> AreaPreview | RembukError:
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            return preview(connection, path, label, choices, wanted)
    except RembukError as error:
        return error


def _taken_in(viewer: Viewer, path: Path, label: str, choices: Choices, wanted: Wanted) -> str:
    """Load the file; return a sentence when it failed and nothing was written, and else nothing."""
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            commit(connection, path, label, choices, wanted, by=viewer.name)
    except RembukError as error:
        return refused(error)
    return ""
