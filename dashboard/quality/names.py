"""Two names of one posyandu: joining them, and counting them apart again."""

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.pusing.acts import times_written, written
from dashboard.quality.choices import Asked
from data.errors import RembukError
from data.intake.posyandu_names import join_posyandu, part_posyandu


def show(viewer: Viewer, version: str, asked: Asked) -> None:
    """Offer, on the checks of one posyandu, to join it with another of its RW or to part what was joined."""
    here = asked.place
    if here.level != "posyandu" or not here.posyandu or not viewer.may("import"):
        return
    rw_code, name = here.rw_codes[0], here.posyandu
    names = cache.posyandu_names(viewer.scope, version)
    names = names[names["rw_code"] == rw_code]
    others = sorted(set(names["posyandu"]) - {name, ""})
    own = names.loc[names["is_joined"] & (names["posyandu"] == name), "spelling"].tolist()
    if not others and not own:
        return
    with st.expander("Nama lain untuk posyandu ini", icon=":material/merge:"):
        if others:
            st.caption(
                "Bila dua nama di RW ini posyandu yang sama, gabungkan: bulan yang lalu dihitung ulang dan berkas "
                "berikutnya mengikuti. Penggabungan dicatat dan dapat dipisahkan lagi."
            )
            picked = st.selectbox(
                f"Hitung nama ini sebagai {name}", others, index=None, placeholder="Pilih nama…",
                key=f"gabung-{times_written()}",
            )  # fmt: skip
            if st.button("Gabungkan", disabled=picked is None) and picked is not None:
                written(
                    viewer,
                    lambda connection: join_posyandu(connection, rw_code, picked, name, viewer.name),
                    f"{picked} kini dihitung sebagai {name}.",
                    _refused,
                )
        for spelling in own:
            if st.button(f"Pisahkan lagi: {spelling}", icon=":material/undo:", key=f"pisah-{spelling}"):
                _part(viewer, rw_code, spelling)


def _part(viewer: Viewer, rw_code: str, spelling: str) -> None:
    written(
        viewer,
        lambda connection: part_posyandu(connection, rw_code, spelling),
        "Nama itu dihitung sendiri lagi.",
        _refused,
    )


def _refused(_: RembukError) -> str:
    return "Nama posyandu di RW ini sudah berubah; muat ulang halaman. Tidak ada yang ditulis."
