"""The files of a briefing to take home, one press each."""

import streamlit as st

from dashboard import downloads
from dashboard.briefing.model import Briefing
from dashboard.briefing.stamp import file_name
from dashboard.documents.kinds import KINDS, Kind


def offer(briefing: Briefing) -> None:
    """Offer the briefing in every kind of file; what is in it is what the hall may see."""
    st.subheader("Berkas untuk dibawa pulang", anchor=False)
    for column, (ending, kind) in zip(st.columns(len(KINDS)), KINDS.items(), strict=True):
        with column:
            _offer(briefing, ending, kind)
    st.caption(
        "Halaman dan angkanya sama dengan layar. PowerPoint: kata dan grafiknya dapat diubah. Excel: semua angka "
        "beserta kamus data. HTML: satu berkas yang terbuka di peramban mana pun tanpa jaringan dan tanpa server."
    )


def _offer(briefing: Briefing, ending: str, kind: Kind) -> None:
    downloads.made_button(
        kind.name, lambda step: kind.write(briefing, step), f"{file_name(briefing)}.{ending}", kind.mime
    )
