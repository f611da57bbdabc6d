"""The part "Nyata atau kebetulan?": funnel of areas, control chart over time, and what changed attendance may hide."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.filters import choice
from dashboard.shell import SOURCE_ROUTINE, source_line
from dashboard.small_cells import is_told_exactly
from dashboard.trend import figures as trend_figures
from dashboard.trend.choices import Asked, month_options
from dashboard.trend.downloads import Picture, show_picture
from dashboard.trend.months import months_for
from dashboard.trend.picture import source_name
from dashboard.trend.series import coverage_band, periods_of
from dashboard.trend.words import FEW_WEIGHED, POSITIONS, SIGNALS
from data.queries.city import CityState
from data.settings import ATTENDANCE_MINIMUM, WINDOW_MONTHS
from models.errors import UnusableTrendError
from models.trend.control import control_chart
from models.trend.funnel import LOW, VERY_HIGH, VERY_LOW, Funnel, funnel
from models.trend.periods import MONTH, QUARTER, STATE
from models.trend.series import ROUTINE

_PERIODS_LOOKED_AT = {QUARTER: 16, MONTH: 36}


def show(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show whether areas differ, and whether a movement is more than usual wavering."""
    st.subheader("Dari waktu ke waktu: bergerak sungguhan atau naik-turun biasa?", anchor=False)
    _control(viewer, version, asked, city)
    if asked.indicator.kind == STATE and not asked.indicator.is_count:
        _coverage(viewer, version, asked)
    st.subheader("Antarwilayah: berbeda sungguhan atau kebetulan?", anchor=False)
    if asked.indicator.series != ROUTINE or asked.indicator.kind != STATE or asked.indicator.is_count:
        st.caption("Corong antarwilayah tersedia untuk indikator pertumbuhan yang berupa persen.")
        return
    _funnel(viewer, version, asked, city)


