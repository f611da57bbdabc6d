"""The city today in a few figures, what changed, and what needs attention: pure reading of frames, in words."""

import datetime
from dataclasses import dataclass
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts
from dashboard import format as fmt
from data.queries.city import CityState
from data.settings import ATTENDANCE_MINIMUM, FAR_MINUTES, WINDOW_MONTHS
from models.months import last_day, month_after

STALE_DAYS = 45
"""A month closes about two weeks after its end; older than a month and a half means that one was missed."""


_OF_CITY = ("Balita stunting tercatat", "Prevalensi dari yang diukur", "Kehadiran penimbangan (D/S)")


@dataclass(frozen=True)
class Figure:
    """One figure of the summary with its change and its period."""

    name: str
    told: str
    beside: str
    source: str

    def html(self) -> str:
        """Return the figure as a tile."""
        return (
            f'<div class="kpi"><p class="name">{escape(self.name)}</p><div class="figure">{self.told}</div>'
            f'<p class="beside">{self.beside}</p><p class="source">{escape(self.source)}</p></div>'
        )


@dataclass(frozen=True)
class Attention:
    """Something that someone should look at, and the page (with its filters) that shows it."""

    told: str
    page: str
    link_words: str
    asked: dict[str, str]


@dataclass(frozen=True)
class Summary:
    """What the first page says of a month: tiles, what needs attention, and the line of two years with its span."""

    figures: list[Figure]
    attentions: list[Attention]
    chart: go.Figure
    since: datetime.date


def summarise(
    months: pd.DataFrame,
    table: pd.DataFrame,
    reach: pd.DataFrame,
    city: CityState,
    rw_without_place: int,
    today: datetime.date,
) -> Summary:
    """Return the first page of the newest month of `months` (one row a month)."""
    return Summary(
        figures(months, table, reach, city),
        attentions(table, city, rw_without_place, today),
        charts.share_by_month(months["month"], prevalence_by_month(months), "Prevalensi"),
        city.months[0] if months.empty else months["month"].iloc[0],
    )


def figures(months: pd.DataFrame, table: pd.DataFrame, reach: pd.DataFrame, city: CityState) -> list[Figure]:
    """Return the tiles for the newest month of `months` (one row a month), the RW table and travel on foot."""
    if months.empty:
        return [*(_untold(name) for name in _OF_CITY), _far_figure(table, reach, city)]
    latest = months.iloc[-1]
    before = _row_before(months, WINDOW_MONTHS)
    last_year = _row_before(months, 12)
    period = f"Rutin (e-PPGBM), {fmt.window(latest['month'], WINDOW_MONTHS)}"
    return [
        Figure(
            _OF_CITY[0],
            fmt.count(latest["stunted"]),
            _changes(latest["stunted"], before, last_year, "stunted"),
            period,
        ),
        Figure(
            _OF_CITY[1],
            fmt.share(latest["stunted"] / latest["haz_valid"] if latest["haz_valid"] else None, 2),
            f"{fmt.count(latest['haz_valid'])} balita diukur; setahun lalu {_prevalence(last_year)}",
            period,
        ),
        Figure(
            _OF_CITY[2],
            fmt.share(_attendance(latest), 0),
            f"{fmt.count(latest['d_weighed'])} dari {fmt.count(latest['s_target'])} sasaran; "
            f"setahun lalu {fmt.share(_attendance(last_year), 0) if last_year is not None else fmt.MISSING}",
            f"Rutin (e-PPGBM), {fmt.month(latest['month'])}",
        ),
        _far_figure(table, reach, city),
    ]


def _untold(name: str) -> Figure:
    return Figure(name, fmt.MISSING, "angka kota belum disebut: RW lain yang melapor masih terlalu sedikit", "")


