"""Travel times corrected by those who know the way: shown with reason and date, and taken back as easily."""

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.filters import MODE_NAMES, MODES
from dashboard.nomination.choices import Asked
from dashboard.pusing.acts import written
from data.pusing.nominating import correct_travel, withdraw_correction
from data.pusing.reasons import LONGEST_REASON


def show(viewer: Viewer, version: str, asked: Asked) -> None:
    """Let a travel time of the kelurahan be corrected, and list all corrections of the viewer's area."""
    st.markdown(
        "Bila jalan nyata berbeda dari hitungan, misalnya jembatan putus, tulis waktu yang sebenarnya. Hitungan awal "
        "tetap tersimpan dan koreksi bisa dibatalkan kapan saja."
    )
    names = cache.rw_names(viewer.scope, version)
    here = names[names["kelurahan_code"] == asked.kelurahan]
    rws = dict(zip(here["rw_name"], here["code"], strict=True))
    own = cache.service_areas(viewer.scope, version).set_index("rw_code")["facility_code"]
    facilities = cache.all_facilities(viewer.scope, version)
    puskesmas = facilities[facilities["kind"].eq("puskesmas")]
    options = dict(zip(puskesmas["name"], puskesmas["code"], strict=True))
    columns = st.columns([1, 1.5, 1, 1], vertical_alignment="bottom")
    rw = columns[0].selectbox("RW", list(rws), key=f"koreksi-rw-{asked.kelurahan}")
    if rw is None:
        return
    nearest = list(options.values()).index(own[rws[rw]]) if own.get(rws[rw]) in set(options.values()) else 0
    to = columns[1].selectbox("Ke puskesmas", list(options), index=nearest, key=f"koreksi-ke-{rws[rw]}")
    mode = columns[2].selectbox("Cara tempuh", list(MODES), key="koreksi-cara")
    reach = cache.travel_of_rw(viewer.scope, version, rws[rw])
    found = reach[(reach["facility_code"] == options[to]) & (reach["mode"] == MODES[mode])]
    columns[3].metric("Sekarang", fmt.minutes(found["duration_s"].iloc[0]) if len(found) else fmt.MISSING)
    with st.form("koreksi", border=False):
        first, second, third = st.columns([1, 3, 1], vertical_alignment="bottom")
        minutes = first.number_input("Waktu sebenarnya (menit)", 1, 1440, value=None, placeholder="menit")
        reason = second.text_input("Alasan", max_chars=LONGEST_REASON, placeholder="Jembatan putus, harus memutar")
        is_sent = third.form_submit_button("Simpan koreksi", type="primary")
    if is_sent and minutes is None:
        st.error("Tulis dulu waktunya dalam menit.", icon=":material/error:")
    elif is_sent and minutes is not None:
        given = float(minutes)
        written(
            viewer,
            lambda connection: correct_travel(
                connection, rws[rw], options[to], MODES[mode], given, reason, viewer.name
            ),
            f"Waktu tempuh {rw} ke {to} dikoreksi; peta dan urutan memakainya mulai sekarang.",
        )
    _standing(viewer, cache.travel_corrections(viewer.scope, version, viewer.area_code))


def shown(corrections: pd.DataFrame) -> pd.DataFrame:
    """Return corrections as people read them."""
    return pd.DataFrame(
        {
            "RW": corrections["rw_name"] + ", " + corrections["kelurahan"],
            "Ke": corrections["facility"],
            "Cara": corrections["mode"].map(MODE_NAMES),
            "Hitungan": corrections["computed_s"].astype(float).map(fmt.minutes),
            "Dikoreksi": corrections["duration_s"].astype(float).map(fmt.minutes),
            "Alasan": corrections["reason"],
            "Oleh": corrections["corrected_by"],
            "Sejak": [fmt.day(day) for day in corrections["valid_from"]],
        }
    )


def _standing(viewer: Viewer, corrections: pd.DataFrame) -> None:
    st.subheader("Koreksi yang berlaku", anchor=False)
    if corrections.empty:
        st.caption("Belum ada koreksi; semua waktu tempuh dari hitungan.")
        return
    table = shown(corrections)
    st.dataframe(table, hide_index=True, width="stretch")
    table_buttons(lambda: Saved(table, "Koreksi waktu tempuh", (("Hitungan", "Waktu sebelum dikoreksi"),)), "koreksi")
    words = {
        f"{row['rw_name']}, {row['kelurahan']} ke {row['facility']} ({MODE_NAMES[row['mode']].lower()}, "
        f"{fmt.minutes(row['duration_s'])}, no. {row['id']})": int(row["id"])
        for _, row in corrections.iterrows()
    }
    with st.form("batalkan-koreksi", border=False):
        picked = st.selectbox("Batalkan koreksi", list(words), index=None, placeholder="Pilih koreksi…")
        if st.form_submit_button("Batalkan", icon=":material/undo:") and picked:
            number = words[picked]
            written(
                viewer,
                lambda connection: withdraw_correction(connection, number),
                "Koreksi dibatalkan; waktu sebelumnya berlaku lagi.",
            )
