"""The demo city's areas: real names, codes, places and sizes; schematic outlines.

Modelling assumptions: a kelurahan is a cell of a power diagram with its published centroid and area; its RWs divide it
into roundish parts of unequal size. A kecamatan's people are spread over its kelurahan by area, and over the city by
registered voters. Everything drawn here is marked `approximate`; only codes, names, centroids and areas are facts.
"""

import zlib
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data import reference
from geo.coverage import repair_coverage
from geo.power import power_partition
from geo.tessellation import subdivide

CITY_CODE = "32.75"
CITY_NAME = "Kota Bekasi"
METRIC_CRS = "EPSG:32748"  # UTM 48 south, which holds all of the city
RW_COUNT = 1020  # published in October 2025; see data/reference/city_context.csv
MIN_RW_PER_KELURAHAN = 10

_GAP_M = 200.0
_WELD_M = 0.5
_DEGREE_DECIMALS = 7  # a centimetre
_AREA_SPREAD = 0.4  # standard deviation of the logarithm of an RW's area about its kelurahan's mean
_PEOPLE_SPREAD = 0.35  # the same of its people, beyond what its area explains
_PEOPLE_BY_AREA = 0.4  # elasticity: an RW of twice the area holds a third more people
_POINT_PULL = 0.35  # how far towards its border an RW's people may be centred


@dataclass(frozen=True)
class DemoGeography:
    """The demo city's areas, one GeoDataFrame per level, EPSG:4326, in the order of their codes.

    Columns: `code, level, name, parent_code, geometry, geometry_source, point_lat, point_lon, point_source, area_km2,
    under_five_weight` (share of the city's children under five, adding up to 1 on every level). The outlines of a level
    are a valid coverage, and each is the union of those below it.
    """

    city: gpd.GeoDataFrame
    kecamatan: gpd.GeoDataFrame
    kelurahan: gpd.GeoDataFrame
    rw: gpd.GeoDataFrame

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """All levels in one frame, parents before their parts."""
        return pd.concat([self.city, self.kecamatan, self.kelurahan, self.rw], ignore_index=True)


def build_geography(seed: int) -> DemoGeography:
    """Return the demo city's areas: one city, 12 kecamatan, 56 kelurahan and 1,020 RWs; the same for the same seed."""
    facts = reference.kelurahan().sort_values("code", ignore_index=True)
    weights = kelurahan_weights(facts)
    counts = rw_counts(weights, RW_COUNT, MIN_RW_PER_KELURAHAN)
    rw = _rw_areas(facts, weights, counts, seed)
    kelurahan = _rolled_up(rw, facts.set_index("code")["name"], "kelurahan")
    names = facts.drop_duplicates("kecamatan_code").set_index("kecamatan_code")["kecamatan_name"]
    kecamatan = _rolled_up(kelurahan, names, "kecamatan")
    city = _rolled_up(kecamatan, pd.Series({CITY_CODE: CITY_NAME}), "kota")
    levels = {"city": city, "kecamatan": kecamatan, "kelurahan": kelurahan, "rw": rw}
    return DemoGeography(**{level: _in_degrees(frame) for level, frame in levels.items()})


def kelurahan_weights(facts: pd.DataFrame) -> pd.Series:
    """Return each kelurahan's share of the city's people, by code: voters per kecamatan, then area within it."""
    voters = reference.voters().set_index("kecamatan_code")["voters"]
    within = facts["area_km2"] / facts.groupby("kecamatan_code")["area_km2"].transform("sum")
    people = within * facts["kecamatan_code"].map(voters)
    return (people / people.sum()).set_axis(facts["code"])


def rw_counts(weights: pd.Series, total: int, at_least: int) -> pd.Series:
    """Return how many RWs each area gets: by weight and largest remainder, but `at_least` so many in each."""
    is_small = pd.Series(False, index=weights.index)
    while True:
        left = total - at_least * int(is_small.sum())
        quota = (weights / weights[~is_small].sum() * left).mask(is_small, at_least)
        if not (quota < at_least).any():
            break
        is_small |= quota < at_least
    counts = np.floor(quota).astype(int)
    counts[(quota - counts).nlargest(total - int(counts.sum())).index] += 1
    return counts


