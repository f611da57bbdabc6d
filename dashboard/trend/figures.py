"""Charts of the trend screens: routine and survey panels apart with one time axis, funnel, control chart, fan."""

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import charts
from dashboard import format as fmt
from dashboard.charts import MARKS, OKABE_ITO, for_projector
from dashboard.trend.words import FEW_WEIGHED, POSITIONS, SIGNALS
from models.trend import funnel as funnel_model
from models.trend.control import ControlChart
from models.trend.funnel import Funnel

TARGET_COLOUR, BREAK_COLOUR, QUIET_COLOUR = "#d55e00", "#8c6d31", "rgba(128, 128, 128, 0.75)"
_MONTHS = [fmt.short_month(datetime.date(2000, number, 1)).split()[0] for number in range(1, 13)]


def two_panels(
    lines: dict[str, pd.DataFrame],
    surveys: dict[str, pd.DataFrame],
    routine_points: pd.DataFrame,
    *,
    titles: tuple[str, str],
    target_lines: dict[str, pd.DataFrame],
    routine_series: str,
    band: pd.DataFrame | None,
    events: pd.DataFrame,
    is_count: bool,
    title: str,
    source: str,
) -> go.Figure:
    """Draw routine lines above and survey points below; each target only in the panel of its own series.

    Without surveys there is one panel. `lines` and `surveys` by name; target_lines by series (month, value).
    """
    rows = 2 if surveys else 1
    figure = make_subplots(
        rows=rows,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.13,
        row_heights=[0.6, 0.4][:rows] if rows == 2 else None,
        subplot_titles=[f"<b>{name}</b>" for name in titles[:rows]],
    )
    if band is not None:
        _band(figure, band)
    for place, (name, line) in enumerate(lines.items()):
        figure.add_trace(_line(name, line, place, is_count), row=1, col=1)
    if len(routine_points):
        figure.add_trace(_points(f"Diterbitkan ({routine_series})", routine_points, 4, is_count), row=1, col=1)
    if routine_series in target_lines:
        _target(figure, f"Target {routine_series}", target_lines[routine_series], 1, is_count)
    for place, (name, points) in enumerate(surveys.items()):
        figure.add_trace(_points(f"Survei {name}", points, place + 1, is_count), row=2, col=1)
        if name in target_lines:
            _target(figure, f"Target {name}", target_lines[name], 2, is_count)
    for number, event in enumerate(events.to_dict("records"), start=1):
        figure.add_vline(
            x=pd.Timestamp(event["happened_on"]).timestamp() * 1000,
            line={"color": BREAK_COLOUR, "width": 2, "dash": "dash"},
        )
        figure.add_annotation(
            x=pd.Timestamp(event["happened_on"]), y=1, yref="y domain", text=f"<b>{number}</b>", showarrow=False,
            bgcolor=BREAK_COLOUR, font={"color": "#ffffff"}, yanchor="top", hovertext=event["note"],
        )  # fmt: skip
    figure.update_annotations(
        {"x": 0, "xanchor": "left", "yshift": 4, "font": {"size": 18}}, selector={"showarrow": False, "xref": "paper"}
    )
    figure.update_yaxes(rangemode="tozero", ticksuffix="" if is_count else " %", tickformat=",", title=None)
    if surveys:
        highest = max(
            float((points[["value", "high"]] * (1 if is_count else 100)).max().max()) for points in surveys.values()
        )
        figure.update_yaxes(range=[0, highest * 1.3], row=2, col=1)
    figure.update_xaxes(tickformat="%b\n%Y")
    return for_projector(figure, title, source, 780 if surveys else 580).update_layout(margin={"t": 118})


