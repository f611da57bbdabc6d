"""A place's page on the screen."""

import datetime
from html import escape

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import file_button, table_buttons
from dashboard.exports import Saved
from dashboard.places import chart, choices, members, note_form, paper, sheet
from dashboard.places.choices import PART, WHOLE, Asked
from dashboard.places.content import Content, Section, Tile
from dashboard.places.gather import content_of
from dashboard.places.links import KEY
from dashboard.places.place import LEVEL_NAMES, PUSKESMAS, RW, Place
from dashboard.pusing import acts as pusing_acts
from dashboard.shell import now, page_path, source_line
from dashboard.snapshot.choice import read_now
from data.queries.city import CityState
from models.months import month_after

_ROWS_SHOWN = 12
PAGES, _AREAS = {RW: "kartu", PUSKESMAS: "puskesmas"}, "wilayah"
"""Pages by what they are about; areas have the page that is left."""
_COLUMNS = {
    "told": "Stunting",
    "range": "Rentang 90 %",
    "rank": "Urutan (kisaran)",
    "attendance": "D/S",
    "status": "Penimbangan",
}


def show(viewer: Viewer, version: str, city: CityState, level: str = "") -> None:
    """Show the place that the address asks for, as far as the viewer may see it."""
    if city.latest_month is None:
        st.info(
            "Belum ada angka penimbangan: muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:"
        )
        st.stop()
    pusing_acts.show_done()
    asked = choices.ask(viewer, version, city, level)
    _go_to_its_page(viewer, asked, level)
    _head(viewer, version, asked)
    if asked.seen != WHOLE:
        _not_whole(viewer, version, city, asked)
        return
    content = content_of(viewer, version, city, asked.index, asked.place, now())
    _links(viewer, version, content)
    show_tiles(content)
    if content.guard:
        st.warning(content.guard, icon=":material/warning:")
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        st.subheader("Perjalanan angka rutin", anchor=False)
        st.plotly_chart(
            chart.drawn(content.history),
            config=charts.plotly_config(),
            key="tempat-grafik",
            alt=chart.described(content.history, content.place.name),
        )
        st.caption(content.history_note)
        if len(content.members):
            _members(content, city)
        else:
            _sections(content.sections[2:])
    with right:
        _sections(content.sections if len(content.members) else content.sections[:2])
        note_form.show(viewer, version, content.place)
    source_line(content.period, content.source, f"{content.age}.")


def show_tiles(content: Content) -> None:
    """Draw a place's figures in a row."""
    for column, tile in zip(st.columns(len(content.tiles)), content.tiles, strict=True):
        column.html(_tile_html(tile))


def _go_to_its_page(viewer: Viewer, asked: Asked, level: str) -> None:
    """Go to the page that is about such a place where the address names one of another kind: its title says what."""
    page = PAGES.get(asked.place.level, _AREAS)
    if st.query_params.get(KEY) == asked.place.code and page != PAGES.get(level, _AREAS) and viewer.sees(page):
        st.switch_page(page_path(page), query_params={KEY: asked.place.code})


def _head(viewer: Viewer, version: str, asked: Asked) -> None:
    """Draw the way up, the name, and the search."""
    way, box = st.columns([2.4, 1], vertical_alignment="center")
    with way, st.container(horizontal=True, key="remah", vertical_alignment="center"):
        for place in choices.levels_above(asked):
            st.page_link(
                page_path(PAGES.get(place.level, _AREAS)),
                label=place.name,
                icon=":material/health_and_safety:" if place.level == PUSKESMAS else ":material/chevron_right:",
                query_params={KEY: place.code},
            )
    with box:
        choices.search(viewer, version, asked)


def _name_html(place: Place) -> str:
    where = f" · {place.where}" if place.where else ""
    return (
        f'<div class="card place"><h2>{escape(place.name)}</h2>'
        f'<p class="where">{LEVEL_NAMES[place.level]}{escape(where)} · kode {escape(place.code)}</p></div>'
    )


