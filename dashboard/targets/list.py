"""Targets and their history as people read and save them: pure reading of frames."""

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.indicator_words import SHORT_PATH_NAMES, in_unit
from data.queries.city import CityState

PUBLISHED = "dokumen terbitan"
_KEY = ["area_code", "indicator_code", "series", "year", "decree"]


def with_names(targets: pd.DataFrame, dictionary: pd.DataFrame) -> pd.DataFrame:
    """Return targets with their indicator's name and unit, and the value that stood before (missing: the first)."""
    named = targets.merge(
        dictionary[["code", "name", "unit", "indicator_group"]],
        how="left",
        left_on="indicator_code",
        right_on="code",
        validate="m:1",
    ).drop(columns="code")
    ordered = named.sort_values("id")
    named["before"] = ordered.groupby(_KEY)["value"].shift()
    return named


def label(row: pd.Series) -> str:
    """Return one target in a line, for a pick list."""
    return (
        f"{row['area_name']} · {row['name']} ({row['series']}) · {row['year']}: {in_unit(row['value'], row['unit'])} "
        f"· {row['decree']}"
    )


def shown(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that hold; takes `with_names`."""
    return pd.DataFrame(
        {
            "Wilayah": targets["area_name"],
            "Indikator": targets["name"],
            "Seri": targets["series"],
            "Tahun": targets["year"].astype(str),
            "Target": [in_unit(value, unit) for value, unit in zip(targets["value"], targets["unit"], strict=True)],
            "Jalur": targets["path"].map(SHORT_PATH_NAMES),
            "Dasar": targets["decree"],
            "Sumber": targets["citation"],
            "Ditetapkan oleh": targets["set_by"].fillna(PUBLISHED),
            "Pada": [fmt.moment(moment) for moment in targets["written_at"]],
            "Catatan": targets["note"].fillna(""),
        }
    )


def history_shown(history: pd.DataFrame) -> pd.DataFrame:
    """Return every target that ever held, newest first: what was before, who set it, who ended it and why."""
    return pd.DataFrame(
        {
            "Ditetapkan": [fmt.moment(moment) for moment in history["written_at"]],
            "Oleh": history["set_by"].fillna(PUBLISHED),
            "Wilayah": history["area_name"],
            "Indikator": history["name"] + " (" + history["series"] + ")",
            "Tahun": history["year"].astype(str),
            "Sebelumnya": [
                in_unit(value, unit) for value, unit in zip(history["before"], history["unit"], strict=True)
            ],
            "Menjadi": [in_unit(value, unit) for value, unit in zip(history["value"], history["unit"], strict=True)],
            "Dasar": history["decree"],
            "Keadaan": [state(row) for _, row in history.iterrows()],
        }
    )


def state(row: pd.Series) -> str:
    """Say whether a target holds, or when and by whom it was ended, and why."""
    if pd.isna(row["replaced_at"]):
        return "berlaku"
    why = row["ended_why"]
    deed = f"ditarik: {why}" if isinstance(why, str) else "diganti"
    by = row["ended_by"] if isinstance(row["ended_by"], str) else fmt.MISSING
    return f"{deed} ({by}, {fmt.moment(row['replaced_at'])})"


def to_save(history: pd.DataFrame, city: CityState) -> Saved:
    """Return the whole history with its codes and numbers, and what explains it."""
    rows = pd.DataFrame(
        {
            "Kode wilayah": history["area_code"],
            "Wilayah": history["area_name"],
            "Kode indikator": history["indicator_code"],
            "Indikator": history["name"],
            "Seri": history["series"],
            "Tahun": history["year"].astype(float),
            "Nilai": history["value"].astype(float),
            "Satuan": history["unit"],
            "Nilai sebelumnya": history["before"].astype(float),
            "Jalur": history["path"].map(SHORT_PATH_NAMES),
            "Dasar": history["decree"],
            "Sumber": history["citation"],
            "Ditetapkan oleh": history["set_by"].fillna(PUBLISHED),
            "Ditetapkan pada": [f"{moment:%Y-%m-%d %H:%M}" for moment in history["written_at"]],
            "Keadaan": [state(row) for _, row in history.iterrows()],
            "Catatan": history["note"].fillna(""),
        }
    )
    return Saved(
        rows,
        "Target dan riwayatnya",
        (
            ("Wilayah", city.name),
            ("Seri", "Target hanya dibandingkan dengan angka dari seri yang sama"),
            ("Jalur", "Bertahap: berlaku sepanjang tahunnya. Garis lurus: didekati merata dari tahun sebelumnya"),
        ),
    )
