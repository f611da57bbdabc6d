"""The routine series of a place as a line with the span of chance; never a survey's figure on it."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts
from dashboard import format as fmt


def drawn(history: pd.DataFrame) -> go.Figure:
    """Draw the months as a line in its span; months without a figure leave a gap."""
    figure = charts.share_by_month(history["month"], history["value"], "Tercatat", 300)
    x = pd.to_datetime(history["month"])
    for lower, upper in _unbroken(history):
        part = history.iloc[lower:upper]
        when = x.iloc[lower:upper]
        figure.add_trace(
            go.Scatter(
                x=[*when, *when[::-1]],
                y=[*(part["high"].astype(float) * 100), *(part["low"].astype(float) * 100)[::-1]],
                fill="toself",
                fillcolor=charts.BAND_COLOUR,
                line={"width": 0},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    figure.data[0].update(
        text=[words if isinstance(words, str) else "" for words in history["told"]],
        hovertemplate="%{x|%B %Y}: %{y:.2f} %<br>%{text}<extra></extra>",
    )
    return figure.update_layout(showlegend=False)


def described(history: pd.DataFrame, name: str) -> str:
    """Say the line in a sentence, for readers who do not see it."""
    known = history[history["value"].notna()]
    if known.empty:
        return f"Belum ada angka bulanan {name}."
    first, last = known.iloc[0], known.iloc[-1]
    return (
        f"Prevalensi stunting rutin {name}: dari {fmt.share(first['value'], 2)} ({fmt.month(first['month'])}) menjadi "
        f"{fmt.share(last['value'], 2)} ({fmt.month(last['month'])}), rentang "
        f"{fmt.share_between(last['low'], last['high'])}."
    )


def _unbroken(history: pd.DataFrame) -> list[tuple[int, int]]:
    """Return the runs of months with a figure, as positions from and up to."""
    is_known = history["value"].notna().tolist()
    runs: list[tuple[int, int]] = []
    start = None
    for at, known in enumerate([*is_known, False]):
        if known and start is None:
            start = at
        elif not known and start is not None:
            runs.append((start, at))
            start = None
    return runs
