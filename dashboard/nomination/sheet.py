"""The nominations' workbook: out with a kelurahan's RWs, back with those it names; taken whole or not at all."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import format as fmt
from dashboard.nomination.words import REASONS, reason_told
from dashboard.returned.sheets import Fault, OutgoingSheet, Row, read_sheet, write_sheet

MONTH, CODE, NAMED, REASON, NOTE = "Bulan", "Kode RW", "Usulkan (ya)", "Alasan", "Keterangan"
_NEEDED = (MONTH, CODE, NAMED, REASON, NOTE)
_YES, _NO = ("ya", "y", "1"), ("", "tidak", "t", "0", "-")


@dataclass(frozen=True)
class Named:
    """An RW that a workbook names, and its reason as it is kept."""

    row: int
    rw_code: str
    reason: str


@dataclass(frozen=True)
class Returned:
    """A workbook that came back: what it names, the kelurahan it speaks for, and what is wrong."""

    named: tuple[Named, ...]
    kelurahan: tuple[str, ...]
    faults: tuple[Fault, ...]


def write(far: pd.DataFrame, place: str, month: datetime.date) -> bytes:
    """Write the workbook of an area's RWs (`far` as `nomination_list.far_list` gives it), the farthest first."""
    rows = [
        [
            f"{month:%Y-%m}",
            row["rw_code"],
            row["rw_name"],
            row["kelurahan"],
            _number(row["travel_s"], 1 / 60),
            _number(row["attendance_share"], 100),
            _number(row["rank"], 1),
            None,
            None,
            None,
        ]
        for _, row in far.iterrows()
    ]
    return write_sheet(
        OutgoingSheet(
            title=f"Usulan RW untuk Pusing, {fmt.month(month)}: {place}",
            guide=(
                "Isi kolom kuning saja: tulis ya pada RW yang diusulkan, pilih alasannya, dan tambahkan keterangan.",
                "Alasan “lainnya” perlu keterangan. Biarkan kosong RW yang tidak diusulkan.",
            ),
            columns=(
                MONTH,
                CODE,
                "RW",
                "Kelurahan",
                "Waktu tempuh jalan kaki (menit)",
                "D/S (%)",
                "Urutan Rembuk",
                NAMED,
                REASON,
                NOTE,
            ),
            rows=rows,
            filled=(NAMED, REASON, NOTE),
            choices={NAMED: ("ya", "tidak"), REASON: REASONS},
        )
    )


def read(content: bytes, month: datetime.date, allowed: Sequence[str], already: Sequence[str]) -> Returned:
    """Return what a workbook names; every faulty row is told, and with one fault nothing may be taken.

    `allowed` are the RWs that the viewer may name, `already` those named for the month.
    """
    rows = read_sheet(content, _NEEDED)
    if isinstance(rows, Fault):
        return Returned((), (), (rows,))
    named: list[Named] = []
    faults: list[Fault] = []
    spoken: dict[str, None] = {}
    known, standing, seen = set(allowed), set(already), set[str]()
    for row in rows:
        told = _fault(row, f"{month:%Y-%m}", known, seen)
        if told is None:
            spoken[row[CODE].rpartition(".")[0]] = None
            if row[NAMED].lower() in _NO:
                told = "ada alasan tetapi kolom Usulkan kosong; tulis ya atau hapus alasannya" if row[REASON] else None
            elif row[CODE] in standing:
                told = "RW ini sudah diusulkan untuk bulan ini"
            else:
                reason = reason_told(row[REASON].lower(), row[NOTE])
                if reason is None:
                    told = f"alasan belum lengkap; pilih {', '.join(REASONS)} (yang terakhir dengan keterangan)"
                else:
                    named.append(Named(row.number, row[CODE], reason))
            seen.add(row[CODE])
        if told is not None:
            faults.append(Fault(row.number, told))
    if not rows:
        faults.append(Fault(0, "Berkas ini tidak punya baris isian."))
    return Returned(tuple(named), tuple(spoken), tuple(faults))


def _fault(row: Row, month: str, allowed: set[str], seen: set[str]) -> str | None:
    """Return what makes a row unusable whatever it names."""
    if row[CODE] not in allowed:
        return f"kode RW “{row[CODE][:40]}” bukan RW di wilayah ini"
    if row[CODE] in seen:
        return "RW ini tertulis dua kali"
    if row[MONTH][:7] != month:
        return f"bulannya “{row[MONTH][:20]}”, bukan {month}; unduh berkas untuk bulan yang dipilih"
    if row[NAMED].lower() not in (*_YES, *_NO):
        return f"kolom Usulkan berisi “{row[NAMED][:20]}”; tulis ya atau biarkan kosong"
    return None


def _number(value: float | None, factor: float) -> float | None:
    return None if value is None or pd.isna(value) else float(round(value * factor))
