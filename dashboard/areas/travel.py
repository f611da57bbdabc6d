"""Working out travel times anew after places changed: by the road network that is there, else by straight lines."""

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.areas.accepted import finish
from data import settings
from data.errors import RembukError
from data.scope import writing_connection
from data.travel import TravelSummary, fill_travel, latest_network
from geo.errors import GeoError
from geo.network import is_available


def show(viewer: Viewer, version: str) -> None:
    """Say how travel is known by now, and let it be worked out anew."""
    network = cache.current_network(viewer.scope, version)
    if network.empty:
        st.markdown("Waktu tempuh **belum pernah dihitung**.")
    else:
        by = "garis lurus dikali faktor" if network.iloc[0]["id"] == "straight_line" else "jaringan jalan"
        st.markdown(f"Waktu tempuh terakhir dihitung dari **{by}**.")
    st.caption(
        "Hitung ulang setelah titik RW atau fasilitas berubah. Peta jalan dipakai bila sudah disiapkan pengelola "
        "dengan `python -m dashboard travel build BERKAS.osm.pbf`; tanpa itu jaraknya garis lurus, dan tertulis begitu "
        "di setiap layar."
    )
    if st.button("Hitung waktu tempuh", type="primary", key="hitung-tempuh"):
        with st.spinner("Menghitung waktu tempuh…"):
            done = _filled(viewer)
        if isinstance(done, str):
            st.error(done, icon=":material/error:")
            return
        how = "garis lurus" if done.method == "straight_line" else "jaringan jalan"
        finish(
            f"Waktu tempuh {fmt.count(done.rw)} RW ke {fmt.count(done.facilities)} fasilitas dihitung dari {how}; "
            f"{fmt.count(done.rw_without_point)} RW tanpa titik dilewati."
        )


def _filled(viewer: Viewer) -> TravelSummary | str:
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            network = latest_network(connection, settings.networks()) if is_available() else None
            return fill_travel(connection, network)
    except (RembukError, GeoError):
        return "Waktu tempuh belum dapat dihitung: muat titik RW dan fasilitas lebih dahulu."
