"""Filters that live in the URL, so that a link opens what its sender saw.

A filter's key is its name in the URL and its value the words on the screen. A link that names something unknown opens
the default and says so.
"""

import datetime
from collections.abc import Mapping

import streamlit as st

from dashboard import format as fmt
from data.queries.city import CityState
from data.schema import AGE_BANDS

AGES: dict[str, tuple[str, ...]] = {
    "0–59 bulan": AGE_BANDS,
    "0–23 bulan": ("0-5", "6-23"),
    "0–5 bulan": ("0-5",),
    "6–23 bulan": ("6-23",),
    "24–59 bulan": ("24-59",),
}
SEXES: dict[str, tuple[int, ...]] = {"Semua": (1, 2), "Laki-laki": (1,), "Perempuan": (2,)}
MODES: dict[str, str] = {"Jalan kaki": "walk", "Sepeda motor": "motorcycle", "Mobil": "car"}
MODE_NAMES = {mode: name for name, mode in MODES.items()}


def choice[T](label: str, options: dict[str, T], key: str, help_text: str | None = None) -> T:
    """Let one option be picked; its words stand in the URL under `key`."""
    _say_if_unknown(key, label, options)
    picked = st.selectbox(label, list(options), key=key, help=help_text, bind="query-params")
    return options[picked]


def choices[T](label: str, options: dict[str, T], default: list[str], key: str) -> list[T]:
    """Let several options be picked; their words stand in the URL under `key`."""
    picked = st.multiselect(label, list(options), default=default, key=key, placeholder="Pilih…", bind="query-params")
    return [options[words] for words in picked]


def month(city: CityState, key: str = "bulan") -> datetime.date:
    """Let a month with figures be picked, the newest first."""
    return choice("Bulan", {fmt.month(value): value for value in reversed(city.months)}, key)


def _say_if_unknown(key: str, label: str, options: Mapping[str, object]) -> None:
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        st.toast(f"Tautan menyebut {label.lower()} “{asked[:40]}” yang tidak ada; yang ditampilkan pilihan bawaan.")
