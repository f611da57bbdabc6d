"""Events that explain a jump, as people read and save them: pure reading of frames."""

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.indicator_words import BREAK_NAMES
from data.queries.city import CityState

WITH_THE_DATA = "bersama data"


def label(row: pd.Series) -> str:
    """Return one event in a line, for a pick list."""
    return f"{fmt.day(row['happened_on'])} · {BREAK_NAMES[row['kind']]} · {area_name(row)} · {str(row['note'])[:60]}"


def area_name(row: pd.Series) -> str:
    """Return the area's name, or its code where the city has it no longer."""
    return row["area_name"] if isinstance(row["area_name"], str) else str(row["area_code"])


def span(row: pd.Series) -> str:
    """Give an event's day, or its first and last."""
    first = fmt.day(row["happened_on"])
    return first if pd.isna(row["ended_on"]) else f"{first} – {fmt.day(row['ended_on'])}"


def shown(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with who wrote them; takes the columns of `break_history`."""
    return pd.DataFrame(
        {
            "Kapan": [span(row) for _, row in events.iterrows()],
            "Jenis": events["kind"].map(BREAK_NAMES),
            "Wilayah": [area_name(row) for _, row in events.iterrows()],
            "Keterangan": events["note"],
            "Dicatat oleh": events["written_by"].fillna(WITH_THE_DATA),
            "Pada": [fmt.moment(moment) for moment in events["written_at"]],
        }
    )


def history_shown(events: pd.DataFrame) -> pd.DataFrame:
    """Return every event ever written with what became of it."""
    table = shown(events)
    table["Keadaan"] = [state(row) for _, row in events.iterrows()]
    return table


def state(row: pd.Series) -> str:
    """Say whether an event stands, or when and by whom it was corrected or withdrawn."""
    if pd.isna(row["withdrawn_at"]):
        return "berlaku" if pd.isna(row["corrects"]) else "berlaku (hasil koreksi)"
    why = row["withdrawn_why"]
    deed = f"ditarik: {why}" if isinstance(why, str) else "dikoreksi"
    by = row["withdrawn_by"] if isinstance(row["withdrawn_by"], str) else fmt.MISSING
    return f"{deed} ({by}, {fmt.moment(row['withdrawn_at'])})"


def to_save(events: pd.DataFrame, city: CityState) -> Saved:
    """Return every event with its code and days, and what explains it."""
    table = history_shown(events)
    table.insert(0, "Kode wilayah", events["area_code"])
    table["Kapan"] = [f"{day:%Y-%m-%d}" for day in events["happened_on"]]
    table.insert(2, "Sampai", ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in events["ended_on"]])
    return Saved(
        table,
        "Peristiwa yang menjelaskan lonjakan",
        (("Wilayah", city.name), ("Sampai", "Kosong: sehari saja, atau masih berlangsung")),
    )
