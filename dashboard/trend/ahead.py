"""The part "Ke mana arahnya?": the forecast where it earned its place, the chance of a target, and what-ifs."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.filters import choice
from dashboard.shell import SOURCE_ROUTINE, source_line
from dashboard.trend import figures as trend_figures
from dashboard.trend.choices import Area, Asked
from dashboard.trend.downloads import Picture, show_picture
from dashboard.trend.months import growth_months
from dashboard.trend.series import periods_of
from dashboard.trend.target import of_series, path_line
from dashboard.trend.words import INDICATORS
from data.queries.city import CityState
from data.schema import GROWTH_FLOWS
from models.errors import UnusableTrendError
from models.rates import HALF_TO_TWICE
from models.trend.forecast import LEAST_MONTHS, LOSES, SHOWN, TESTED_MONTHS, chance_at_most
from models.trend.periods import MONTH
from models.trend.scenario import attendance_rises, newly_stunted_change
from models.trend.series import ROUTINE

_FORECAST = "stunting_prevalence"
_PAST_MONTHS = 60
_LOSES_AND_GAINS = ("recovered", "moved_out", "aged_out", "lapsed")
_OTHER_GAINS = ("newly_found", "moved_in")


def show(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the forecast of the stunting prevalence, or say why there is none, and the calculator."""
    area = asked.areas[0]
    if area.level == "rw":
        st.info(
            "Ramalan tidak dibuat untuk RW: kasusnya terlalu sedikit untuk berkata apa pun tentang tahun depan. Pilih "
            "kelurahan, kecamatan, atau kota.",
            icon=":material/block:",
        )
        return
    if asked.indicator.code != _FORECAST:
        st.info(
            "Ramalan hanya dibuat untuk prevalensi stunting rutin; itulah yang ditampilkan.", icon=":material/info:"
        )
    months = growth_months(viewer, version, area)
    if months.empty:
        st.info("Belum ada angka untuk wilayah ini.", icon=":material/help:")
        return
    _forecast(viewer, version, area, months, city)
    st.subheader("Seandainya…", anchor=False)
    st.caption(
        "Hitungan dari angka hari ini dan arus setahun terakhir. **Ini hitungan, bukan ramalan dan bukan janji.**"
    )
    _scenarios(months)


def _forecast(viewer: Viewer, version: str, area: Area, months: pd.DataFrame, city: CityState) -> None:
    checks = cache.forecast_checks(viewer.scope, version)
    own = checks[(checks["area_code"] == area.code) & (checks["indicator_code"] == _FORECAST)]
    if own.empty:
        st.info(
            "Ramalan belum dihitung. Pengelola dapat menjalankan `python -m dashboard trend`; impor data "
            "menghitungnya sendiri.",
            icon=":material/hourglass_empty:",
        )
        return
    check = own.iloc[0]
    if check["last_month"] != city.latest_month:
        st.warning(f"Ramalan ini dibuat dari data sampai {fmt.month(check['last_month'])}.", icon=":material/update:")
    if check["status"] != SHOWN:
        _not_shown(check)
    else:
        _shown(viewer, version, area, months, check)
    if check["status"] in (SHOWN, LOSES):
        _back_test(check)


def _not_shown(check: pd.Series) -> None:
    if check["status"] == LOSES:
        told = (
            "Arahnya **belum bisa dikatakan**: pada masa lalu, ramalan wilayah ini lebih meleset daripada sekadar "
            "memakai angka bulan terakhir atau angka bulan yang sama tahun lalu."
        )
    else:
        told = (
            f"Arahnya **belum bisa dikatakan**: baru ada {fmt.count(check['months'])} bulan berurutan; perlu "
            f"{LEAST_MONTHS} bulan untuk belajar dan menguji."
        )
    st.info(told, icon=":material/visibility_off:")


