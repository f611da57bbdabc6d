"""The page of what a city still lacks: each gap with its count, its cost and what to do."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.completeness.words import WORDS, heading
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from data.queries.completeness import Gap


def show(gaps: Sequence[Gap]) -> None:
    """Show the gaps, the ones to mend first on top, and let the list be saved."""
    if not gaps:
        st.success(
            "Tidak ada yang kurang: wilayah, fasilitas, jalan, bulan, dan target lengkap.",
            icon=":material/check_circle:",
        )
        return
    st.markdown(
        f"**{fmt.count(len(gaps))} hal belum lengkap**, berurutan dari yang sebaiknya dibereskan lebih dahulu. "
        "Angka di halaman lain tetap benar; di sini tertulis apa yang belum bisa dijawab atau kurang teliti karenanya."
    )
    for gap in gaps:
        words = WORDS[gap.code]
        with st.container(border=True):
            st.markdown(f"**{heading(gap)}**")
            st.markdown(f"{words.cost}\n\n:material/build: {words.to_do}")
            if gap.examples:
                more = gap.count - len(gap.examples)
                st.caption("; ".join(gap.examples) + (f"; dan {fmt.count(more)} lainnya" if more > 0 else ""))
    table_buttons(lambda: Saved(listed(gaps), "Kelengkapan", ()), "kelengkapan")


def listed(gaps: Sequence[Gap]) -> pd.DataFrame:
    """Return the gaps as people save them."""
    return pd.DataFrame(
        {
            "Yang kurang": [WORDS[gap.code].title for gap in gaps],
            "Banyaknya": [gap.count if WORDS[gap.code].unit else None for gap in gaps],
            "Dari": [gap.total if WORDS[gap.code].unit else None for gap in gaps],
            "Satuan": [WORDS[gap.code].unit for gap in gaps],
            "Akibatnya": [WORDS[gap.code].cost for gap in gaps],
            "Yang dapat dilakukan": [WORDS[gap.code].to_do for gap in gaps],
        }
    )