def _control(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    area, indicator = asked.areas[0], asked.indicator
    drawn = cache.made(
        viewer.scope,
        version,
        ("control", area.code, asked.indicator_name),
        lambda: _control_picture(viewer, version, asked, city),
    )
    if drawn is None:
        st.info(
            "Belum cukup periode untuk menilai naik-turun (perlu delapan), atau indikatornya bukan persen.",
            icon=":material/hourglass_empty:",
        )
        return
    show_picture(drawn, "kendali")
    why = (
        "Dipakai triwulan, karena jendela tiga bulan yang berurutan berisi anak yang sama."
        if indicator.kind == STATE
        else "Dipakai bulan."
    )
    st.caption(
        f"Garis putus-putus: batas naik-turun biasa menurut bagan kendali p′ (Laney 2002). {why} Isyarat: di luar "
        "batas, delapan kali berturut-turut di satu sisi rata-rata, atau enam kali berturut-turut naik atau turun."
    )


def _control_picture(viewer: Viewer, version: str, asked: Asked, city: CityState) -> Picture | None:
    """Return the chart of the last periods, or None where there are too few or the indicator is no share."""
    area, indicator = asked.areas[0], asked.indicator
    unit, word = (QUARTER, "triwulan") if indicator.kind == STATE else (MONTH, "bulan")
    months = months_for(viewer, version, area, indicator)
    if months.empty or indicator.is_count:
        return None
    line = periods_of(months, indicator, unit, city.latest_month or months["month"].max())
    whole = line[~line["is_partial"]] if unit == QUARTER else line
    try:
        chart = control_chart(whole.tail(_PERIODS_LOOKED_AT[unit]))
    except UnusableTrendError:
        return None
    periods = chart.periods
    signals = periods[periods["signal"] != ""]
    source = f"Sumber: {source_name(indicator)}. Per {word}."
    title = f"{asked.indicator_name}, {area.name}: {len(periods)} {word} terakhir"
    table = pd.DataFrame(
        {
            "Periode": [fmt.month(month) for month in periods["period"]],
            "Persen": (periods["value"] * 100).round(2),
            "Batas bawah": (periods["low"] * 100).round(2),
            "Batas atas": (periods["high"] * 100).round(2),
            "Isyarat": [SIGNALS.get(signal, "") for signal in periods["signal"]],
        }
    ).iloc[::-1]
    return Picture(
        trend_figures.control_figure(chart, title=title, source=source),
        table,
        title,
        f"{title}. {fmt.count(len(signals))} isyarat.",
        (("Sumber", source), ("Cara", "Bagan kendali p′ (Laney 2002), batas tiga simpangan")),
        _verdict(signals, word, len(periods)),
    )


def _verdict(signals: pd.DataFrame, word: str, periods: int) -> str:
    if signals.empty:
        return f"**Tidak ada isyarat** dalam {periods} {word}: naik-turunnya masih dalam kebiasaan."
    last = signals.iloc[-1]
    return (
        f"**{fmt.count(len(signals))} isyarat.** Yang terbaru, {fmt.month(last['period'])} "
        f"({fmt.share(last['value'], 2)}): {SIGNALS[last['signal']]}."
    )


def _coverage(viewer: Viewer, version: str, asked: Asked) -> None:
    """Say in a sentence whether a year's change survives what absent children may hide."""
    area = asked.areas[0]
    months = months_for(viewer, version, area, asked.indicator)
    band = coverage_band(months, asked.indicator) if len(months) else None
    known = None if band is None else band.dropna().reset_index(drop=True)
    if known is None or len(known) < 13:
        return
    now = known.iloc[-1]
    before = known[known["month"] == now["month"].replace(year=now["month"].year - 1)]
    if before.empty:
        return
    then = before.iloc[0]
    seen = (
        f"Yang diukur {fmt.share(then['measured_share'], 0)} dari sasaran setahun lalu, "
        f"kini {fmt.share(now['measured_share'], 0)}."
    )
    if now["low"] > then["high"] or now["high"] < then["low"]:
        told = "Perubahannya tetap terlihat walau yang tidak diukur ikut dihitung."
        icon = ":material/check_circle:"
    else:
        told = "Perubahan setahun ini **belum pasti nyata**: rentangnya masih bertumpang."
        icon = ":material/help:"
    st.info(
        f"{told} {seen} Bila yang tidak diukur berisiko setengah sampai dua kali lipat: "
        f"{fmt.share_between(then['low'], then['high'])} setahun lalu, "
        f"{fmt.share_between(now['low'], now['high'])} kini.",
        icon=icon,
    )


def _funnel(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    levels = {"Kelurahan": "kelurahan"} if viewer.scope.areas else {}
    levels |= {"RW": "rw"} if is_told_exactly(viewer.scope) else {}
    if not levels:
        st.caption("Perbandingan antarwilayah tidak dibuka untuk peran ini.")
        return
    left, right = st.columns(2)
    with left:
        level = choice("Tingkat", levels, "tingkat")
    with right:
        month = choice("Bulan", month_options(pd.Series(list(city.months))), "bulan")
    drawn = cache.made(
        viewer.scope,
        version,
        ("funnel", asked.indicator_name, level, month),
        lambda: _funnel_picture(viewer, version, asked, level, month),
    )
    if drawn is None:
        st.info("Tidak ada yang diukur pada bulan ini.", icon=":material/help:")
        return
    show_picture(drawn, "corong")
    st.caption(dict(drawn.notes)["Batas"])
    source_line(fmt.window(month, WINDOW_MONTHS))


def _funnel_picture(viewer: Viewer, version: str, asked: Asked, level: str, month: datetime.date) -> Picture | None:
    areas = _areas(viewer, version, asked, level, month)
    if areas["measured"].sum() <= 0:
        return None
    found = funnel(areas, _centre(viewer, version, asked, month))
    few = found.areas["attendance"].lt(ATTENDANCE_MINIMUM) | found.areas["attendance"].isna()
    source = f"Sumber: {SOURCE_ROUTINE}. {fmt.window(month, WINDOW_MONTHS)}."
    word = "RW" if level == "rw" else "kelurahan"
    title = f"{asked.indicator_name} per {word}, {fmt.window(month, WINDOW_MONTHS)}"
    positions = [
        FEW_WEIGHED if is_few and position in (LOW, VERY_LOW) else POSITIONS[position]
        for position, is_few in zip(found.areas["position"], few, strict=True)
    ]
    table = pd.DataFrame(
        {
            "Kode": found.areas["area_code"],
            "Wilayah": found.areas["name"],
            "Diukur": found.areas["measured"],
            "Dihitung": found.areas["cases"],
            "Persen": (found.areas["value"] * 100).round(2),
            "Batas bawah 95 %": (found.areas["low_95"] * 100).round(2),
            "Batas atas 95 %": (found.areas["high_95"] * 100).round(2),
            "Batas bawah 99,8 %": (found.areas["low_998"] * 100).round(2),
            "Batas atas 99,8 %": (found.areas["high_998"] * 100).round(2),
            "Letak": positions,
            "D/S %": (found.areas["attendance"] * 100).round(0),
        }
    ).sort_values("Persen", ascending=False)
    return Picture(
        trend_figures.funnel_chart(found, few.tolist(), title=title, source=source),
        table,
        title,
        f"Corong {title}: {_counted(found, few)}.",
        (("Sumber", source), ("Batas", _limits(found))),
        _funnel_told(found, few, word),
    )


def _centre(viewer: Viewer, version: str, asked: Asked, month: datetime.date) -> float | None:
    """Return the city's share in a month, which everyone is told; None where it is not known."""
    months = cache.city_months(viewer.scope, version, month)
    own = months[months["month"] == month]
    if own.empty or not own[asked.indicator.denominator].iloc[0]:
        return None
    return float(own[asked.indicator.numerator].iloc[0] / own[asked.indicator.denominator].iloc[0])


def _areas(viewer: Viewer, version: str, asked: Asked, level: str, month: datetime.date) -> pd.DataFrame:
    indicator = asked.indicator
    if level == "kelurahan":
        months = cache.kelurahan_months(viewer.scope, version)
        own = months[months["month"] == month]
        if not is_told_exactly(viewer.scope):
            kept = cache.kept_totals(version).get(indicator.numerator, frozenset())
            own = own[[(code, month) not in kept for code in own["area_code"]]]
        places = cache.places(viewer.scope, version).set_index("code")["name"]
        names = own["area_code"].map(places)
    else:
        rws = cache.rw_names(viewer.scope, version).set_index("code")
        own = cache.months_of_rws(viewer.scope, version, tuple(rws.index))
        own = own[own["month"] == month]
        names = own["area_code"].map(rws["rw_name"] + " " + rws["kelurahan"])
    counts = own[[indicator.numerator, indicator.denominator, "d_weighed", "s_target"]].astype(float)
    return pd.DataFrame(
        {
            "area_code": own["area_code"],
            "name": names.fillna(own["area_code"]),
            "cases": counts[indicator.numerator],
            "measured": counts[indicator.denominator],
            "attendance": counts["d_weighed"] / counts["s_target"].where(counts["s_target"] > 0),
        }
    ).reset_index(drop=True)


def _funnel_told(found: Funnel, few: pd.Series, word: str) -> str:
    worst = found.areas[found.areas["position"] == VERY_HIGH].nlargest(3, "value")
    if worst.empty:
        told = f"Tidak ada {word} yang jauh di atas kota ({fmt.share(found.centre, 2)}) melebihi kebetulan."
        return f"{told} {_counted(found, few)}."
    named = ", ".join(f"{row['name']} ({fmt.share(row['value'], 1)})" for row in worst.to_dict("records"))
    return f"Jauh di atas kota ({fmt.share(found.centre, 2)}) melebihi kebetulan: **{named}**. {_counted(found, few)}."


def _counted(found: Funnel, few: pd.Series) -> str:
    parts = found.areas["position"].value_counts()
    told = [
        f"{fmt.count(parts[code])} {word[0].lower() + word[1:]}" for code, word in POSITIONS.items() if code in parts
    ]
    hidden = int((found.areas["position"].isin([LOW, VERY_LOW]) & few).sum())
    return "; ".join(told) + (f"; {hidden} dari yang rendah belum cukup ditimbang" if hidden else "")


def _limits(found: Funnel) -> str:
    if found.is_widened:
        return (
            "Batas 95 % dan 99,8 % (Spiegelhalter 2005), dilebarkan karena wilayah memang sedikit berbeda satu sama "
            f"lain: sebaran {fmt.decimal(found.dispersion, 1)} kali kebetulan."
        )
    return "Batas 95 % dan 99,8 % dari binomial tepat (Spiegelhalter 2005): sebarannya tidak melebihi kebetulan."
