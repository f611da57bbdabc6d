"""What a table of places would do, in words and marks, whichever table it is: counts, findings by row, a picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import format as fmt
from dashboard.areas.picture import DOUBTFUL, FINE, FIXED, Mark
from dashboard.areas.table_words import FAULTS
from data.intake.areas.facilities import FacilityPreview
from data.intake.areas.placing import Fault
from data.intake.areas.rw_table import RwPreview
from data.intake.areas.service_areas import ServicePreview


@dataclass(frozen=True)
class Finding:
    """Something worth a look: its row in the file (where there is one), what it is about, and what becomes of it."""

    row: int | None
    about: str
    what: str
    done: str


@dataclass(frozen=True)
class Checked:
    """A table's preview for the screen. `marks` are its points, `drawn` outlines that it makes (degrees)."""

    status: str
    totals: dict[str, str]
    findings: Sequence[Finding]
    faults: tuple[Fault, ...]
    marks: Sequence[Mark]
    drawn: NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))


def of_rws(seen: RwPreview) -> Checked:
    """Say what a table of RWs would do."""
    row_of = seen.numbers
    doubtful = {*seen.drawn.outside, *seen.drawn.coincident}
    found = [
        *(Finding(row_of[code], code, "Lintang dan bujur tertukar", "Dibalik, lalu dipakai") for code in seen.turned),
        *(
            Finding(
                row_of.get(code), code, "Titik di luar kelurahannya", "Titik tidak dipakai; periksa kode atau titik"
            )
            for code in seen.drawn.outside
        ),
        *(
            Finding(row_of.get(code), code, "Titik sama dengan RW lain", "Disimpan, tetapi tanpa batas")
            for code in seen.drawn.coincident
        ),
        *(
            Finding(None, code, "Kurang dari 80 % RW-nya punya titik", "Batas RW-nya tidak digambar")
            for code in seen.drawn.undrawn
        ),
        *(
            Finding(None, code, "Tidak ada di tabel", "Berakhir; angka bulan lalunya tetap tersimpan")
            for code in seen.changes.ended
        ),
    ]
    marks = [
        Mark(lon, lat, DOUBTFUL if code in doubtful else FIXED if code in seen.turned else FINE)
        for code, (lat, lon) in seen.given.items()
    ]
    totals = {
        "Baris di tabel": seen.rows,
        "RW baru": len(seen.changes.new),
        "Tetap": len(seen.changes.unchanged) + len(seen.changes.changed),
        "Berlaku lagi": len(seen.changes.back),
        "Berakhir": len(seen.changes.ended),
        "Titik dipakai": len(seen.points),
        "Titik dibalik": len(seen.turned),
        "Titik tidak dipakai": len(seen.drawn.outside),
        "Batas perkiraan": len(seen.drawn.outlines),
    }
    outlines = np.array(list(seen.drawn.outlines.values()), dtype=object)
    return Checked(seen.status, _told(totals), found, seen.set_aside, marks, outlines)


def of_facilities(seen: FacilityPreview) -> Checked:
    """Say what a table of facilities would do."""
    row_of = dict(zip(seen.wanted["name"], seen.wanted["row_number"], strict=True))
    found = [
        *(_about(row_of, name, "Lintang dan bujur tertukar", "Dibalik, lalu dipakai") for name in seen.turned),
        *(_about(row_of, name, "Lebih dari 30 km dari kota", "Tetap dimuat; periksa titiknya") for name in seen.far),
        *(
            _about(row_of, name, "Titik di luar kelurahan yang ditulis", "Tetap dimuat; periksa titiknya")
            for name in seen.other_kelurahan
        ),
        *(
            _about(row_of, name, "Tanpa titik", "Tetap dimuat; tidak pernah menjadi yang terdekat")
            for name in seen.without_point
        ),
        *(Finding(None, code, "Tidak ada di tabel", "Ditutup") for code in seen.closed),
    ]
    doubtful = {*seen.far, *seen.other_kelurahan}
    located = seen.wanted.dropna(subset=["lat", "lon"])
    marks = [
        Mark(lon, lat, DOUBTFUL if name in doubtful else FIXED if name in seen.turned else FINE)
        for name, lat, lon in zip(located["name"], located["lat"], located["lon"], strict=True)
    ]
    totals = {
        "Baris di tabel": seen.rows,
        "Baru": len(seen.new),
        "Berubah": len(seen.changed),
        "Tetap": seen.unchanged,
        "Ditutup": len(seen.closed),
        "Tanpa titik": len(seen.without_point),
        "Titik dibalik": len(seen.turned),
        "Perlu diperiksa": len(doubtful),
    }
    return Checked(seen.status, _told(totals), found, seen.set_aside, marks)


def of_service_areas(seen: ServicePreview, rws: pd.DataFrame, puskesmas: dict[str, str]) -> Checked:
    """Say what a table of wilayah kerja would do, of `rws` (code, point_lat, point_lon) and `puskesmas` by code."""
    found = [
        Finding(None, code, "Berpindah puskesmas", f"Mulai dilayani {puskesmas.get(seen.wanted[code][0], '')}")
        for code in seen.moved
    ]
    located = rws.dropna(subset=["point_lat", "point_lon"])
    moved = set(seen.moved)
    marks = [
        Mark(lon, lat, FIXED if code in moved else FINE if code in seen.wanted else DOUBTFUL)
        for code, lat, lon in zip(located["code"], located["point_lat"], located["point_lon"], strict=True)
    ]
    totals = {
        "Baris di tabel": seen.rows,
        "RW baru dilayani": len(seen.new),
        "Berpindah": len(seen.moved),
        "Tetap": seen.unchanged,
        "RW tanpa puskesmas sesudahnya": seen.lacking,
    }
    return Checked(seen.status, _told(totals), found, seen.set_aside, marks)


def listed(checked: Checked) -> pd.DataFrame:
    """Return findings and rows set aside as people read them, set-aside rows first, then by row."""
    set_aside = [
        Finding(fault.row, fault.told.replace(", row ", ", baris "), FAULTS[fault.reason], "Disisihkan")
        for fault in checked.faults
    ]
    rows = [*set_aside, *sorted(checked.findings, key=lambda one: (one.row is None, one.row or 0))]
    return pd.DataFrame(
        {
            "Baris": [fmt.count(one.row) if one.row else fmt.MISSING for one in rows],
            "Tentang": [one.about for one in rows],
            "Yang ditemukan": [one.what for one in rows],
            "Yang dilakukan": [one.done for one in rows],
        }
    )


def _about(row_of: dict[str, int], name: str, what: str, done: str) -> Finding:
    return Finding(int(row_of[name]), name, what, done)


def _told(totals: dict[str, int]) -> dict[str, str]:
    return {name: fmt.count(count) for name, count in totals.items()}
