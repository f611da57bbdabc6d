"""What a plan amounts to, on the screen: its figures, other ways beside it, one visit more, the past planned anew."""

import datetime
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.rotation.table import comparison, side_by_side, visited_count
from dashboard.rotation.words import clashes, proof
from data.errors import RembukError
from data.pusing import planning
from data.queries.city import CityState
from models.errors import ModelError
from models.rotation.backtest import RULE, VISITED

_MONTHS_BACK = 6


def standing(viewer: Viewer, plan: pd.Series, slots: pd.DataFrame) -> None:
    """Say how the plan was made, how near to the best it is, how it compares, and what of it was visited."""
    result = plan["result"]
    if result.get("clashes"):
        st.warning(clashes(result["clashes"]), icon=":material/balance:")
    rows = pd.DataFrame(result.get("comparison", []))
    if rows.empty:
        return
    mine = rows[rows["name"] == "plan"].iloc[0]
    here = " di wilayah Anda" if viewer.area_code or viewer.facility_code else ""
    is_adopted = plan["status"] == planning.ADOPTED
    made = f"{fmt.count(visited_count(slots))} sudah dibuat{here}" if is_adopted else "direncanakan"
    tiles = [
        ("Balita terlayani", fmt.count(mine["under_fives_served"]), "di RW yang disinggahi dan sekitarnya"),
        ("Kunjungan", fmt.count(mine["stops"]), made),
        ("Tunggu terlama RW jauh", f"{fmt.count(mine['longest_wait_months'])} bulan", "sampai akhir rencana"),
        ("Janji tidak terpenuhi", fmt.count(mine["broken_promises"]), "batas tunggu, jatah, kunjungan ulang"),
    ]
    for column, (name, told, beside_it) in zip(st.columns(4), tiles, strict=True):
        column.html(
            f'<div class="kpi"><p class="name">{name}</p><div class="figure">{told}</div>'
            f'<p class="beside">{beside_it}</p></div>'
        )
    st.caption(proof(result))


def beside(viewer: Viewer, version: str, plan: pd.Series) -> None:
    """Show the plan beside the usual ways, and what one more visit would buy."""
    st.dataframe(comparison(pd.DataFrame(plan["result"].get("comparison", []))), hide_index=True, width="stretch")
    st.caption(
        "Cara lain memakai kunjungan yang sama tanpa menjaga janji menunggu dan jatah kecamatan. Balita terlayani "
        "menghitung juga RW sekitar yang bisa berjalan kaki ke sana. Kebutuhan: nilai prioritas kali perkiraan balita "
        "stunting. Terlewat: RW jauh yang tidak disinggahi dan tidak dekat dengan RW yang disinggahi."
    )
    if not any(row["name"] == "without_partners" for row in plan["result"].get("comparison", [])):
        st.caption("Tidak ada kunjungan oleh mitra pada bulan-bulan ini, jadi rencana tanpa mitra sama saja.")
    extra = pd.DataFrame(plan["result"].get("budget") or [])
    extra = extra[extra["extra_stops"] > 0] if len(extra) else extra
    if len(extra) and "rw_code" in extra:
        names = cache.rw_names(viewer.scope, version).set_index("code")
        places = cache.all_facilities(viewer.scope, version).set_index("code")["name"]
        st.markdown("**Kalau ada satu kunjungan lagi**")
        shown = pd.DataFrame(
            {
                "Tambahan ke-": extra["extra_stops"],
                "Bulan": extra["month"].map(_month_told),
                "Puskesmas": extra["puskesmas_code"].map(places),
                "RW": extra["rw_code"].map(names["rw_name"] + ", " + names["kelurahan"]),
                "Tambahan balita": [f"+{fmt.count(more)}" for more in _gains(plan["result"]["budget"])],
                "Balita terlayani seluruhnya": extra["under_fives_served"].map(fmt.count),
            }
        )
        st.dataframe(shown, hide_index=True, width="stretch")


def _gains(budget: list[dict[str, Any]]) -> list[float]:
    """Return how many more under-fives each further visit serves."""
    served = [float(row["under_fives_served"]) for row in budget]
    return [after - before for before, after in pairwise(served)]


def looked_back(viewer: Viewer, version: str, city: CityState) -> None:
    """Show the rule against the visits already made, on demand: it plans the past months anew."""
    st.caption(
        f"Enam bulan terakhir, dengan jumlah kunjungan yang sama per puskesmas: apa yang akan dipilih aturan ini "
        f"dibandingkan dengan kunjungan yang dilakukan sampai {fmt.month(city.months[-1])}."
    )
    if st.button("Bandingkan", icon=":material/history:", key="uji-balik"):
        st.session_state["uji-balik-diminta"] = True
    if not st.session_state.get("uji-balik-diminta"):
        return
    try:
        told = cache.looked_back(viewer.scope, version, city.months[-1], _MONTHS_BACK)
    except (RembukError, ModelError):
        st.warning("Belum ada kunjungan yang bisa dibandingkan pada bulan-bulan itu.")
        return
    figures = told.comparison.set_index("name")
    served = figures["under_fives_served"].astype(float).to_dict()
    if not told.visits.shape[0]:
        st.warning("Belum ada kunjungan yang bisa dibandingkan pada bulan-bulan itu.")
        return
    more = served[RULE] - served[VISITED]
    st.markdown(
        f"Dengan **{fmt.count(len(told.visits))} kunjungan** yang sama banyaknya, aturan ini melayani "
        f"**{fmt.count(abs(more))} balita {'lebih banyak' if more >= 0 else 'lebih sedikit'}** di RW yang "
        f"membutuhkan. {fmt.count(told.same_rws)} RW dipilih oleh keduanya."
    )
    st.dataframe(comparison(told.comparison), hide_index=True, width="stretch")
    names = cache.rw_names(viewer.scope, version).set_index("code")
    places = cache.all_facilities(viewer.scope, version).set_index("code")["name"]
    rows = side_by_side(told.visits, told.plan.slots, names["rw_name"] + " " + names["kelurahan"], places)
    st.dataframe(rows, hide_index=True, width="stretch", height=420)
    notes = (("Wilayah", city.name), ("Aturan", "Kebutuhan seperti yang diketahui sebelum bulan pertama"))
    table_buttons(lambda: Saved(rows, "Uji balik rotasi Pusing", notes), "uji-balik-rotasi")


def _month_told(month: str | None) -> str:
    return fmt.month(datetime.date.fromisoformat(f"{month}-01")) if month else fmt.MISSING
