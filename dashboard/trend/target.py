"""Targets of an area on the trend screens: which hold, the path they draw, and the tile that says where it stands."""

import datetime
from dataclasses import dataclass
from html import escape

import pandas as pd

from dashboard import format as fmt
from dashboard.trend.words import REASONS, STATUS, STATUS_MARK, Indicator
from data.indicators.path import TargetPoint, target_at
from data.queries.statistics import SURVEYS
from data.settings import ATTENDANCE_MINIMUM
from models.months import last_day
from models.trend.series import SeriesKey
from models.trend.target import Figure, Pace, Verdict, pace_needed, verdict


@dataclass(frozen=True)
class Standing:
    """A series of an area against the target of the same series; figures in fractions, or counts for counts."""

    series: str
    figure: Figure
    told_period: str
    verdict: Verdict
    pace: Pace | None
    decree: str
    is_approximate: bool = False


def of_series(targets: pd.DataFrame, area_code: str, indicator: Indicator, series: str) -> pd.DataFrame:
    """Return the targets that hold for an area's series as year, value (fraction or count), path, decree, citation.

    Where two decrees speak, the newest set counts.
    """
    same_area = targets["area_code"].str.replace(".", "") == area_code.replace(".", "")
    own = targets[same_area & (targets["indicator_code"] == indicator.code) & (targets["series"] == series)]
    own = own.sort_values("id").drop_duplicates("year", keep="last").sort_values("year")
    scale = 1.0 if indicator.is_count else 0.01
    return own.assign(value=own["value"].astype(float) * scale)[["year", "value", "path", "decree", "citation"]]


def aim(targets: pd.DataFrame, area_code: str, indicator: Indicator, series: str, month: datetime.date) -> float | None:
    """Return what an area's series should be in a month, or None where no target of that series asks for anything."""
    own = of_series(targets, area_code, indicator, series)
    return target_at(_points(own), month) if len(own) else None


def path_line(targets: pd.DataFrame, first: datetime.date) -> pd.DataFrame:
    """Return the path month by month from `first` on: month, value; months without a target are left out."""
    if targets.empty:
        return pd.DataFrame(columns=["month", "value"])
    points = _points(targets)
    begin = first.year
    months = [datetime.date(year, month, 1) for year in range(begin, points[-1].year + 1) for month in range(1, 13)]
    rows = [(month, target_at(points, month)) for month in months if month >= first]
    return pd.DataFrame([row for row in rows if row[1] is not None], columns=["month", "value"])


def standing(
    figure: Figure,
    told_period: str,
    targets: pd.DataFrame,
    indicator: Indicator,
    series: str,
    children: float | None,
    is_approximate: bool = False,
) -> Standing:
    """Return where a series' newest figure stands against the targets of the same series."""
    key = SeriesKey(indicator.code, series)
    aim = target_at(_points(targets), figure.on) if len(targets) else None
    found = verdict(
        figure,
        key,
        aim,
        key if len(targets) else None,
        children=children,
        direction=indicator.direction,
        attendance_minimum=ATTENDANCE_MINIMUM,
    )
    at_end = Figure(figure.value, last_day(figure.on), figure.low, figure.high, figure.attendance)
    pace = pace_needed(at_end, targets, children) if len(targets) else None
    decree = str(targets["decree"].iloc[-1]) if len(targets) else ""
    return Standing(series, figure, told_period, found, pace, decree, is_approximate)


def tile(found: Standing, indicator: Indicator) -> str:
    """Return a series' standing as a tile: the figure, the verdict, the gap in points and children, the pace."""
    judged = found.verdict
    around = "sekitar " if found.is_approximate else ""
    lines = [f"<b>{STATUS_MARK[judged.status]} {STATUS[judged.status]}</b>"]
    if REASONS[judged.reason]:
        lines.append(REASONS[judged.reason])
    if judged.path_value is not None and judged.gap is not None:
        word = "meleset" if judged.gap > 0 else "lebih baik"
        gap = fmt.count(abs(judged.gap)) if indicator.is_count else f"{fmt.decimal(abs(judged.gap) * 100, 2)} poin"
        told = f"Target {_told(judged.path_value, indicator)}; {word} <b>{gap}</b>"
        if judged.gap_children is not None and not indicator.is_count:
            told += f", kira-kira <b>{fmt.count(abs(judged.gap_children))} anak</b>"
        lines.append(told + ".")
    if found.pace is not None:
        lines.append(_pace(found.pace, indicator))
    elif len(found.decree):
        lines.append("Tidak ada target di depan, jadi laju yang diperlukan tidak dapat dihitung.")
    name = f"Survei {found.series}" if found.series in SURVEYS else f"Rutin ({found.series})"
    source = f"{name}, {found.told_period}" + (f". Acuan: {found.decree}" if found.decree else "")
    return (
        f'<div class="kpi"><p class="name">{escape(name)}, {escape(found.told_period)}</p>'
        f'<div class="figure">{around}{_told(found.figure.value, indicator)}</div>'
        f'<p class="beside">{"<br>".join(lines)}</p><p class="source">{escape(source)}</p></div>'
    )


def _pace(pace: Pace, indicator: Indicator) -> str:
    turn = "turun" if pace.per_year < 0 else "naik"
    change = fmt.count(abs(pace.per_year)) if indicator.is_count else f"{fmt.decimal(abs(pace.per_year) * 100, 2)} poin"
    told = (
        f"Agar tiba di {_told(pace.target, indicator)} pada akhir {pace.target_year}: {turn} <b>{change} per tahun</b>"
    )
    if pace.children_per_year is not None and not indicator.is_count:
        told += f" (kira-kira {fmt.count(abs(pace.children_per_year))} anak per tahun)"
    return told + "."


def _told(value: float | None, indicator: Indicator) -> str:
    return fmt.count(value) if indicator.is_count else fmt.share(value, 2)


def _points(targets: pd.DataFrame) -> list[TargetPoint]:
    return [
        TargetPoint(int(year), float(value), str(path))
        for year, value, path in targets[["year", "value", "path"]].to_numpy().tolist()
    ]
