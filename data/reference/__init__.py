"""Published facts about Kota Bekasi and its neighbours, each with its source, as frames.

SOURCES.md says where they come from and how sure they are. Codes, names and periods are text (`001` stays `001`), a
blank text is an empty string, and only quantities are numbers. Names are spelt as their source spells them, so frames
join by code.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

_FOLDER = Path(__file__).parent


def _read(name: str, *, numbers: Sequence[str] = (), counts: Sequence[str] = ()) -> pd.DataFrame:
    frame = pd.read_csv(_FOLDER / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")
    for column in numbers:
        frame[column] = pd.to_numeric(frame[column])
    for column in counts:
        frame[column] = frame[column].astype("int64")
    for column in frame.columns[frame.columns.str.startswith("is_")]:
        frame[column] = frame[column] == "true"
    return frame


def kelurahan() -> pd.DataFrame:
    """Return the 56 kelurahan: code, name, kecamatan, BPS code, area_km2, centroid and a point inside (EPSG:4326)."""
    return _read("kelurahan", numbers=["area_km2", "centroid_lat", "centroid_lon", "inside_lat", "inside_lon"])


def puskesmas() -> pd.DataFrame:
    """Return the 52 puskesmas; `lat` and `lon` (EPSG:4326) are missing where no coordinate was found."""
    return _read("puskesmas", numbers=["lat", "lon"])


def hospitals() -> pd.DataFrame:
    """Return the hospitals that OpenStreetMap knows, with `lat` and `lon` (EPSG:4326); the list is incomplete."""
    return _read("hospitals", numbers=["lat", "lon"])


def stunting_prevalence() -> pd.DataFrame:
    """Return published stunting figures, one row per area, series, indicator, period and source.

    `indicator` is `stunting_prevalence` (value in `pct`) or `stunted_children` (a count). Sources that contradict each
    other are kept as separate rows, and series must never be joined with one another.
    """
    return _read("stunting_prevalence", numbers=["value"])


def stunting_targets() -> pd.DataFrame:
    """Return stunting targets in percent, one row per area, year and basis."""
    return _read("stunting_targets", numbers=["target_pct"], counts=["year"])


def city_context() -> pd.DataFrame:
    """Return population, area and counts of areas and facilities of the city, by period and source."""
    return _read("city_context", numbers=["value"])


def voters() -> pd.DataFrame:
    """Return registered voters of the 2024 local election, one row per kecamatan."""
    return _read("voters", counts=["voters", "men", "women", "polling_stations"])