def _shown(viewer: Viewer, version: str, area: Area, months: pd.DataFrame, check: pd.Series) -> None:
    points = cache.forecasts(viewer.scope, version, area.code)
    points = points[points["indicator_code"] == _FORECAST].reset_index(drop=True)
    indicator = INDICATORS["Prevalensi stunting"]
    line = periods_of(months, indicator, MONTH, check["last_month"]).tail(_PAST_MONTHS)
    targets = of_series(cache.targets(viewer.scope, version), area.code, indicator, ROUTINE)
    path = path_line(targets, line["period"].min())
    decembers = points[[month.month == 12 for month in points["month"]]]
    with st.columns([1, 2])[0]:
        year = choice("Tahun tujuan", {str(month.year): month.year for month in decembers["month"]}, "tahun")
    aim = points[points["month"] == datetime.date(year, 12, 1)].iloc[0]
    left, right = st.columns([1.4, 1])
    with left:
        st.html(
            f'<div class="kpi"><p class="name">Perkiraan {area.name}, Desember {year}</p>'
            f'<div class="figure">{fmt.share(aim["share"], 1)}</div>'
            f'<p class="beside">kemungkinan besar {fmt.share_between(aim["low_80"], aim["high_80"])} (80 %), '
            f"hampir pasti {fmt.share_between(aim['low_95'], aim['high_95'])} (95 %)</p>"
            f'<p class="source">Deret rutin ({ROUTINE}); tidak berlaku untuk angka survei</p></div>'
        )
    with right:
        _chance(aim, targets, year)
    drawn = cache.made(
        viewer.scope,
        version,
        ("forecast", area.code, year),
        lambda: _picture(area, line, points, path, check["last_month"], year),
    )
    show_picture(drawn, "ramalan")
    source_line(f"{fmt.month(line['period'].min())}–{fmt.month(check['last_month'])}")


def _picture(
    area: Area, line: pd.DataFrame, points: pd.DataFrame, path: pd.DataFrame, made_from: datetime.date, year: int
) -> Picture:
    source = f"Sumber: {SOURCE_ROUTINE}; ramalan dari data sampai {fmt.month(made_from)}."
    title = f"Prevalensi stunting rutin, {area.name}: ramalan sampai {year}"
    drawn = points[[month.year <= year for month in points["month"]]]
    own_path = path[[month.year <= year for month in path["month"]]]
    figure = trend_figures.fan(line, drawn, own_path, title=title, source=source, tested=TESTED_MONTHS)
    table = pd.DataFrame({"Bulan": [fmt.month(month) for month in drawn["month"]]})
    for name, column in (
        ("Tengah", "share"),
        ("80 % bawah", "low_80"),
        ("80 % atas", "high_80"),
        ("95 % bawah", "low_95"),
        ("95 % atas", "high_95"),
    ):
        table[f"{name} (persen)"] = (drawn[column] * 100).round(2).to_numpy()
    aim = drawn.iloc[-1]
    between = fmt.share_between(aim["low_80"], aim["high_80"])
    alt = f"{title}. Desember {year}: {fmt.share(aim['share'])}, 80 %: {between}."
    return Picture(figure, table, title, alt, (("Sumber", source),))


def _chance(aim: pd.Series, targets: pd.DataFrame, year: int) -> None:
    """Say the chance of a target of the routine series; without one, of a share that the viewer gives."""
    own = targets[targets["year"] == year]
    if len(own):
        share, words = float(own["value"].iloc[0]), f"Target rutin {year}"
    else:
        steps = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
        options = {
            fmt.share(round(float(aim["share"]) * step, 3)): round(float(aim["share"]) * step, 3) for step in steps
        }
        share = choice(
            f"Angka yang ingin dicapai, Desember {year}",
            options,
            "sasaran",
            "Belum ada target pada deret rutin untuk tahun ini; pilih angka yang ingin dinilai.",
        )
        words = "Angka yang dipilih"
    chance = chance_at_most(float(aim["centre"]), float(aim["spread"]), float(aim["freedom"]), share)
    st.html(
        f'<div class="kpi"><p class="name">Peluang {fmt.share(share, 1)} atau lebih rendah</p>'
        f'<div class="figure">{_in_ten(chance)}</div>'
        f'<p class="beside">{words}; peluang {fmt.share(chance, 0)} menurut sebaran ramalan</p></div>'
    )


