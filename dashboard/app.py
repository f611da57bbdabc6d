"""The entry of the dashboard: its pages in the order of the menu, after the gate."""

import gc
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
# Streamlit puts the entry's own folder first, where dashboard/access.py would hide PySAL's `access`.
while str(ROOT / "dashboard") in sys.path:
    sys.path.remove(str(ROOT / "dashboard"))

import streamlit as st  # noqa: E402

st.set_page_config(
    page_title="Rembuk · stunting per RW", page_icon=str(ROOT / "dashboard/static/icon.png"), layout="wide"
)

from dashboard.access import gate  # noqa: E402
from dashboard.faults import show_fault  # noqa: E402
from dashboard.menu import navigate  # noqa: E402
from dashboard.snapshot import choice  # noqa: E402


@st.cache_resource(show_spinner=False)
def _settle() -> None:
    """Take what was loaded at start out of the collector's sight."""
    gc.collect()
    gc.freeze()


PAGES = [
    st.Page(
        ROOT / "pages/ringkasan.py", title="Ringkasan", icon=":material/summarize:", url_path="beranda", default=True
    ),
    # The page that opens first answers at `/` alone; this one lets its name in an address open it too.
    st.Page(ROOT / "pages/ringkasan.py", title="Ringkasan", url_path="ringkasan", visibility="hidden"),
    st.Page(ROOT / "pages/peta.py", title="Peta", icon=":material/map:", url_path="peta"),
    st.Page(ROOT / "pages/bandingkan.py", title="Bandingkan", icon=":material/compare:", url_path="bandingkan"),
    st.Page(ROOT / "pages/wilayah.py", title="Wilayah", icon=":material/location_city:", url_path="wilayah"),
    st.Page(ROOT / "pages/kartu.py", title="Kartu RW", icon=":material/badge:", url_path="kartu"),
    st.Page(ROOT / "pages/puskesmas.py", title="Puskesmas", icon=":material/health_and_safety:", url_path="puskesmas"),
    st.Page(ROOT / "pages/akses.py", title="Akses", icon=":material/route:", url_path="akses"),
    st.Page(ROOT / "pages/tren.py", title="Tren & target", icon=":material/trending_down:", url_path="tren"),
    st.Page(
        ROOT / "pages/perubahan.py", title="Mengapa berubah", icon=":material/waterfall_chart:", url_path="perubahan"
    ),
    st.Page(
        ROOT / "pages/prioritas.py", title="Prioritas", icon=":material/format_list_numbered:", url_path="prioritas"
    ),
    st.Page(ROOT / "pages/rotasi.py", title="Rotasi Pusing", icon=":material/event:", url_path="rotasi"),
    st.Page(ROOT / "pages/usulan.py", title="Usulan wilayah", icon=":material/campaign:", url_path="usulan"),
    st.Page(ROOT / "pages/kunjungan.py", title="Kunjungan", icon=":material/local_hospital:", url_path="kunjungan"),
    st.Page(
        ROOT / "pages/intervensi.py", title="Intervensi", icon=":material/volunteer_activism:", url_path="intervensi"
    ),
    st.Page(ROOT / "pages/rakor.py", title="Rakor", icon=":material/groups:", url_path="rakor"),
    st.Page(ROOT / "pages/janji.py", title="Janji saya", icon=":material/handshake:", url_path="janji"),
    st.Page(ROOT / "pages/paparan.py", title="Paparan", icon=":material/slideshow:", url_path="paparan"),
    st.Page(ROOT / "pages/impor.py", title="Impor data", icon=":material/upload_file:", url_path="impor"),
    st.Page(ROOT / "pages/kelengkapan.py", title="Kelengkapan", icon=":material/checklist:", url_path="kelengkapan"),
    st.Page(ROOT / "pages/mutu.py", title="Mutu data", icon=":material/verified:", url_path="mutu"),
    st.Page(ROOT / "pages/pengguna.py", title="Pengguna", icon=":material/group:", url_path="pengguna"),
    st.Page(ROOT / "pages/audit.py", title="Audit", icon=":material/policy:", url_path="audit"),
    st.Page(ROOT / "pages/pengaturan.py", title="Pengaturan", icon=":material/settings:", url_path="pengaturan"),
]

try:
    navigate(choice.reading(gate(is_new_run=True)), PAGES)
except Exception as fault:  # whatever went wrong, nobody at a rakor reads a traceback
    show_fault(fault)
_settle()
