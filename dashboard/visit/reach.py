"""Coverage that visits gained: which share of under-fives was within reach of care without them, and is with them."""

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.rotation.problem import WALK_REACH_M
from geo.neighbours import walking_neighbours
from models.rotation import Reach, coverage_gained


def reach_of(facts: pd.DataFrame, points: pd.DataFrame, visits: pd.DataFrame, far_s: float, puskesmas: str) -> Reach:
    """Return the coverage of visits in a puskesmas's wilayah kerja, or in all that the viewer sees.

    `facts`: rw_code, puskesmas_code, children, travel_s (blank counts as far); `points`: rw_code, lat, lon. A stop of
    any puskesmas counts for those who can walk to it.
    """
    here = facts[facts["puskesmas_code"] == puskesmas] if puskesmas else facts
    rws = pd.DataFrame(
        {
            "rw_code": here["rw_code"],
            "under_fives": here["children"].fillna(0).astype(float),
            "is_far": ~(here["travel_s"].astype(float) < far_s),
        }
    )
    return coverage_gained(rws, walking_neighbours(points, WALK_REACH_M), set(visits["rw_code"]))


def show(reach: Reach, far_s: float, mode_name: str, since: str) -> None:
    """Show the shares before and after, and how many children lie between them."""
    tiles = [
        ("Balita dekat puskesmas", fmt.share(reach.share_before, 0), f"kurang dari {fmt.minutes(far_s)} {mode_name}"),
        ("Dekat puskesmas atau terjangkau Pusing", fmt.share(reach.share_after, 0), f"kunjungan sejak {since}"),
        ("Balita jauh yang terjangkau Pusing", fmt.count(reach.reached), f"dari {fmt.count(reach.under_fives)} balita"),
    ]
    for column, (name, told, beside) in zip(st.columns(3), tiles, strict=True):
        column.html(
            f'<div class="kpi remedy"><div class="figure">{told}</div>'
            f'<p class="beside"><b>{name}</b><br>{beside}</p></div>'
        )
    st.caption(
        "Terjangkau Pusing: tinggal di RW yang disinggahi, atau di RW sekitarnya sebanyak yang bisa berjalan kaki ke "
        f"sana (paling jauh {fmt.count(WALK_REACH_M)} meter). Setiap balita dihitung sekali, walau "
        "RW-nya disinggahi beberapa kali."
    )
