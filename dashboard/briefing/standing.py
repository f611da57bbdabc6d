"""The slide of the place against its target: routine figures on a line, a survey's figure apart in a sentence."""

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import CITY, Facts, row_of, share_of
from dashboard.briefing.model import LINE, Chart, Figure, Sentences, Series, Slide
from dashboard.briefing.words import NO_FIGURES, ONCE, ROUTINE
from dashboard.trend.series import coverage_band
from dashboard.trend.target import path_line, standing
from dashboard.trend.words import STUNTING
from data.settings import ATTENDANCE_MINIMUM, WINDOW_MONTHS
from models.months import month_after
from models.trend import target as targets_model
from models.trend.series import ROUTINE as SERIES
from models.trend.target import Verdict

CODE = "target"
_MONTHS_DRAWN = 25


def slide(facts: Facts) -> Slide:
    """Return the slide; without figures it says what to do."""
    now = row_of(facts.months, facts.month)
    period = fmt.window(facts.month, WINDOW_MONTHS)
    if now is None or not now["haz_valid"]:
        title = f"Belum ada angka penimbangan {facts.place.name} untuk {fmt.month(facts.month)}"
        return Slide(CODE, title, (Sentences((NO_FIGURES,)),), ROUTINE, period)
    value = share_of(now["stunted"], now["haz_valid"])
    attendance = share_of(now["d_weighed"], now["s_target"])
    children = None if pd.isna(now["s_target"]) else float(now["s_target"])
    judged = _judged(facts, value, attendance, children)
    return Slide(
        CODE,
        _title(facts, value, attendance, judged),
        (_line(facts), Sentences(tuple(_lines(facts, now, value, children)))),
        ROUTINE,
        period,
        figures=_figures(facts, now, value, attendance, judged),
        widths=(1.25, 1.0),
        caveat=ONCE,
    )


def _judged(facts: Facts, value: float | None, attendance: float | None, children: float | None) -> Verdict:
    figure = targets_model.Figure(value, facts.month, attendance=attendance)
    return standing(figure, fmt.month(facts.month), facts.targets, STUNTING, SERIES, children).verdict


def _title(facts: Facts, value: float | None, attendance: float | None, judged: Verdict) -> str:
    place, month = facts.place.name, fmt.month(facts.month)
    if value is None:
        return f"Jumlah balita stunting {place} tidak ditampilkan karena terlalu sedikit"
    head = f"Prevalensi rutin {place} {fmt.share(value, 2)} pada {month}"
    if attendance is not None and attendance < ATTENDANCE_MINIMUM:
        return f"{head}, tetapi baru {fmt.share(attendance, 0)} sasaran ditimbang: belum bisa disebut baik"
    if judged.path_value is None or judged.gap is None:
        return f"{head}; belum ada target rutin yang berlaku pada bulan itu"
    gap, aim = f"{fmt.decimal(abs(judged.gap) * 100, 2)} poin", fmt.share(judged.path_value, 2)
    if judged.status == targets_model.OFF_PATH:
        return f"{head}: {gap} di atas target {aim}, kira-kira {fmt.count(judged.gap_children)} anak"
    if judged.gap == 0 or abs(judged.gap) < 5e-5:
        return f"{head}: sama dengan target {aim}"
    return f"{head}: {gap} di bawah target {aim}"


def _figures(
    facts: Facts, now: pd.Series, value: float | None, attendance: float | None, judged: Verdict
) -> tuple[Figure, ...]:
    aim = judged.path_value
    stunted = None if pd.isna(now["stunted"]) else float(now["stunted"])
    return (
        Figure("Balita stunting tercatat", fmt.count(stunted), fmt.month(facts.month), stunted, "anak"),
        Figure(
            "Prevalensi dari yang diukur",
            fmt.share(value, 2),
            f"{fmt.count(now['haz_valid'])} balita diukur",
            None if value is None else round(value * 100, 2),
            "%",
        ),
        Figure(
            "Target rutin",
            fmt.share(aim, 2),
            "belum ditetapkan" if aim is None else f"untuk {fmt.month(facts.month)}",
            None if aim is None else round(aim * 100, 2),
            "%",
        ),
        Figure(
            "Kehadiran timbang (D/S)",
            fmt.share(attendance, 0),
            f"{fmt.count(now['d_weighed'])} dari {fmt.count(now['s_target'])} sasaran",
            None if attendance is None else round(attendance * 100),
            "%",
        ),
    )


