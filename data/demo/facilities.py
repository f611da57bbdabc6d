"""The demo city's places of care, and which puskesmas each RW belongs to.

Puskesmas and hospitals are real, as far as public lists go; their coordinates stay as published, even where the
schematic outline of their kelurahan runs elsewhere. Everything else is invented and says so: points
(`point_source='invented'`), pustu, klinik, posyandu, capacities, and two puskesmas across the city's border, which are
there because a carer near the border may find the nearest care on its other side. Published lists of wilayah kerja
disagree, so the demo invents one: an RW belongs to a puskesmas of its kelurahan, or else to the nearest of its
kecamatan.
"""

import datetime
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from data import reference
from data.demo.geography import METRIC_CRS, DemoGeography

INVENTED = "data contoh"
SERVED_FROM = datetime.date(2020, 1, 1)

_PUSTU_COUNT = 28
_KLINIK_COUNT = 44
_PARTNER_COUNT = 14
_ACROSS_BORDER_COUNT = 2
_ACROSS_BORDER_M = 350.0
_ACROSS_BORDER_APART_M = 6000.0
_POSYANDU_SPREAD_M = 60.0
_DEGREE_DECIMALS = 7
_HOURS = {
    "puskesmas": "Senin–Jumat 07.30–14.30, Sabtu 07.30–12.00 (contoh)",
    "pustu": "Senin–Jumat 08.00–12.00 (contoh)",
    "klinik": "Setiap hari 08.00–21.00 (contoh)",
    "posyandu": "Sekali sebulan (contoh)",
    "rumah_sakit": "",
}
_SERVICES = {
    "puskesmas": "imunisasi, gizi, KIA, MTBS (contoh)",
    "pustu": "imunisasi, pengobatan dasar (contoh)",
    "klinik": "pengobatan umum, imunisasi (contoh)",
    "posyandu": "penimbangan, PMT, penyuluhan (contoh)",
    "rumah_sakit": "",
}
_FLOWERS = ["Melati", "Mawar", "Kenanga", "Anggrek", "Cempaka", "Dahlia", "Flamboyan", "Teratai", "Kamboja", "Seruni"]
COLUMNS = [
    "code",
    "kind",
    "name",
    "area_code",
    "lat",
    "lon",
    "point_source",
    "is_government",
    "is_partner",
    "partner_from",
    "partner_to",
    "capacity_per_month",
    "services",
    "opening_hours",
    "source",
]


_LIST_STATUS = {
    "in the coded list of 47": "daftar 47 puskesmas berkode; titik: © OpenStreetMap contributors",
    "only in OpenStreetMap or third-party lists; to be confirmed with the Dinkes": (
        "OpenStreetMap atau daftar pihak ketiga; perlu dipastikan ke Dinkes"
    ),
    "opened on 9 March 2022; in the list of 48": "diresmikan 9 Maret 2022; ada di daftar 48 puskesmas",
}
"""What users read of where a puskesmas is known from."""


@dataclass(frozen=True)
class DemoFacilities:
    """`facility`: one row per place of care (`COLUMNS`); `service_area`: `rw_code, facility_code, valid_from`."""

    facility: pd.DataFrame
    service_area: pd.DataFrame


def build_facilities(geography: DemoGeography, seed: int) -> DemoFacilities:
    """Return the demo city's facilities and service areas, the same ones for the same seed.

    Points are EPSG:4326. `area_code` is the RW of a posyandu, the kelurahan of others, and missing across the border.
    """
    rng = np.random.default_rng([seed, 7])
    puskesmas = _puskesmas(geography, rng)
    facility = pd.concat(
        [
            puskesmas,
            _across_border(geography, puskesmas, rng),
            _hospitals(),
            _pustu(geography, rng),
            _klinik(geography, rng),
            _posyandu(geography, rng),
        ],
        ignore_index=True,
    )
    facility["services"] = facility["kind"].map(_SERVICES)
    facility["opening_hours"] = facility["kind"].map(_HOURS)
    facility["is_partner"] = facility["is_partner"].eq(True)
    facility["capacity_per_month"] = facility["capacity_per_month"].astype("Int64")
    for column in ["partner_from", "partner_to", "area_code", "is_government"]:
        facility[column] = facility[column].astype(object).where(facility[column].notna(), None)
    return DemoFacilities(facility[COLUMNS], service_areas(geography, puskesmas))


