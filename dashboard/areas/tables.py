"""Loading a table of places: a template, an upload, what its load would do by row and on a small map, and the load."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shapely
import streamlit as st
from sqlalchemy import Connection

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.areas import templates
from dashboard.areas.accepted import finish, once, uploader_key
from dashboard.areas.crosswalk import ask_names
from dashboard.areas.findings import Checked, listed, of_facilities, of_rws, of_service_areas
from dashboard.areas.picture import picture_of_points
from dashboard.areas.table_words import refused
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.maps.legend import FACILITY_NAMES
from data.errors import RembukError
from data.intake.areas import facilities, rw_table, service_areas
from data.intake.areas.load import NEW
from data.scope import scoped_connection, writing_connection

Options = dict[str, Any]
_POINT_SOURCES = {
    "Posyandu": "posyandu",
    "Tengah permukiman penduduk": "population",
    "Tengah bangunan": "buildings",
}
_ANY_KIND = "Menurut kolom jenis"


@dataclass(frozen=True)
class Kind:
    """One kind of table: what it is called, its template, what is asked about it, and what its load does."""

    name: str
    label: str
    template: Callable[[Viewer, str], Saved]
    ask: Callable[[], tuple[Options, Options]]
    """Options of the preview, and those that only the load has."""
    check: Callable[[Viewer, str, Connection, bytes, Options], Checked]
    load: Callable[[Connection, bytes, Options], object]
    legend: str
    done: str


def show(viewer: Viewer, version: str, kind: Kind) -> None:
    """Let a planner load a table of one kind; nothing is written before the button."""
    st.caption("Templat berisi yang sudah ada di basis data. Isi, simpan, lalu unggah di bawah.")
    table_buttons(lambda: kind.template(viewer, version), f"templat-{kind.name}")
    upload = st.file_uploader(kind.label, type=["xlsx", "xls", "csv"], key=uploader_key(f"berkas-{kind.name}"))
    about, only_load = kind.ask()
    if upload is None:
        return
    content = upload.getvalue()
    key = (hashlib.sha256(content).digest(), version, kind.name, *about.items())
    with st.spinner("Memeriksa tabel…"):
        seen = once(key, lambda: _checked(viewer, version, kind, content, about))
    if isinstance(seen, RembukError):
        st.error(refused(seen), icon=":material/error:")
        ask_names(viewer, version, seen.context.get("unknown", ()))
        return
    _show_checked(viewer, version, kind, seen)
    ask_names(viewer, version, [fault.unknown for fault in seen.faults if fault.unknown is not None])
    if seen.status != NEW:
        st.info("Basis data sudah memuat semua ini; tidak ada yang perlu diubah.", icon=":material/check_circle:")
        return
    is_agreed = not seen.faults or st.checkbox(
        f"Muat tanpa {fmt.count(len(seen.faults))} baris yang disisihkan", key=f"sisihkan-{kind.name}"
    )
    if st.button("Muat tabel", type="primary", key=f"muat-{kind.name}", disabled=not is_agreed):
        with st.spinner("Memuat tabel…"):
            failed = _taken_in(viewer, kind, content, {**about, **only_load, "is_setting_aside": bool(seen.faults)})
        if failed:
            st.error(failed, icon=":material/error:")
            return
        finish(kind.done)


def _show_checked(viewer: Viewer, version: str, kind: Kind, seen: Checked) -> None:
    cells = "".join(f"<div><b>{value}</b><span>{name}</span></div>" for name, value in seen.totals.items())
    st.html(f'<div class="totals">{cells}</div>')
    found = listed(seen)
    if not found.empty:
        st.markdown(f"**{fmt.count(len(found))} hal ditemukan**, {fmt.count(len(seen.faults))} baris disisihkan.")
        st.dataframe(found, hide_index=True, width="stretch")
        saved = Saved(found, "Temuan pemeriksaan tabel", (("Baris", "Dihitung dari baris pertama berkas."),))
        table_buttons(lambda: saved, f"temuan-{kind.name}")
    kelurahan = shapely.from_wkb(cache.level_outlines(viewer.scope, version, "kelurahan")["geometry"].to_numpy())
    if len(kelurahan) or seen.marks:
        st.image(picture_of_points(kelurahan, seen.drawn, seen.marks))
        st.caption(f"{kind.legend} Titik di luar gambar tampil di tepinya. Utara di atas.")


def _checked(viewer: Viewer, version: str, kind: Kind, content: bytes, about: Options) -> Checked | RembukError:
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            return kind.check(viewer, version, connection, content, about)
    except RembukError as error:
        return error


def _taken_in(viewer: Viewer, kind: Kind, content: bytes, options: Options) -> str:
    """Load the table; return a sentence when it failed and nothing was written, and else nothing."""
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            kind.load(connection, content, options)
    except RembukError as error:
        return refused(error)
    return ""


def _day(key: str) -> datetime.date | None:
    picked = st.date_input("Perubahan berlaku mulai", value="today", max_value="today", format="DD/MM/YYYY", key=key)
    return picked if isinstance(picked, datetime.date) else None


def _ask_rw() -> tuple[Options, Options]:
    beside = st.columns(2)
    with beside[0]:
        picked = st.selectbox("Titik menunjukkan", list(_POINT_SOURCES), key="titik-rw")
    with beside[1]:
        as_of = _day("berlaku-rw")
    is_keeping = st.checkbox("Tabel ini hanya memuat sebagian; jangan akhiri RW yang tidak ada", key="sebagian-rw")
    return {"is_keeping": is_keeping}, {"as_of": as_of, "point_source": _POINT_SOURCES[picked]}


def _ask_facilities() -> tuple[Options, Options]:
    beside = st.columns(2)
    with beside[0]:
        names: dict[str, str | None] = {_ANY_KIND: None} | {name: kind for kind, name in FACILITY_NAMES.items()}
        picked = st.selectbox("Jenis baris yang tidak menyebutnya", list(names), key="jenis-fasilitas")
    with beside[1]:
        as_of = _day("berlaku-fasilitas")
    is_complete = st.checkbox("Tabel ini lengkap: tutup fasilitas sejenis yang tidak ada", key="lengkap-fasilitas")
    return {"kind": names[picked], "is_complete": is_complete}, {"as_of": as_of}


def _ask_service_areas() -> tuple[Options, Options]:
    return {}, {"as_of": _day("berlaku-kerja")}


def _check_rw(_viewer: Viewer, _version: str, connection: Connection, content: bytes, about: Options) -> Checked:
    return of_rws(rw_table.foresee(connection, content, "unggahan", is_setting_aside=True, **about))


def _check_facilities(
    _viewer: Viewer, _version: str, connection: Connection, content: bytes, about: Options
) -> Checked:
    return of_facilities(facilities.foresee(connection, content, "unggahan", is_setting_aside=True, **about))


def _check_service_areas(
    viewer: Viewer, version: str, connection: Connection, content: bytes, about: Options
) -> Checked:
    seen = service_areas.foresee(connection, content, "unggahan", is_setting_aside=True, **about)
    places = cache.all_facilities(viewer.scope, version)
    names: dict[str, str] = dict(zip(places["code"], places["name"], strict=True))
    return of_service_areas(seen, cache.rw_names(viewer.scope, version), names)


RW = Kind(
    "rw",
    "Tabel RW (.xlsx atau .csv): kelurahan, RW, lintang, bujur",
    templates.rws,
    _ask_rw,
    _check_rw,
    lambda connection, content, options: rw_table.commit(connection, content, "unggahan", **options),
    "Garis biru: batas RW perkiraan dari titik. Titik biru: tertukar lalu dibalik. Titik jingga: perlu diperiksa.",
    "Tabel RW dimuat. Langkah berikutnya: fasilitas, wilayah kerja, lalu waktu tempuh.",
)
FACILITIES = Kind(
    "fasilitas",
    "Tabel fasilitas (.xlsx atau .csv): jenis, nama, lintang, bujur",
    templates.facilities,
    _ask_facilities,
    _check_facilities,
    lambda connection, content, options: facilities.commit(connection, content, "unggahan", **options),
    "Titik biru: tertukar lalu dibalik. Titik jingga: jauh dari kota, atau di luar kelurahan yang ditulis.",
    "Tabel fasilitas dimuat. Langkah berikutnya: wilayah kerja, lalu hitung waktu tempuh.",
)
SERVICE_AREAS = Kind(
    "wilayah-kerja",
    "Tabel wilayah kerja (.xlsx atau .csv): kelurahan, RW, puskesmas, sejak",
    templates.service_areas,
    _ask_service_areas,
    _check_service_areas,
    lambda connection, content, options: service_areas.commit(connection, content, "unggahan", **options),
    "Titik biru: RW yang berpindah puskesmas. Titik jingga: RW yang tidak disebut tabel ini.",
    "Wilayah kerja dimuat. Langkah berikutnya: hitung waktu tempuh.",
)
