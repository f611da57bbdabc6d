"""The map page's files besides its table: a picture as PNG, and GeoJSON for a GIS, both of what is shown.

Neither holds a figure that the screen may not show: both are made from the page's own table, which is suppressed and
cut to the viewer's areas before it comes here.
"""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard import format as fmt
from dashboard.maps.fills import Bubbles, Fill
from dashboard.maps.ground import TOLERANCE_M, Ground
from dashboard.maps.view import Asked
from data.queries.city import CityState
from geo import webmap

FIELDS = {
    "code": "kode_rw",
    "rw_name": "rw",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "s_target": "sasaran_s",
    "d_weighed": "ditimbang_d",
    "haz_valid": "diukur_sah",
    "stunted_low": "stunting_dari",
    "stunted_high": "stunting_sampai",
}
_SHARES = {
    "attendance_share": "d_s_pct",
    "rate": "prevalensi_dihaluskan_pct",
    "rate_low": "prevalensi_bawah_90_pct",
    "rate_high": "prevalensi_atas_90_pct",
}
_STANDING = {
    "reliable": "cukup ditimbang",
    "low_attendance": "belum cukup ditimbang",
    "unknown_attendance": "sasaran belum diketahui",
    "no_data": "tanpa data",
}


Explained = tuple[str, str, str]
"""Period, source and caveat."""


def picture(
    ground: Ground, drawn: Fill | Bubbles, asked: Asked, city: CityState, explained: Explained, snapshot: str
) -> bytes:
    """Draw what the map shows as PNG, with its legend, scale, north, period and source.

    Matplotlib is loaded with the first picture: a page that saves none does not wait for it.
    """
    from dashboard.maps.picture import Words, map_picture

    period, origin, caveat = explained
    snapshot = f"Potret data: {snapshot}." if snapshot else ""
    words = Words(drawn.title, city.name, period, origin, caveat, city.is_demo, snapshot)
    return map_picture(ground, drawn, words, kinds=asked.kinds)


def about(drawn: Fill | Bubbles, city: CityState, explained: Explained, snapshot: str) -> dict[str, object]:
    """Return what explains a GeoJSON: the fields that stand beside its features."""
    period, origin, caveat = explained
    return {
        "judul": drawn.title,
        "wilayah": city.name,
        "periode": period,
        "sumber": origin,
        "catatan": caveat or None,
        "potret_data": snapshot or None,
        "data_contoh": city.is_demo,
        "garis": f"disederhanakan sampai {fmt.count(TOLERANCE_M)} meter",
        "kosong": "null berarti tidak ada data, bukan nol",
    }


def geojson(
    ground: Ground,
    table: pd.DataFrame,
    drawn: Fill | Bubbles,
    explanation: Mapping[str, object],
    durations_s: pd.Series | None = None,
    *,
    has_raw: bool = False,
) -> bytes:
    """Write the RWs of the table as GeoJSON.

    RWs without an outline are points, and those without either have no geometry. `drawn` is in the order of
    `ground.rws`; `durations_s`, in the table's order, are the travel times shown, if any are.
    """
    told = _told(table, _class_words(ground, table, drawn), durations_s, has_raw=has_raw)
    return collection([_where(ground, code) for code in table["code"]], told, explanation)


def collection(
    shapes: Sequence[BaseGeometry | None], properties: Sequence[Mapping[str, object]], about: Mapping[str, object]
) -> bytes:
    """Write shapes (EPSG:4326, longitude first) with their properties; `about` stands beside them as a foreign member.

    Exterior rings are turned anticlockwise, as RFC 7946 (3.1.6) asks. There is no member `crs`: it was withdrawn
    there, and its absence means CRS84.
    """
    held = [index for index, shape in enumerate(shapes) if shape is not None]
    turned = shapely.orient_polygons(np.asarray([shapes[index] for index in held], dtype=object))
    drawn = json.loads(webmap.geojson(list(turned), [{} for _ in held]))["features"]
    geometry = {index: feature["geometry"] for index, feature in zip(held, drawn, strict=True)}
    features = [
        {"type": "Feature", "properties": dict(told), "geometry": geometry.get(index)}
        for index, told in enumerate(properties)
    ]
    content = {"type": "FeatureCollection", "keterangan": dict(about), "features": features}
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _told(
    table: pd.DataFrame, classes: list[str | None], durations_s: pd.Series | None, *, has_raw: bool
) -> list[dict[str, object]]:
    """Return what is said of each RW: the table's figures, and the words of its class on the map."""
    columns: dict[str, list[object]] = {FIELDS[name]: [_plain(value) for value in table[name]] for name in FIELDS}
    columns |= {field: [_percent(value) for value in table[name]] for name, field in _SHARES.items()}
    if has_raw:
        columns["prevalensi_mentah_pct"] = [_percent(value) for value in table["raw_rate"]]
    columns["status"] = [_STANDING.get(status) for status in table["status"]]
    if durations_s is not None:
        columns["waktu_tempuh_menit"] = [_plain(round(value / 60, 1)) for value in durations_s.astype(float)]
    columns["kelas_di_peta"] = list(classes)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _class_words(ground: Ground, table: pd.DataFrame, drawn: Fill | Bubbles) -> list[str | None]:
    place = pd.Index(ground.rws["code"]).get_indexer(pd.Index(table["code"]))
    if isinstance(drawn, Bubbles):
        return [None for _ in place]
    words = {row.colour: row.label for row in (*drawn.legend, *drawn.special)}
    return [words.get(drawn.palette[drawn.classes[index]]) for index in place]


def _where(ground: Ground, code: str) -> BaseGeometry | None:
    shape = ground.outline_by_code.get(code)
    return shape if shape is not None else ground.point_by_code.get(code)


def _plain(value: object) -> object:
    if not isinstance(value, (int, float, np.number)):
        return value
    number = float(value)
    if np.isnan(number):
        return None
    return int(number) if number == int(number) else number


def _percent(value: float) -> object:
    return None if pd.isna(value) else round(float(value) * 100, 2)
