"""The coverage of interventions on the screen: every service of the city, and one service by area beside the trend."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.charts import picture_config
from dashboard.downloads import table_buttons
from dashboard.indicator_words import GROUP_NAMES
from dashboard.intervention import charts as intervention_charts
from dashboard.intervention import table as intervention_table
from dashboard.intervention.choices import LEVEL_WORDS, WHOLE_CITY, Asked, compared_areas
from dashboard.intervention.figures import (
    BELOW,
    REACHED,
    area_figures,
    indicator_rows,
    last_reported,
    path_of,
    percent,
    told_coarsely,
)
from dashboard.shell import source_line
from dashboard.small_cells import is_told_exactly
from data.queries.city import CityState
from models.months import month_after

MONTHS_BACK = 24
_BARS_AT_ONCE, _TALLEST_PX = 20, 700
_SOURCE = "Laporan bulanan OPD dan puskesmas"


def source_of(city: CityState) -> str:
    """Say where the figures come from."""
    return f"{_SOURCE}{' (data contoh)' if city.is_demo else ''}"


def show_services(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show every service of the viewer's area with its target: what is behind comes first."""
    if asked.services.empty:
        st.info("Tidak ada layanan untuk pilihan ini.", icon=":material/filter_alt_off:")
        return
    area = own_area(viewer, version, city)
    coverage = cache.coverage(
        viewer.scope,
        version,
        area["level"],
        month_after(asked.month, -MONTHS_BACK),
        asked.month,
        tuple(asked.services["code"]),
        area["code"],
    )
    rows = cache.made(
        viewer.scope,
        version,
        ("services", asked.month, *asked.services["code"]),
        lambda: indicator_rows(coverage, asked.services, cache.targets(viewer.scope, version), area, asked.month),
    )
    _counts_of_states(rows)
    table = intervention_table.services_shown(rows, asked.month)
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(40 * (len(table) + 1) + 3, 640),
        column_config=intervention_table.column_config(),
    )
    st.caption(
        "Cakupan dihitung dari RW yang melapor. RW yang **belum mulai** tidak dihitung nol dan tidak menurunkan "
        "cakupan. Selisih dengan tanda minus berarti belum sampai target. Layanan yang tidak dilaporkan tiap bulan "
        "tampil dengan bulan terakhirnya."
    )
    saved = intervention_table.services_to_save(rows, str(area["name"]), city)
    table_buttons(lambda: saved, f"layanan-{asked.month:%Y-%m}")
    source_line(fmt.month(asked.month), source_of(city), f"Wilayah: {area['name']}.")


def _counts_of_states(rows: pd.DataFrame) -> None:
    reached, below = int((rows["state"] == REACHED).sum()), int((rows["state"] == BELOW).sum())
    with_roll_out = int((rows["rw_not_started"] > 0).sum())
    tiles = (
        ("Mencapai target", reached, f"dari {fmt.count(reached + below)} layanan yang punya target dan angka"),
        ("Di bawah target", below, _furthest(rows)),
        ("Masih meluas", with_roll_out, "layanan dengan RW yang belum mulai"),
    )
    for column, (name, count, beside) in zip(st.columns(3), tiles, strict=True):
        column.html(
            f'<div class="kpi"><p class="name">{name}</p><div class="figure">{fmt.count(count)}</div>'
            f'<p class="beside">{beside}</p></div>'
        )


def _furthest(rows: pd.DataFrame) -> str:
    behind = rows[rows["state"] == BELOW].sort_values("gap_pct")
    if behind.empty:
        return "semua yang dinilai sudah sampai"
    worst = behind.iloc[0]
    return f"paling jauh: {worst['name']} ({intervention_table.points(worst['gap_pct'])})"


