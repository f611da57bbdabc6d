"""The part "Tren dan target": where each series stands, the lines, published figures, events that explain jumps."""

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.filters import choice
from dashboard.shell import now, source_line
from dashboard.trend.choices import BY_YEAR, LINE, ONE_PICTURE, SMALL_PICTURES, Area, Asked
from dashboard.trend.downloads import show_picture
from dashboard.trend.picture import Lines, lines_of, picture, source_name
from dashboard.trend.series import is_survey, published_points
from dashboard.trend.standing import tiles
from dashboard.trend.words import BREAK_KINDS, RULE, WHY_TWO, Indicator
from data.queries.city import CityState
from models.trend.periods import STATE, YEAR


def show(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the lines of the areas asked for, with everything that stands beside them."""
    newest = city.latest_month or now().date()
    key = (tuple(area.code for area in asked.areas), asked.indicator_name, asked.unit)
    lines = cache.made(viewer.scope, version, ("lines", *key), lambda: lines_of(viewer, version, asked, newest))
    if not lines.by_area:
        st.info(
            "Belum ada angka untuk wilayah dan indikator ini; tanpa data bukan berarti nol.", icon=":material/help:"
        )
        return
    area = asked.areas[0]
    left, right = st.columns([2.1, 1], gap="medium") if len(asked.areas) == 1 else (st.container(), None)
    if right is not None:
        with right, st.container(key="tren-kedudukan"):
            _standings(viewer, version, asked, lines)
    with left:
        way = _way(asked)
        drawn = cache.made(
            viewer.scope, version, ("trend", *key, way), lambda: picture(viewer, version, asked, lines, way)
        )
        show_picture(drawn, "tren")
        source_line(lines.period, source_name(asked.indicator), _kind_note(asked.indicator))
    if len(asked.areas) == 1:
        _published(viewer, version, asked.indicator, area)
    _events(viewer, version, area)


def _way(asked: Asked) -> str:
    if len(asked.areas) == 1 and asked.unit == YEAR:
        return LINE
    ways = (ONE_PICTURE, SMALL_PICTURES) if len(asked.areas) > 1 else (LINE, BY_YEAR)
    with st.columns([1, 1])[0]:
        return choice("Tampilan", {name: name for name in ways}, "tampilan")


def _standings(viewer: Viewer, version: str, asked: Asked, lines: Lines) -> None:
    area = asked.areas[0]
    found = cache.made(
        viewer.scope,
        version,
        ("standing", area.code, asked.indicator_name, asked.unit),
        lambda: tiles(viewer, version, asked.indicator, area, lines.by_area[area.name]),
    )
    for told in found:
        st.html(told)
    with st.expander("Bagaimana status ini ditentukan?", icon=":material/rule:"):
        st.markdown(RULE)
        st.caption(
            "Selisih dalam anak: selisih poin dikali sasaran balita wilayah ini, dibulatkan ke anak utuh berikut."
        )


def _published(viewer: Viewer, version: str, indicator: Indicator, area: Area) -> None:
    """List the published figures with their citations, and say why routine and survey are never one line."""
    table = cache.made(
        viewer.scope,
        version,
        ("published", area.code, indicator.code),
        lambda: _published_table(viewer, version, indicator, area),
    )
    if table.empty:
        return
    st.subheader("Angka yang diterbitkan", anchor=False)
    if table["Deret"].map(is_survey).any():
        st.info(WHY_TWO, icon=":material/info:")
    st.dataframe(table, hide_index=True, width="stretch", alt="Angka yang diterbitkan dengan kutipannya.")


def _published_table(viewer: Viewer, version: str, indicator: Indicator, area: Area) -> pd.DataFrame:
    points = published_points(cache.published(viewer.scope, version, area.code), indicator)
    return pd.DataFrame(
        [
            {
                "Deret": series,
                "Periode": row["told"],
                "Angka": ("sekitar " if row["is_approximate"] else "")
                + (fmt.count(row["value"]) if indicator.is_count else fmt.share(row["value"], 2)),
                "Rentang": fmt.share_between(row["low"], row["high"]),
                "Keandalan": row["reliability"],
                "Dikutip dari": row["citation"],
            }
            for series, of_series in points.items()
            for row in of_series.to_dict("records")
        ]
    )


def _events(viewer: Viewer, version: str, area: Area) -> None:
    events = cache.break_events(viewer.scope, version, area.code)
    st.subheader("Peristiwa yang menjelaskan lompatan", anchor=False)
    if events.empty:
        st.caption("Belum ada peristiwa yang dicatat untuk wilayah ini.")
        return
    told = [
        f"{number}. **{fmt.day(row['happened_on'])}** · {BREAK_KINDS.get(row['kind'], row['kind'])}: {row['note']}"
        for number, row in enumerate(events.to_dict("records"), start=1)
    ]
    st.markdown("\n".join(told))


def _kind_note(indicator: Indicator) -> str:
    if indicator.kind == STATE:
        return (
            "Tiap anak dihitung sekali, dengan ukuran terakhirnya dalam tiga bulan; triwulan dan tahun memakai bulan "
            "terakhirnya."
        )
    return "Triwulan dan tahun: jumlah pembilang dibagi jumlah penyebut bulan-bulannya."