def attentions(table: pd.DataFrame, city: CityState, rw_without_place: int, today: datetime.date) -> list[Attention]:
    """Return what needs attention, the weightiest first."""
    found = []
    low = table[table["status"] == "low_attendance"]
    if len(low):
        found.append(
            Attention(
                f"{fmt.count(len(low))} RW belum cukup ditimbang (D/S di bawah {fmt.share(ATTENDANCE_MINIMUM, 0)}); "
                f"terbanyak di Kecamatan {low['kecamatan'].value_counts().index[0]}. Angkanya belum bisa disebut baik.",
                "peta",
                "Lihat di peta",
                {"ukuran": "Kehadiran timbang (D/S)"},
            )
        )
    sure = table[(table["status"] == "reliable")].nlargest(1, "rate_low")
    if len(sure):
        row = sure.iloc[0]
        found.append(
            Attention(
                f"{row['rw_name']} {row['kelurahan']} paling pasti tinggi: perkiraan {fmt.share(row['rate'])}, "
                f"kemungkinan besar {fmt.share_between(row['rate_low'], row['rate_high'])}.",
                "peta",
                "Buka RW ini",
                {"pilih": row["code"]},
            )
        )
    no_data = int((table["status"] == "no_data").sum())
    if no_data:
        found.append(
            Attention(
                f"{fmt.count(no_data)} RW tanpa data pengukuran pada periode ini. Tanpa data bukan berarti nol.",
                "peta",
                "Lihat di peta",
                {},
            )
        )
    if rw_without_place:
        found.append(
            Attention(
                f"{fmt.count(rw_without_place)} RW belum punya batas atau titik di peta.", "peta", "Lihat di peta", {}
            )
        )
    if city.travel_method is None:
        found.append(Attention("Waktu tempuh ke puskesmas belum dihitung.", "peta", "Buka peta", {}))
    elif city.travel_method == "straight_line":
        found.append(
            Attention(
                "Waktu tempuh masih garis lurus, belum lewat jalan: muat berkas jalan OpenStreetMap.",
                "peta",
                "Lihat di peta",
                {"ukuran": "Waktu tempuh ke puskesmas"},
            )
        )
    if city.latest_month is not None and (today - last_day(city.latest_month)).days > STALE_DAYS:
        found.append(
            Attention(
                f"Data terakhir {fmt.month(city.latest_month)}; bulan sesudahnya belum dimuat.",
                "impor",
                "Impor data",
                {},
            )
        )
    return found


def prevalence_by_month(months: pd.DataFrame) -> pd.Series:
    """Return the share of measured children who are stunted, by month; blank where nobody was measured."""
    measured = months["haz_valid"].astype(float)
    return months["stunted"].astype(float).where(measured > 0) / measured.where(measured > 0)


def _far_figure(table: pd.DataFrame, reach: pd.DataFrame, city: CityState) -> Figure:
    name = f"RW {fmt.decimal(FAR_MINUTES, 0)} menit lebih dari puskesmas"
    by_rw = table.merge(reach, how="left", left_on="code", right_on="rw_code", validate="1:1")
    duration = pd.to_numeric(by_rw["nearest_duration_s"], errors="coerce")
    source = "Jalan kaki ke puskesmas terdekat, " + (
        "garis lurus" if city.travel_method == "straight_line" else "lewat jalan"
    )
    if len(table) < city.rw_count:
        source += f"; {fmt.count(len(table))} RW di wilayah Anda"
    if table.empty:
        return Figure(name, fmt.MISSING, "Angka kota ada di halaman Akses", "Peran ini tidak membaca angka per RW")
    if duration.isna().all():
        return Figure(name, fmt.MISSING, "Waktu tempuh belum dihitung", source)
    is_far = duration >= FAR_MINUTES * 60
    children = by_rw.loc[is_far, "s_target"].sum(min_count=1)
    unknown = int(duration.isna().sum())
    beside = f"sasaran {fmt.count(children)} balita tinggal di sana"
    if unknown:
        beside += f"; {fmt.count(unknown)} RW belum terhitung"
    return Figure(name, fmt.count(int(is_far.sum())), beside, source)


def _changes(value: float, before: pd.Series | None, last_year: pd.Series | None, column: str) -> str:
    told = []
    if before is not None:
        told.append(f"{fmt.change(value - before[column])} dari {fmt.short_month(before['month'])}")
    if last_year is not None:
        told.append(f"{fmt.change(value - last_year[column])} dari {fmt.short_month(last_year['month'])}")
    return "; ".join(told) or "belum ada pembanding"


def _prevalence(row: pd.Series | None) -> str:
    return fmt.MISSING if row is None or not row["haz_valid"] else fmt.share(row["stunted"] / row["haz_valid"], 2)


def _attendance(row: pd.Series) -> float | None:
    target = row["s_target"]
    return None if pd.isna(target) or not target else float(row["d_weighed"] / target)


def _row_before(months: pd.DataFrame, distance: int) -> pd.Series | None:
    found = months[months["month"] == month_after(months["month"].iloc[-1], -distance)]
    return None if found.empty else found.iloc[0]
