"""The GeoJSON of the map is one that a GIS reads, with what the screen shows and no more."""

import io
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from dashboard.maps import fills
from dashboard.maps.files import geojson
from dashboard.rw_table import rw_table
from tests.dashboard.maps import squares

ABOUT = {"judul": "Uji", "periode": "Agustus–Oktober 2026", "sumber": "Penimbangan rutin", "potret_data": None}
GROUND = squares.ground()


def _table(codes: tuple[str, ...] = squares.CODES, *, is_band: bool = False) -> pd.DataFrame:
    counts = pd.DataFrame(
        {
            "rw_code": list(squares.CODES[:3]),
            "s_target": [100, 100, 100],
            "d_weighed": [90, 30, 80],
            "haz_valid": [88, 28, 70],
            "stunted": [12, 1, 3],
            "severely_stunted": [1, 0, 0],
        }
    )
    counts = counts.assign(
        stunted_low=[10, 1, 1] if is_band else counts["stunted"],
        stunted_high=[14, 4, 4] if is_band else counts["stunted"],
    )
    table = rw_table(GROUND.rws, counts, attendance_minimum=0.6)
    return table[table["code"].isin(codes)].reset_index(drop=True)


def _written(table: pd.DataFrame, **how: object) -> bytes:
    drawn = fills.over_map(fills.prevalence(table, "rate", "Uji"), list(table["code"]), list(GROUND.rws["code"]))
    return geojson(GROUND, table, drawn, ABOUT, **how)  # type: ignore[arg-type]


@pytest.fixture
def read() -> gpd.GeoDataFrame:
    return gpd.read_file(io.BytesIO(_written(_table())))


def test_a_gis_reads_every_rw_with_its_outline_in_longitude_and_latitude(read: gpd.GeoDataFrame) -> None:
    assert read.crs.equals("OGC:CRS84") or read.crs.to_epsg() == 4326
    assert list(read["kode_rw"]) == list(squares.CODES)
    assert shapely.equals(read.geometry.to_numpy(), np.asarray(GROUND.shapes)).all()


def test_figures_are_those_of_the_table(read: gpd.GeoDataFrame) -> None:
    table = _table()
    assert read["prevalensi_dihaluskan_pct"].tolist() == pytest.approx((table["rate"] * 100).round(2).tolist())
    assert read["stunting_dari"].tolist()[:3] == [12, 1, 3]
    assert read["kelas_di_peta"].tolist()[1:] == ["Belum cukup ditimbang", "4–5,9 %", "Tanpa data"]


def test_no_data_is_blank_and_not_zero() -> None:
    last = json.loads(_written(_table()))["features"][-1]["properties"]
    assert last["stunting_dari"] is None
    assert last["ditimbang_d"] is None


def test_rings_go_round_as_the_standard_asks() -> None:
    features = json.loads(_written(_table()))["features"]
    assert all(shapely.LinearRing(feature["geometry"]["coordinates"][0]).is_ccw for feature in features)


def test_it_says_period_source_and_snapshot_beside_its_features() -> None:
    assert json.loads(_written(_table()))["keterangan"] == ABOUT


def test_only_rws_of_the_table_leave() -> None:
    written = _written(_table(squares.CODES[:2]))
    assert [code for code in squares.CODES if code.encode() in written] == list(squares.CODES[:2])


def test_a_count_told_as_a_band_leaves_as_one() -> None:
    features = json.loads(_written(_table(is_band=True)))["features"]
    told = [(row["properties"]["stunting_dari"], row["properties"]["stunting_sampai"]) for row in features]
    assert told == [(10, 14), (1, 4), (1, 4), (None, None)]
    assert not {"sangat_pendek", "stunting", "prevalensi_mentah_pct"} & set(features[0]["properties"])


def test_travel_times_leave_in_minutes() -> None:
    features = json.loads(_written(_table(), durations_s=pd.Series([60.0, 90.0, np.nan, 600.0])))["features"]
    assert [row["properties"]["waktu_tempuh_menit"] for row in features] == [1, 1.5, None, 10]
