"""Charts of the page that explains a change: the waterfall, and the parts of a decomposition."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from dashboard import format as fmt
from dashboard.change.words import PAIR_NAMES, STEP_NAMES
from dashboard.charts import OKABE_ITO, for_projector
from models.trend.waterfall import Waterfall

_UP, _DOWN, _TOTAL = OKABE_ITO[1], OKABE_ITO[0], "#6b7280"
_HEIGHT_PX = 450
"""The bars end above the lower edge of a small laptop's window."""
_LABEL_LETTERS = 11
"""Nine steps stand beside each other at twice the size of letters too."""


def waterfall_figure(found: Waterfall, *, is_netted: bool, ends: tuple[str, str], title: str, source: str) -> go.Figure:
    """Draw the count at the start, every step, and the count at the end; netted steps on an axis that may be cut."""
    steps, names = (found.pairs, PAIR_NAMES) if is_netted else (found.steps, STEP_NAMES)
    shown = {code: value for code, value in steps.items() if value or code != "remeasured"}
    labels = [ends[0], *(names[code] for code in shown), ends[1]]
    values = [found.start, *shown.values(), found.end]
    figure = go.Figure(
        go.Waterfall(
            x=["<br>".join(textwrap.wrap(label, _LABEL_LETTERS)) for label in labels],
            y=values,
            measure=["absolute", *["relative"] * len(shown), "total"],
            text=[
                fmt.count(value) if place in (0, len(values) - 1) else fmt.change(value)
                for place, value in enumerate(values)
            ],
            textposition="outside",
            textfont={"size": 20},
            increasing={"marker": {"color": _UP}},
            decreasing={"marker": {"color": _DOWN}},
            totals={"marker": {"color": _TOTAL}},
            connector={"line": {"color": _TOTAL, "width": 1.5}},
            hovertemplate="%{x}: %{text} anak<extra></extra>",
            cliponaxis=False,
        )
    )
    level, reached = found.start, [found.start, found.end]
    for value in shown.values():
        level += value
        reached.append(level)
    low, high = min(reached), max(reached)
    room = max((high - low) * 0.25, 5)
    # bars of small net steps vanish on an axis from zero; the totals then stand on a cut axis, and the note says so
    bottom = 0 if not is_netted or low - 4 * room <= 0 else low - 2 * room
    figure.update_yaxes(range=[bottom, high + room], tickformat=",")
    for_projector(figure, title, source, _HEIGHT_PX).update_xaxes(tickfont_size=16, tickangle=0)
    return figure.update_layout(margin={"t": 84, "b": 40})


def parts_figure(groups: pd.DataFrame, *, title: str, source: str) -> go.Figure:
    """Draw each group's part of the change in points: who was measured, and their rates."""
    figure = go.Figure()
    for column, name, colour, pattern in (
        ("rate", "Angkanya berubah", OKABE_ITO[1], ""),
        ("composition", "Susunan yang diukur berubah", OKABE_ITO[0], "/"),
    ):
        figure.add_trace(
            go.Bar(
                y=groups["name"],
                x=groups[column] * 100,
                name=name,
                orientation="h",
                marker={"color": colour, "pattern": {"shape": pattern}},
                hovertemplate="%{y}: %{x:+.3f} poin<extra>" + name + "</extra>",
            )
        )
    figure.update_layout(barmode="relative")
    figure.update_xaxes(ticksuffix=" poin", zeroline=True, zerolinewidth=2, zerolinecolor="#888888")
    figure.update_yaxes(autorange="reversed")
    return for_projector(figure, title, source, 260 + 38 * len(groups))
