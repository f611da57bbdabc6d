"""The map page's questions and the words beside its picture."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache, downloads, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.exports import Saved
from dashboard.maps import cards, files, selection, view
from dashboard.maps.fills import Bubbles, Fill
from dashboard.maps.geometry import MapGeometry
from dashboard.maps.ground import Ground
from dashboard.maps.legend import FACILITY_NAMES
from dashboard.maps.named_places import Named
from dashboard.maps.view import Asked
from dashboard.shell import SOURCE_ROUTINE, now
from dashboard.small_cells import is_told_exactly
from dashboard.snapshot import choice as snapshot_choice
from dashboard.snapshot.words import stamp
from data.queries.city import CityState
from data.settings import ATTENDANCE_MINIMUM, WINDOW_MONTHS

_DEFAULT_KINDS = ["Puskesmas", "Rumah sakit"]


def ask(viewer: Viewer, city: CityState) -> Asked:
    """Draw the filters and return what they ask; while there is no month, travel times are all there is to see.

    A role that is not told counts of few children is offered neither raw rates nor single ages or sexes.
    """
    is_exact = is_told_exactly(viewer.scope)
    hidden = {view.RAW} if not is_exact else set()
    hidden |= {view.COUNT} if viewer.is_screen else set()
    measures = {name: code for name, code in view.MEASURES.items() if code not in hidden}
    ages = filters.AGES if is_exact else dict(list(filters.AGES.items())[:1])
    sexes_offered = filters.SEXES if is_exact else dict(list(filters.SEXES.items())[:1])
    if not city.months:
        st.info(
            "Belum ada angka penimbangan, jadi peta menampilkan waktu tempuh saja. Muat berkas e-PPGBM di halaman "
            "Impor data.",
            icon=":material/upload_file:",
        )
        measures = {name: code for name, code in measures.items() if code == view.TRAVEL}
    with st.container(key="saringan"):
        columns = st.columns([1.5, 1.1, 1, 0.95, 1.05, 1.9])
        with columns[0]:
            measure = filters.choice("Ukuran", measures, "ukuran", _MEASURE_HELP)
        with columns[1]:
            month = filters.month(city) if city.months else now().date().replace(day=1)
        with columns[2]:
            age_bands = filters.choice("Umur", ages, "umur", None if is_exact else _NO_SPLIT)
        with columns[3]:
            sexes = filters.choice("Jenis kelamin", sexes_offered, "jk", None if is_exact else _NO_SPLIT)
        with columns[4]:
            mode = filters.choice("Cara tempuh", filters.MODES, "moda")
        with columns[5]:
            names = {name: kind for kind, name in FACILITY_NAMES.items()}
            kinds = filters.choices("Tempat layanan", names, _DEFAULT_KINDS, "faskes")
    return Asked(measure, month, age_bands, sexes, mode, tuple(kinds))


_MEASURE_HELP = (
    "**Dihaluskan**: perkiraan prevalensi per RW yang menimbang jumlah anak; RW kecil ditarik ke rata-rata "
    "kelurahannya supaya tidak tampak ekstrem karena kebetulan. **Mentah**: stunting dibagi yang diukur. "
    "**Jumlah**: balita stunting tercatat, sebagai gelembung. **D/S**: yang ditimbang dibagi sasaran bulan itu. "
    "**Waktu tempuh**: lewat jalan, dari titik tengah penduduk RW."
)


_NO_SPLIT = (
    "Angka per RW untuk sebagian umur atau satu jenis kelamin tidak ditampilkan bagi peran Anda: kelompoknya terlalu "
    "kecil, dan anaknya bisa dikenali."
)


def chosen(geometry: MapGeometry, places: Named) -> str | None:
    """Return what is chosen; the first run of a link also looks at it."""
    is_first = "pilih" not in st.session_state
    code = selection.chosen(places.points.keys())
    if is_first and code is not None:
        _look_at(code, geometry, places)
    return code


def facility_of(facilities: pd.DataFrame, code: str | None) -> pd.Series | None:
    """Return the place of care of a code, or None for an RW or nothing."""
    if code is None:
        return None
    found = facilities[facilities["code"] == code]
    return None if found.empty else found.iloc[0]


def search(geometry: MapGeometry, places: Named, key: str) -> None:
    """Offer every RW and place of care by name; a pick chooses it and moves the map there."""
    options = places.by_name

    def take() -> None:
        name = st.session_state[key]
        selection.choose(options.get(name))
        if name in options:
            _look_at(options[name], geometry, places)
        else:
            view.look_at_all()

    st.selectbox(
        "Cari RW atau puskesmas",
        list(options),
        index=None,
        key=key,
        placeholder="Cari RW atau puskesmas…",
        label_visibility="collapsed",
        on_change=take,
    )


def _look_at(code: str, geometry: MapGeometry, places: Named) -> None:
    point = places.points[code]
    if point is not None:
        view.look_at(geometry, *point)


def travel_facts(viewer: Viewer, version: str, code: str) -> str:
    """Tell how far an RW is from its own and its nearest puskesmas."""
    served = cache.service_areas(viewer.scope, version)
    own = served.loc[served["rw_code"] == code, "facility_code"]
    return cards.travel_card(cache.travel_of_rw(viewer.scope, version, code), own.iloc[0] if len(own) else None)


def facility_facts(viewer: Viewer, version: str, asked: Asked, table: pd.DataFrame, facility: pd.Series) -> str:
    """Tell a place of care: whom it serves and how far they live."""
    served = cache.service_areas(viewer.scope, version)
    of_month = cache.map_geometry(viewer.scope, version, asked.month).rw_codes
    codes = served.loc[(served["facility_code"] == facility["code"]) & served["rw_code"].isin(of_month), "rw_code"]
    times = cache.travel_to_facility(viewer.scope, version, facility["code"], asked.mode).set_index("rw_code")
    durations = times["duration_s"].astype(float).reindex(codes)
    return cards.facility_card(facility, table[table["code"].isin(codes)], durations, asked.mode)


def described(title: str, month: datetime.date, table: pd.DataFrame) -> str:
    """Say the picture in a sentence, for readers who do not see it."""
    few = int((table["status"] == "low_attendance").sum())
    return (
        f"Peta {fmt.count(len(table))} RW: {title}, {fmt.month(month)}. {fmt.count(few)} RW belum cukup ditimbang. "
        "Angka per RW ada di berkas unduhan."
    )


def place_note(geometry: MapGeometry, city: CityState) -> str:
    """Say how many RWs are not on the map, or stand there as a point only."""
    missing, total = geometry.rw_without_place, city.rw_count
    told = (
        f"Semua {fmt.count(total)} RW ada di peta."
        if missing == 0
        else f"<b>{fmt.count(missing)} dari {fmt.count(total)} RW tidak ada di peta</b> (belum punya batas atau titik)."
    )
    if geometry.rw_as_points:
        told += f" {fmt.count(geometry.rw_as_points)} RW tampil sebagai titik karena belum punya batas."
    if city.is_demo:
        told += " Batas RW dan kelurahan di data contoh adalah bagan, bukan batas resmi."
    return f'<p class="source">{told}</p>'


def source(asked: Asked, city: CityState) -> tuple[str, str, str]:
    """Return the period, the source and the caveat of the picture."""
    match asked.measure:
        case "attendance":
            return fmt.month(asked.month), SOURCE_ROUTINE, ""
        case "travel":
            is_straight = city.travel_method == "straight_line"
            how = "garis lurus × faktor, bukan jalan" if is_straight else "jaringan jalan OpenStreetMap"
            roads = "jaringan jalan buatan (data contoh)" if city.is_demo and not is_straight else how
            return "keadaan jalan terakhir", roads, "Titik awal: titik tengah penduduk RW."
    return (
        fmt.window(asked.month, WINDOW_MONTHS),
        SOURCE_ROUTINE,
        "Tiap anak dihitung sekali, dari pengukuran sah terakhir. RW dengan D/S di bawah "
        f"{fmt.share(ATTENDANCE_MINIMUM, 0)} ditandai belum cukup ditimbang.",
    )


def offer_files(
    viewer: Viewer,
    version: str,
    city: CityState,
    asked: Asked,
    table: pd.DataFrame,
    drawn: Fill | Bubbles,
    facility: pd.Series | None,
) -> None:
    """Offer what is shown as tables, as a picture and for a GIS."""
    held = snapshot_choice.read_now()
    potret = "" if held is None else stamp(held)
    name = f"peta-{asked.measure}-{asked.month:%Y-%m}"
    period_and_source = source(asked, city)

    def ground() -> Ground:
        return cache.map_ground(viewer.scope, version, asked.month)

    with st.container(horizontal=True, key="peta-berkas"):
        downloads.table_buttons(lambda: rows_to_save(table, asked, drawn.title, city), name)
        downloads.file_button(
            "Unduh gambar (PNG)",
            lambda: files.picture(ground(), drawn, asked, city, period_and_source, potret),
            f"rembuk-{name}.png",
            "image/png",
            icon=":material/image:",
        )
        downloads.file_button(
            "Unduh GeoJSON",
            lambda: files.geojson(
                ground(),
                table,
                drawn,
                files.about(drawn, city, period_and_source, potret),
                view.durations_s(viewer, version, asked, table, facility),
                has_raw=asked.measure == view.RAW,
            ),
            f"rembuk-{name}.geojson",
            "application/geo+json",
            icon=":material/layers:",
        )


def rows_to_save(table: pd.DataFrame, asked: Asked, title: str, city: CityState) -> Saved:
    """Return the picture's figures per RW, with what explains them; bands as bands, without what would narrow them."""
    period, origin, caveat = source(asked, city)
    is_band = bool((table["stunted_low"] != table["stunted_high"])[table["stunted"].notna()].any())
    columns = {code: name for code, name in _COLUMNS.items() if not (is_band and code in _ONLY_EXACT)}
    rows = table[list(columns)].rename(columns=columns)
    if is_band:
        rows["Stunting"] = [
            fmt.count_between(low, high) if pd.notna(low) else None
            for low, high in zip(table["stunted_low"], table["stunted_high"], strict=True)
        ]
    rows["Status"] = table["status"].map(_STATUS)
    for name in (
        "Prevalensi mentah (%)",
        "Prevalensi dihaluskan (%)",
        "Batas bawah 90 % (%)",
        "Batas atas 90 % (%)",
        "D/S (%)",
    ):
        if name not in rows:
            continue
        rows[name] = (rows[name].astype(float) * 100).round(2)
    rows["Perkiraan balita stunting"] = rows["Perkiraan balita stunting"].astype(float).round(1)
    notes = (
        ("Wilayah", city.name),
        ("Periode", period),
        ("Sumber", origin),
        ("Catatan", caveat or "–"),
        ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
        ("D/S", "Balita ditimbang bulan ini dibagi sasaran"),
        ("Prevalensi dihaluskan", "Bayes empiris beta-binomial per RW, kelurahan, kecamatan; rentang 90 %"),
        ("Sel kosong", "Tidak ada data; bukan nol"),
        *([BANDED_NOTE] if is_band else []),
    )
    return Saved(rows, title, notes)


