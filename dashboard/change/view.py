"""The page "Mengapa berubah": what led from one month's count to another's, and composition against rates."""

import datetime
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.change import figures as change_figures
from dashboard.change.words import (
    AGE_NAMES,
    PAIR_REASONS,
    PAIR_REASONS_DOWN,
    STEP_MEANINGS,
    STEP_NAMES,
)
from dashboard.filters import choice
from dashboard.shell import SOURCE_ROUTINE, source_line
from dashboard.small_cells import is_told_exactly
from dashboard.trend.choices import Area, area_picker, areas_of, month_options, part_picker
from dashboard.trend.downloads import Picture, show_picture
from dashboard.trend.months import growth_months
from data.queries.city import CityState
from models.errors import UnusableTrendError
from models.trend.decomposition import Decomposition, decompose
from models.trend.waterfall import Waterfall, waterfall

FLOWING, PARTS = "Anak masuk dan keluar hitungan", "Susunan atau angkanya?"
_DETAILED, _NETTED = "Semua arus", "Ringkas (arus yang saling menjawab)"
_MOST_BARS = 15
_CHILD_PARTS = {"kota": (3, "kecamatan"), "kecamatan": (4, "kelurahan"), "kelurahan": (5, "RW")}
"""Level -> parts of the code of the areas inside it, and their word."""


