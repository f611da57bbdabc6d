"""Terjangkau?: the share of under-fives within a quarter, a half and a whole hour of care, by area."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.charts import picture_config
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.reach import choices
from dashboard.reach.words import CARE_NAMES, travel_source
from dashboard.shell import SOURCE_ROUTINE, source_line
from data.queries.city import CityState

_BANDS = (
    ("sampai 15 menit", "#2c7fb8", ""),
    ("16–30 menit", "#7fcdbb", "/"),
    ("31–60 menit", "#edc948", "x"),
    ("lebih lama atau tanpa jalan", "#8c510a", "."),
)
"""Colours told apart by every kind of colour vision, each with a pattern of its own."""
_ROW_PX, _TALLEST_PX = 26, 620
_COLUMNS = {
    **{f"≤ {limit} menit": st.column_config.TextColumn(f"≤ {limit} mnt", width=78) for limit in (15, 30, 60)},
    "Rata-rata": st.column_config.TextColumn(width=92),
    "Tempat : anak": st.column_config.TextColumn(width=104, help="Kota = 100; di bawahnya lebih berdesakan"),
}

_MEANING = (
    "Bagian balita sasaran (S) yang tinggal paling lama sekian menit dari tempat layanan terdekat, dari titik tengah "
    "penduduk RW-nya. RW tanpa jalan ke sana dihitung tidak terjangkau."
)
_SUPPLY_MEANING = (
    "Banyaknya puskesmas dibanding balita yang berbagi puskesmas itu, yang dekat dihitung lebih berat (E2SFCA, Luo dan "
    "Qi 2009, 10/20/30 menit). 100 = rata-rata kota; 50 berarti tiap puskesmas dibagi dua kali lebih banyak anak."
)


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Draw the tiles of the whole, and the areas as bars and as a table."""
    columns = st.columns(3)
    with columns[0]:
        mode = choices.mode()
    with columns[1]:
        care = choices.care()
    with columns[2]:
        level_name = st.selectbox("Menurut", list(choices.LEVELS), key="menurut", bind="query-params")
    level = choices.LEVELS[level_name]
    whole = cache.city_reach(viewer.scope, version, mode, care)
    areas = cache.reach_by_area(viewer.scope, version, mode, care, level)
    if whole is None and areas.empty:
        st.info("Belum ada sasaran balita atau waktu tempuh untuk dihitung.", icon=":material/hourglass_empty:")
        return
    if whole is not None:
        _tiles(whole, city)
    names = area_names(viewer, version, level)
    if len(areas):
        left, right = st.columns([1, 1.05], gap="medium")
        with left, st.container(height=_TALLEST_PX if len(areas) > 22 else "content", border=False):
            told = bars_told(areas, names, level_name)
            st.plotly_chart(
                bars(areas, names), config=picture_config("akses"), key="akses-wilayah", alt=told, width="stretch"
            )
        with right:
            st.caption(told)
            st.dataframe(
                shown(areas, names, level_name, whole),
                hide_index=True,
                width="stretch",
                height=min(40 * (len(areas) + 1) + 3, _TALLEST_PX - 130),
                column_config=_COLUMNS,
                alt=told,
            )
            table_buttons(
                lambda: to_save(areas, names, level_name, whole, mode, care, city), f"akses-{level}-{mode}-{care}"
            )
    left_out = int(areas["rw_left_out"].sum()) if len(areas) else 0
    note = f"{_MEANING} {_SUPPLY_MEANING}"
    if left_out:
        note += f" {fmt.count(left_out)} RW tanpa sasaran atau waktu tempuh tidak ikut dihitung."
    if viewer.facility_code:
        note += " Per kelurahan dan kecamatan: hanya RW wilayah kerja puskesmas ini."
    source_line(
        fmt.month(city.latest_month) if city.latest_month else fmt.MISSING,
        f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}",
        note,
    )


def area_names(viewer: Viewer, version: str, level: str) -> dict[str, str]:
    """Return the names of kelurahan and kecamatan, or of puskesmas, by code."""
    if level == "puskesmas":
        facilities = cache.all_facilities(viewer.scope, version)
        return dict(zip(facilities["code"], facilities["name"].str.removeprefix("Puskesmas "), strict=True))
    places = cache.places(viewer.scope, version)
    return dict(zip(places["code"], places["name"], strict=True))


def _tiles(whole: pd.Series, city: CityState) -> None:
    tiles = [
        (f"Balita sampai {limit} menit", fmt.share(whole[f"within_{limit}"]), f"{city.name}") for limit in (15, 30, 60)
    ]
    tiles.append(("Rata-rata tempuh", f"{fmt.decimal(whole['minutes_mean'])} menit", "per balita, sekali jalan"))
    for column, (name, figure, beside) in zip(st.columns(4), tiles, strict=True):
        column.html(
            f'<div class="kpi"><p class="name">{name}</p><div class="figure">{figure}</div>'
            f'<p class="beside">{beside}</p></div>'
        )