def service_areas(geography: DemoGeography, puskesmas: pd.DataFrame) -> pd.DataFrame:
    """Return each RW's puskesmas: the nearest of its kelurahan's, else of its kecamatan's, in a straight line.

    The choice by area before distance is what gives some RWs a puskesmas that is not their nearest, as in real life.
    """
    rw = geography.rw
    at_rw, at_puskesmas = _metres(rw["point_lat"], rw["point_lon"]), _metres(puskesmas["lat"], puskesmas["lon"])
    distance = np.linalg.norm(at_rw[:, None] - at_puskesmas[None], axis=2)
    kelurahan = puskesmas["area_code"].to_numpy(dtype=str)
    kecamatan = puskesmas["area_code"].str.rsplit(".", n=1).str[0].to_numpy(dtype=str)
    is_same_kelurahan = rw["parent_code"].to_numpy(dtype=str)[:, None] == kelurahan
    is_same_kecamatan = rw["parent_code"].str.rsplit(".", n=1).str[0].to_numpy(dtype=str)[:, None] == kecamatan
    is_candidate = np.where(is_same_kelurahan.any(axis=1)[:, None], is_same_kelurahan, is_same_kecamatan)
    own = np.where(is_candidate, distance, np.inf).argmin(axis=1)
    return pd.DataFrame(
        {
            "rw_code": rw["code"],
            "facility_code": puskesmas["code"].to_numpy()[own],
            "valid_from": SERVED_FROM,
        }
    )


def _metres(lat: pd.Series, lon: pd.Series) -> NDArray[np.float64]:
    points = gpd.points_from_xy(lon, lat, crs="EPSG:4326").to_crs(METRIC_CRS)
    return np.column_stack([points.x, points.y])


