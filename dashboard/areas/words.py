"""Why a file of areas cannot be used, in plain Indonesian, by the loader's code; and its control totals in words."""

from dashboard import format as fmt
from data.errors import RembukError
from data.intake.areas.load import AreaPreview

REFUSED = {
    "city_code": "Kode kota atau kabupaten tidak terbaca dari berkas ({codes}). Isi kodenya, misalnya 32.75.",
    "city_name": "Isi nama kota atau kabupaten untuk {found}.",
    "no_city": "Belum ada kota. Muat berkas batas kelurahan lebih dahulu.",
    "no_column": "Tidak ada kolom {found}. Kolom yang ada: {columns}.",
    "no_parent": "{found} RW berada di kelurahan yang belum ada ({codes}). Muat batas kelurahan lebih dahulu.",
    "demo": "Basis data ini berisi kota contoh. Data nyata dan data rekaan tidak pernah dicampur; pengelola perlu "
    "menghapus kota contoh lebih dahulu (`python -m dashboard demo --clear`) atau memakai basis data kosong.",
    "city_differs": "Basis data ini sudah berisi {city}; pakai basis data lain untuk {found}.",
    "unreadable": "Berkas ini tidak terbaca sebagai GeoJSON, GeoPackage, atau Shapefile. Ekspor ulang dari QGIS.",
    "kind": "Berkas ini bukan GeoJSON, GeoPackage, Shapefile, atau .zip berisi salah satunya.",
    "too_large": "Berkas ini lebih dari {found} MB. Sederhanakan di QGIS, atau pecah per kecamatan.",
    "several": "Berkas ini berisi beberapa lapisan ({found}); simpan satu lapisan saja.",
    "no_rows": "Berkas ini tidak berisi wilayah yang punya batas.",
    "not_polygons": "{found} bentuk di berkas ini titik atau garis (pertama: nomor {row}); wilayah butuh bidang.",
    "no_ground": "{found} bentuk tidak punya luas (pertama: nomor {row}). Gambar ulang, atau hapus.",
    "no_crs": "Berkas ini tidak menyebut sistem koordinatnya dan isinya bukan derajat. Sertakan .prj, atau simpan "
    "sebagai GeoJSON EPSG:4326.",
    "wrong_crs": "Koordinatnya tidak cocok dengan sistem yang disebut berkas ({crs}). Perbaiki CRS-nya di QGIS.",
    "swapped": "Lintang dan bujur tertukar. Di QGIS pakai Swap X and Y coordinates, lalu simpan ulang.",
    "elsewhere": "Wilayahnya di luar Indonesia. Perbaiki CRS-nya di QGIS, lalu simpan ulang.",
    "other_ground": "Kodenya milik {city}, tetapi batasnya {found} km di luar kota itu. Periksa berkasnya.",
    "level": "Tingkat wilayahnya tidak dikenali dari kode; pilih tingkatnya.",
    "no_code_column": "Tidak ada kolom kode Kemendagri (misalnya {example}). Kolom yang ada: {columns}.",
    "bps": "Kolom {found} berisi kode BPS (misalnya {example}), sedangkan Rembuk memakai kode Kemendagri. Sertakan "
    "nama kecamatan dan kelurahan, atau kode Kemendagri.",
    "bad_codes": "{found} kode di kolom {column} tidak terbaca (nomor {rows}).",
    "other_city": "{found} dari {total} wilayah milik {others}, bukan {city}. Centang pilihan untuk meninggalkannya.",
    "duplicates": "Ada kode yang muncul dua kali ({found}). Perbaiki, atau centang pilihan untuk menggabungkannya.",
    "unknown_names": "{found} wilayah tidak dikenal namanya ({names}). Perbaiki, atau sertakan kode Kemendagri.",
    "rivals": "Ada wilayah yang mengaku tanah yang sama ({codes}). Perbaiki batasnya di QGIS.",
    "as_of": "Hari berlakunya belum tiba; wilayah berubah mulai hari yang sudah datang.",
}


def refused(error: RembukError) -> str:
    """Return an error of the loader as a sentence."""
    reason = str(error.context.get("reason", "")).removeprefix("areas_")
    told = REFUSED.get(reason)
    return told.format(**error.context) if told else "Berkas ini tidak dapat dipakai dan tidak ada yang ditulis."


def totals(seen: AreaPreview) -> dict[str, str]:
    """Return the control totals of a file by their words."""
    changes = seen.changes
    return {
        "Wilayah di berkas": fmt.count(len(seen.prepared.areas)),
        "Baru": fmt.count(len(changes.new)),
        "Berubah": fmt.count(len(changes.changed)),
        "Tetap": fmt.count(len(changes.unchanged)),
        "Berlaku lagi": fmt.count(len(changes.back)),
        "Berakhir": fmt.count(len(changes.ended) + len(changes.ended_below)),
        "Tumpang tindih dibereskan": fmt.count(len(seen.prepared.overlaps)),
        "Celah dibereskan": fmt.count(len(seen.prepared.gaps)),
    }


def outlines_told(seen: AreaPreview) -> list[str]:
    """Return what becomes of outlines: which change from a day, and which are put right for all months."""
    told = []
    if seen.as_of and seen.outlines_changed:
        told.append(
            f"**{fmt.count(len(seen.outlines_changed))} wilayah berubah batasnya mulai {fmt.day(seen.as_of)}**: "
            "bulan-bulan sebelumnya tetap memakai batas lama."
        )
    if seen.outlines_corrected:
        told.append(
            f"**{fmt.count(len(seen.outlines_corrected))} batas dibetulkan**: gambar baru menggantikan gambar lama, "
            "juga pada bulan yang sudah lewat."
        )
    if seen.changes.improved:
        told.append(
            f"{fmt.count(len(seen.changes.improved))} batas baru dikenal atau menggantikan batas perkiraan; dipakai "
            "pada semua bulan."
        )
    if seen.as_of and seen.changes.earlier:
        told.append(
            f"{fmt.count(len(seen.changes.earlier))} wilayah yang tersimpan baru berlaku kemudian kini berlaku sejak "
            f"{fmt.day(seen.as_of)}."
        )
    return told


def story(seen: AreaPreview) -> str:
    """Return in words what was read and what the repair did to the ground."""
    done = seen.prepared
    told = [
        f"Tingkat **{done.level}**, kode dari kolom **{done.code_column}**.",
        f"Luas menurut gambar {fmt.decimal(done.before_km2, 2)} km², sesudah dibereskan "
        f"{fmt.decimal(done.after_km2, 2)} km².",
    ]
    if done.detail_m:
        told.append(
            f"Garis batasnya sangat rapat: lekuk di bawah kira-kira {fmt.decimal(done.detail_m, 1)} m diratakan."
        )
    if done.broken:
        told.append(f"{fmt.count(done.broken)} batas rusak diperbaiki.")
    if done.left_out:
        told.append(f"{fmt.count(done.left_out)} wilayah kota lain ditinggalkan.")
    if done.joined:
        told.append(f"{fmt.count(done.joined)} baris digabung ke wilayah berkode sama.")
    told += outlines_told(seen)
    if seen.changes.ended:
        told.append(
            f"Berakhir karena tidak ada di berkas: {', '.join(seen.changes.ended[:10])}. Angka bulan lalunya tetap "
            "tersimpan."
        )
    if seen.stray:
        told.append(f"Sebagian besar di luar kelurahannya, periksa kodenya: {', '.join(seen.stray[:10])}.")
    return " ".join(told)
