"""e-PPGBM lists of the demo's newest month, one file a kecamatan, in two layouts that real exports have.

Layout A is a workbook (`.xlsx`) with the classic columns; layout B is an HTML table under the name `.xls`, whose rows
lack the cell of one of its 37 headers, as real ones do. Each file has a few rows that the intake sets aside: a blank
RW, a kelurahan that the city does not have, a child who has turned five, a row with no measurement, and one repetition.
All the rest are the rows that the demo's tables already hold, so that importing a file changes no count.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from numpy.typing import NDArray

from data.demo.identity import identities
from data.demo.months import first_day, month_text
from data.demo.risk import POSYANDU_PER_RW
from data.demo.simulate import STATUSES, Simulation, Weighings
from models.growth.categories import Index, category_codes
from models.growth.zscores import DAYS_PER_MONTH, LYING, STANDING, zscores

LAYOUT_A = (
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec", "Pukesmas",
    "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi",
    "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB", "Naik Berat Badan",
    "PMT Diterima (kg)", "Jml Vit A", "KPSP", "KIA",
)  # fmt: skip
LAYOUT_B = (
    *LAYOUT_A[:17], "Total Pengukuran", *LAYOUT_A[17:30], "Jml Vit A", "KPSP", "KIA", "Kelas Ibu Balita", "MBG",
    "Detail",
)  # fmt: skip
CELL_LEFT_OUT = "Total Pengukuran"
"""Header of layout B whose cell the rows lack, so that every later cell stands one to the left of its header."""

WORKBOOKS = 3
"""Kecamatan whose list is a workbook; the others are HTML, which is what e-PPGBM's own `.xls` is."""

