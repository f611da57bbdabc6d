"""The component that draws linked maps: a canvas each, one camera for all, and a slider that plays months.

`st.pydeck_chart` has one camera a chart and asks the server for every month; here the browser holds the months, a byte
per RW each, and moves through them by itself.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.compare.frames import Pane, sent

_HERE = Path(__file__).parent
SPEED_MS = 1500
"""How long a month stays: long enough to look at a kecamatan, short enough for a year in twenty seconds."""
_WORDS = {
    "play": "▶ Putar",
    "pause": "⏸ Jeda",
    "month": "Bulan yang ditampilkan",
    "speed": "1,5 detik per bulan; berhenti di bulan terakhir. Tombol panah menggeser bulan.",
    "map": "Peta",
    "closer": "Dekatkan",
    "farther": "Jauhkan",
    "whole": "Seluruh kota",
    "unreachable": "Garis wilayah tidak dapat dimuat. Muat ulang halaman ini.",
}
_LINKED = st.components.v2.component(
    "rembuk_linked_maps", js=(_HERE / "linked.js").read_text(), css=(_HERE / "linked.css").read_text()
)


def linked_maps(
    panes: Sequence[Pane], look: tuple[float, float] | None, key: str, *, is_touchable: bool = True
) -> None:
    """Draw maps that look at the same place; `look` (longitude, latitude) moves them there when it changes."""
    _LINKED(
        data={
            **sent(panes),
            "look": None if look is None else list(look),
            "speed_ms": SPEED_MS,
            "words": _WORDS,
            "is_touchable": is_touchable,
        },
        key=key,
    )