def bars(areas: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """Return one bar per area, cut into the bands of time; the least reached area is at the top."""
    rows = areas[areas["children"] > 0].iloc[::-1]
    edges = [pd.Series(0.0, index=rows.index), rows["within_15"], rows["within_30"], rows["within_60"]]
    edges.append(pd.Series(1.0, index=rows.index))
    figure = go.Figure()
    for place, (name, colour, pattern) in enumerate(_BANDS):
        figure.add_bar(
            y=[names.get(code, code) for code in rows["area_code"]],
            x=(edges[place + 1] - edges[place]) * 100,
            orientation="h",
            name=name,
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": "rgba(0,0,0,0.3)", "size": 7},
            },
            hovertemplate="%{y}: %{x:.1f} % " + name + "<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        height=max(_ROW_PX * len(rows) + 110, 220),
        margin={"l": 10, "r": 10, "t": 40, "b": 30},
        separators=",.",
        font={"size": 14},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    figure.update_xaxes(range=[0, 100], ticksuffix=" %")
    figure.update_yaxes(automargin=True)
    return figure


def bars_told(areas: pd.DataFrame, names: dict[str, str], level_name: str) -> str:
    """Tell the chart in words."""
    known = areas[areas["within_15"].notna()]
    if known.empty:
        return f"Belum ada {level_name.lower()} dengan sasaran dan waktu tempuh."
    first, last = known.iloc[0], known.iloc[-1]
    least = f"{names.get(first['area_code'], first['area_code'])} ({fmt.share(first['within_15'])})"
    if len(known) == 1:
        return f"Balita sampai 15 menit: {least}."
    most = f"{names.get(last['area_code'], last['area_code'])} ({fmt.share(last['within_15'])})"
    return (
        f"Balita sampai 15 menit menurut {level_name.lower()}: paling sedikit di {least}, paling banyak di {most}. "
        "Yang paling sedikit di atas."
    )


def shown(areas: pd.DataFrame, names: dict[str, str], level_name: str, whole: pd.Series | None) -> pd.DataFrame:
    """Return the areas as people read them."""
    table = pd.DataFrame({level_name: [names.get(code, code) for code in areas["area_code"]]})
    for limit in (15, 30, 60):
        table[f"≤ {limit} menit"] = [fmt.share(value) for value in areas[f"within_{limit}"]]
    table["Rata-rata"] = [
        fmt.MISSING if pd.isna(value) else f"{fmt.decimal(value)} menit" for value in areas["minutes_mean"]
    ]
    table["Tempat : anak"] = [fmt.count(value) for value in _index(areas, whole)]
    return table


def to_save(
    areas: pd.DataFrame,
    names: dict[str, str],
    level_name: str,
    whole: pd.Series | None,
    mode: str,
    care: str,
    city: CityState,
) -> Saved:
    """Return the areas as a file."""
    table = pd.DataFrame(
        {
            "Kode": areas["area_code"],
            level_name: [names.get(code, code) for code in areas["area_code"]],
            "RW": areas["rw"],
            "RW tidak dihitung": areas["rw_left_out"],
            "Balita sasaran": areas["children"],
        }
        | {f"Sampai {limit} menit (%)": (areas[f"within_{limit}"] * 100).round(1) for limit in (15, 30, 60)}
        | {
            "Rata-rata (menit)": areas["minutes_mean"].round(1),
            "Puskesmas per 10.000 balita (E2SFCA)": areas["supply"].round(2),
            "Tempat dibanding anak (kota = 100)": _index(areas, whole).round(0),
        }
    )
    how = next(name for name, code in filters.MODES.items() if code == mode)
    notes = (
        ("Wilayah", city.name),
        ("Periode sasaran", fmt.month(city.latest_month) if city.latest_month else fmt.MISSING),
        ("Cara tempuh", how),
        ("Tempat yang dihitung", CARE_NAMES[care]),
        ("Arti", _MEANING),
        ("Tempat dibanding anak", _SUPPLY_MEANING),
        ("Sumber", f"{SOURCE_ROUTINE}; {travel_source(city)}"),
    )
    return Saved(table, "Balita yang terjangkau layanan", notes)


def _index(areas: pd.DataFrame, whole: pd.Series | None) -> pd.Series:
    mean = float("nan") if whole is None else float(whole["supply"])
    return areas["supply"].astype(float) / (mean if mean > 0 else float("nan")) * 100
