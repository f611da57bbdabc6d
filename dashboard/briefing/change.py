"""The slide of what changed in a year and why: flows that sum exactly to the difference, where they are told."""

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import Facts, row_of
from dashboard.briefing.model import LINE, WATERFALL, Chart, Sentences, Series, Slide
from dashboard.briefing.words import NO_FIGURES, ONCE, ROUTINE
from dashboard.change.words import PAIR_NAMES, PAIR_REASONS, PAIR_REASONS_DOWN
from models.errors import UnusableTrendError
from models.months import month_after
from models.trend.waterfall import Waterfall, waterfall

CODE = "perubahan"
_SPAN = 12


def slide(facts: Facts) -> Slide:
    """Return the slide; where flows are not told it shows how many were measured and found, month by month."""
    first = month_after(facts.month, -_SPAN)
    before, now = row_of(facts.months, first), row_of(facts.months, facts.month)
    period = f"{fmt.month(first)}–{fmt.month(facts.month)}"
    if before is None or now is None or pd.isna(before["stunted"]) or pd.isna(now["stunted"]):
        title = f"Perubahan setahun {facts.place.name} belum bisa dijelaskan: angka salah satu bulannya tidak ada"
        return Slide(CODE, title, (Sentences((NO_FIGURES,)),), ROUTINE, period)
    between = facts.months[(facts.months["month"] > first) & (facts.months["month"] <= facts.month)]
    measured = _measured(before, now)
    try:
        found = waterfall(int(before["stunted"]), int(now["stunted"]), between)
    except UnusableTrendError:
        return _without_flows(facts, before, now, period)
    return Slide(
        CODE,
        _title(facts, found),
        (_drawn(facts, found), Sentences((*_reasons(found), measured))),
        ROUTINE,
        period,
        widths=(1.6, 1.0),
        caveat="Jumlah semua langkah tepat sama dengan selisihnya.",
    )


def _turn(difference: float) -> str:
    if not difference:
        return "tetap"
    return f"{'naik' if difference > 0 else 'turun'} {fmt.count(abs(difference))}"


def _reason(code: str, value: int) -> str:
    return (PAIR_REASONS if value > 0 else PAIR_REASONS_DOWN)[code]


def _title(facts: Facts, found: Waterfall) -> str:
    difference = found.end - found.start
    head = f"Balita stunting tercatat di {facts.place.name} {_turn(difference)} dalam setahun"
    same_way = {code: value for code, value in found.pairs.items() if difference and value * difference > 0}
    if not same_way:
        return head
    code = max(same_way, key=lambda name: abs(same_way[name]))
    return f"{head}, terutama karena {_reason(code, same_way[code])}"


def _drawn(facts: Facts, found: Waterfall) -> Chart:
    steps = {code: value for code, value in found.pairs.items() if value or code != "remeasured"}
    first = month_after(facts.month, -_SPAN)
    return Chart(
        WATERFALL,
        "Anak stunting tercatat: dari, langkah bersih, sampai",
        (fmt.short_month(first), *(PAIR_NAMES[code] for code in steps), fmt.short_month(facts.month)),
        (Series("Anak", (float(found.start), *(float(value) for value in steps.values()), float(found.end))),),
        "anak",
    )


def _reasons(found: Waterfall) -> list[str]:
    told = [f"Dari {fmt.count(found.start)} menjadi {fmt.count(found.end)} anak."]
    difference = found.end - found.start
    ordered = sorted(((code, value) for code, value in found.pairs.items() if value), key=lambda pair: -abs(pair[1]))
    for word, is_same in (("Yang menambah", True), ("Yang mengurangi", False)):
        parts = [f"{_reason(code, value)} ({fmt.change(value)})" for code, value in ordered if (value > 0) == is_same]
        if parts:
            told.append(f"{word}: {'; '.join(parts)}.")
    return told if difference or len(told) > 1 else [*told, "Tidak ada arus yang tercatat."]


def _measured(before: pd.Series, now: pd.Series) -> str:
    return (
        f"Yang diukur {fmt.count(before['haz_valid'])} lalu {fmt.count(now['haz_valid'])} balita "
        f"({fmt.change(now['haz_valid'] - before['haz_valid'])}): makin banyak yang diukur, makin banyak ditemukan."
    )


def _without_flows(facts: Facts, before: pd.Series, now: pd.Series, period: str) -> Slide:
    difference = float(now["stunted"] - before["stunted"])
    months = [month_after(facts.month, -back) for back in range(_SPAN, -1, -1)]
    counts = facts.months.set_index("month")["stunted"].to_dict()
    values = tuple(None if pd.isna(counts.get(month, float("nan"))) else float(counts[month]) for month in months)
    chart = Chart(
        LINE,
        "Balita stunting tercatat, per bulan",
        tuple(fmt.short_month(month) for month in months),
        (Series("Anak", values),),
        "anak",
    )
    told = Sentences(
        (
            f"Dari {fmt.count(before['stunted'])} menjadi {fmt.count(now['stunted'])} anak ({fmt.change(difference)}).",
            _measured(before, now),
            "Sebabnya (baru stunting, pulih, pindah) tidak dirinci untuk bagian kota di layar bersama, agar jumlah "
            "kecil tidak terhitung balik; lihat paparan kota.",
        )
    )
    title = f"Balita stunting tercatat di {facts.place.name} {_turn(difference)} dalam setahun"
    return Slide(CODE, title, (chart, told), ROUTINE, period, widths=(1.4, 1.0), caveat=ONCE)
