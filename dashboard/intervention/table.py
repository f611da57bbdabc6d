"""Coverage of interventions as tables and sentences that people read, and as files that they save."""

import datetime
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.indicator_words import GROUP_NAMES
from dashboard.intervention.figures import BELOW, REACHED, STATE_NAMES, STATES
from data.queries.city import CityState

_ICONS = {"reached": "✔", "below": "▼", "no_target": "–", "not_started": "◇", "silent": "✕"}
TREND_COLUMN, YEAR_COLUMN = "Tren", "Setahun"
_ABOUT_COLUMNS = (
    ("Cakupan", "Tercapai dibagi sasaran, dari RW yang melapor"),
    ("Selisih", "Poin persen terhadap target; minus berarti belum sampai target"),
    ("Belum mulai", "Layanan belum berjalan di RW itu: bukan nol, dan tidak dihitung dalam cakupan"),
    ("Belum melapor", "Ada baris tanpa angka; bukan nol"),
    ("Sel kosong", "Tidak ada angka; bukan nol"),
)


def column_config() -> dict[str, Any]:
    """Return how the trend column is drawn."""
    return {
        TREND_COLUMN: st.column_config.LineChartColumn(
            TREND_COLUMN, help="Cakupan dua tahun terakhir, skala 0–100 %", y_min=0, y_max=100, width="small"
        )
    }


def points(gap: float | None) -> str:
    """Give a difference in percentage points with its sign."""
    return fmt.points(None if gap is None or pd.isna(gap) else gap / 100)


def pct(value: float | None) -> str:
    """Give a percentage with one decimal."""
    return fmt.MISSING if value is None or pd.isna(value) else f"{fmt.decimal(value)}\u00a0%"


def state(code: str) -> str:
    """Give a class with its mark."""
    return f"{_ICONS[code]} {STATE_NAMES[code]}"


def services_shown(rows: pd.DataFrame, month: datetime.date) -> pd.DataFrame:
    """Return the services, those furthest behind first within their class; takes `indicator_rows`."""
    order = {BELOW: 0, REACHED: 1}
    rows = rows.assign(place=rows["state"].map(order).fillna(2)).sort_values(["place", "gap_pct", "name"])
    return pd.DataFrame(
        {
            "Layanan": rows["name"],
            "Cakupan": rows["coverage_pct"].map(pct),
            "Target": rows["target_pct"].map(pct),
            "Selisih": rows["gap_pct"].map(points),
            "Keadaan": rows["state"].map(state),
            YEAR_COLUMN: rows["year_change_pct"].map(points),
            TREND_COLUMN: rows["trend"],
            "RW belum mulai": rows["rw_not_started"].map(fmt.count),
            "OPD": rows["opd"].fillna(fmt.MISSING),
            "Kelompok": rows["indicator_group"].map(GROUP_NAMES),
            "Bulan": ["" if told == month else fmt.short_month(told) for told in rows["month"]],
        }
    )


def services_to_save(rows: pd.DataFrame, area_name: str, city: CityState) -> Saved:
    """Return the services with their numbers and what explains them."""
    table = pd.DataFrame(
        {
            "Kode": rows["code"],
            "Layanan": rows["name"],
            "Kelompok": rows["indicator_group"].map(GROUP_NAMES),
            "OPD": rows["opd"],
            "Bulan": [f"{told:%Y-%m}" for told in rows["month"]],
            **_numbers(rows),
        }
    )
    return Saved(table, "Cakupan layanan terhadap target", (("Wilayah", area_name), *_ABOUT_COLUMNS, _demo_note(city)))


def areas_shown(figures: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the areas as people read them; takes `area_figures`."""
    table = pd.DataFrame(
        {
            {"kecamatan": "Kecamatan", "kelurahan": "Kelurahan", "rw": "RW"}[level]: figures["name"],
            "Di": figures["where"],
            "Cakupan": figures["coverage_pct"].map(pct),
            "Tercapai": figures["numerator"].map(fmt.count),
            "Sasaran": figures["denominator"].map(fmt.count),
            "Target": figures["target_pct"].map(pct),
            "Selisih": figures["gap_pct"].map(points),
            "Kurang (sasaran)": figures["short"].map(fmt.count),
            YEAR_COLUMN: figures["year_change_pct"].map(points),
            "Keadaan": figures["state"].map(state),
            "RW belum mulai": figures["rw_not_started"].map(fmt.count),
            "RW belum melapor": figures["rw_silent"].map(fmt.count),
            TREND_COLUMN: figures["trend"],
        }
    )
    return table.drop(columns="Di") if level == "kecamatan" else table


def areas_to_save(
    figures: pd.DataFrame, indicator: pd.Series, month: datetime.date, where: str, city: CityState
) -> Saved:
    """Return the areas with their codes, their numbers and what explains them."""
    table = pd.DataFrame(
        {"Kode": figures["code"], "Wilayah": figures["name"], "Di": figures["where"], **_numbers(figures)}
    )
    return Saved(
        table,
        f"{indicator['name']}, {fmt.month(month)}",
        (
            ("Wilayah", where),
            ("Definisi", str(indicator["definition"])),
            ("Sumber", str(indicator["source"])),
            *_ABOUT_COLUMNS,
            _demo_note(city),
        ),
    )


def _numbers(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "Tercapai": rows["numerator"].astype(float),
        "Sasaran": rows["denominator"].astype(float),
        "Cakupan (%)": rows["coverage_pct"].astype(float).round(2),
        "Target (%)": rows["target_pct"].astype(float).round(2),
        "Dasar target": rows["target_of"],
        "Selisih (poin)": rows["gap_pct"].astype(float).round(2),
        "Kurang dari target (sasaran)": rows["short"].astype(float),
        "Perubahan setahun (poin)": rows["year_change_pct"].astype(float).round(2),
        "Keadaan": rows["state"].map(STATE_NAMES),
        "RW melapor": rows["rw_reported"].astype(float),
        "RW belum mulai": rows["rw_not_started"].astype(float),
        "RW belum melapor": rows["rw_silent"].astype(float),
    }


def _demo_note(city: CityState) -> tuple[str, str]:
    return "Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"


def bars_told(figures: pd.DataFrame, indicator: pd.Series, month: datetime.date) -> str:
    """Say in sentences what the bars show, for those who cannot see them."""
    told = figures[figures["coverage_pct"].notna()]
    counted = figures["state"].value_counts()
    classes = ", ".join(
        f"{fmt.count(counted[code])} {STATE_NAMES[code].lower()}" for code in STATES if counted.get(code, 0)
    )
    ends = ""
    if len(told) > 1:
        best, last = told.iloc[0], told.iloc[-1]
        ends = (
            f" Terbaik {best['name']} ({pct(best['coverage_pct'])}), paling tertinggal {last['name']} "
            f"({pct(last['coverage_pct'])})."
        )
    waiting = int(figures["rw_not_started"].sum())
    roll_out = f" {fmt.count(waiting)} RW belum mulai." if waiting else ""
    return f"Grafik: {indicator['name']} menurut wilayah, {fmt.month(month)}: {classes}.{ends}{roll_out}"


def trend_told(months: Sequence[datetime.date], shares: Sequence[float | None], name: str) -> str:
    """Say in a sentence what the line shows."""
    known = [(month, share) for month, share in zip(months, shares, strict=True) if share is not None]
    if not known:
        return f"Grafik: belum ada angka {name}."
    (first, before), (last, now) = known[0], known[-1]
    return (
        f"Grafik: {name} {pct(before)} pada {fmt.month(first)} dan {pct(now)} pada {fmt.month(last)} "
        f"({points(now - before)})."
    )