@dataclass(frozen=True)
class Span:
    """An area and the two months that are compared."""

    area: Area
    first: datetime.date
    last: datetime.date

    @property
    def told(self) -> str:
        """The span in words."""
        return f"{fmt.month(self.first)} ke {fmt.month(self.last)}"


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Ask for an area and two months, and explain the change between them."""
    part = part_picker((FLOWING, PARTS))
    options = areas_of(viewer, version, city, has_flows=True)
    if not options:
        st.info("Tidak ada wilayah yang angkanya boleh dibuka dengan peran ini.", icon=":material/lock:")
        return
    left, middle, right, detail = st.columns([1.5, 1, 1, 1.5])
    with left:
        area = area_picker(options)
    months = growth_months(viewer, version, area)
    if len(months) < 2:
        st.info("Perlu dua bulan berangka untuk menjelaskan perubahan.", icon=":material/help:")
        return
    known = month_options(months["month"])
    with right:
        last = choice("Sampai bulan", dict(list(known.items())[:-1]), "sampai")
    with middle:
        first = choice("Dari bulan", _earlier(known, last), "dari")
    span = Span(area, first, last)
    if part == FLOWING:
        with detail:
            way = choice("Rincian", {name: name for name in (_DETAILED, _NETTED)}, "rincian")
        _flows(viewer, version, span, months, way)
    else:
        with detail:
            by = choice("Menurut", _groupings(viewer, span), "menurut")
        _parts(viewer, version, span, by)


def _earlier(known: dict[str, datetime.date], last: datetime.date) -> dict[str, datetime.date]:
    """Return the months before the last one, a year before it first: the pick that compares like with like."""
    earlier = {words: month for words, month in known.items() if month < last}
    year_ago = [words for words, month in earlier.items() if (month.year, month.month) == (last.year - 1, last.month)]
    return {words: earlier[words] for words in [*year_ago, *(words for words in earlier if words not in year_ago)]}


def _flows(viewer: Viewer, version: str, span: Span, months: pd.DataFrame, way: str) -> None:
    drawn = cache.made(
        viewer.scope,
        version,
        ("waterfall", span.area.code, span.first, span.last, way),
        lambda: _flows_picture(span, months, way),
    )
    if drawn is None:
        st.info("Arus bulanan wilayah ini belum lengkap.", icon=":material/help:")
        return
    show_picture(drawn, "perubahan")
    if way == _NETTED:
        st.caption("Sumbu tegak tidak selalu mulai dari nol, agar langkah yang kecil terlihat.")
    st.caption(
        "Arus menghitung kejadian: anak yang stunting pada Maret lalu pulih pada Mei ada di kedua batang. Jumlah semua "
        "langkah tepat sama dengan selisihnya. Perbaikan ukuran dalam jendela yang sama tidak dapat dipisahkan dari "
        "pertumbuhan, jadi termasuk baru stunting atau pulih."
    )
    source_line(f"{fmt.month(span.first)}–{fmt.month(span.last)}")


def _flows_picture(span: Span, months: pd.DataFrame, way: str) -> Picture | None:
    by_month = months.set_index("month")
    start, end = (by_month["stunted"].to_dict()[month] for month in (span.first, span.last))
    between = months[(months["month"] > span.first) & (months["month"] <= span.last)]
    try:
        found = waterfall(int(start), int(end), between)
    except UnusableTrendError:
        return None
    period = f"{fmt.month(span.first)}–{fmt.month(span.last)}"
    source = f"Sumber: {SOURCE_ROUTINE}. {period}, tiap bulan dengan jendela tiga bulan."
    title = f"Balita stunting tercatat, {span.area.name}: {span.told}"
    figure = change_figures.waterfall_figure(
        found,
        is_netted=way == _NETTED,
        ends=(fmt.short_month(span.first), fmt.short_month(span.last)),
        title=title,
        source=source,
    )
    table = pd.DataFrame(
        [
            (f"Stunting {fmt.month(span.first)}", found.start, ""),
            *((STEP_NAMES[code], value, STEP_MEANINGS[code]) for code, value in found.steps.items()),
            (f"Stunting {fmt.month(span.last)}", found.end, ""),
        ],
        columns=["Langkah", "Anak", "Artinya"],
    )
    steps = "; ".join(f"{STEP_NAMES[code]} {fmt.change(value)}" for code, value in found.steps.items())
    return Picture(figure, table, title, f"{title}. {steps}.", (("Sumber", source),), _story(found, by_month, span))


def _story(found: Waterfall, by_month: pd.DataFrame, span: Span) -> str:
    """Tell the change in a few sentences: how much, what weighs most, and how many were measured."""
    difference = found.end - found.start
    turn = "naik" if difference > 0 else "turun" if difference < 0 else "tetap"
    told = (
        f"**{span.area.name}: dari {fmt.count(found.start)} menjadi {fmt.count(found.end)} anak "
        f"({fmt.change(difference)}).**"
    )
    pairs = {code: value for code, value in found.pairs.items() if value}
    same_way = {code: value for code, value in pairs.items() if difference and value * difference > 0}
    other_way = {code: value for code, value in pairs.items() if difference and value * difference < 0}
    if same_way:
        words = [_reason(code, value) for code, value in sorted(same_way.items(), key=lambda pair: -abs(pair[1]))]
        told += f" Yang membuatnya {turn}: {'; '.join(words)}."
    if other_way:
        words = [_reason(code, value) for code, value in sorted(other_way.items(), key=lambda pair: -abs(pair[1]))]
        told += f" Yang menahannya: {'; '.join(words)}."
    by_key = by_month.to_dict("index")
    before, after = by_key[span.first], by_key[span.last]
    told += (
        f" Yang diukur {fmt.count(before['haz_valid'])} lalu {fmt.count(after['haz_valid'])} balita "
        f"({fmt.change(after['haz_valid'] - before['haz_valid'])}); prevalensi "
        f"{fmt.share(before['stunted'] / before['haz_valid'] if before['haz_valid'] else None, 2)} menjadi "
        f"{fmt.share(after['stunted'] / after['haz_valid'] if after['haz_valid'] else None, 2)}."
    )
    return told


def _reason(code: str, value: int) -> str:
    reasons = PAIR_REASONS if value > 0 else PAIR_REASONS_DOWN
    return f"{reasons[code]} ({fmt.change(value)})"


def _groupings(viewer: Viewer, span: Span) -> dict[str, str]:
    groupings = {"Umur": "age"}
    if span.area.level in _CHILD_PARTS and (span.area.level != "kelurahan" or is_told_exactly(viewer.scope)):
        groupings |= {f"Wilayah ({_CHILD_PARTS[span.area.level][1]})": "area"}
        groupings |= {"Umur dan wilayah": "both"} if is_told_exactly(viewer.scope) else {}
    return groupings


def _parts(viewer: Viewer, version: str, span: Span, by: str) -> None:
    drawn = cache.made(
        viewer.scope,
        version,
        ("parts", span.area.code, span.first, span.last, by),
        lambda: _parts_picture(viewer, version, span, by),
    )
    if drawn is None:
        st.info("Tidak ada yang diukur pada salah satu bulan ini.", icon=":material/help:")
        return
    show_picture(drawn, "susunan")
    if len(drawn.table) > _MOST_BARS:
        st.caption("Grafik menampilkan lima belas kelompok yang paling berpengaruh; tabel memuat semuanya.")
    st.caption(
        "Cara Kitagawa (1955): selisih prevalensi dipecah tanpa sisa menjadi perubahan susunan anak yang diukur (umur, "
        "wilayah) dan perubahan prevalensi di tiap kelompok."
    )
    source_line(f"{fmt.month(span.first)} dan {fmt.month(span.last)}")


def _parts_picture(viewer: Viewer, version: str, span: Span, by: str) -> Picture | None:
    before, after = (_groups(viewer, version, span, month) for month in (span.first, span.last))
    names = {"age": ["age_band"], "area": ["part"], "both": ["age_band", "part"]}[by]
    try:
        found = decompose(before, after, names)
    except UnusableTrendError:
        return None
    places = cache.places(viewer.scope, version).set_index("code")["name"].to_dict()
    groups = _named(found.groups, places)
    weight = groups["rate"].abs() + groups["composition"].abs()
    shown = groups.loc[weight.nlargest(_MOST_BARS).index]
    source = f"Sumber: {SOURCE_ROUTINE}. {fmt.month(span.first)} dan {fmt.month(span.last)}."
    title = f"Perubahan prevalensi, {span.area.name}: {span.told}"
    table = pd.DataFrame(
        {
            "Kelompok": groups["name"],
            "Bagian dari yang diukur, dulu (%)": (groups["share_before"] * 100).round(2),
            "Bagian dari yang diukur, kini (%)": (groups["share_after"] * 100).round(2),
            "Prevalensi dulu (%)": (groups["rate_before"] * 100).round(2),
            "Prevalensi kini (%)": (groups["rate_after"] * 100).round(2),
            "Karena susunan (poin)": (groups["composition"] * 100).round(4),
            "Karena angkanya (poin)": (groups["rate"] * 100).round(4),
        }
    )
    told = _told_parts(found, span)
    figure = change_figures.parts_figure(shown, title=title, source=source)
    return Picture(figure, table, title, told.replace("**", ""), (("Sumber", source), ("Cara", "Kitagawa 1955")), told)


def _groups(viewer: Viewer, version: str, span: Span, month: datetime.date) -> pd.DataFrame:
    rows = cache.groups_of_month(viewer.scope, version, month, span.area.code)
    parts = _CHILD_PARTS.get(span.area.level, (5, ""))[0]
    return rows.assign(part=rows["rw_code"].str.split(".").str[:parts].str.join("."))


def _named(groups: pd.DataFrame, places: dict[Any, Any]) -> pd.DataFrame:
    names = []
    for row in groups.to_dict("records"):
        part = [AGE_NAMES[row["age_band"]]] if "age_band" in row else []
        if "part" in row:
            code = row["part"]
            part.append(places.get(code, f"RW {code.rsplit('.', 1)[-1]}"))
        names.append(", ".join(part))
    return groups.assign(name=names)


def _told_parts(found: Decomposition, span: Span) -> str:
    change = found.after - found.before
    main = "angka di tiap kelompok" if abs(found.rate) >= abs(found.composition) else "susunan anak yang diukur"
    parts = (
        f"Karena angkanya berubah: {fmt.points(found.rate, 3)}; "
        f"karena susunan yang diukur berubah: {fmt.points(found.composition, 3)}."
    )
    shares = f"{fmt.share(found.before, 2)} menjadi {fmt.share(found.after, 2)} ({fmt.points(change, 2)})"
    return f"**{span.area.name}: {shares}.** {parts} Yang lebih menentukan: {main}."
