"""Charts in Indonesian and without the internet: Plotly's own locale made from Babel, colours for the colour-blind."""

import functools
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel import Locale

from dashboard import format as fmt

LINE_COLOUR, SECOND_COLOUR, BAND_COLOUR = "#0b5e8a", "#d55e00", "rgba(11, 94, 138, 0.18)"


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
