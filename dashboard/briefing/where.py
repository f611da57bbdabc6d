"""The slide of the map: classes of all RWs, and those that are surely above the target."""

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import Facts
from dashboard.briefing.model import Sentences, Slide
from dashboard.briefing.words import NO_FIGURES, ROUTINE
from data.indicators.path import TargetPoint, target_at
from data.settings import ATTENDANCE_MINIMUM, WINDOW_MONTHS

CODE = "peta"
_NAMED = 4


def slide(facts: Facts) -> Slide:
    """Return the slide; an RW is called high only where even the lower end of its estimate is above the target."""
    period = fmt.window(facts.month, WINDOW_MONTHS)
    known = facts.rws[facts.rws["status"] == "reliable"]
    if known.empty:
        title = f"Belum ada RW di {facts.place.name} yang cukup ditimbang untuk diwarnai"
        return Slide(CODE, title, (facts.picture, Sentences((NO_FIGURES,))), ROUTINE, period, widths=(1.6, 1.0))
    aim = routine_aim(facts)
    low, none = (int((facts.rws["status"] == status).sum()) for status in ("low_attendance", "no_data"))
    title = _title(facts, known, aim, low)
    lines = [*_highest(known), _not_good(low, none)]
    return Slide(
        CODE,
        title,
        (facts.picture, Sentences(tuple(lines))),
        ROUTINE,
        period,
        widths=(1.75, 1.0),
        caveat="Warna: perkiraan yang diperhalus, bukan angka mentah; RW kecil dipinjami kekuatan dari sekitarnya.",
    )


def routine_aim(facts: Facts) -> float | None:
    """Return what the place's routine target asks for in the month, a fraction, or None."""
    if facts.targets.empty:
        return None
    points = [
        TargetPoint(int(year), float(value), str(path))
        for year, value, path in facts.targets[["year", "value", "path"]].to_numpy().tolist()
    ]
    return target_at(points, facts.month)


def _title(facts: Facts, known: pd.DataFrame, aim: float | None, low: int) -> str:
    limit = aim if aim is not None else facts.city_share
    if limit is None:
        return f"{fmt.count(len(known))} RW di {facts.place.name} cukup ditimbang untuk diwarnai"
    named = f"target {fmt.share(limit, 2)}" if aim is not None else f"angka kota {fmt.share(limit, 2)}"
    high = int((known["rate_low"] > limit).sum())
    tail = f"; {fmt.count(low)} RW belum cukup ditimbang" if low else ""
    if not high:
        return f"Belum ada RW di {facts.place.name} yang hampir pasti di atas {named}{tail}"
    return f"{fmt.count(high)} dari {fmt.count(len(facts.rws))} RW hampir pasti di atas {named}{tail}"


def _highest(known: pd.DataFrame) -> list[str]:
    rows = known.sort_values(["rate_low", "code"], ascending=[False, True]).head(_NAMED)
    told = [
        f"{row['rw_name']} {row['kelurahan']}: perkiraan {fmt.share(row['rate'])} "
        f"({fmt.share_between(row['rate_low'], row['rate_high'])})"
        for row in rows.to_dict("records")
    ]
    return ["Yang paling pasti tinggi, dengan rentang perkiraannya:", *told]


def _not_good(low: int, none: int) -> str:
    if not low and not none:
        return "Semua RW cukup ditimbang pada bulan ini."
    return (
        f"{fmt.count(low)} RW belum cukup ditimbang (D/S di bawah {fmt.share(ATTENDANCE_MINIMUM, 0)}) dan "
        f"{fmt.count(none)} RW tanpa data: belum bisa disebut baik."
    )