def _in_ten(chance: float) -> str:
    tenths = round(chance * 10)
    if tenths == 0:
        return "di bawah 1 dari 10"
    return "lebih dari 9 dari 10" if tenths == 10 else f"{tenths} dari 10"


def _back_test(check: pd.Series) -> None:
    with st.expander("Seberapa baik ramalan ini pada masa lalu?", icon=":material/history:"):
        table = pd.DataFrame(
            {
                "Cara": ["Ramalan ini", "Angka bulan terakhir terus", "Angka bulan yang sama tahun lalu"],
                "Rata-rata meleset (poin)": [
                    round(float(check[name]) * 100, 3) for name in ("miss", "miss_naive", "miss_seasonal")
                ],
            }
        )
        st.dataframe(table, hide_index=True, width="stretch")
        st.caption(
            f"Diuji dari {fmt.count(check['origins'])} titik awal pada masa lalu, sampai {TESTED_MONTHS} bulan ke "
            "depan; ditampilkan hanya bila paling kecil melesetnya. Cara: pemulusan eksponensial dengan tren teredam, "
            "dirata-rata dengan “tetap seperti sekarang”; rentang dari besarnya meleset pada masa lalu."
        )


def _scenarios(months: pd.DataFrame) -> None:
    last = months.iloc[-1]
    left, right = st.columns(2, gap="large")
    with left:
        share = st.slider("Bila D/S naik menjadi (persen)", 50, 100, 90, 5, key="ds", bind="query-params")
        try:
            found = attendance_rises(
                float(last["stunted"]),
                float(last["haz_valid"]),
                float(last["d_weighed"]),
                float(last["s_target"]),
                share / 100,
                lowest=HALF_TO_TWICE.lowest,
                middle=HALF_TO_TWICE.moments[0],
                highest=HALF_TO_TWICE.highest,
            )
        except UnusableTrendError:
            st.caption("Jumlah sasaran belum diketahui, jadi tidak dapat dihitung.")
        else:
            now = fmt.share(last["d_weighed"] / last["s_target"], 0)
            st.html(
                f'<div class="kpi"><p class="name">Balita stunting yang akan ikut tercatat</p>'
                f'<div class="figure">+{fmt.count(found.found)}</div><p class="beside">antara '
                f"{fmt.count(found.found_low)} dan {fmt.count(found.found_high)}, dari "
                f"{fmt.count(found.more_measured)} balita lagi yang diukur (D/S kini {now}). Jumlah tercatat naik "
                "karena ditemukan, bukan karena memburuk.</p></div>"
            )
    with right:
        fewer = st.slider("Bila stunting baru berkurang (persen)", 0, 50, 20, 5, key="berkurang", bind="query-params")
        year = months.tail(12)
        flows = year[list(GROWTH_FLOWS)].mean()
        if len(year) < 12 or flows.isna().any():
            st.caption("Perlu dua belas bulan dengan arus anak untuk menghitung ini.")
            return
        ahead = 12 + (12 - last["month"].month)
        try:
            told = newly_stunted_change(
                float(last["stunted"]),
                float(flows["newly_stunted"]),
                float(flows[list(_OTHER_GAINS)].sum()),
                float(flows[list(_LOSES_AND_GAINS)].sum()),
                float(year["stunted"].mean()),
                1 - fewer / 100,
                ahead,
            )
        except UnusableTrendError:
            st.caption("Tidak ada balita stunting setahun terakhir, jadi tidak ada yang dihitung.")
            return
        end = fmt.month(datetime.date(last["month"].year + 1, 12, 1))
        st.html(
            f'<div class="kpi"><p class="name">Balita stunting tercatat, {end}</p>'
            f'<div class="figure">{fmt.count(told.changed)}</div><p class="beside">'
            f"{fmt.count(told.as_now)} bila arusnya tetap seperti setahun terakhir: selisih "
            f"<b>{fmt.count(told.as_now - told.changed)} anak</b>. Kini {fmt.count(last['stunted'])}.</p></div>"
        )
