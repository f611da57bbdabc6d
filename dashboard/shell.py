"""What every page has around it: its title, the demo's label, the data's age and source, and the style sheet."""

import datetime
from pathlib import Path

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer, act_as, gate
from dashboard.login.account import show_account
from dashboard.snapshot import banner, choice
from data.queries.city import CityState

STYLE = Path(__file__).parent / "style.css"
SOURCE_ROUTINE = "Penimbangan rutin posyandu (e-PPGBM)"


def open_page(title: str, help_text: str) -> tuple[Viewer, str, CityState]:
    """Let the viewer in, draw the page's head, and return the viewer, the data's version and the city.

    Stops with what to do next while no city is loaded.
    """
    viewer, version, city = open_early_page(title, help_text)
    if city is None:
        st.info(
            "Basis data masih kosong. Perencana Dinkes dapat memuat kota di Pengaturan, bagian Wilayah; pengelola "
            "aplikasi dapat membuat kota contoh dengan perintah `python -m dashboard demo`.",
            icon=":material/database:",
        )
        st.stop()
    return viewer, version, city


def open_early_page(title: str, help_text: str) -> tuple[Viewer, str, CityState | None]:
    """Do as `open_page` does for a page that has something to do before any city is loaded: the city may be None."""
    viewer = choice.reading(gate())
    st.html(STYLE)
    version = cache.data_version(viewer.scope)
    city = cache.city_state(viewer.scope, version)
    if city is None:
        st.title(title)
        return viewer, version, None
    with st.container(horizontal=True, vertical_alignment="bottom", key="kepala"):
        st.title(title, help=help_text, anchor=False)
        st.html(_status_line(city))
        if not show_account(viewer) and city.is_demo:
            with st.popover(viewer.name, icon=":material/person:"):
                _role_switcher(viewer, version)
    banner.show(viewer)
    return viewer, version, city


def _status_line(city: CityState) -> str:
    parts = []
    if city.is_demo:
        parts.append(
            '<b class="demo" title="Anak, angka per RW, jalan, dan batas wilayah di sini rekaan untuk uji coba; '
            'nama wilayah dan puskesmas nyata.">DATA CONTOH</b>'
        )
    parts.append(f"<span>{city.name}</span>")
    if city.latest_month is not None:
        parts.append(f"<span>Data sampai <b>{fmt.month(city.latest_month)}</b></span>")
    if city.last_import_at is not None:
        told = fmt.age(city.last_import_at, now())
        parts.append(f'<span title="{fmt.moment(city.last_import_at)}">Dimuat {told}</span>')
    return f'<div class="status-line">{"".join(parts)}</div>'


def source_line(period: str, source: str = SOURCE_ROUTINE, note: str = "") -> None:
    """Write where figures come from and of which period."""
    st.html(f'<p class="source">Sumber: {source}. Periode: {period}.{" " + note if note else ""}</p>')


def _clock() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7)))


def live_now() -> datetime.datetime:
    """Return the present moment in Jakarta, whatever is read."""
    return _clock()


def now() -> datetime.datetime:
    """Return the present moment in Jakarta; where a snapshot is read, noon of its day."""
    return choice.moment(live_now())


def published_figures(viewer: Viewer, version: str, city: CityState) -> None:
    """Show the city's newest published survey figure apart from routine ones, and say why they are never one line."""
    survey = cache.survey_figures(viewer.scope, version, city.code)
    if survey.empty:
        return
    newest = survey.iloc[-1]
    st.html(
        f'<div class="kpi"><p class="name">Angka survei yang diterbitkan ({newest["series"]} {newest["period"]})</p>'
        f'<div class="figure">{fmt.decimal(newest["value"])}\u00a0%</div>'
        '<p class="beside">Survei mengukur contoh rumah tangga, penimbangan rutin mengukur yang datang ke posyandu. '
        "Keduanya tidak dibandingkan dan tidak digabung.</p>"
        f'<p class="source">{newest["citation"]}</p></div>'
    )


def page_path(name: str) -> str:
    """Return a page's path as links want it: from the entry's folder."""
    return f"../pages/{name}.py"


def _role_switcher(viewer: Viewer, version: str) -> None:
    """Let the demo be tried in every role; a real city's roles come with the log-in."""
    options = cache.demo_roles(version)
    picked = st.selectbox(
        "Coba sebagai",
        list(options),
        index=list(options).index(viewer.name) if viewer.name in options else 0,
        key="coba-sebagai",
        help="Hanya di kota contoh pada komputer ini (127.0.0.1), tanpa cara masuk: coba layar sebagai peran lain. "
        "Semua peran membaca data contoh.",
    )
    if options[picked] != viewer.reading(None):
        act_as(options[picked])
        st.rerun()
