"""Small charts of one place: end digits, the curve of HAZ against the standard, ages, births, and position by age."""

import datetime

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from scipy import stats

from dashboard import format as fmt
from dashboard.charts import OKABE_ITO
from models.quality.counts import BIN_LOWEST, BIN_WIDTH, BINS, POSITION_GROUPS, array_columns
from models.quality.measures import dissimilarity

_BLUE, _ORANGE, _GREY = OKABE_ITO[0], OKABE_ITO[1], "#8a8f94"
_HEIGHT_PX = 280
_WHOLE_YEARS = (12, 24, 36, 48)


def counted(row: pd.Series, name: str) -> np.ndarray:
    """Return a histogram of one place."""
    return row[array_columns(name)].to_numpy(float)


def digits_chart(row: pd.Series, name: str, title: str) -> tuple[go.Figure, str]:
    """Draw the share of each end digit beside a tenth; returns the chart and its words."""
    numbers = counted(row, name)
    share = 100 * numbers / max(numbers.sum(), 1)
    is_round = np.isin(np.arange(10), (0, 5))
    figure = go.Figure(
        go.Bar(
            x=[str(digit) for digit in range(10)],
            y=share,
            marker={
                "color": np.where(is_round, _ORANGE, _BLUE),
                "pattern": {"shape": ["/" if flag else "" for flag in is_round]},
            },
            hovertemplate="berakhir %{x}: %{y:.1f} %<extra></extra>",
        )
    )
    figure.add_hline(y=10, line={"color": _GREY, "dash": "dash", "width": 2})
    figure.update_yaxes(ticksuffix=" %", rangemode="tozero")
    moved = dissimilarity(numbers[None, :])[0]
    alt = (
        f"{title}: {fmt.decimal(share[is_round].sum(), 0)} % berakhir 0 atau 5, padahal seharusnya sekitar 20 %; "
        f"{fmt.decimal(moved, 0)} % harus berakhir lain agar rata."
    )
    return _laid_out(figure, title), alt


def curve_chart(row: pd.Series) -> tuple[go.Figure, str]:
    """Draw the shares of HAZ by half a z beside the standard's curve."""
    numbers = counted(row, "haz_bin")
    edges = BIN_LOWEST + BIN_WIDTH * np.arange(BINS + 1)
    middle = edges[:-1] + BIN_WIDTH / 2
    standard = 100 * np.diff(stats.norm.cdf(edges))
    share = 100 * numbers / max(numbers.sum(), 1)
    figure = go.Figure(
        [
            go.Bar(
                x=middle,
                y=share,
                name="diukur",
                marker={"color": _BLUE},
                hovertemplate="%{x:.2f}: %{y:.1f} %<extra></extra>",
            ),
            go.Scatter(
                x=middle,
                y=standard,
                name="standar WHO",
                mode="lines",
                line={"color": _ORANGE, "width": 3, "dash": "dash", "shape": "spline"},
                hoverinfo="skip",
            ),
        ]
    )
    figure.add_vline(x=-2, line={"color": _GREY, "dash": "dot", "width": 2})
    figure.update_yaxes(ticksuffix=" %", rangemode="tozero")
    figure.update_xaxes(range=[-5, 5], tickvals=list(range(-5, 6)))
    title = "Kurva TB/U dibanding standar WHO"
    alt = (
        f"{title}: {fmt.decimal(share[middle < -2].sum())} % di bawah −2, "
        f"pada standar {fmt.decimal(standard[middle < -2].sum())} %."
    )
    return _laid_out(figure, title, has_legend=True), alt


def births_chart(row: pd.Series) -> tuple[go.Figure, str]:
    """Draw weighings by calendar month of birth: January stands out where it is put in for an unknown one."""
    numbers = counted(row, "birth_month")
    share = 100 * numbers / max(numbers.sum(), 1)
    names = [fmt.month(datetime.date(2026, month, 1)).split()[0][:3] for month in range(1, len(numbers) + 1)]
    figure = go.Figure(
        go.Bar(x=names, y=share, marker={"color": _BLUE}, hovertemplate="%{x}: %{y:.1f} %<extra></extra>")
    )
    even = 100 / len(numbers)
    figure.add_hline(y=even, line={"color": _GREY, "dash": "dash", "width": 2})
    figure.update_yaxes(ticksuffix=" %", rangemode="tozero")
    title = "Bulan lahir anak yang ditimbang"
    most = int(share.argmax())
    alt = f"{title}: terbanyak {names[most]}, {fmt.decimal(share[most])} %; bila rata {fmt.decimal(even)} % tiap bulan."
    return _laid_out(figure, title), alt


