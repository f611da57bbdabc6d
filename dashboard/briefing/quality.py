"""The slide of what cannot be said: RWs with too few weighed or no data, and how old everything is."""

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import CITY, Facts
from dashboard.briefing.model import Cell, Column, Sentences, Slide, Table
from dashboard.briefing.words import ROUTINE, count_cell
from data.settings import ATTENDANCE_MINIMUM

CODE = "mutu"


def slide(facts: Facts) -> Slide:
    """Return the slide with a row for each part that has RWs of which nothing good can be said."""
    status = facts.rws["status"]
    low, none = int(status.eq("low_attendance").sum()), int(status.eq("no_data").sum())
    unknown = int(status.eq("unknown_attendance").sum())
    title = (
        f"{fmt.count(low)} RW belum cukup ditimbang dan {fmt.count(none)} RW tanpa data: belum bisa disebut baik"
        if low or none
        else f"Semua {fmt.count(len(status))} RW di {facts.place.name} cukup ditimbang pada {fmt.month(facts.month)}"
    )
    lines = [
        f"Belum cukup ditimbang: D/S di bawah {fmt.share(ATTENDANCE_MINIMUM, 0)}. Tanpa data bukan berarti nol.",
        *([f"{fmt.count(unknown)} RW belum diketahui sasaran balitanya."] if unknown else []),
        _age(facts),
        "Waktu tempuh masih garis lurus, belum lewat jalan."
        if facts.city.travel_method == "straight_line"
        else "Waktu tempuh dihitung lewat jalan."
        if facts.city.travel_method
        else "Waktu tempuh belum dihitung.",
    ]
    blocks = (_table(facts), Sentences(tuple(lines))) if low or none else (Sentences(tuple(lines)),)
    return Slide(
        CODE,
        title,
        blocks,
        ROUTINE,
        fmt.month(facts.month),
        widths=(1.0, 1.0) if len(blocks) > 1 else (1.0,),
    )


def _age(facts: Facts) -> str:
    stamp = facts.stamp
    if stamp.data_until is None:
        return "Belum ada data penimbangan."
    loaded = f", dimuat {fmt.day(stamp.loaded_on)}" if stamp.loaded_on else ""
    return f"Data penimbangan sampai {fmt.month(stamp.data_until)}{loaded}."


def _table(facts: Facts) -> Table:
    by = "kecamatan" if facts.place.level == CITY else "kelurahan"
    counts = pd.crosstab(facts.rws[by], facts.rws["status"]).reindex(
        columns=["low_attendance", "no_data"], fill_value=0
    )
    counts = counts[counts.sum(axis=1) > 0].sort_values(["low_attendance", "no_data"], ascending=False, kind="stable")
    rows = tuple(
        (Cell(str(name)), count_cell(float(row["low_attendance"])), count_cell(float(row["no_data"])))
        for name, row in counts.to_dict("index").items()
    )
    return Table(
        (
            Column(by.capitalize()),
            Column("Belum cukup ditimbang", "RW", is_number=True),
            Column("Tanpa data", "RW", is_number=True),
        ),
        rows,
    )