def _line(facts: Facts) -> Chart:
    first = month_after(facts.month, 1 - _MONTHS_DRAWN)
    months = [month_after(facts.month, -back) for back in range(_MONTHS_DRAWN - 1, -1, -1)]
    known = facts.months.set_index("month")
    shares = (known["stunted"].astype(float) / known["haz_valid"].astype(float).replace(0, float("nan"))).to_dict()
    values = tuple(_percent(shares.get(month)) for month in months)
    series = [Series("Prevalensi", values)]
    path = path_line(facts.targets, first).set_index("month")["value"].to_dict() if len(facts.targets) else {}
    if path:
        series.append(Series("Target", tuple(_percent(path.get(month)) for month in months), is_target=True))
    return Chart(
        LINE,
        "Prevalensi rutin dari yang diukur, per bulan",
        tuple(fmt.short_month(month) for month in months),
        tuple(series),
        "%",
        2,
    )


def _percent(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value) * 100, 2)


def _lines(facts: Facts, now: pd.Series, value: float | None, children: float | None) -> list[str]:
    told = []
    year_ago = row_of(facts.months, month_after(facts.month, -12))
    before = None if year_ago is None else share_of(year_ago["stunted"], year_ago["haz_valid"])
    if value is not None and before is not None and year_ago is not None:
        told.append(
            f"Setahun lalu {fmt.share(before, 2)} dari {fmt.count(year_ago['haz_valid'])} balita diukur; "
            f"kini {fmt.points(value - before, 2)}, {fmt.change(now['stunted'] - year_ago['stunted'])} anak tercatat."
        )
        told.append(_how_sure(facts))
    if len(facts.targets) and value is not None:
        figure = targets_model.Figure(value, facts.month)
        pace = standing(figure, "", facts.targets, STUNTING, SERIES, children).pace
        if pace is not None:
            way = "turun" if pace.per_year < 0 else "boleh naik"
            told.append(
                f"Agar tiba di {fmt.share(pace.target, 2)} pada akhir {pace.target_year}: {way} "
                f"{fmt.decimal(abs(pace.per_year) * 100, 2)} poin per tahun"
                + (
                    f", kira-kira {fmt.count(abs(pace.children_per_year))} anak."
                    if pace.children_per_year is not None
                    else "."
                )
            )
    if facts.place.level == CITY and len(facts.surveys):
        newest = facts.surveys.iloc[-1]
        told.append(
            f"Survei {newest['series']} {newest['period']}: {fmt.decimal(newest['value'])} %. Survei mengukur contoh "
            "rumah tangga; angkanya tidak disambung dengan angka rutin."
        )
    return told or ["Belum ada pembanding setahun lalu."]


def _how_sure(facts: Facts) -> str:
    band = coverage_band(facts.months, STUNTING)
    known = None if band is None else band.dropna().set_index("month")
    year_ago = month_after(facts.month, -12)
    if known is None or facts.month not in known.index or year_ago not in known.index:
        return "Berapa banyak yang tidak diukur belum diketahui, jadi perubahan setahun ini belum pasti nyata."
    by_month = known.to_dict("index")
    now, then = by_month[facts.month], by_month[year_ago]
    if now["low"] > then["high"] or now["high"] < then["low"]:
        return "Perubahan setahun ini tetap terlihat walau yang tidak diukur ikut dihitung."
    return (
        f"Perubahan setahun ini belum pasti nyata: yang diukur {fmt.share(then['measured_share'], 0)} lalu "
        f"{fmt.share(now['measured_share'], 0)} sasaran, dan yang tidak diukur dapat mengubah arahnya."
    )
