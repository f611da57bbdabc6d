"""Charts in Indonesian and without the internet: Plotly's own locale made from Babel, colours for the colour-blind."""

import functools
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel import Locale

from dashboard import format as fmt

OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31")
"""Colours that every kind of colour vision keeps apart; yellow and black, unreadable on one of the themes, left out."""
MARKS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "triangle-down")
"""A mark for every colour, so that nothing hangs on the colour alone."""
LINE_COLOUR, SECOND_COLOUR, BAND_COLOUR = OKABE_ITO[0], OKABE_ITO[1], "rgba(0, 114, 178, 0.22)"
"""Each stands out by at least three to one from the ground of both themes."""


@functools.cache
def plotly_config() -> dict[str, Any]:
    """Return Plotly's settings: Indonesian words for dates and numbers, no bar of tools over the picture."""
    locale = Locale.parse(fmt.LOCALE)
    months, days = locale.months["format"], locale.days["format"]
    return {
        "locale": "id",
        "displayModeBar": False,
        "locales": {
            "id": {
                "dictionary": {},
                "format": {
                    "days": [days["wide"][index] for index in (6, 0, 1, 2, 3, 4, 5)],
                    "shortDays": [days["abbreviated"][index] for index in (6, 0, 1, 2, 3, 4, 5)],
                    "months": [months["wide"][index] for index in range(1, 13)],
                    "shortMonths": [months["abbreviated"][index] for index in range(1, 13)],
                    "periods": ["AM", "PM"],
                    "dateTime": "%a %e %b %Y %X",
                    "date": "%d/%m/%Y",
                    "time": "%H.%M.%S",
                    "decimal": ",",
                    "thousands": ".",
                    "grouping": [3],
                    "currency": ["Rp", ""],
                },
            }
        },
    }


def share_by_month(months: pd.Series, shares: pd.Series, name: str, height_px: int = 250) -> go.Figure:
    """Draw a share by month as a line from zero; months without a figure leave a gap."""
    figure = go.Figure(
        go.Scatter(
            x=pd.to_datetime(months),
            y=shares.astype(float) * 100,
            mode="lines+markers",
            name=name,
            line={"color": LINE_COLOUR, "width": 3},
            marker={"size": 7},
            connectgaps=False,
            hovertemplate="%{x|%B %Y}: %{y:.2f} %<extra></extra>",
        )
    )
    figure.update_layout(
        height=height_px,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        separators=",.",
        font={"size": 15},
        hoverlabel={"font": {"size": 15}},
    )
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %", title=None)
    figure.update_xaxes(tickformat="%b\n%Y", title=None)
    return figure


def picture_config(name: str) -> dict[str, Any]:
    """Return Plotly's settings with one button: the chart as a PNG, drawn by the browser itself, 1,920 pixels wide."""
    config = plotly_config()
    config["locales"]["id"]["dictionary"] = {
        "Download plot as a PNG": "Unduh gambar PNG",
        "Download plot as a png": "Unduh gambar PNG",
        "Download plot": "Unduh gambar",
        "Taking snapshot - this may take a few seconds": "Menyimpan gambar…",
        "Snapshot succeeded": "Gambar tersimpan",
    }
    return config | {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": "png",
            "filename": f"rembuk-{name}",
            "width": 1600,
            "height": 900,
            "scale": 1.2,
        },
    }


def for_projector(figure: go.Figure, title: str, source: str, height_px: int) -> go.Figure:
    """Lay a figure out to be read at three metres; title and source are inside, so that a saved picture keeps them."""
    figure.update_layout(
        height=height_px,
        title={
            "text": title,
            "subtitle": {"text": source, "font": {"size": 14}},
            "font": {"size": 20},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 10, "t": 14},
        },
        margin={"l": 10, "r": 14, "t": 96, "b": 110},
        separators=",.",
        font={"size": 17},
        hoverlabel={"font": {"size": 16}},
        legend={"orientation": "h", "yref": "container", "y": 0.01, "yanchor": "bottom", "x": 0, "font": {"size": 16}},
        modebar={"orientation": "v"},
    )
    figure.update_xaxes(tickfont_size=16, automargin=True)
    figure.update_yaxes(tickfont_size=16)
    return figure
