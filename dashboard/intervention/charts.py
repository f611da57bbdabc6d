"""Charts of interventions: coverage by area against its target, coverage over time, needs raised to done.

A class is told by a word and a pattern as well as a colour; an area where a service has not begun has no bar.
"""

import datetime

import pandas as pd
import plotly.graph_objects as go

from dashboard import format as fmt
from dashboard.charts import LINE_COLOUR, SECOND_COLOUR
from dashboard.intervention.figures import (
    BELOW,
    NO_TARGET,
    NOT_STARTED,
    REACHED,
    SILENT,
    STATE_NAMES,
)

TARGET_COLOUR, WAITING_COLOUR = "#cc79a7", "#8a939a"
_STATE_STYLES = {
    REACHED: (LINE_COLOUR, ""),
    BELOW: ("#e69f00", "/"),
    NO_TARGET: ("#56b4e9", "."),
}
_ROW_PX, _FONT = 32, {"size": 16}
_STAGE_COLOURS = ("#56b4e9", "#0072b2", "#009e73")


def coverage_bars(figures: pd.DataFrame) -> go.Figure:
    """Draw coverage by area, best on top, with each area's target as a mark; takes `area_figures`."""
    figure = go.Figure()
    names = figures["name"].tolist()
    for state, (colour, pattern) in _STATE_STYLES.items():
        rows = figures[figures["state"] == state]
        if rows.empty:
            continue
        figure.add_bar(
            y=rows["name"],
            x=rows["coverage_pct"],
            orientation="h",
            name=STATE_NAMES[state],
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": "#1b2327", "solidity": 0.18},
            },
            hovertemplate="%{y}: %{x:.1f} %<extra></extra>",
        )
    told = figures[figures["coverage_pct"].notna()]
    top = max(100.0, float(told["coverage_pct"].max()) if len(told) else 0.0)
    figure.add_scatter(
        y=told["name"],
        x=[top + 2] * len(told),
        mode="text",
        text=[_bar_words(row) for _, row in told.iterrows()],
        textposition="middle right",
        textfont=_FONT,
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )
    for state in (NOT_STARTED, SILENT):
        rows = figures[figures["state"] == state]
        if rows.empty:
            continue
        figure.add_scatter(
            y=rows["name"],
            x=[0] * len(rows),
            mode="markers+text",
            name=STATE_NAMES[state],
            marker={"symbol": "diamond-open" if state == NOT_STARTED else "x-thin-open", "size": 11}
            | {"color": WAITING_COLOUR, "line": {"width": 2}},
            text=[f"  {STATE_NAMES[state].lower()}"] * len(rows),
            textposition="middle right",
            cliponaxis=False,
            hovertemplate="%{y}: " + STATE_NAMES[state].lower() + "<extra></extra>",
        )
    asked = figures[figures["target_pct"].notna()]
    if len(asked):
        figure.add_scatter(
            y=asked["name"],
            x=asked["target_pct"],
            mode="markers",
            name="Target",
            marker={"symbol": "line-ns", "size": 20, "line": {"width": 4, "color": TARGET_COLOUR}},
            hovertemplate="Target %{y}: %{x:.1f} %<extra></extra>",
        )
    figure.update_layout(
        height=max(220, 90 + _ROW_PX * len(names)),
        margin={"l": 10, "r": 60, "t": 42, "b": 10},
        separators=",.",
        font=_FONT,
        xaxis_tickfont=_FONT,
        yaxis_tickfont=_FONT,
        bargap=0.25,
        barmode="overlay",
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "title": None, "font": _FONT},
    )
    figure.update_xaxes(
        range=[0, top + (50 if told["rw_not_started"].any() else 24)],
        ticksuffix=" %",
        title=None,
        tickmode="array",
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["0", "25 %", "50 %", "75 %", "100 %"],
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=names[::-1], range=[-0.7, len(names) - 0.3], title=None, automargin=True
    )
    return figure


def _bar_words(row: pd.Series) -> str:
    told = f"{fmt.decimal(row['coverage_pct'])}\u00a0%"
    if row["rw_not_started"]:
        told += f" · {fmt.count(row['rw_not_started'])} RW belum mulai"
    return told