def show_areas(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show one service by area, with its target, beside its trend and that of stunting."""
    indicator = asked.services.iloc[0]
    areas = compared_areas(viewer, version, city, asked)
    first = month_after(asked.month, -MONTHS_BACK)
    coverage = cache.coverage(
        viewer.scope, version, asked.level, first, asked.month, (indicator["code"],), asked.within
    )
    month = last_reported(coverage, asked.month)
    if month is None:
        st.info(
            f"Belum ada laporan {indicator['name']} untuk wilayah ini sampai {fmt.month(asked.month)}.",
            icon=":material/hourglass_empty:",
        )
        return
    if month != asked.month:
        st.caption(f"Tidak ada laporan {fmt.month(asked.month)}; yang tampil laporan terakhir, {fmt.month(month)}.")
    targets = cache.targets(viewer.scope, version)
    figures = cache.made(
        viewer.scope,
        version,
        ("service by area", indicator["code"], asked.level, asked.within, month, *areas["code"]),
        lambda: area_figures(coverage, areas, targets, indicator, month),
    )
    is_coarse = asked.level == "rw" and not is_told_exactly(viewer.scope)
    if is_coarse:
        figures = told_coarsely(figures)
    where = asked.within_name if asked.within else city.name
    left, right = st.columns([1.25, 1])
    with left:
        st.subheader(f"{indicator['name']} per {LEVEL_WORDS[asked.level]}, {fmt.month(month)}", anchor=False)
        with st.container(height=_TALLEST_PX if len(figures) > _BARS_AT_ONCE else "content", border=False):
            told = intervention_table.bars_told(figures, indicator, month)
            st.plotly_chart(
                intervention_charts.coverage_bars(figures),
                config=picture_config(f"{indicator['code']}-{month:%Y-%m}"),
                key="cakupan-wilayah",
                alt=told,
            )
        st.caption(told)
    with right:
        _beside(viewer, version, asked, city, indicator, targets, coverage, month)
    st.dataframe(
        intervention_table.areas_shown(figures, asked.level),
        hide_index=True,
        width="stretch",
        height=min(40 * (len(figures) + 1) + 3, 540),
        column_config=intervention_table.column_config(),
    )
    if is_coarse:
        st.caption(
            "Untuk peran ini, cakupan RW dibulatkan ke puluhan terdekat dan jumlah orangnya tidak ditampilkan, supaya "
            "beberapa orang di satu RW tidak bisa dikenali."
        )
    saved = intervention_table.areas_to_save(figures, indicator, month, where, city)
    table_buttons(lambda: saved, f"{indicator['code']}-{asked.level}-{month:%Y-%m}")
    st.caption(
        f"**{indicator['name']}**: {indicator['definition']} Dasar: {indicator['source']}. "
        f"Penanggung jawab: {indicator['opd'] if isinstance(indicator['opd'], str) else fmt.MISSING}."
    )
    source_line(
        fmt.month(month), source_of(city), f"Wilayah: {where}. Kelompok: {GROUP_NAMES[indicator['indicator_group']]}."
    )


def _beside(
    viewer: Viewer,
    version: str,
    asked: Asked,
    city: CityState,
    indicator: pd.Series,
    targets: pd.DataFrame,
    coverage: pd.DataFrame,
    month: datetime.date,
) -> None:
    """Draw the whole area's coverage with the way to its target, and its stunting on the same months below it."""
    code, name = (asked.within, asked.within_name) if asked.within else (city.code, city.name)
    if viewer.facility_code:
        name += " (RW wilayah kerja)"
    total = coverage.groupby("month")[["numerator", "denominator"]].sum(min_count=1).reset_index()
    if not asked.within:
        total = cache.coverage(
            viewer.scope,
            version,
            "kota",
            month_after(asked.month, -MONTHS_BACK),
            asked.month,
            (indicator["code"],),
            city.code,
        )
    pct = percent(pd.to_numeric(total["numerator"]), pd.to_numeric(total["denominator"]))
    by_month = dict(zip(total["month"], pct, strict=True))
    first = min(by_month)
    months = months_between(first, month)
    shares = [None if pd.isna(by_month.get(value)) else float(by_month[value]) for value in months]
    st.subheader(f"Perjalanan, {WHOLE_CITY.lower() if not asked.within else name}", anchor=False)
    told = intervention_table.trend_told(months, shares, str(indicator["name"]))
    st.plotly_chart(
        intervention_charts.coverage_over_time(
            months, shares, path_of(targets, code, indicator["code"], months), str(indicator["name"])
        ),
        config=picture_config(f"{indicator['code']}-perjalanan"),
        key="cakupan-waktu",
        alt=told,
    )
    st.caption(told)
    counts = cache.area_months(viewer.scope, version, first, "" if not asked.within else f"{asked.within}.")
    counts = counts[counts["month"] <= month]
    if counts.empty:
        return
    prevalence = pd.to_numeric(counts["stunted"]) / pd.to_numeric(counts["haz_valid"])
    known = [None if pd.isna(value) else float(value) * 100 for value in prevalence]
    told = intervention_table.trend_told(counts["month"].tolist(), known, "Prevalensi stunting rutin")
    st.plotly_chart(
        intervention_charts.stunting_over_time(counts["month"], prevalence),
        config=picture_config("stunting-perjalanan"),
        key="stunting-waktu",
        alt=told,
    )
    st.caption(
        f"{told} Bulan yang sama, sumbu sendiri. Cakupan dan stunting yang bergerak bersama belum berarti yang satu "
        "menyebabkan yang lain."
    )


def own_area(viewer: Viewer, version: str, city: CityState) -> pd.Series:
    """Return the area that a viewer's totals are of: the own kecamatan or kelurahan, else the city."""
    places = cache.places(viewer.scope, version)
    own = places[places["code"] == viewer.area_code]
    if own.empty:
        return pd.Series({"code": city.code, "name": city.name, "level": "kota"})
    return own.iloc[0]


def months_between(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return every month from the first to the last."""
    return [value.date() for value in pd.date_range(first, last, freq="MS")]
