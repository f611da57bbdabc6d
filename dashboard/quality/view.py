"""The page of data quality: a place's checks with their charts, who reported when, and where to go first."""

from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.charts import plotly_config
from dashboard.downloads import table_buttons
from dashboard.quality import charts, table
from dashboard.quality.choices import UNNAMED, Asked, Place
from dashboard.quality.words import (
    GRADE_NAMES,
    STATE_NAMES,
    STATE_SIGNS,
    finding_told,
    listed,
    reasons_told,
)
from dashboard.shell import source_line
from dashboard.small_cells import is_told_exactly
from data.queries.city import CityState
from models.quality.first import MOST, visit_first
from models.quality.grade import findings
from models.quality.limits import DEFAULTS

_SOURCE = "Penimbangan rutin posyandu (e-PPGBM), dihitung saat berkas dimuat"
_STANDARD = "Pemeriksaan menurut WHO/UNICEF 2019; batasnya tertulis di tiap baris."
_ROWS_PX, _TALLEST_PX = 36, 640


def grades(viewer: Viewer, version: str, asked: Asked, level: str) -> pd.DataFrame:
    """Return the grades of a level for what the page is asked for."""
    return cache.quality_grades(viewer.scope, version, asked.month, level, asked.today, asked.months)


def show_checks(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the grade of a place with its reasons, every check, and the charts behind them."""
    row = _row_of(grades(viewer, version, asked, asked.place.level), asked.place)
    if row is None:
        st.info(
            "Belum ada penimbangan di wilayah ini pada bulan-bulan yang dipilih. Pilih rentang lain, atau muat daftar "
            "e-PPGBM di halaman Impor data.",
            icon=":material/upload_file:",
        )
        return
    drawn = []
    if is_told_exactly(viewer.scope):
        counts = cache.quality_counts(
            viewer.scope, version, asked.month, asked.months, asked.place.rw_codes, asked.place.posyandu
        ).iloc[0]
        row = row.copy()
        row["value_ages"] = _mean_age(counts)
        drawn = _charts(viewer, version, asked, counts) if row["measured"] else []
    left, right = st.columns([1, 1.7], gap="medium")
    with left:
        st.html(grade_card(row, asked.place.name))
        st.caption(_STANDARD + " Nilai A–D dari aturan tertulis, bukan jumlah skor.")
        for number, (figure, alt) in enumerate(drawn[:2]):
            st.plotly_chart(figure, config=plotly_config(), key=f"mutu-atas-{number}", alt=alt)
    with right:
        st.html(checks_card(row))
    columns = st.columns(2, gap="medium")
    for number, (figure, alt) in enumerate(drawn[2:]):
        columns[number % 2].plotly_chart(figure, config=plotly_config(), key=f"mutu-bawah-{number}", alt=alt)
    table_buttons(lambda: table.checks_to_save(row, asked, city), "mutu-pemeriksaan")
    source_line(
        asked.period, _SOURCE, "Setiap penimbangan dihitung sekali; balita yang datang enam kali dihitung enam kali."
    )


def grade_card(row: pd.Series, name: str) -> str:
    """Tell a place's grade and why."""
    grade = row["grade"]
    found = findings(row)
    why = "".join(f"<li>{escape(finding_told(finding))}</li>" for finding in found[:6])
    if not grade:
        why = (
            f"<li>baru {fmt.count(row['measured'])} hasil ukur panjang/tinggi; nilai diberikan mulai "
            f"{fmt.count(DEFAULTS.least_weighings)}</li>"
        )
    return (
        f'<div class="card quality"><h3>{escape(name)}</h3><p class="where">'
        f"{fmt.count(row['measured'])} hasil ukur panjang/tinggi</p>"
        f'<div class="grade"><b class="letter">{escape(grade) or "–"}</b><span>{GRADE_NAMES[grade]}</span></div>'
        f"<ul>{why or '<li>tidak ada yang perlu diperhatikan</li>'}</ul></div>"
    )


def checks_card(row: pd.Series) -> str:
    """Lay the checks of a place side by side: value, what is usual, how it stands, and what it means."""
    lines = "".join(
        f'<tr><td>{escape(line["Pemeriksaan"])}<br><span class="means">{escape(line["Artinya"])}</span></td>'
        f'<td class="n"><b>{escape(line["Nilai"])}</b></td><td>{escape(line["Yang biasa"])}</td>'
        f"<td>{escape(line['Keterangan'])}</td></tr>"
        for line in listed(row).to_dict("records")
    )
    return (
        '<div class="card quality"><table><tr><th>Pemeriksaan</th><th class="n">Nilai</th><th>Yang biasa</th>'
        f"<th>Keterangan</th></tr>{lines}</table></div>"
    )


def first_card(rows: pd.DataFrame) -> str:
    """List the posyandu to visit first, each with why."""
    lines = "".join(
        f"<li><b>{escape(row['posyandu'] or UNNAMED)}</b> · {escape(row['where'])} · mutu "
        f"<b>{escape(row['grade']) or '–'}</b><br>{escape(_why(row))}</li>"
        for _, row in rows.iterrows()
    )
    return f'<div class="card quality"><ol>{lines}</ol></div>'


def _row_of(judged: pd.DataFrame, place: Place) -> pd.Series | None:
    found = judged[judged["code"] == place.code]
    if place.posyandu is not None:
        found = found[found["posyandu"] == place.posyandu]
    return None if found.empty else found.iloc[0]


def _mean_age(counts: pd.Series) -> float:
    ages = charts.counted(counts, "age_month")
    return float((ages * (np.arange(len(ages)) + 0.5)).sum() / ages.sum()) if ages.sum() else float("nan")


def _charts(viewer: Viewer, version: str, asked: Asked, counts: pd.Series) -> list[tuple[go.Figure, str]]:
    """Return the charts of a place with their words: the two that tell most first."""
    place = asked.place
    return cache.made(
        viewer.scope,
        version,
        ("quality charts", place.level, place.code, place.posyandu, asked.month, asked.months),
        lambda: [
            charts.digits_chart(counts, "length_digit", "Angka terakhir panjang/tinggi (persepuluh cm)"),
            charts.curve_chart(counts),
            charts.digits_chart(counts, "weight_digit", "Angka terakhir berat (persepuluh kg)"),
            charts.ages_chart(counts),
            charts.births_chart(counts),
            charts.position_chart(counts),
        ],
    )


def show_reports(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show which posyandu reported in which month: each by itself where they are few, else by area."""
    grid = cache.quality_grid(viewer.scope, version, asked.month, asked.today, asked.months)
    grid = grid[grid["rw_code"].isin(asked.place.rw_codes)]
    if asked.place.posyandu is not None:
        grid = grid[grid["posyandu"] == asked.place.posyandu]
    if grid.empty:
        st.info("Belum ada posyandu yang melapor atau terdaftar di wilayah ini.", icon=":material/help:")
        return
    st.markdown(table.reports_summary(grid, asked))
    shown = table.reports_listed(grid, cache.rw_names(viewer.scope, version), asked)
    st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        height=min(38 + _ROWS_PX * len(shown), _TALLEST_PX),
        alt=f"Laporan posyandu menurut bulan, {asked.place.name}.",
    )
    if "Posyandu" in shown.columns:
        signs = (f"{STATE_SIGNS[state]} {name}" for state, name in STATE_NAMES.items() if state in set(grid["state"]))
        st.caption(" · ".join(signs))
    else:
        st.caption("Bagian posyandu yang melapor. Pilih kelurahan, puskesmas, atau RW untuk melihat satu per satu.")
    table_buttons(lambda: table.reports_to_save(grid, asked, city), "mutu-laporan")
    source_line(asked.period, _SOURCE, "Hari masuk adalah hari berkas pertama bulan itu dimuat.")


def show_first(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the posyandu to visit first, each with why."""
    judged = grades(viewer, version, asked, "posyandu")
    judged = judged[judged["code"].isin(asked.place.rw_codes)]
    names = table.named(judged, cache.rw_names(viewer.scope, version))
    counted = names["grade"].value_counts()
    st.markdown(
        f"**{asked.place.name}: {fmt.count(len(names))} posyandu.** "
        + ", ".join(
            f"{grade or 'belum dinilai'} {fmt.count(counted.get(grade, 0))}" for grade in ("A", "B", "C", "D", "")
        )
        + "."
    )
    first = visit_first(names)
    if first.empty:
        st.success("Tidak ada posyandu dengan nilai C atau D.", icon=":material/check_circle:")
    else:
        st.markdown(f"**{fmt.count(len(first))} posyandu yang dikunjungi dahulu**")
        st.html(first_card(first))
        st.caption(
            f"Paling banyak {MOST}: nilai D dahulu, lalu yang berhenti melapor, lalu C; di dalamnya yang mengukur "
            "lebih banyak balita. Daftar lengkap ada di berkas unduhan."
        )
    table_buttons(lambda: table.posyandu_to_save(names, asked, city), "mutu-posyandu")
    source_line(asked.period, _SOURCE)


def _why(row: pd.Series) -> str:
    if not row["grade"]:
        return (
            f"Hanya {fmt.share(row['value_reporting'], 0)} bulan yang dilaporkan: tanyakan apakah posyandu masih buka."
        )
    told = reasons_told(findings(row))
    return told[0].upper() + told[1:] + "."