BANDED_NOTE = (
    "Jumlah kecil",
    "Jumlah balita per RW ditulis sebagai rentang (1–4, 5–9, …) supaya tidak ada anak yang dikenali; perkiraan "
    "dihitung dari rentang itu dan dari jumlah kelurahan, bukan dari jumlah sebenarnya",
)
_ONLY_EXACT = ("severely_stunted", "raw_rate")


_STATUS = {
    "reliable": "cukup ditimbang",
    "low_attendance": "belum cukup ditimbang",
    "unknown_attendance": "sasaran belum diketahui",
    "no_data": "tanpa data",
}
_COLUMNS = {
    "code": "Kode RW",
    "rw_name": "RW",
    "kelurahan": "Kelurahan",
    "kecamatan": "Kecamatan",
    "s_target": "Sasaran (S)",
    "d_weighed": "Ditimbang (D)",
    "attendance_share": "D/S (%)",
    "haz_valid": "Diukur sah",
    "stunted": "Stunting",
    "severely_stunted": "Sangat pendek",
    "raw_rate": "Prevalensi mentah (%)",
    "rate": "Prevalensi dihaluskan (%)",
    "rate_low": "Batas bawah 90 % (%)",
    "rate_high": "Batas atas 90 % (%)",
    "expected_stunted": "Perkiraan balita stunting",
}
