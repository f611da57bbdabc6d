"""Needs that people raise at posyandu in the six SPM sectors: raised, received by the OPD, done; by sector and area."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.charts import picture_config
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.intervention import charts as intervention_charts
from dashboard.intervention.choices import Asked, compared_areas
from dashboard.intervention.view import source_of
from dashboard.shell import source_line
from data.queries.city import CityState
from models.months import month_after

SPAN_MONTHS = 12
_WIDE = {"Bidang": st.column_config.TextColumn(width=260)}
_COUNTS = {"denominator": "raised", "received": "received", "numerator": "done"}


def show(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the funnel of a year's needs, the six sectors, and every area with its roll-out."""
    first = month_after(asked.month, 1 - SPAN_MONTHS)
    rows = cache.coverage(
        viewer.scope,
        version,
        asked.level,
        first,
        asked.month,
        tuple(asked.services["code"]),
        asked.within or (city.code if asked.level == "kota" else ""),
    )
    if rows.empty:
        st.info("Belum ada laporan SPM posyandu untuk wilayah dan bulan ini.", icon=":material/hourglass_empty:")
        return
    rows = rows.rename(columns=_COUNTS)
    for column in _COUNTS.values():
        rows[column] = pd.to_numeric(rows[column]).fillna(0)
    sectors = by_sector(rows, asked.services)
    areas = by_area(rows, compared_areas(viewer, version, city, asked), asked.month)
    raised, received, done = (float(sectors[column].sum()) for column in _COUNTS.values())
    where = asked.within_name if asked.within else city.name
    told_from = max(first, min(rows["month"]))
    period = fmt.month(asked.month) if told_from == asked.month else f"{fmt.month(told_from)}–{fmt.month(asked.month)}"
    left, right = st.columns([1, 1.35])
    with left:
        st.subheader("Dari diangkat sampai selesai", anchor=False)
        told = (
            f"Grafik: {fmt.count(raised)} kebutuhan diangkat warga {where}, {period}; {fmt.count(received)} "
            f"({fmt.share(received / raised if raised else None, 0)}) diterima OPD dan {fmt.count(done)} "
            f"({fmt.share(done / raised if raised else None, 0)}) sudah selesai."
        )
        st.plotly_chart(
            intervention_charts.needs_funnel(raised, received, done),
            config=picture_config("spm-corong"),
            key="spm-corong",
            alt=told,
        )
        st.caption(f"{told} Yang baru diangkat wajar belum selesai.")
        _roll_out(areas)
    with right:
        st.subheader("Enam bidang SPM", anchor=False)
        st.plotly_chart(
            intervention_charts.needs_by_sector(sectors),
            config=picture_config("spm-bidang"),
            key="spm-bidang",
            alt=sectors_told(sectors),
        )
    by_which = st.segmented_control(
        "Tabel", ["Per bidang", "Per wilayah"], default="Per bidang", required=True, key="tabel", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    shown = sectors_shown(sectors) if by_which == "Per bidang" else areas_shown(areas)
    st.dataframe(
        shown, hide_index=True, width="stretch", column_config=_WIDE, height=min(40 * (len(shown) + 1) + 3, 540)
    )
    saved = to_save(sectors, areas, by_which or "", where, period, city)
    table_buttons(lambda: saved, f"spm-{asked.level}-{asked.month:%Y-%m}")
    source_line(period, source_of(city), f"Wilayah: {where}. Enam bidang menurut Permendagri 13/2024.")


def by_sector(rows: pd.DataFrame, sectors: pd.DataFrame) -> pd.DataFrame:
    """Return one row per sector: name, opd, raised, received, done; a sector without a report has zeros of nobody."""
    sums = rows.groupby("indicator_code")[["raised", "received", "done"]].sum()
    found = sectors[["code", "name", "opd"]].merge(sums, how="left", left_on="code", right_index=True, validate="1:1")
    return found.fillna({"raised": 0, "received": 0, "done": 0}).sort_values("raised", ascending=False)


def by_area(rows: pd.DataFrame, areas: pd.DataFrame, month: datetime.date) -> pd.DataFrame:
    """Return one row per area: code, name, where, raised, received, done (missing where nothing was told), and in the
    last month the RWs that have begun, not begun and said nothing."""
    sums = rows[rows["rw_reported"] > 0].groupby("area_code")[["raised", "received", "done"]].sum()
    at_end = rows[rows["month"] == month].assign(rw_begun=rows["rw_reported"] + rows["rw_silent"])
    now = at_end.groupby("area_code")[["rw_begun", "rw_not_started", "rw_silent"]].max()
    return (
        areas.merge(sums, how="left", left_on="code", right_index=True, validate="1:1")
        .merge(now, how="left", left_on="code", right_index=True, validate="1:1")
        .fillna({"rw_begun": 0, "rw_not_started": 0, "rw_silent": 0})
    )


def _roll_out(areas: pd.DataFrame) -> None:
    waiting, begun = int(areas["rw_not_started"].sum()), int(areas["rw_begun"].sum())
    if waiting:
        st.html(
            f'<div class="kpi remedy"><div class="figure">{fmt.count(waiting)}</div><p class="beside"><b>RW belum mulai'
            f"</b><br>SPM posyandu sudah berjalan di {fmt.count(begun)} RW; yang belum mulai tidak dihitung nol.</p>"
            "</div>"
        )


def sectors_shown(sectors: pd.DataFrame) -> pd.DataFrame:
    """Return the sectors as people read them."""
    return pd.DataFrame({"Bidang": sectors["name"], "OPD": sectors["opd"].fillna(fmt.MISSING)} | _shown(sectors))


def sectors_told(sectors: pd.DataFrame) -> str:
    """Say in a sentence what the bars of the sectors show."""
    told = [
        f"{name}: {fmt.count(raised)} diangkat, {fmt.count(received)} diterima, {fmt.count(done)} selesai"
        for name, raised, received, done in sectors[["name", *_COUNTS.values()]].itertuples(index=False)
    ]
    return f"Grafik: {'; '.join(told)}."


def areas_shown(areas: pd.DataFrame) -> pd.DataFrame:
    """Return the areas as people read them; where nobody has begun, it says so instead of zeros."""
    table = pd.DataFrame({"Wilayah": areas["name"], "Di": areas["where"]} | _shown(areas))
    has_none = areas["raised"].isna() & (areas["rw_not_started"] > 0)
    table.loc[has_none, "Diangkat"] = "belum mulai"
    table["RW belum mulai"] = areas["rw_not_started"].map(fmt.count)
    table["RW belum melapor"] = areas["rw_silent"].map(fmt.count)
    return table


def _shown(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "Diangkat": rows["raised"].map(fmt.count),
        "Diterima OPD": rows["received"].map(fmt.count),
        "Selesai": rows["done"].map(fmt.count),
        "Belum diterima": (rows["raised"] - rows["received"]).map(fmt.count),
        "Diterima, belum selesai": (rows["received"] - rows["done"]).map(fmt.count),
        "Bagian selesai": (rows["done"] / rows["raised"].where(rows["raised"] > 0)).map(
            lambda share: fmt.share(share, 0)
        ),
    }


def to_save(
    sectors: pd.DataFrame, areas: pd.DataFrame, by_which: str, where: str, period: str, city: CityState
) -> Saved:
    """Return the table that is looked at with its numbers and what explains them."""
    rows = sectors if by_which == "Per bidang" else areas
    names = {"code": "Kode", "name": "Nama", "opd": "OPD", "where": "Di", "raised": "Diangkat"} | {
        "received": "Diterima OPD",
        "done": "Selesai",
        "rw_not_started": "RW belum mulai",
        "rw_silent": "RW belum melapor",
    }
    table = rows[[column for column in names if column in rows]].rename(columns=names)
    return Saved(
        table,
        f"Kebutuhan menurut SPM posyandu, {period}",
        (
            ("Wilayah", where),
            ("Diangkat", "Kebutuhan warga yang diangkat lewat posyandu pada bulan-bulan itu"),
            ("Diterima OPD, Selesai", "Di antara yang diangkat, sampai laporan terakhir"),
            ("Sel kosong", "Belum mulai atau belum melapor; bukan nol"),
            ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
        ),
    )
