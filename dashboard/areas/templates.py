"""Tables to fill in, with what the city has by now in them, so that a loaded template changes nothing."""

import pandas as pd

from dashboard import cache
from dashboard.access import Viewer
from dashboard.exports import Saved
from dashboard.maps.legend import FACILITY_NAMES

_HOW = ("Cara mengisi", "Satu baris per tempat. Judul kolom jangan diubah; kolom lain boleh ditambah.")
_POINTS = ("Lintang, bujur", "Derajat desimal, titik atau koma: -6,2350 dan 106,9920. Boleh kosong.")


def rws(viewer: Viewer, version: str) -> Saved:
    """Return the table of RWs: those of the city, or a row for each kelurahan that has none."""
    held = cache.rw_names(viewer.scope, version)
    places = cache.places(viewer.scope, version)
    has_point = ~held["point_source"].isin(["centroid", "none"])
    known = pd.DataFrame(
        {
            "Kode kelurahan": held["kelurahan_code"],
            "Kecamatan": held["kecamatan"],
            "Kelurahan": held["kelurahan"],
            "RW": held["rw_name"],
            "Lintang": held["point_lat"].where(has_point),
            "Bujur": held["point_lon"].where(has_point),
        }
    )
    kelurahan = places[(places["level"] == "kelurahan") & ~places["code"].isin(held["kelurahan_code"])]
    name_of = places.set_index("code")["name"]
    bare = pd.DataFrame(
        {
            "Kode kelurahan": kelurahan["code"],
            "Kecamatan": kelurahan["parent_code"].map(name_of),
            "Kelurahan": kelurahan["name"],
        }
    )
    rows = pd.concat([part for part in (known, bare) if not part.empty] or [known], ignore_index=True)
    notes = (
        _HOW,
        ("RW", "Nomor RW: 7, 07, atau RW 007."),
        _POINTS,
        ("Titik", "Posyandu, tengah permukiman, atau tengah bangunan; pilih yang mana saat memuat."),
    )
    return Saved(rows.reindex(columns=known.columns), "Tabel RW", notes)


def facilities(viewer: Viewer, version: str) -> Saved:
    """Return the table of facilities."""
    held = cache.all_facilities(viewer.scope, version)
    name_of = cache.places(viewer.scope, version).set_index("code")["name"]
    rows = pd.DataFrame(
        {
            "Kode": held["code"],
            "Jenis": held["kind"].map(FACILITY_NAMES),
            "Nama": held["name"],
            "Kelurahan": held["area_code"].str.split(".").str[:4].str.join(".").map(name_of),
            "Lintang": held["lat"],
            "Bujur": held["lon"],
            "Mitra": held["is_partner"].map({True: "ya", False: "tidak"}),
            "Layanan": held["services"],
            "Jam buka": held["opening_hours"],
            "Sumber": held["source"],
        }
    )
    notes = (
        _HOW,
        ("Kode", "Kode Kemenkes; boleh kosong, lalu jenis dan namanya yang dipakai."),
        ("Jenis", "Puskesmas, Pustu, Posyandu, Klinik, atau Rumah sakit."),
        _POINTS,
        ("Mitra", "ya atau tidak: ikut Pusing sebagai mitra."),
    )
    return Saved(rows, "Tabel fasilitas", notes)


def service_areas(viewer: Viewer, version: str) -> Saved:
    """Return the table of wilayah kerja: a row for each RW, with its puskesmas where it has one."""
    held, own = cache.rw_names(viewer.scope, version), cache.service_areas(viewer.scope, version)
    name_of = cache.all_facilities(viewer.scope, version).set_index("code")["name"]
    puskesmas = own.set_index("rw_code")["facility_code"].map(name_of)
    rows = pd.DataFrame(
        {
            "Kode RW": held["code"],
            "Kecamatan": held["kecamatan"],
            "Kelurahan": held["kelurahan"],
            "RW": held["rw_name"],
            "Puskesmas": held["code"].map(puskesmas),
            "Sejak": None,
        }
    )
    notes = (
        _HOW,
        ("Puskesmas", "Nama atau kode puskesmas seperti di tabel fasilitas."),
        ("Sejak", "Hari pertama, misalnya 01/07/2026; kosong berarti sejak awal, atau sejak hari yang dipilih."),
        ("Satu kelurahan", "Baris tanpa Kode RW dan RW berlaku untuk semua RW di kelurahannya."),
    )
    return Saved(rows, "Tabel wilayah kerja", notes)
