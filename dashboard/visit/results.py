"""The visit page's reading parts: the list of visits, kept promises, and before against after."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.filters import MODE_NAMES
from dashboard.shell import now
from dashboard.visit import effects as visit_effects
from dashboard.visit import list as visit_list
from dashboard.visit import reach as visit_reach
from dashboard.visit.choices import Asked
from dashboard.visit.words import COUNT_NAMES
from data.queries.city import CityState
from models.months import month_after

_MONTHS_BACK = 12
_LONGEST_FIGURE = 8


def since(city: CityState) -> datetime.date:
    """Return the month from which visits are looked at: a year before the newest figures, or before today."""
    return month_after(city.latest_month or now().date(), 1 - _MONTHS_BACK)


def show_made(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the visits of a year with their totals."""
    first = since(city)
    visits = visit_list.of_puskesmas(cache.visits(viewer.scope, version, first), asked.puskesmas)
    if visits.empty:
        st.info(f"Belum ada kunjungan tercatat sejak {fmt.month(first)}.", icon=":material/event_busy:")
        return
    for column, (code, (total, blank)) in zip(
        st.columns(len(COUNT_NAMES)), visit_list.totals(visits).items(), strict=True
    ):
        # Bands ("40.280–42.480") are twice as long as a number and would run out of their tile.
        size = ' style="font-size:1.3rem"' if len(total) > _LONGEST_FIGURE else ""
        beside = f"{fmt.count(blank)} kunjungan belum melapor" if blank else "semua kunjungan melapor"
        column.html(
            f'<div class="kpi remedy"><div class="figure"{size}>{total}</div>'
            f'<p class="beside"><b>{COUNT_NAMES[code]}</b><br>{beside}</p></div>'
        )
    st.caption(f"{fmt.count(len(visits))} kunjungan sejak {fmt.month(first)}, yang terbaru di atas.")
    st.dataframe(visit_list.shown(visits), hide_index=True, width="stretch", height=430)
    table_buttons(lambda: visit_list.to_save(visits, first, city), f"kunjungan-{asked.puskesmas or 'semua'}")


def show_results(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show which planned visits were made, and how RWs changed after a visit."""
    today, first = now().date(), since(city)
    slots = visit_list.of_puskesmas(cache.adopted_slots(viewer.scope, version, today), asked.puskesmas)
    visits = cache.visits(viewer.scope, version, first)
    st.subheader("Janji yang ditepati", anchor=False)
    told = visit_list.promises(slots, visit_list.of_puskesmas(visits, asked.puskesmas), today)
    if told.empty:
        st.caption("Belum ada rencana yang ditetapkan untuk bulan yang sudah lewat, jadi belum ada janji yang dinilai.")
    else:
        _show_promises(viewer, version, told)
    if len(city.months) < 2:
        st.caption("Belum ada angka dari dua bulan atau lebih untuk dibandingkan.")
        return
    known_from = max(first, city.months[1])
    st.subheader("Jangkauan yang bertambah", anchor=False)
    settings = cache.priority_settings(viewer.scope, version)
    reach = cache.visit_reach(viewer.scope, version, known_from, asked.puskesmas)
    visit_reach.show(reach, settings.far_s, MODE_NAMES[settings.mode].lower(), fmt.month(known_from))
    st.subheader("Sebelum dan sesudah kunjungan", anchor=False)
    effects = cache.visit_effects(viewer.scope, version, known_from, asked.puskesmas)
    for outcome, effect in effects.items():
        st.markdown(visit_effects.told(outcome, effect))
    st.caption(
        "Tiga bulan sebelum dibanding tiga bulan sejak bulan kunjungan, beserta RW pasangannya: yang paling mirip "
        f"perkiraan kasus, waktu tempuh, dan kehadirannya. {visit_effects.NO_CLAIM}"
    )


def _show_promises(viewer: Viewer, version: str, told: pd.DataFrame) -> None:
    planned, kept, late, unplanned = visit_list.promise_counts(told)
    st.markdown(
        f"**{fmt.count(kept)} dari {fmt.count(planned)} kunjungan** yang direncanakan dibuat pada bulannya, "
        f"{fmt.count(late)} terlambat, {fmt.count(planned - kept - late)} belum; {fmt.count(unplanned)} kunjungan di "
        "luar rencana."
    )
    names, facilities = cache.rw_names(viewer.scope, version), cache.all_facilities(viewer.scope, version)
    table = visit_list.promises_shown(told, names, facilities)
    st.dataframe(table, hide_index=True, width="stretch", height=320)
    table_buttons(lambda: Saved(table, "Janji kunjungan Pusing", ()), "janji-kunjungan")