def _rw_areas(facts: pd.DataFrame, weights: pd.Series, counts: pd.Series, seed: int) -> gpd.GeoDataFrame:
    outlines = _kelurahan_outlines(facts)
    parts: list[gpd.GeoDataFrame] = []
    for code, area_km2, outline in zip(facts["code"].astype(str), facts["area_km2"], outlines, strict=True):
        rng = _generator(seed, code)
        count = int(counts[code])
        shares = rng.lognormal(0.0, _AREA_SPREAD, count)
        polygons = subdivide(outline, count, seed=int(rng.integers(2**31)), shares=shares)
        rw = gpd.GeoDataFrame(geometry=polygons, crs=METRIC_CRS)
        # Numbers run along a Hilbert curve, so that neighbours have neighbouring numbers as in a real kelurahan.
        rw = rw.loc[rw.hilbert_distance().sort_values(kind="stable").index].reset_index(drop=True)
        people = rw.area**_PEOPLE_BY_AREA * rng.lognormal(0.0, _PEOPLE_SPREAD, len(rw))
        points = _points_within(rw.geometry.to_numpy(), rng)
        number = [f"{place:03d}" for place in range(1, len(rw) + 1)]
        parts.append(
            rw.assign(
                code=[f"{code}.{digits}" for digits in number],
                level="rw",
                name=[f"RW {digits}" for digits in number],
                parent_code=code,
                area_km2=rw.area / rw.area.sum() * area_km2,
                under_five_weight=people / people.sum() * weights[code],
                x_m=points[:, 0],
                y_m=points[:, 1],
            )
        )
    together = pd.concat(parts, ignore_index=True)
    return together.set_geometry(gpd.GeoSeries(repair_coverage(together.geometry.to_numpy(), _WELD_M), crs=METRIC_CRS))


def _kelurahan_outlines(facts: pd.DataFrame) -> list[shapely.Polygon]:
    centroids = gpd.points_from_xy(facts["centroid_lon"], facts["centroid_lat"], crs="EPSG:4326").to_crs(METRIC_CRS)
    points = np.column_stack([centroids.x, centroids.y])
    return power_partition(points, facts["area_km2"], match_centroids=True, gap_m=_GAP_M)


def _generator(seed: int, code: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(code.encode())])


def _points_within(polygons: NDArray[np.object_], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a point in each polygon (n, 2), drawn from its centroid some way towards its border."""
    middles = shapely.get_coordinates(shapely.centroid(polygons))
    rims = shapely.get_coordinates(
        shapely.line_interpolate_point(shapely.boundary(polygons), rng.random(len(polygons)), normalized=True)
    )
    points = middles + _POINT_PULL * np.sqrt(rng.random(len(polygons)))[:, None] * (rims - middles)
    return _kept_inside(points, polygons)


def _kept_inside(points: NDArray[np.float64], polygons: NDArray[np.object_]) -> NDArray[np.float64]:
    is_inside = shapely.contains_xy(polygons, *points.T)
    return np.where(is_inside[:, None], points, shapely.get_coordinates(shapely.point_on_surface(polygons)))


def _rolled_up(parts: gpd.GeoDataFrame, names: pd.Series, level: str) -> gpd.GeoDataFrame:
    """Return the areas one level above `parts`: their unions, sums, and the children's mean place."""
    weighted = parts.assign(
        x_m=parts["x_m"] * parts["under_five_weight"], y_m=parts["y_m"] * parts["under_five_weight"]
    )
    groups = weighted.groupby("parent_code", sort=True)
    sums = groups[["area_km2", "under_five_weight", "x_m", "y_m"]].sum()
    outlines = groups["geometry"].agg(lambda shapes: shapely.coverage_union_all(shapes.to_numpy()))
    polygons = outlines.loc[sums.index].to_numpy()
    points = sums[["x_m", "y_m"]].to_numpy() / sums["under_five_weight"].to_numpy()[:, None]
    points = _kept_inside(points, polygons)
    codes = sums.index.to_series()
    frame = gpd.GeoDataFrame(
        {
            "code": codes,
            "level": level,
            "name": codes.map(names),
            "parent_code": None if level == "kota" else codes.str.rsplit(".", n=1).str[0],
            "area_km2": sums["area_km2"],
            "under_five_weight": sums["under_five_weight"],
            "x_m": points[:, 0],
            "y_m": points[:, 1],
        },
        geometry=polygons,
        crs=METRIC_CRS,
    )
    return frame.reset_index(drop=True)


def _in_degrees(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame in EPSG:4326 with its public columns; equal corners stay equal, so borders stay shared."""
    points = gpd.points_from_xy(frame["x_m"], frame["y_m"], crs=METRIC_CRS).to_crs("EPSG:4326")
    degrees = frame.to_crs("EPSG:4326")
    rounded = shapely.transform(degrees.geometry.to_numpy(), lambda corners: np.round(corners, _DEGREE_DECIMALS))
    return gpd.GeoDataFrame(
        {
            "code": frame["code"],
            "level": frame["level"],
            "name": frame["name"],
            "parent_code": frame["parent_code"],
            "geometry_source": "approximate",
            "point_lat": np.round(points.y, _DEGREE_DECIMALS),
            "point_lon": np.round(points.x, _DEGREE_DECIMALS),
            "point_source": "population",
            "area_km2": frame["area_km2"].round(6),
            "under_five_weight": frame["under_five_weight"],
        },
        geometry=rounded,
        crs="EPSG:4326",
    )
