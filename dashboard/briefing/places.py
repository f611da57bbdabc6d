"""The slide of a place's parts: kecamatan by kecamatan, or kelurahan by kelurahan, against chance."""

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import Facts, share_of
from dashboard.briefing.model import BARS, Cell, Chart, Column, Sentences, Series, Slide, Table
from dashboard.briefing.words import KEPT, NO_FIGURES, ROUTINE, count_cell, listed, share_cell
from data.settings import ATTENDANCE_MINIMUM, WINDOW_MONTHS
from models.errors import UnusableTrendError
from models.trend.funnel import HIGH, VERY_HIGH, funnel

CODE = "wilayah"


def slide(facts: Facts) -> Slide:
    """Return the slide, the highest share first; a part with too few weighed is never told as good."""
    word, period = facts.place.part_word, fmt.window(facts.month, WINDOW_MONTHS)
    parts = facts.parts.assign(
        share=_shares(facts.parts["stunted"], facts.parts["haz_valid"]),
        attendance=_shares(facts.parts["d_weighed"], facts.parts["s_target"]),
    )
    parts = parts.sort_values(["share", "area_code"], ascending=[False, True], ignore_index=True)
    if parts.empty or parts["share"].isna().all():
        title = f"Angka per {word} di {facts.place.name} belum bisa ditampilkan"
        return Slide(CODE, title, (Sentences((NO_FIGURES, KEPT)),), ROUTINE, period)
    return Slide(
        CODE,
        _title(facts, parts),
        (_table(facts, parts), _bars(facts, parts)),
        ROUTINE,
        period,
        widths=(1.5, 1.0),
        caveat=KEPT,
    )


def _shares(part: pd.Series, whole: pd.Series) -> pd.Series:
    known = whole.astype(float)
    return part.astype(float) / known.where(known > 0)


def few_weighed(attendance: float | None) -> bool:
    """Say whether so few were weighed, or it is not known how many, that a low share is no good news."""
    return attendance is None or pd.isna(attendance) or attendance < ATTENDANCE_MINIMUM


def _title(facts: Facts, parts: pd.DataFrame) -> str:
    word = facts.place.part_word
    known = parts[parts["stunted"].notna() & parts["haz_valid"].gt(0)]
    counted = known.assign(cases=known["stunted"], measured=known["haz_valid"])
    try:
        found = funnel(counted[["area_code", "name", "cases", "measured"]], facts.city_share)
    except UnusableTrendError:
        return f"Angka per {word} di {facts.place.name} belum bisa dibandingkan"
    high = found.areas[found.areas["position"].isin([VERY_HIGH, HIGH])].sort_values("value", ascending=False)
    few = int(parts["attendance"].map(few_weighed).sum())
    tail = f"; {fmt.count(few)} {word} belum cukup ditimbang" if few else ""
    if high.empty:
        return f"Tidak ada {word} di atas angka kota ({fmt.share(found.centre, 2)}) melebihi kebetulan{tail}"
    return (
        f"{fmt.count(len(high))} dari {fmt.count(len(parts))} {word} di atas angka kota ({fmt.share(found.centre, 2)}) "
        f"melebihi kebetulan: {listed(list(high['name']))}{tail}"
    )


def _table(facts: Facts, parts: pd.DataFrame) -> Table:
    far = facts.rws.assign(is_far=facts.rws["nearest_duration_s"].ge(facts.far_s))
    by = "kecamatan_code" if facts.place.part_word == "kecamatan" else "kelurahan_code"
    far_by = far.groupby(by)["is_far"].sum().to_dict() if len(far) else {}
    rows = []
    for row in parts.to_dict("records"):
        before = share_of(row["stunted_before"], row["haz_valid_before"])
        note = "belum cukup ditimbang" if few_weighed(row["attendance"]) else ""
        rows.append(
            (
                Cell(str(row["name"])),
                count_cell(row["stunted"]),
                share_cell(row["share"]),
                share_cell(before),
                Cell(f"{fmt.share(row['attendance'], 0)}{' ' + note if note else ''}", _percent(row["attendance"])),
                count_cell(far_by.get(row["area_code"], 0)),
            )
        )
    return Table(
        (
            Column(facts.place.part_word.capitalize()),
            Column("Stunting tercatat", "anak", is_number=True),
            Column("Prevalensi", "%", is_number=True),
            Column("Setahun lalu", "%", is_number=True),
            Column("D/S", "%", is_number=True),
            Column("RW jauh", "RW", is_number=True),
        ),
        tuple(rows),
    )


def _bars(facts: Facts, parts: pd.DataFrame) -> Chart:
    return Chart(
        BARS,
        f"Prevalensi per {facts.place.part_word}",
        tuple(str(name) for name in parts["name"]),
        (Series("Prevalensi", tuple(None if pd.isna(share) else round(share * 100, 2) for share in parts["share"])),),
        "%",
        2,
    )


def _percent(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(round(value * 100))