def _degrees(points: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    degrees = gpd.points_from_xy(points[:, 0], points[:, 1], crs=METRIC_CRS).to_crs("EPSG:4326")
    return {"lat": np.round(degrees.y, _DEGREE_DECIMALS), "lon": np.round(degrees.x, _DEGREE_DECIMALS)}


def _puskesmas(geography: DemoGeography, rng: np.random.Generator) -> pd.DataFrame:
    facts = reference.puskesmas()
    has_code = facts["list_code"] != ""
    code = facts["list_code"].where(has_code, "CONTOH-PKM-" + facts["kelurahan_code"])
    has_point = facts["lat"].notna()
    invented = facts.loc[~has_point, "kelurahan_code"].map(_rw_nearest_the_middle(geography))
    places = geography.rw.set_index("code").loc[invented]
    lat, lon = facts["lat"].copy(), facts["lon"].copy()
    lat[~has_point], lon[~has_point] = places["point_lat"].to_numpy(), places["point_lon"].to_numpy()
    return pd.DataFrame(
        {
            "code": code,
            "kind": "puskesmas",
            "name": facts["name"],
            "area_code": facts["kelurahan_code"],
            "lat": lat,
            "lon": lon,
            "point_source": facts["source"].where(has_point, "invented"),
            "is_government": True,
            "is_partner": False,
            "capacity_per_month": rng.integers(4, 11, len(facts)),
            "source": facts["list_status"].map(_LIST_STATUS),
        }
    )


def _rw_nearest_the_middle(geography: DemoGeography) -> dict[str, str]:
    """Return, for each kelurahan, the code of the RW whose people are nearest to the middle of all its people."""
    rw, kelurahan = geography.rw, geography.kelurahan.set_index("code")
    middle = kelurahan.loc[rw["parent_code"]]
    gap = _metres(rw["point_lat"], rw["point_lon"]) - _metres(middle["point_lat"], middle["point_lon"])
    by_distance = rw.assign(gap_m=np.linalg.norm(gap, axis=1)).sort_values(["parent_code", "gap_m"])
    return by_distance.drop_duplicates("parent_code").set_index("parent_code")["code"].to_dict()


def _across_border(geography: DemoGeography, puskesmas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return invented puskesmas just outside the city, where its border RWs are farthest from a puskesmas inside."""
    (outline,) = geography.city.to_crs(METRIC_CRS).geometry
    rw = _metres(geography.rw["point_lat"], geography.rw["point_lon"])
    gaps = cKDTree(_metres(puskesmas["lat"], puskesmas["lon"])).query(rw)[0]
    to_border = shapely.distance(shapely.points(rw), outline.exterior)
    candidates = np.flatnonzero(to_border < np.quantile(to_border, 0.2))
    chosen: list[NDArray[np.float64]] = []
    for place in candidates[np.argsort(-gaps[candidates], kind="stable")]:
        on_border = shapely.get_coordinates(
            outline.exterior.interpolate(outline.exterior.project(shapely.Point(rw[place])))
        )[0]
        outwards = (on_border - rw[place]) / np.linalg.norm(on_border - rw[place])
        spot = on_border + _ACROSS_BORDER_M * outwards
        is_apart = all(np.linalg.norm(spot - other) > _ACROSS_BORDER_APART_M for other in chosen)
        if is_apart and shapely.distance(outline, shapely.Point(spot)) > _ACROSS_BORDER_M / 2:
            chosen.append(spot)
        if len(chosen) == _ACROSS_BORDER_COUNT:
            break
    number = range(1, len(chosen) + 1)
    return pd.DataFrame(
        {
            "code": [f"CONTOH-SEBERANG-{place}" for place in number],
            "kind": "puskesmas",
            "name": [f"Puskesmas Contoh Seberang {place} (luar kota)" for place in number],
            **_degrees(np.array(chosen)),
            "point_source": "invented",
            "is_government": True,
            "is_partner": False,
            "capacity_per_month": rng.integers(1, 4, len(chosen)),
            "source": INVENTED,
        }
    )


def _hospitals() -> pd.DataFrame:
    facts = reference.hospitals()
    return pd.DataFrame(
        {
            "code": facts["source"].str.replace("OpenStreetMap ", "OSM-").str.replace("/", "-"),
            "kind": "rumah_sakit",
            "name": facts["name"],
            "area_code": facts["kelurahan_code"],
            "lat": facts["lat"],
            "lon": facts["lon"],
            "point_source": facts["source"],
            "is_government": facts["is_government"],
            "is_partner": False,
            "source": facts["source"],
        }
    )


def _scattered(geography: DemoGeography, count: int, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return `count` different RWs, drawn by their children."""
    rw = geography.rw
    weights = rw["under_five_weight"].to_numpy()
    return rw.iloc[np.sort(rng.choice(len(rw), count, replace=False, p=weights / weights.sum()))]


def _nearby(rw: gpd.GeoDataFrame, rng: np.random.Generator) -> dict[str, NDArray[np.float64]]:
    points = _metres(rw["point_lat"], rw["point_lon"])
    return _degrees(points + rng.normal(0.0, _POSYANDU_SPREAD_M, points.shape).clip(-120, 120))


def _pustu(geography: DemoGeography, rng: np.random.Generator) -> pd.DataFrame:
    rw = _scattered(geography, _PUSTU_COUNT, rng)
    names = geography.kelurahan.set_index("code")["name"]
    number = np.arange(1, len(rw) + 1)
    return pd.DataFrame(
        {
            "code": [f"CONTOH-PUSTU-{place:02d}" for place in number],
            "kind": "pustu",
            "name": [
                f"Pustu Contoh {place} {name}" for place, name in zip(number, rw["parent_code"].map(names), strict=True)
            ],
            "area_code": rw["parent_code"].to_numpy(),
            **_nearby(rw, rng),
            "point_source": "invented",
            "is_government": True,
            "is_partner": False,
            "source": INVENTED,
        }
    )


def _klinik(geography: DemoGeography, rng: np.random.Generator) -> pd.DataFrame:
    rw = _scattered(geography, _KLINIK_COUNT, rng)
    number = np.arange(len(rw))
    is_partner = np.isin(number, rng.choice(number, _PARTNER_COUNT, replace=False))
    starts = [
        datetime.date(2023, 1, 1) + datetime.timedelta(days=30 * int(months)) for months in rng.integers(0, 36, len(rw))
    ]
    has_ended = is_partner & (rng.random(len(rw)) < 0.2)
    return pd.DataFrame(
        {
            "code": [f"CONTOH-KLINIK-{place + 1:02d}" for place in number],
            "kind": "klinik",
            "name": [
                f"Klinik Contoh {_FLOWERS[place % len(_FLOWERS)]} {place // len(_FLOWERS) + 1}" for place in number
            ],
            "area_code": rw["parent_code"].to_numpy(),
            **_nearby(rw, rng),
            "point_source": "invented",
            "is_government": False,
            "is_partner": is_partner,
            "partner_from": [start if flag else None for start, flag in zip(starts, is_partner, strict=True)],
            "partner_to": [
                start + datetime.timedelta(days=365) if flag else None
                for start, flag in zip(starts, has_ended, strict=True)
            ],
            "capacity_per_month": np.where(is_partner, rng.integers(1, 5, len(rw)), np.nan),
            "source": INVENTED,
        }
    )


def _posyandu(geography: DemoGeography, rng: np.random.Generator) -> pd.DataFrame:
    rw = geography.rw
    names = rw["parent_code"].map(geography.kelurahan.set_index("code")["name"])
    flowers = [_FLOWERS[place] for place in rng.integers(0, len(_FLOWERS), len(rw))]
    return pd.DataFrame(
        {
            "code": "CONTOH-POSYANDU-" + rw["code"],
            "kind": "posyandu",
            "name": [
                f"Posyandu Contoh {flower} {area} {kelurahan}"
                for flower, area, kelurahan in zip(flowers, rw["name"], names, strict=True)
            ],
            "area_code": rw["code"],
            **_nearby(rw, rng),
            "point_source": "invented",
            "is_partner": False,
            "source": INVENTED,
        }
    )