def ages_chart(row: pd.Series) -> tuple[go.Figure, str]:
    """Draw weighings by age in months; whole years, where guessed ages pile up, stand out."""
    numbers = counted(row, "age_month")
    share = 100 * numbers / max(numbers.sum(), 1)
    is_year = np.isin(np.arange(len(numbers)), _WHOLE_YEARS)
    figure = go.Figure(
        go.Bar(
            x=list(range(len(numbers))),
            y=share,
            marker={
                "color": np.where(is_year, _ORANGE, _BLUE),
                "pattern": {"shape": ["/" if flag else "" for flag in is_year]},
            },
            hovertemplate="%{x} bulan: %{y:.1f} %<extra></extra>",
        )
    )
    figure.update_yaxes(ticksuffix=" %", rangemode="tozero")
    figure.update_xaxes(tickvals=[0, *_WHOLE_YEARS, 59], ticksuffix=" bln")
    title = "Umur saat ditimbang"
    usual = 100 * len(_WHOLE_YEARS) / len(numbers)
    alt = (
        f"{title}: {fmt.decimal(share[is_year].sum())} % berumur tepat 12, 24, 36, atau 48 bulan; bila umur tersebar "
        f"rata, {fmt.decimal(usual)} %."
    )
    return _laid_out(figure, title), alt


def position_chart(row: pd.Series) -> tuple[go.Figure, str]:
    """Draw how children lay or stood by age."""
    parts = {name: counted(row, name) for name in ("lying", "standing", "unnoted")}
    # WHO and UNICEF show 0 to 11 months with and without the youngest nine: here each month once
    total = np.maximum(sum(parts.values()), 1)
    ends = [*POSITION_GROUPS[1:], 60]
    labels = [f"{start}–{end - 1}" for start, end in zip(POSITION_GROUPS, ends, strict=True)]
    words = {"lying": "berbaring", "standing": "berdiri", "unnoted": "tidak dicatat"}
    figure = go.Figure(
        [
            go.Bar(
                x=labels,
                y=100 * parts[name] / total,
                name=words[name],
                marker={"color": colour, "pattern": {"shape": pattern}},
                hovertemplate="%{x} bulan: %{y:.0f} %<extra>" + words[name] + "</extra>",
            )
            for name, colour, pattern in (
                ("lying", _BLUE, ""),
                ("standing", _ORANGE, "/"),
                ("unnoted", _GREY, "."),
            )
        ]
    )
    figure.update_layout(barmode="stack")
    figure.update_yaxes(ticksuffix=" %", range=[0, 100])
    title = "Cara ukur menurut umur (bulan)"
    under = slice(0, 3)
    alt = (
        f"{title}: di bawah dua tahun {fmt.decimal(100 * parts['standing'][under].sum() / total[under].sum(), 0)} % "
        f"berdiri; sesudahnya {fmt.decimal(100 * parts['lying'][3:].sum() / total[3:].sum(), 0)} % berbaring; "
        f"{fmt.decimal(100 * parts['unnoted'].sum() / total.sum(), 0)} % tidak dicatat."
    )
    return _laid_out(figure, title, has_legend=True), alt


def _laid_out(figure: go.Figure, title: str, *, has_legend: bool = False) -> go.Figure:
    figure.update_layout(
        height=_HEIGHT_PX,
        title={"text": title, "font": {"size": 17}, "x": 0, "xanchor": "left", "pad": {"l": 6}},
        margin={"l": 8, "r": 8, "t": 44, "b": 44 if has_legend else 8},
        separators=",.",
        font={"size": 15},
        bargap=0.18,
        showlegend=has_legend,
        legend={"orientation": "h", "y": -0.14, "yanchor": "top", "x": 0, "xanchor": "left", "font": {"size": 14}},
        hoverlabel={"font": {"size": 15}},
    )
    figure.update_xaxes(tickfont_size=14, type="category" if not has_legend and len(figure.data[0].x) == 10 else None)
    figure.update_yaxes(tickfont_size=14)
    return figure
