"""The chart and table of the part "Tren dan target": lines of the areas asked for, panels by basis, targets, events."""

import datetime
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.shell import SOURCE_ROUTINE
from dashboard.trend import figures as trend_figures
from dashboard.trend.choices import BY_YEAR, SMALL_PICTURES, Asked
from dashboard.trend.downloads import Picture
from dashboard.trend.months import months_for
from dashboard.trend.series import coverage_band, is_survey, periods_of, published_points
from dashboard.trend.target import of_series, path_line
from dashboard.trend.words import REPORTED_SOURCE, Indicator
from models.trend.periods import QUARTER, STATE, YEAR, year_over_year
from models.trend.series import ROUTINE


@dataclass(frozen=True)
class Lines:
    """The lines of the areas that have figures, by name, with the months that they were rolled up from."""

    by_area: dict[str, pd.DataFrame]
    months: dict[str, pd.DataFrame]

    @property
    def period(self) -> str:
        """The span of months in words."""
        first = min(line["starts_on"].min() for line in self.by_area.values())
        last = max(line["period"].max() for line in self.by_area.values())
        return f"{fmt.month(first)}–{fmt.month(last)}"


def lines_of(viewer: Viewer, version: str, asked: Asked, newest: datetime.date) -> Lines:
    """Return the areas' lines; an area without a figure is absent."""
    by_area, months = {}, {}
    for area in asked.areas:
        months[area.name] = months_for(viewer, version, area, asked.indicator)
        if months[area.name].empty:
            continue
        line = periods_of(months[area.name], asked.indicator, asked.unit, newest)
        if line["value"].notna().any():
            by_area[area.name] = line
    return Lines(by_area, months)


def picture(viewer: Viewer, version: str, asked: Asked, lines: Lines, way: str) -> Picture:
    """Return the chart of the lines in the way asked for, with its table."""
    source = f"Sumber: {source_name(asked.indicator)}. {lines.period}."
    names = ", ".join(lines.by_area) if len(lines.by_area) <= 3 else f"{len(lines.by_area)} wilayah"
    title, is_count = f"{asked.indicator_name}, {names}", asked.indicator.is_count
    if way == SMALL_PICTURES:
        figure = trend_figures.small_multiples(lines.by_area, is_count=is_count, title=title, source=source)
    elif way == BY_YEAR:
        line = next(iter(lines.by_area.values()))
        figure = trend_figures.year_over_year(line, is_count=is_count, title=title, source=source)
    else:
        figure = _panels(viewer, version, asked, lines, title, source)
    return Picture(figure, _table(lines, asked), title, _described(lines, asked), (("Sumber", source),))


def source_name(indicator: Indicator) -> str:
    """Return where an indicator's routine figures come from."""
    return SOURCE_ROUTINE if indicator.series == ROUTINE else REPORTED_SOURCE


def _panels(viewer: Viewer, version: str, asked: Asked, lines: Lines, title: str, source: str) -> go.Figure:
    """Draw routine and surveys in panels of their own; of several areas only the routine lines."""
    indicator, area = asked.indicator, asked.areas[0]
    first = min(line["period"].min() for line in lines.by_area.values())
    events = cache.break_events(viewer.scope, version, area.code)
    points: dict[str, pd.DataFrame] = {}
    paths: dict[str, pd.DataFrame] = {}
    band = None
    if len(asked.areas) == 1:
        points = published_points(cache.published(viewer.scope, version, area.code), indicator)
        targets = cache.targets(viewer.scope, version)
        for series in {indicator.series, *points}:
            path = path_line(of_series(targets, area.code, indicator, series), first)
            if len(path):
                paths[series] = path
        band = coverage_band(lines.months[area.name], indicator) if indicator.kind == STATE else None
    return trend_figures.two_panels(
        lines.by_area,
        {name: of_survey for name, of_survey in points.items() if is_survey(name)},
        points.get(indicator.series, pd.DataFrame()),
        titles=(f"Rutin ({indicator.series})", "Survei (titik per tahun, tidak disambung)"),
        target_lines=paths,
        routine_series=indicator.series,
        band=band,
        events=events[events["happened_on"] >= first],
        is_count=indicator.is_count,
        title=title,
        source=source,
    )


def _table(lines: Lines, asked: Asked) -> pd.DataFrame:
    rows = []
    for name, line in lines.by_area.items():
        change = year_over_year(line, asked.unit)
        value = line["value"].round(0) if asked.indicator.is_count else (line["value"] * 100).round(2)
        rows.append(
            pd.DataFrame(
                {
                    "Wilayah": name,
                    "Periode": [_period_name(row, asked.unit) for row in line.to_dict("records")],
                    "Deret": line["series"],
                    "Anak" if asked.indicator.is_count else "Persen": value,
                    "Dihitung": line["numerator"],
                    f"Dari ({asked.indicator.who})": line["denominator"],
                    "Beda dari setahun lalu": change.round(0) if asked.indicator.is_count else (change * 100).round(2),
                }
            ).iloc[::-1]
        )
    return pd.concat(rows, ignore_index=True)


def _period_name(row: dict[Any, Any], unit: str) -> str:
    period: datetime.date = row["period"]
    partial = " (belum lengkap)" if row["is_partial"] else ""
    if unit == YEAR:
        return f"{period.year}{partial}"
    if unit == QUARTER:
        return f"Triwulan {(period.month - 1) // 3 + 1} {period.year}{partial}"
    return fmt.month(period)


def _described(lines: Lines, asked: Asked) -> str:
    parts = []
    for name, line in lines.by_area.items():
        known = line[line["value"].notna()]
        first, last = known.iloc[0], known.iloc[-1]
        begin, end = (
            fmt.count(row["value"]) if asked.indicator.is_count else fmt.share(row["value"], 2) for row in (first, last)
        )
        parts.append(f"{name}: dari {begin} ({fmt.month(first['period'])}) menjadi {end} ({fmt.month(last['period'])})")
    return f"Grafik {asked.indicator_name}. {'; '.join(parts)}."