def _links(viewer: Viewer, version: str, content: Content) -> None:
    place = content.place
    with st.container(horizontal=True, vertical_alignment="center", key="tempat-kepala"):
        st.html(_name_html(place))
        file_button(
            "Cetak satu halaman (PDF)",
            lambda: _printed(viewer, version, content),
            f"rembuk-{place.code}-{content.month:%Y-%m}.pdf",
            "application/pdf",
            icon=":material/print:",
            key=f"cetak-{place.code}",
        )
        if place.level in (RW, PUSKESMAS):
            st.page_link(
                page_path("peta"), label="Buka di Peta", icon=":material/map:", query_params={"pilih": place.code}
            )
        if place.level == RW:
            st.page_link(
                page_path("prioritas"),
                label="Alasan di Prioritas",
                icon=":material/format_list_numbered:",
                query_params={"pilih": place.code},
            )


def _printed(viewer: Viewer, version: str, content: Content) -> bytes:
    held = read_now()
    # What is now on the screen is a day of the past where a snapshot is read; paper tells when it was printed.
    moment = now() if held is None else datetime.datetime.now(now().tzinfo)
    return paper.one_page(content, sheet.map_of(viewer, version, content), moment, "" if held is None else held.id)


def _not_whole(viewer: Viewer, version: str, city: CityState, asked: Asked) -> None:
    """Say in words why figures are not shown, and list what of the place is the viewer's."""
    st.html(_name_html(asked.place))
    if asked.seen == PART:
        st.info(
            f"{asked.place.name} tidak seluruhnya di wilayah Anda, jadi angka seluruhnya tidak ditampilkan. Yang di "
            "bawah ini bagian Anda.",
            icon=":material/lock:",
        )
        inside = members.seen_inside(viewer, version, asked.index, asked.place)
        if city.latest_month is not None and inside:
            listed = members.listed(viewer, version, asked.place, inside, month_after(city.latest_month, 1))
            _table(listed, members.TITLES[inside[0].level], asked.place.code)
            source_line(fmt.window(city.latest_month, 3))
        return
    st.info(
        f"{asked.place.name} di luar wilayah Anda: angkanya tidak ditampilkan. Pilih wilayah Anda sendiri "
        "di kotak cari.",
        icon=":material/lock:",
    )


def _members(content: Content, city: CityState) -> None:
    _table(content.members, content.members_title, content.place.code)
    table_buttons(
        lambda: Saved(
            content.members.rename(columns={"code": "Kode", "name": "Wilayah", **_COLUMNS}),
            f"{content.members_title}: {content.place.name}",
            (
                ("Periode", content.period),
                ("Sumber", content.source),
                ("Data contoh", "Ya" if city.is_demo else "Tidak"),
            ),
        ),
        f"isi-{content.place.code}-{content.month:%Y-%m}",
    )


def _table(listed: pd.DataFrame, title: str, code: str) -> None:
    """Draw the places inside; a click on a row opens its page."""
    key = f"isi-{code}"
    codes = list(listed["code"])

    def take() -> None:
        picked = st.session_state[key].selection.rows
        if picked:
            choices.open_place(codes[picked[0]])

    st.subheader(title, anchor=False)
    st.dataframe(
        listed.drop(columns="code").rename(columns={"name": "Wilayah", **_COLUMNS}),
        hide_index=True,
        width="stretch",
        height=40 * (min(len(listed), _ROWS_SHOWN) + 1) + 3,
        key=key,
        on_select=take,
        selection_mode="single-row",
        alt=f"{title}: {fmt.count(len(listed))} baris, tertinggi lebih dulu.",
    )
    st.caption("Klik kotak di kiri baris untuk membuka halamannya. Urutan 1 paling tinggi di kota.")


def _tile_html(tile: Tile) -> str:
    return (
        f'<div class="kpi place"><p class="name">{escape(tile.name)}</p><div class="figure">{escape(tile.told)}</div>'
        f'<p class="beside">{escape(tile.beside)}</p></div>'
    )


def _sections(parts: tuple[Section, ...]) -> None:
    for part in parts:
        st.html(_section_html(part))


def _section_html(part: Section) -> str:
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(told)}</td></tr>" for name, told in part.rows)
    inside = f"<table>{rows}</table>" if rows else f"<p>{escape(part.empty)}</p>" if part.empty else ""
    note = f'<p class="source">{escape(part.note)}</p>' if part.note else ""
    return f'<div class="card part"><h3>{escape(part.title)}</h3>{inside}{note}</div>'