def small_multiples(lines: dict[str, pd.DataFrame], *, is_count: bool, title: str, source: str) -> go.Figure:
    """Draw one small panel for each area, all on one scale."""
    columns = min(len(lines), 3)
    rows = -(-len(lines) // columns)
    figure = make_subplots(
        rows=rows, cols=columns, subplot_titles=list(lines), shared_yaxes="all", shared_xaxes="all",
        vertical_spacing=0.16, horizontal_spacing=0.03,
    )  # fmt: skip
    for place, (name, line) in enumerate(lines.items()):
        trace = _line(name, line, place, is_count)
        figure.add_trace(trace, row=place // columns + 1, col=place % columns + 1)
    figure.update_yaxes(rangemode="tozero", ticksuffix="" if is_count else " %", tickformat=",")
    figure.update_xaxes(tickformat="%Y", nticks=5)
    for_projector(figure, title, source, 300 * rows + 130)
    return figure.update_layout(showlegend=False, margin={"b": 50})


def year_over_year(line: pd.DataFrame, *, is_count: bool, title: str, source: str) -> go.Figure:
    """Draw a line for each year over the months, the newest year the boldest."""
    figure = go.Figure()
    years = sorted({month.year for month in line["period"]})
    for age, year in enumerate(reversed(years)):
        of_year = line[[month.year == year for month in line["period"]]]
        figure.add_trace(
            go.Scatter(
                x=[month.month for month in of_year["period"]],
                y=_told_values(of_year["value"], is_count),
                mode="lines+markers",
                name=str(year),
                line={"color": OKABE_ITO[age % len(OKABE_ITO)], "width": 5 if age == 0 else 2.5},
                marker={"symbol": MARKS[age % len(MARKS)], "size": 10 if age == 0 else 7},
                hovertemplate=f"{year}: %{{y:,.2f}}{'' if is_count else ' %'}<extra></extra>",
            )
        )
    figure.update_xaxes(tickvals=list(range(1, 13)), ticktext=_MONTHS)
    figure.update_yaxes(rangemode="tozero", ticksuffix="" if is_count else " %", tickformat=",")
    return for_projector(figure, title, source, 560)


def funnel_chart(found: Funnel, few_weighed: Sequence[bool], *, title: str, source: str) -> go.Figure:
    """Draw areas by how many were measured, with limits of 95 and 99.8 %; hollow where too few were weighed."""
    areas = found.areas.assign(few=list(few_weighed))
    areas = areas[areas["measured"] > 0]
    grid = np.linspace(max(areas["measured"].min() * 0.9, 1), areas["measured"].max() * 1.05, 200).round()
    figure = go.Figure()
    dispersion = found.dispersion if found.is_widened else 1.0
    for (name, (low, high)), dash in zip(
        funnel_model.limits(grid, found.centre, dispersion).items(), ("dash", "solid"), strict=True
    ):
        word = {"95": "Batas 95 %", "998": "Batas 99,8 %"}[name]
        for limit, is_named in ((low, True), (high, False)):
            figure.add_trace(
                go.Scatter(
                    x=grid, y=limit * 100, mode="lines", name=word, showlegend=is_named, hoverinfo="skip",
                    line={"color": QUIET_COLOUR, "width": 2.5, "dash": dash},
                )
            )  # fmt: skip
    figure.add_hline(y=found.centre * 100, line={"color": OKABE_ITO[0], "width": 2})
    styles = (
        ((funnel_model.VERY_HIGH,), POSITIONS[funnel_model.VERY_HIGH], OKABE_ITO[1], "triangle-up", 15),
        ((funnel_model.HIGH,), POSITIONS[funnel_model.HIGH], OKABE_ITO[4], "triangle-up", 12),
        ((funnel_model.INSIDE,), POSITIONS[funnel_model.INSIDE], QUIET_COLOUR, "circle", 9),
        ((funnel_model.LOW, funnel_model.VERY_LOW), "Lebih rendah dari kota", OKABE_ITO[0], "triangle-down", 13),
    )
    for positions, word, colour, symbol, size in styles:
        of_kind = areas[areas["position"].isin(positions)]
        is_low = funnel_model.LOW in positions
        for few in (False, True) if is_low else (None,):
            drawn = of_kind if few is None else of_kind[of_kind["few"] == few]
            if drawn.empty:
                continue
            figure.add_trace(
                go.Scatter(
                    x=drawn["measured"], y=drawn["value"] * 100, mode="markers",
                    name=FEW_WEIGHED if few else word,
                    marker={"color": colour, "symbol": symbol + ("-open" if few else ""), "size": size,
                            "line": {"width": 2.5 if few else 0.5, "color": colour if few else "#ffffff"}},
                    text=drawn["name"],
                    hovertemplate="%{text}<br>%{y:.2f} % dari %{x:,} yang diukur<extra></extra>",
                )
            )  # fmt: skip
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %")
    figure.update_xaxes(title="Balita diukur", tickformat=",")
    return for_projector(figure, title, source, 600).update_layout(margin={"b": 140}, hovermode="closest")


def control_figure(chart: ControlChart, *, title: str, source: str) -> go.Figure:
    """Draw periods with their limits; signals as larger marks."""
    periods = chart.periods
    x = pd.to_datetime(periods["period"])
    figure = go.Figure()
    for column, is_named in (("low", True), ("high", False)):
        figure.add_trace(
            go.Scatter(
                x=x, y=periods[column] * 100, mode="lines", name="Batas naik-turun biasa", showlegend=is_named,
                line={"color": QUIET_COLOUR, "width": 2.5, "dash": "dash", "shape": "hvh"}, hoverinfo="skip",
            )
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=x, y=periods["value"] * 100, mode="lines+markers", name="Angka",
            line={"color": OKABE_ITO[0], "width": 3}, marker={"size": 8},
            hovertemplate="%{x|%B %Y}: %{y:.2f} %<extra></extra>",
        )
    )  # fmt: skip
    signals = periods[periods["signal"] != ""]
    if len(signals):
        figure.add_trace(
            go.Scatter(
                x=pd.to_datetime(signals["period"]), y=signals["value"] * 100, mode="markers", name="Isyarat",
                marker={"symbol": "diamond", "size": 16, "color": OKABE_ITO[1]},
                text=[SIGNALS[signal] for signal in signals["signal"]],
                hovertemplate="%{x|%B %Y}: %{y:.2f} %<br>%{text}<extra></extra>",
            )
        )  # fmt: skip
    figure.add_hline(y=chart.centre * 100, line={"color": OKABE_ITO[2], "width": 2})
    figure.update_yaxes(ticksuffix=" %")
    figure.update_xaxes(tickformat="%b\n%Y")
    return for_projector(figure, title, source, 520)


def fan(
    line: pd.DataFrame, points: pd.DataFrame, target: pd.DataFrame | None, *, title: str, source: str, tested: int
) -> go.Figure:
    """Draw the past and the forecast with its 80 and 95 % intervals; beyond the tested months the middle is dotted."""
    figure = go.Figure()
    x = pd.to_datetime(points["month"])
    for level, shade in (("95", 0.16), ("80", 0.28)):
        figure.add_trace(
            go.Scatter(
                x=[*x, *x[::-1]], y=[*(points[f"high_{level}"] * 100), *(points[f"low_{level}"] * 100)[::-1]],
                fill="toself", fillcolor=f"rgba(0, 114, 178, {shade})", line={"width": 0}, hoverinfo="skip",
                name=f"Rentang {level} %",
            )
        )  # fmt: skip
    figure.add_trace(_line("Tercatat", line, 0, False))
    for part, dash, name in (
        (points[:tested], "solid", "Tengah ramalan"),
        (points[tested - 1 :], "dot", "Belum teruji"),
    ):
        if len(part):
            figure.add_trace(
                go.Scatter(
                    x=pd.to_datetime(part["month"]), y=part["share"] * 100, mode="lines", name=name,
                    line={"color": OKABE_ITO[3], "width": 4, "dash": dash},
                    customdata=np.column_stack([part["low_80"] * 100, part["high_80"] * 100]),
                    hovertemplate="%{x|%B %Y}: %{y:.2f} %<br>80 %: %{customdata[0]:.2f}–%{customdata[1]:.2f}"
                    "<extra></extra>",
                )
            )  # fmt: skip
    if target is not None and len(target):
        _target(figure, "Target", target, None, False)
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %")
    figure.update_xaxes(tickformat="%b\n%Y")
    return for_projector(figure, title, source, 580)


def _line(name: str, line: pd.DataFrame, place: int, is_count: bool) -> go.Scatter:
    colour, mark = OKABE_ITO[place % len(OKABE_ITO)], MARKS[place % len(MARKS)]
    partial = [" (belum lengkap)" if is_partial else "" for is_partial in line["is_partial"]]
    return go.Scatter(
        x=pd.to_datetime(line["period"]),
        y=_told_values(line["value"], is_count),
        mode="lines+markers",
        name=name,
        line={"color": colour, "width": 3.5},
        marker={"size": 8 if len(line) < 40 else 6, "symbol": mark},
        connectgaps=False,
        text=[
            f"{fmt.count(row['numerator'])} dari {fmt.count(row['denominator'])}{note}"
            for row, note in zip(line.to_dict("records"), partial, strict=True)
        ],
        hovertemplate=f"{name}<br>%{{x|%B %Y}}: %{{y:,.2f}}{'' if is_count else ' %'}<br>%{{text}}<extra></extra>",
    )


def _points(name: str, points: pd.DataFrame, place: int, is_count: bool) -> go.Scatter:
    scale = 1 if is_count else 100
    told, labels = [], []
    for row in points.to_dict("records"):
        figure = fmt.count(row["value"]) if is_count else fmt.decimal(row["value"] * 100, 1)
        interval = "<br>rentang tidak diterbitkan" if pd.isna(row["low"]) or pd.isna(row["high"]) else ""
        around = "sekitar " if row["is_approximate"] else ""
        unit = " anak" if is_count else " %"
        told.append(f"{around}{figure}{unit} ({row['told']}){interval}<br>{_wrapped(str(row['citation']))}")
        labels.append(around + figure)
    error = {
        "type": "data", "symmetric": False, "thickness": 3, "width": 9,
        "array": ((points["high"] - points["value"]) * scale).fillna(0),
        "arrayminus": ((points["value"] - points["low"]) * scale).fillna(0),
    }  # fmt: skip
    return go.Scatter(
        x=pd.to_datetime(points["period"]),
        y=points["value"] * scale,
        mode="markers+text",
        name=name,
        marker={"size": 16, "symbol": MARKS[place % len(MARKS)], "color": OKABE_ITO[place % len(OKABE_ITO)],
                "line": {"width": 1.5, "color": "#ffffff"}},
        text=labels,
        textposition="top center",
        textfont={"size": 17},
        cliponaxis=False,
        error_y=error,
        customdata=told,
        hovertemplate=f"{name}<br>%{{customdata}}<extra></extra>",
    )  # fmt: skip


def _target(figure: go.Figure, name: str, path: pd.DataFrame, row: int | None, is_count: bool) -> None:
    trace = go.Scatter(
        x=pd.to_datetime(path["month"]), y=_told_values(path["value"], is_count), mode="lines", name=name,
        line={"color": TARGET_COLOUR, "width": 3.5, "dash": "dashdot", "shape": "hv"},
        hovertemplate=f"{name}<br>%{{x|%B %Y}}: %{{y:,.2f}}{'' if is_count else ' %'}<extra></extra>",
    )  # fmt: skip
    if row is None:
        figure.add_trace(trace)
    else:
        figure.add_trace(trace, row=row, col=1)


def _band(figure: go.Figure, band: pd.DataFrame) -> None:
    known = band.dropna()
    x = pd.to_datetime(known["month"])
    figure.add_trace(
        go.Scatter(
            x=[*x, *x[::-1]], y=[*(known["high"] * 100), *(known["low"] * 100)[::-1]], fill="toself",
            fillcolor=charts.BAND_COLOUR, line={"width": 0}, hoverinfo="skip", name="Bila yang tak diukur dihitung",
        ),
        row=1,
        col=1,
    )  # fmt: skip


def _told_values(values: pd.Series, is_count: bool) -> pd.Series:
    return values.astype(float) * (1 if is_count else 100)


def _wrapped(words: str, width: int = 60) -> str:
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])
