"""Why one RW stands where it stands: a sentence, a bar per criterion, and the figures behind them."""

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import cache, charts
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.places import links as place_links
from dashboard.priority import reasons
from dashboard.priority.choices import Asked
from dashboard.priority.words import CRITERION_NAMES, REMEDY_NAMES, TIER_NAMES, UNKNOWN, figure
from dashboard.shell import page_path
from dashboard.small_cells import is_told_exactly
from models.priority.codes import CRITERIA, contribution_column
from models.priority.weights import Weights

_POINTS_COLOUR, _ROOM_COLOUR, _SUPPOSED_COLOUR = "#0b5e8a", "rgba(128, 128, 128, 0.22)", "#e69f00"


def show(viewer: Viewer, version: str, asked: Asked, row: pd.Series) -> None:
    """Show one RW: head, sentence, bars with figures, and the way to the map."""
    st.html(head(row, asked.k))
    told = cache.reasons_of_rw(viewer.scope, version, asked.month, cache.shares_of(asked.weights), str(row["rw_code"]))
    st.markdown(reasons.sentence(told, row["remedy"], is_told_exactly(viewer.scope)))
    st.plotly_chart(bars(row, asked.weights), config=charts.plotly_config(), key="alasan-batang", alt=described(row))
    st.page_link(
        page_path("peta"),
        label="Buka RW ini di Peta",
        icon=":material/map:",
        query_params={"pilih": str(row["rw_code"])},
    )
    place_links.to_card(viewer, str(row["rw_code"]))


def head(row: pd.Series, k: int) -> str:
    """Tell where the RW lies and how sure its place is."""
    parts = [
        f'<div class="card"><h3>{escape(row["rw_name"])}</h3>',
        f'<p class="where">Kelurahan {escape(row["kelurahan"])}, Kecamatan {escape(row["kecamatan"])}</p>',
    ]
    if pd.notna(row["rank"]):
        parts.append(
            f'<span class="big">Urutan {fmt.count(row["rank"])}</span> '
            f"kisaran {fmt.count(row['rank_low'])}–{fmt.count(row['rank_high'])} · "
            f"<b>{TIER_NAMES[row['tier']]}</b> masuk {fmt.count(k)} teratas "
            f"({fmt.share(row['top_k_probability'], 0)})"
        )
    else:
        parts.append(f'<span class="big">{REMEDY_NAMES[row["remedy"]]}</span>')
    return "".join(parts) + "</div>"


def bars(row: pd.Series, weights: Weights) -> go.Figure:
    """Draw the points of every criterion that has weight, on the most it could give; unknown ones hatched."""
    used = [code for code in reversed(CRITERIA) if weights[code] > 0]
    points = [float(row[contribution_column(code)]) for code in used]
    most = [100 * weights[code] for code in used]
    told = [figure(code, row) for code in used]
    is_unknown = [words == UNKNOWN for words in told]
    names = [f"{CRITERION_NAMES[code]}<br><b>{words}</b>" for code, words in zip(used, told, strict=True)]
    drawn = go.Figure(
        [
            go.Bar(
                x=points,
                y=names,
                orientation="h",
                marker={
                    "color": [_SUPPOSED_COLOUR if unknown else _POINTS_COLOUR for unknown in is_unknown],
                    "pattern": {"shape": ["/" if unknown else "" for unknown in is_unknown]},
                },
                hovertemplate="%{x:.1f} dari %{customdata:.1f}<extra></extra>",
                customdata=most,
            ),
            go.Bar(
                x=[whole - part for whole, part in zip(most, points, strict=True)],
                y=names,
                orientation="h",
                marker={"color": _ROOM_COLOUR},
                text=[
                    f"{fmt.decimal(part)} / {fmt.decimal(whole, 0)}" for part, whole in zip(points, most, strict=True)
                ],
                textposition="outside",
                cliponaxis=False,
                hoverinfo="skip",
            ),
        ]
    )
    drawn.update_layout(
        barmode="stack",
        height=46 * len(used) + 20,
        margin={"l": 4, "r": 70, "t": 4, "b": 4},
        separators=",.",
        showlegend=False,
        bargap=0.35,
        font={"size": 15, "color": _ink()},
    )
    drawn.update_traces(textfont={"size": 15, "color": _ink()})
    drawn.update_xaxes(visible=False)
    drawn.update_yaxes(tickfont={"size": 14, "color": _ink()}, ticklabelstandoff=6)
    return drawn


def described(row: pd.Series) -> str:
    """Say the bars in words, for readers who do not see them."""
    return "; ".join(
        f"{CRITERION_NAMES[code]}: {figure(code, row)}, {fmt.decimal(row[contribution_column(code)])} nilai"
        for code in CRITERIA
    )


def _ink() -> str:
    """Return the colour of the page's text: Plotly's theme would print labels in a grey that nobody reads at 3 m."""
    return "#eef2f4" if st.context.theme.type == "dark" else "#1b2327"