_MISSING = "-"
_POSITIONS = {LYING: "Terlentang", STANDING: "Berdiri"}
_LABELS = {
    Index.WEIGHT_FOR_AGE: ("Sangat Kurang", "Kurang", "Berat Badan Normal", "Risiko Lebih"),
    Index.LENGTH_FOR_AGE: ("Sangat Pendek", "Pendek", "Normal", "Tinggi"),
    Index.WEIGHT_FOR_LENGTH: ("Gizi Buruk", "Gizi Kurang", "Gizi Baik", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas"),
}
_SAVED = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed moment in the workbook's properties keeps the bytes the same

Column = list[Any]
Table = dict[str, Column]


@dataclass(frozen=True)
class PlaceNames:
    """How a file names places: kecamatan by code, kelurahan by code, posyandu by number, puskesmas by RW number."""

    city: str
    kecamatan: dict[str, str]
    kelurahan: dict[str, str]
    posyandu: list[str]
    puskesmas: list[str]


def write_files(
    simulation: Simulation,
    names: PlaceNames,
    folder: Path,
    progress: Callable[[float], None] | None = None,
) -> list[Path]:
    """Write the newest month's lists and return their paths; the same simulation gives the same bytes.

    Earlier lists in the folder are removed first. The `WORKBOOKS` kecamatan with the fewest rows are workbooks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("eppgbm_*"):
        old.unlink()
    weighings = simulation.weighings[-1]
    kecamatan = simulation.city.kecamatan[weighings.rw]
    rows = np.bincount(kecamatan)
    as_workbook = set(np.argsort(rows, kind="stable")[:WORKBOOKS].tolist())
    paths = []
    for done, (number, code) in enumerate(enumerate(sorted(names.kecamatan))):
        chosen = np.flatnonzero(kecamatan == number)
        if not len(chosen):
            continue
        table = _with_faults(_table(simulation, weighings, chosen, names), weighings.month, number)
        stem = f"eppgbm_{month_text(weighings.month)}_{names.kecamatan[code].lower().replace(' ', '_')}"
        if number in as_workbook:
            paths.append(_write_workbook(table, folder / f"{stem}.xlsx"))
        else:
            paths.append(_write_html(table, folder / f"{stem}.xls"))
        if progress:
            progress((done + 1) / len(names.kecamatan))
    return paths


def _table(simulation: Simulation, weighings: Weighings, chosen: NDArray[np.intp], names: PlaceNames) -> Table:
    child, rw = weighings.child[chosen], weighings.rw[chosen]
    who, sex = identities(child), simulation.children.sex[child]
    age_days, position = weighings.age_days[chosen], weighings.position[chosen]
    weight_kg = np.where(weighings.weight_tenths[chosen] > 0, weighings.weight_tenths[chosen] / 10, np.nan)
    lenhei_cm = np.where(weighings.length_tenths[chosen] > 0, weighings.length_tenths[chosen] / 10, np.nan)
    scores = zscores(sex, age_days, weight_kg, lenhei_cm, position, False)
    codes = simulation.city.codes[rw].tolist()
    size = len(chosen)
    birth_tenths = 26 + child % 11
    table: Table = {
        "NIK": who.nik,
        "Nama": who.name,
        "JK": np.where(sex == 1, "L", "P").tolist(),
        "Tgl Lahir": _days(simulation.children.birth_day[child]),
        "BB Lahir": _numbers(birth_tenths / 10),
        "TB Lahir": _numbers(47.0 + child % 5),
        "Nama Ortu": who.parents,
        "Prov": ["JAWA BARAT"] * size,
        "Kab/Kota": [names.city.upper()] * size,
        "Kec": [names.kecamatan[code[:8]].upper() for code in codes],
        "Pukesmas": [names.puskesmas[number].removeprefix("Puskesmas ").upper() for number in rw.tolist()],
        "Desa/Kel": [names.kelurahan[code[:13]].upper() for code in codes],
        "Posyandu": [names.posyandu[at] for at in (rw * POSYANDU_PER_RW + weighings.posyandu[chosen]).tolist()],
        "RT": [f"{1 + number % 9:02d}" for number in child.tolist()],
        "RW": [code[-3:].lstrip("0") for code in codes],
        "Alamat": [_MISSING] * size,
        "Usia Saat Ukur": [_age(days) for days in age_days.tolist()],
        "Tanggal Pengukuran": _days(weighings.day[chosen]),
        "Berat": _numbers(weight_kg),
        "Tinggi": _numbers(lenhei_cm),
        "Cara Ukur": [_POSITIONS.get(code, _MISSING) for code in position.tolist()],
        "LiLA": [_MISSING] * size,
        "Naik Berat Badan": [STATUSES[code] or _MISSING for code in weighings.status[chosen].tolist()],
        "PMT Diterima (kg)": [_MISSING] * size,
        "Jml Vit A": [_MISSING] * size,
        "KPSP": [_MISSING] * size,
        "KIA": ["ya"] * size,
        "Kelas Ibu Balita": ["Ya" if number % 3 else "Tidak" for number in child.tolist()],
        "MBG": ["Ya" if number % 4 == 0 else "Tidak" for number in child.tolist()],
        "Detail": ["Lihat"] * size,
    }
    for index, score in (
        (Index.WEIGHT_FOR_AGE, scores.waz),
        (Index.LENGTH_FOR_AGE, scores.haz),
        (Index.WEIGHT_FOR_LENGTH, scores.whz),
    ):
        table[f"ZS {index}"] = [_MISSING if np.isnan(z) else f"{z:.2f}" for z in score.tolist()]
        labels = (*_LABELS[index], _MISSING)  # the class of a missing score, -1, is the last one
        table[str(index)] = [labels[code] for code in category_codes(index, score).tolist()]
    return table


def _with_faults(table: Table, month: int, number: int) -> Table:
    """Return the table with rows that the intake parks or skips: other children's rows but for the repetition."""
    width = len(table["NIK"])
    source = [(17 + 101 * fault) % width for fault in range(8)]
    extra: Table = {name: [column[row] for row in source] for name, column in table.items()}
    strangers = identities(np.arange(8) + 10**8 + 1000 * number)
    extra["NIK"][:7], extra["Nama"][:7] = strangers.nik[:7], strangers.name[:7]
    extra["RW"][0], extra["RW"][1], extra["RW"][2] = "", _MISSING, "0"
    extra["Desa/Kel"][3] = extra["Desa/Kel"][4] = "KELURAHAN CONTOH"
    too_old = first_day(month) - 61 * DAYS_PER_MONTH
    extra["Tgl Lahir"][5] = str(np.datetime64(int(too_old), "D"))
    extra["Berat"][6] = extra["Tinggi"][6] = None
    return {name: [*column, *extra[name]] for name, column in table.items()}


def _write_workbook(table: Table, path: Path) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": "Daftar Anak Berdasarkan Status Gizi (data contoh)", "created": _SAVED})
    sheet = book.add_worksheet("Status Gizi")
    sheet.write_row(0, 0, LAYOUT_A)
    columns = [table[name] for name in LAYOUT_A[1:]]
    for row, cells in enumerate(zip(*columns, strict=True), start=1):
        sheet.write_number(row, 0, row)
        for place, cell in enumerate(cells, start=1):
            if isinstance(cell, float):
                sheet.write_number(row, place, cell)
            elif cell:
                sheet.write_string(row, place, cell)
    book.close()
    return path


def _write_html(table: Table, path: Path) -> Path:
    names = [name for name in LAYOUT_B[1:] if name != CELL_LEFT_OUT]
    columns = [[_cell(cell) for cell in table[name]] for name in names]
    head = "".join(f"<th>{html.escape(name)}</th>" for name in LAYOUT_B)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n')
        file.write(f'<table border="1">\n<thead><tr>{head}</tr></thead>\n<tbody>\n')
        for row, cells in enumerate(zip(*columns, strict=True), start=1):
            file.write(f"<tr><td>{row}</td><td>{'</td><td>'.join(cells)}</td></tr>\n")
        file.write("</tbody>\n</table>\n")
    return path


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return value or ""


def _numbers(values: NDArray[Any]) -> Column:
    return [None if np.isnan(value) else round(value, 1) for value in values.tolist()]


def _days(days: NDArray[Any]) -> Column:
    return days.astype(np.int64).astype("datetime64[D]").astype(str).tolist()


def _age(days: int) -> str:
    years, rest = divmod(days, 365)
    months, left = divmod(rest, 30)
    return f"{years} Tahun - {min(months, 11)} Bulan - {left} Hari"
