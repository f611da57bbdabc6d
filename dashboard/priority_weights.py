"""The weights on the screen: a preset, eight sliders that depart from it, and one short parameter in the address.

The address holds `preset` and, once a slider was moved, `bobot`: eight whole numbers in the order of the criteria,
joined by hyphens. A link therefore opens the ranking that its sender saw.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.priority_words import CRITERION_HELP, CRITERION_NAMES, preset_name
from dashboard.pusing_acts import written
from data.pusing.choosing import adopt_preset
from models.priority.codes import CRITERIA
from models.priority.weights import Weights

Points = tuple[int, ...]
_PRESET, _WEIGHTS, _TAKEN = "preset", "bobot", "bobot-dari"
_MOST = 100


def points_of(weights: Weights) -> Points:
    """Return weights as whole numbers of a hundred, in the order of the criteria."""
    return tuple(round(100 * weights[code]) for code in CRITERIA)


def read_points(told: str | None) -> Points | None:
    """Return the numbers that an address tells, or None where it tells no usable ones."""
    parts = (told or "").split("-")
    if len(parts) != len(CRITERIA) or not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
        return None
    points = tuple(int(part) for part in parts)
    return points if any(points) and max(points) <= _MOST else None


def write_points(points: Points) -> str:
    """Return numbers as an address tells them."""
    return "-".join(str(value) for value in points)


def ask(viewer: Viewer, version: str, beside: DeltaGenerator) -> tuple[Weights, str]:
    """Draw the preset, and the sliders in the column beside it; return the weights and what they are called."""
    presets = cache.presets(viewer.scope, version)
    preset = filters.choice("Bobot", {preset_name(name): name for name in presets}, _PRESET, _PRESET_HELP)
    base = points_of(presets[preset])
    _start_sliders(preset, base)
    with beside, st.popover("Atur", width="stretch", icon=":material/tune:", key="atur-bobot"):
        st.caption("Makin besar angkanya, makin berpengaruh. Yang dihitung perbandingannya, jadi tidak perlu 100.")
        points = _sliders()
        st.button("Kembali ke bobot awal", on_click=_set_sliders, args=(base,), disabled=points == base)
        if viewer.may("weigh"):
            _adoption(viewer, points)
    if points == base:
        st.query_params.pop(_WEIGHTS, None)
        return presets[preset], preset_name(preset)
    if not any(points):
        st.warning("Semua bobot nol; yang dipakai bobot awal.", icon=":material/balance:")
        return presets[preset], preset_name(preset)
    st.query_params[_WEIGHTS] = write_points(points)
    return weights_of(points), f"{preset_name(preset)}, diubah"


def weights_of(points: Points) -> Weights:
    """Return the weights that numbers in the order of the criteria stand for."""
    return Weights(dict(zip(CRITERIA, map(float, points), strict=True)))


def _start_sliders(preset: str, base: Points) -> None:
    """Set the sliders to the address on the first run, and to the preset whenever another one is picked."""
    taken: str | None = st.session_state.get(_TAKEN)
    asked = st.query_params.get(_WEIGHTS)
    if taken is None and asked is not None and read_points(asked) is None:
        st.toast("Tautan menyebut bobot yang tidak terbaca; yang dipakai bobot awal.")
    if taken is None or _slider(CRITERIA[0]) not in st.session_state:
        _set_sliders(read_points(asked) or base)
    elif taken != preset:
        _set_sliders(base)
    st.session_state[_TAKEN] = preset


def _set_sliders(points: Points) -> None:
    for code, value in zip(CRITERIA, points, strict=True):
        st.session_state[_slider(code)] = value


def _slider(code: str) -> str:
    return f"bobot-{code}"


def _sliders() -> Points:
    chosen: dict[str, int] = {}
    columns = st.columns(2, gap="medium")
    for place, code in enumerate(CRITERIA):
        with columns[place % 2]:
            chosen[code] = st.slider(
                CRITERION_NAMES[code], 0, _MOST, step=1, key=_slider(code), help=CRITERION_HELP[code]
            )
    return tuple(chosen[code] for code in CRITERIA)


def _adoption(viewer: Viewer, points: Points) -> None:
    with st.form("tetapkan-bobot", border=False):
        name = st.text_input("Tetapkan bobot ini dengan nama", max_chars=60, placeholder="Rakor triwulan III 2026")
        is_sent = st.form_submit_button("Tetapkan", icon=":material/gavel:")
    if not is_sent:
        return
    if not name.strip():
        st.error("Tulis dulu namanya.", icon=":material/error:")
        return
    if not any(points):
        st.error("Semua bobot nol; naikkan paling sedikit satu.", icon=":material/error:")
        return
    kept: Mapping[str, float] = weights_of(points).as_dict()
    called = " ".join(name.split())
    written(
        viewer,
        lambda connection: adopt_preset(connection, called, kept, viewer.name),
        f"Bobot “{called}” ditetapkan oleh {viewer.name}; pilih di daftar Bobot.",
    )


def adopted_told(viewer: Viewer, version: str, name: str) -> str | None:
    """Tell who adopted the preset of a name, and when; None for those that come with Rembuk."""
    adopted = cache.adopted_presets(viewer.scope, version)
    found = adopted[adopted["name"] == name]
    if found.empty:
        return None
    return f"Bobot “{name}” ditetapkan {found['adopted_by'].iloc[0]}, {fmt.moment(found['adopted_at'].iloc[0])}."


_PRESET_HELP = (
    "Seberapa berpengaruh tiap hal. Bobot awal adalah usulan untuk dibahas; yang ditetapkan di rakor disimpan dengan "
    "namanya."
)
