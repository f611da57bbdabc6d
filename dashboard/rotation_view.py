"""The rotation page's parts: make a plan, choose one, see it by month and puskesmas, change a stop, decide."""

import datetime
import json
from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import file_button
from dashboard.exports import Saved
from dashboard.priority_words import preset_name
from dashboard.pusing_acts import written
from dashboard.pusing_words import failure
from dashboard.rotation_paper import sheets
from dashboard.rotation_plan import Change, change, make, save
from dashboard.rotation_words import FIGURES, KINDS, PLANS, REASONS, STATUSES, clashes, proof
from dashboard.visit_months import visit_months
from data.errors import RembukError
from data.pusing import planning
from data.queries.city import CityState
from data.scope import scoped_connection, writing_connection
from models.errors import ModelError
from models.rotation import RotationRules

_CHOSEN = "rencana"
_MONTHS_BACK = 6


def maker(viewer: Viewer, version: str, city: CityState) -> None:
    """Let a planner make a new draft."""
    if viewer.may("plan") and st.button("Susun rencana baru", icon=":material/add:"):
        _new_plan(viewer, version, city)


@st.dialog("Susun rencana baru")
def _new_plan(viewer: Viewer, version: str, city: CityState) -> None:
    with st.form("susun", border=False):
        ahead = [month for month in visit_months(city.months) if month > city.months[-1]]
        first = st.selectbox("Bulan pertama", ahead, format_func=fmt.month)
        months = st.slider("Lama (bulan)", 1, 12, 3)
        presets = {preset_name(name): name for name in cache.presets(viewer.scope, version)}
        preset = st.selectbox("Bobot prioritas", list(presets))
        gap = st.number_input("Jarak paling dekat dua kunjungan (bulan)", 1, 12, 6)
        wait = st.number_input("RW jauh menunggu paling lama (bulan)", 1, 36, 12)
        share = st.slider("Jatah minimal tiap kecamatan (% dari bagian seimbangnya)", 0, 100, 50)
        if st.form_submit_button("Susun", type="primary"):
            rules = RotationRules(min_gap_months=int(gap), longest_wait_months=int(wait), fair_share=share / 100)
            with st.spinner("Mencari rencana terbaik, paling lama setengah menit…"):
                _make(viewer, first, months, presets[preset], rules)


def chosen(viewer: Viewer, version: str) -> pd.Series | None:
    """Let one of the plans be chosen; its number stands in the URL."""
    plans = cache.rotation_plans(viewer.scope, version)
    if plans.empty:
        st.info("Belum ada rencana. Perencana Dinkes dapat menyusunnya di sini.", icon=":material/event:")
        return None
    options = {_plan_name(row): int(row["id"]) for _, row in plans.iterrows()}
    fresh = st.session_state.pop("rencana-baru", None)
    if fresh is not None:
        st.session_state[_CHOSEN] = next(name for name, number in options.items() if number == fresh)
    number = filters.choice("Rencana", options, _CHOSEN)
    return plans[plans["id"] == number].iloc[0]


def standing(plan: pd.Series) -> None:
    """Say how the plan was made, how near to the best it is, and how it compares."""
    result = plan["result"]
    if result.get("clashes"):
        st.warning(clashes(result["clashes"]), icon=":material/balance:")
    rows = pd.DataFrame(result.get("comparison", []))
    if rows.empty:
        return
    mine = rows[rows["name"] == "plan"].iloc[0]
    tiles = [
        ("Balita terlayani", fmt.count(mine["under_fives_served"])),
        ("Kunjungan", fmt.count(mine["stops"])),
        ("Tunggu terlama RW jauh", f"{fmt.count(mine['longest_wait_months'])} bulan"),
        ("Janji tidak terpenuhi", fmt.count(mine["broken_promises"])),
    ]
    for column, (name, told) in zip(st.columns(4), tiles, strict=True):
        column.html(f'<div class="kpi"><p class="name">{name}</p><div class="figure">{told}</div></div>')
    st.caption(proof(result))


