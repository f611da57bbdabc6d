"""The visits' workbook: out with the RWs of a wilayah kerja, back with the visits made; taken whole or not at all."""

import datetime
from dataclasses import dataclass

import pandas as pd

from dashboard.pusing.words import fault_told
from dashboard.returned.sheets import Fault, OutgoingSheet, Row, read_count, read_day, read_sheet, write_sheet
from dashboard.visit.words import COUNT_NAMES
from data.pusing.visiting import Visit, visit_faults

CODE, DAY = "Kode RW", "Tanggal"
_FILLED = (DAY, *COUNT_NAMES.values())


@dataclass(frozen=True)
class Returned:
    """A workbook that came back: its visits with their rows, and what is wrong."""

    visits: tuple[tuple[int, Visit], ...]
    faults: tuple[Fault, ...]


def write(area: pd.DataFrame, puskesmas_name: str) -> bytes:
    """Write the workbook of a wilayah kerja (code, rw_name, kelurahan)."""
    return write_sheet(
        OutgoingSheet(
            title=f"Catatan kunjungan Pusing, {puskesmas_name}",
            guide=(
                "Isi kolom kuning pada RW yang dikunjungi; tanggal seperti 21/11/2026. RW lain dibiarkan kosong.",
                "Kosongkan angka yang belum diketahui. Untuk kunjungan kedua di RW yang sama, salin barisnya.",
            ),
            columns=(CODE, "RW", "Kelurahan", *_FILLED),
            rows=[
                [row["code"], row["rw_name"], row["kelurahan"], *[None] * len(_FILLED)] for _, row in area.iterrows()
            ],
            filled=_FILLED,
            choices={},
        )
    )


def read(content: bytes, allowed: set[str], puskesmas_code: str, today: datetime.date) -> Returned:
    """Return the visits of a workbook; every faulty row is told, and with one fault nothing may be taken."""
    rows = read_sheet(content, (CODE, *_FILLED))
    if isinstance(rows, Fault):
        return Returned((), (rows,))
    visits: list[tuple[int, Visit]] = []
    faults: list[Fault] = []
    seen: set[tuple[str, datetime.date]] = set()
    for row in rows:
        if row.is_blank(_FILLED):
            continue
        visit, told = _visit(row, allowed, puskesmas_code, today)
        if visit is not None and (visit.rw_code, visit.visited_on) in seen:
            told.append("RW dan tanggal ini tertulis dua kali")
        if told or visit is None:
            faults.append(Fault(row.number, "; ".join(told)))
        else:
            seen.add((visit.rw_code, visit.visited_on))
            visits.append((row.number, visit))
    if not visits and not faults:
        faults.append(Fault(0, "Berkas ini belum berisi kunjungan; isi paling sedikit satu tanggal."))
    return Returned(tuple(visits), tuple(faults))


def _visit(row: Row, allowed: set[str], puskesmas_code: str, today: datetime.date) -> tuple[Visit | None, list[str]]:
    told = []
    if row[CODE] not in allowed:
        told.append(f"kode RW “{row[CODE][:40]}” bukan RW di wilayah kerja ini")
    day = read_day(row[DAY])
    if day is None:
        told.append("tanggalnya belum diisi" if not row[DAY] else f"tanggal “{row[DAY][:20]}” tidak terbaca")
    counts: dict[str, int | None] = {}
    for code, name in COUNT_NAMES.items():
        counts[code] = read_count(row[name])
        if row[name] and counts[code] is None:
            told.append(f"{name.lower()} “{row[name][:20]}” bukan bilangan bulat")
    if day is None:
        return None, told
    visit = Visit(row[CODE], day, puskesmas_code, **counts)
    return visit, told + [fault_told(fault) for fault in visit_faults(visit, today)]
