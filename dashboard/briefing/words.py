"""Words that several slides share: sources, caveats, and how lists and cells read."""

from collections.abc import Sequence

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.model import Cell

ROUTINE = "penimbangan rutin posyandu (e-PPGBM)"
TRAVEL = "waktu tempuh pengasuh ke puskesmas"
ONCE = "Tiap anak dihitung sekali, dengan ukuran terakhirnya dalam tiga bulan."
KEPT = "Tanda – : tidak ditampilkan karena jumlahnya kecil, atau tidak ada data."
NO_FIGURES = "Belum ada angka penimbangan. Muat berkas e-PPGBM di halaman Impor data."
_LONGEST = 150


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return names as a sentence lists them; those beyond `most` are counted."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)}, dan {fmt.count(rest)} lainnya"
    return f"{', '.join(shown[:-1])} dan {shown[-1]}" if len(shown) > 1 else "".join(shown)


def shortened(told: str, longest: int = _LONGEST) -> str:
    """Return what people typed on one line, cut at a word where it is too long for a slide."""
    line = " ".join(str(told).split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + "…"


def cell(value: float | None, told: str) -> Cell:
    """Return a cell; a missing value has none."""
    return Cell(told, None if value is None or pd.isna(value) else float(value))


def count_cell(value: float | None) -> Cell:
    """Return a count as a cell."""
    return cell(value, fmt.count(None if value is None else float(value)))


def share_cell(value: float | None, digits: int = 2) -> Cell:
    """Return a fraction as a cell: told and valued in percent."""
    percent = None if value is None or pd.isna(value) else round(float(value) * 100, digits)
    return Cell(fmt.share(value, digits), percent)


def minutes_cell(seconds: float | None) -> Cell:
    """Return a travel time as a cell, valued in whole minutes."""
    known = seconds is not None and not pd.isna(seconds)
    return Cell(fmt.minutes(seconds), float(round(float(seconds or 0) / 60)) if known else None)