def comparison(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ways to use the same visits side by side, as people read them."""
    if rows.empty:
        return rows
    shown = pd.DataFrame({"Cara": rows["name"].map(PLANS)})
    for figure, name in FIGURES.items():
        is_share = figure.endswith("_pct")
        shown[name] = [fmt.decimal(value, 1) if is_share else fmt.count(value) for value in rows[figure].astype(float)]
    return shown


def beside(viewer: Viewer, version: str, plan: pd.Series) -> None:
    """Show the plan beside the usual ways, and what one more visit would buy."""
    st.dataframe(comparison(pd.DataFrame(plan["result"].get("comparison", []))), hide_index=True, width="stretch")
    st.caption(
        "Cara lain memakai kunjungan yang sama tanpa menjaga janji menunggu dan jatah kecamatan. Balita terlayani "
        "menghitung juga RW sekitar yang bisa berjalan kaki ke sana."
    )
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
                "Balita terlayani": extra["under_fives_served"].map(fmt.count),
            }
        )
        st.dataframe(shown, hide_index=True, width="stretch")


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
    st.dataframe(comparison(told.comparison), hide_index=True, width="stretch")
    st.caption(f"{fmt.count(told.same_rws)} RW dipilih oleh keduanya.")


def calendar(slots: pd.DataFrame) -> pd.DataFrame:
    """Return one row per puskesmas and one column per month, with the RWs to visit."""
    if slots.empty:
        return pd.DataFrame({"Puskesmas": []})
    told = slots.assign(
        stop=[
            f"{'◆ ' if fixed else ''}{rw} {kelurahan}"
            for rw, kelurahan, fixed in zip(slots["rw_name"], slots["kelurahan"], slots["is_fixed"], strict=True)
        ],
        Puskesmas=slots["puskesmas"].str.removeprefix("Puskesmas "),
    )
    wide = told.pivot_table(index="Puskesmas", columns="month", values="stop", aggfunc=", ".join, fill_value="–")
    wide.columns = pd.Index([fmt.short_month(month) for month in sorted(set(slots["month"]))])
    return wide.reset_index()


def listed(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the stops as a list."""
    return pd.DataFrame(
        {
            "Bulan": [fmt.month(month) for month in slots["month"]],
            "Puskesmas": slots["puskesmas"].str.removeprefix("Puskesmas "),
            "RW": slots["rw_name"] + ", " + slots["kelurahan"],
            "Kecamatan": slots["kecamatan"],
            "Oleh": slots["kind"].map(KINDS),
            "Alasan": slots["reason"].map(REASONS),
            "Ditetapkan orang": [
                (reason or "ya") if fixed else ""
                for fixed, reason in zip(slots["is_fixed"], slots["override_reason"], strict=True)
            ],
        }
    )


def changer(viewer: Viewer, version: str, plan: pd.Series, slots: pd.DataFrame) -> None:
    """Let a planner put another RW in a slot, with a reason; the rest is planned again."""
    if not viewer.may("plan") or plan["status"] == planning.ADOPTED or slots.empty:
        return
    if st.button("Ganti satu kunjungan", icon=":material/swap_horiz:"):
        _swap(viewer, version, plan, slots)


@st.dialog("Ganti satu kunjungan")
def _swap(viewer: Viewer, version: str, plan: pd.Series, slots: pd.DataFrame) -> None:
    stops = {
        f"{fmt.short_month(row['month'])} · {row['puskesmas'].removeprefix('Puskesmas ')} · {row['rw_name']}, "
        f"{row['kelurahan']}": row
        for row in slots.to_dict("records")
    }
    picked = stops[st.selectbox("Kunjungan yang diganti", list(stops))]
    names = cache.rw_names(viewer.scope, version)
    served = cache.service_areas(viewer.scope, version)
    own = served.loc[served["facility_code"] == picked["puskesmas_code"], "rw_code"]
    others = names[names["code"].isin(own) & (names["code"] != picked["rw_code"])]
    options = dict(zip(others["rw_name"] + ", " + others["kelurahan"], others["code"], strict=True))
    instead = st.selectbox("Menjadi RW", list(options), index=None, placeholder="Pilih RW…")
    reason = st.text_input("Alasan", max_chars=300, placeholder="Misalnya: permintaan lurah, jembatan putus")
    if st.button("Ganti dan susun ulang sisanya", type="primary"):
        if instead is None or not reason.strip():
            st.warning("Pilih RW penggantinya dan tulis alasannya.")
            return
        wanted = Change(
            f"{picked['month']:%Y-%m}", picked["puskesmas_code"], options[instead], picked["rw_code"], reason.strip()
        )
        with st.spinner("Menyusun ulang di sekitar keputusan ini…"):
            _change(viewer, plan, slots, wanted)


def paper(viewer: Viewer, version: str, city: CityState, slots: pd.DataFrame) -> None:
    """Offer the visit sheets of one puskesmas, one page a stop."""
    if slots.empty:
        st.info("Rencana ini belum punya kunjungan.", icon=":material/print:")
        return
    names = dict(zip(slots["puskesmas"].str.removeprefix("Puskesmas "), slots["puskesmas_code"], strict=True))
    mine = [name for name, code in names.items() if code == viewer.facility_code]
    picked = st.selectbox("Puskesmas", mine or sorted(names), key="lembar")
    stops = slots[slots["puskesmas_code"] == names[picked]]
    st.caption(f"{fmt.count(len(stops))} halaman A4: peta jalan, perkiraan yang dilayani, bawaan, dan kolom hasil.")
    file_button(
        "Unduh lembar kunjungan (PDF)",
        lambda: sheets(viewer, version, city, stops),
        f"rembuk-lembar-kunjungan-{names[picked]}.pdf",
        "application/pdf",
        ":material/picture_as_pdf:",
    )


def deciders(viewer: Viewer, plan: pd.Series) -> None:
    """Let a plan be marked as discussed, adopted or thrown away by those who may."""
    number = int(plan["id"])
    if plan["status"] == planning.ADOPTED:
        st.success(
            f"Ditetapkan oleh {plan['adopted_by']} pada {fmt.moment(plan['adopted_at'])}; tidak dapat diubah lagi.",
            icon=":material/verified:",
        )
        return
    if viewer.may("plan"):
        if plan["status"] == planning.DRAFT and st.button("Tandai sudah dibahas", icon=":material/forum:"):
            written(
                viewer, lambda connection: planning.discuss_plan(connection, number), "Rencana ditandai sudah dibahas."
            )
        if st.button("Buang draf", icon=":material/delete:"):
            written(viewer, lambda connection: planning.delete_draft(connection, number), "Draf dibuang.")
    if viewer.may("adopt") and st.button("Tetapkan rencana ini", type="primary", icon=":material/gavel:"):
        written(
            viewer,
            lambda connection: planning.adopt_plan(connection, number, viewer.name),
            "Rencana ditetapkan dan tidak dapat diubah lagi.",
        )


def saver(plan: pd.Series, slots: pd.DataFrame, city: CityState) -> Callable[[], Saved]:
    """Return what makes the plan's file when it is asked for."""
    return lambda: to_save(plan, slots, city)


def to_save(plan: pd.Series, slots: pd.DataFrame, city: CityState) -> Saved:
    """Return the plan's stops with what explains them."""
    weights = json.dumps({code: round(share, 3) for code, share in plan["weights"].items()})
    notes = (
        ("Wilayah", city.name),
        ("Rencana", _plan_name(plan)),
        ("Disusun", fmt.moment(plan["written_at"])),
        ("Data sampai", str(plan["data_state"].get("data_month", ""))),
        ("Bobot", weights),
        ("Bukti", proof(plan["result"])),
        ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
    )
    return Saved(listed(slots).assign(**{"Kode RW": slots["rw_code"].to_numpy()}), "Rotasi Pusing", notes)


def _plan_name(plan: pd.Series) -> str:
    first: datetime.date = plan["first_month"]
    return f"No. {plan['id']}: {fmt.short_month(first)}, {plan['months']} bulan ({STATUSES[plan['status']]})"


def _month_told(month: str | None) -> str:
    return fmt.month(datetime.date.fromisoformat(f"{month}-01")) if month else fmt.MISSING


def _make(viewer: Viewer, first: datetime.date, months: int, preset: str, rules: RotationRules) -> None:
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            made = make(connection, first, months, preset, rules)
        with writing_connection(cache.engine(), viewer.scope) as connection:
            st.session_state["rencana-baru"] = save(connection, made)
    except (RembukError, ModelError) as error:
        st.error(_failure(error), icon=":material/error:")
        return
    st.rerun()


def _change(viewer: Viewer, plan: pd.Series, slots: pd.DataFrame, wanted: Change) -> None:
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            made = change(connection, plan, slots, wanted)
        with writing_connection(cache.engine(), viewer.scope) as connection:
            st.session_state["rencana-baru"] = save(connection, made)
    except (RembukError, ModelError) as error:
        st.error(_failure(error), icon=":material/error:")
        return
    st.rerun()


def _failure(error: Exception) -> str:
    if isinstance(error, RembukError):
        return failure(error)
    return (
        "Rencana tidak dapat disusun dari keadaan ini dan tidak ada yang disimpan. Periksa bulan, RW, dan kapasitasnya."
    )
