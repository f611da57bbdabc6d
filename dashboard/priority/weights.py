"""The weights on the screen: a preset, eight sliders that depart from it, and one short parameter in the address.

The address holds `preset` and, once a slider was moved, `bobot`: eight whole numbers in the order of the criteria,
joined by hyphens. A link therefore opens the ranking that its sender saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.priority.words import CRITERION_HELP, CRITERION_NAMES, preset_name
from dashboard.pusing.acts import written
from data.pusing.choosing import adopt_preset
from models.priority.codes import CRITERIA
from models.priority.weights import Weights

Points = tuple[int, ...]
_PRESET, _WEIGHTS, _START = "preset", "bobot", "bobot-awal"
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
    start = _start(preset, base)
    with beside, st.popover("Atur", width="stretch", icon=":material/tune:", key="atur-bobot"):
        st.caption("Makin besar angkanya, makin berpengaruh. Yang dihitung perbandingannya, jadi tidak perlu 100.")
        points = _sliders(start)
        st.button("Kembali ke bobot awal", on_click=_begin, args=(preset, base), disabled=points == base)
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


@dataclass(frozen=True)
class _Start:
    """Where the sliders began, of which preset, and how often they began anew: a new beginning is a new widget.

    Values set through the session would be lost: a closed popover's sliders do not exist in the browser yet.
    """

    preset: str
    points: Points
    times: int


def _start(preset: str, base: Points) -> _Start:
    """Return where the sliders begin: at the address on the first run, at the preset whenever another one is picked."""
    start: _Start | None = st.session_state.get(_START)
    if start is None:
        asked = st.query_params.get(_WEIGHTS)
        points = read_points(asked)
        if asked is not None and points is None:
            st.toast("Tautan menyebut bobot yang tidak terbaca; yang dipakai bobot awal.")
        _begin(preset, points or base)
    elif start.preset != preset:
        _begin(preset, base)
    begun: _Start = st.session_state[_START]
    return begun


def _begin(preset: str, points: Points) -> None:
    before: _Start | None = st.session_state.get(_START)
    st.session_state[_START] = _Start(preset, points, before.times + 1 if before else 0)


def _sliders(start: _Start) -> Points:
    chosen: dict[str, int] = {}
    columns = st.columns(2, gap="medium")
    for place, (code, value) in enumerate(zip(CRITERIA, start.points, strict=True)):
        with columns[place % 2]:
            chosen[code] = st.slider(
                CRITERION_NAMES[code],
                0,
                _MOST,
                value,
                key=f"bobot-{code}-{start.times}",
                help=CRITERION_HELP[code],
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