def coverage_over_time(
    months: list[datetime.date], coverage_pct: list[float | None], asked_pct: list[float | None], name: str
) -> go.Figure:
    """Draw an area's coverage by month with the way to its target; months without a figure leave a gap."""
    figure = go.Figure()
    figure.add_scatter(
        x=pd.to_datetime(pd.Series(months)),
        y=asked_pct,
        mode="lines",
        name="Jalur target",
        line={"color": TARGET_COLOUR, "width": 3, "dash": "dash"},
        hovertemplate="%{x|%B %Y}: target %{y:.1f} %<extra></extra>",
    )
    figure.add_scatter(
        x=pd.to_datetime(pd.Series(months)),
        y=coverage_pct,
        mode="lines+markers",
        name=name,
        line={"color": LINE_COLOUR, "width": 3},
        marker={"size": 7},
        connectgaps=False,
        hovertemplate="%{x|%B %Y}: %{y:.1f} %<extra></extra>",
    )
    return _over_time(figure, 270)


def stunting_over_time(months: pd.Series, shares: pd.Series) -> go.Figure:
    """Draw routine stunting prevalence by month, for the same months as the coverage above it."""
    figure = go.Figure()
    figure.add_scatter(
        x=pd.to_datetime(months),
        y=shares.astype(float) * 100,
        mode="lines+markers",
        name="Prevalensi stunting (rutin)",
        line={"color": SECOND_COLOUR, "width": 3},
        marker={"size": 7, "symbol": "square"},
        connectgaps=False,
        hovertemplate="%{x|%B %Y}: %{y:.2f} %<extra></extra>",
    )
    return _over_time(figure, 200)


def _over_time(figure: go.Figure, height_px: int) -> go.Figure:
    figure.update_layout(
        height=height_px,
        margin={"l": 10, "r": 20, "t": 36, "b": 10},
        separators=",.",
        font=_FONT,
        hoverlabel={"font": _FONT},
        showlegend=True,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "font": _FONT},
    )
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %", title=None, tickfont=_FONT)
    figure.update_xaxes(tickformat="%b\n%Y", title=None, tickfont=_FONT)
    return figure


def needs_funnel(raised: float, received: float, done: float) -> go.Figure:
    """Draw needs raised, received and done as a funnel with counts and shares of those raised."""
    stages = ("Diangkat", "Diterima OPD", "Selesai")
    counts = (raised, received, done)
    figure = go.Figure(
        go.Funnel(
            y=stages,
            x=counts,
            text=[f"{fmt.count(count)} · {fmt.share(count / raised if raised else None, 0)}" for count in counts],
            textinfo="text",
            textfont={"size": 18, "color": ["#10181c", "#ffffff", "#10181c"]},
            marker={"color": list(_STAGE_COLOURS)},
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    )
    figure.update_layout(height=260, margin={"l": 10, "r": 10, "t": 34, "b": 10}, separators=",.", font=_FONT)
    figure.update_yaxes(title=None, tickfont=_FONT)
    return figure


def needs_by_sector(rows: pd.DataFrame) -> go.Figure:
    """Draw each sector's needs as bars: raised, received, done; takes name, raised, received, done."""
    figure = go.Figure()
    for (column, name), colour in zip(
        (("raised", "Diangkat"), ("received", "Diterima OPD"), ("done", "Selesai")), _STAGE_COLOURS, strict=True
    ):
        figure.add_bar(
            y=rows["name"],
            x=rows[column],
            orientation="h",
            name=name,
            marker={"color": colour},
            text=[fmt.count(value) for value in rows[column]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}, " + name.lower() + ": %{x}<extra></extra>",
        )
    figure.update_layout(
        height=max(300, 100 + 66 * len(rows)),
        margin={"l": 10, "r": 50, "t": 42, "b": 10},
        separators=",.",
        font=_FONT,
        barmode="group",
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal", "font": _FONT},
    )
    figure.update_yaxes(autorange="reversed", title=None, automargin=True, tickfont=_FONT)
    figure.update_xaxes(title=None, separatethousands=True)
    return figure
