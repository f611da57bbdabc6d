"""The demo's places of care: real where public lists know them, marked as invented where they do not."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data import reference
from data.demo.facilities import build_facilities
from data.demo.geography import METRIC_CRS


@pytest.fixture(scope="module")
def demo(geography):
    return build_facilities(geography, 1)


@pytest.fixture(scope="module")
def puskesmas(demo):
    return demo.facility[demo.facility["kind"] == "puskesmas"].set_index("code")


def _metres(lat, lon):
    return shapely.get_coordinates(gpd.points_from_xy(lon, lat, crs="EPSG:4326").to_crs(METRIC_CRS))


def test_a_published_coordinate_stays_as_it_is(puskesmas):
    fact = reference.puskesmas().set_index("list_code").loc["32750200012"]
    assert (puskesmas.loc["32750200012", "lat"], puskesmas.loc["32750200012", "lon"]) == (fact["lat"], fact["lon"])


def test_the_eight_puskesmas_without_a_coordinate_get_a_point_in_their_kelurahan(geography, puskesmas):
    invented = puskesmas[(puskesmas["point_source"] == "invented") & puskesmas["area_code"].notna()]
    outlines = geography.kelurahan.set_index("code").loc[invented["area_code"]]
    assert len(invented) == 8
    assert shapely.contains_xy(outlines.geometry.to_numpy(), invented["lon"], invented["lat"]).all()


def test_two_puskesmas_lie_across_the_border_and_say_so(geography, puskesmas):
    across = puskesmas[puskesmas["area_code"].isna()]
    (city,) = geography.city.geometry
    assert len(across) == 2
    assert across["name"].str.contains("luar kota").all()
    assert not shapely.contains_xy(city, across["lon"], across["lat"]).any()


def test_codes_are_unique(demo):
    assert demo.facility["code"].is_unique


def test_every_invented_place_says_so_in_its_name(demo):
    invented = demo.facility[demo.facility["kind"].isin(["pustu", "klinik", "posyandu"])]
    assert invented["name"].str.contains("Contoh").all()
    assert (invented["source"] == "data contoh").all()


def test_only_partners_have_a_partnership_with_dates(demo):
    facility = demo.facility
    assert facility["is_partner"].sum() > 0
    assert (facility["partner_from"].notna() == facility["is_partner"]).all()


def test_every_rw_has_one_posyandu_of_its_own(demo, geography):
    posyandu = demo.facility[demo.facility["kind"] == "posyandu"]
    assert sorted(posyandu["area_code"]) == sorted(geography.rw["code"])


def test_every_rw_belongs_to_one_puskesmas_of_its_own_kecamatan(demo, puskesmas):
    served = demo.service_area
    assert served["rw_code"].nunique() == len(served) == 1020
    home = served["facility_code"].map(puskesmas["area_code"])
    assert (home.str[:8] == served["rw_code"].str[:8]).all()


def test_an_rw_belongs_to_its_kelurahans_puskesmas_where_there_is_one(demo, puskesmas):
    served = demo.service_area
    home = served["facility_code"].map(puskesmas["area_code"])
    has_one = served["rw_code"].str[:13].isin(puskesmas["area_code"])
    assert (home[has_one] == served.loc[has_one, "rw_code"].str[:13]).all()


def test_for_some_rw_another_puskesmas_is_nearer_even_across_the_border(demo, geography, puskesmas):
    rw = _metres(geography.rw["point_lat"], geography.rw["point_lon"])
    places = _metres(puskesmas["lat"], puskesmas["lon"])
    nearest = puskesmas.index[np.linalg.norm(rw[:, None] - places[None], axis=2).argmin(axis=1)]
    is_other = nearest.to_numpy() != demo.service_area["facility_code"].to_numpy()
    assert 100 < is_other.sum() < 600
    assert nearest.str.startswith("CONTOH-SEBERANG").sum() > 0


def test_the_same_seed_gives_the_same_places(geography, demo):
    pd.testing.assert_frame_equal(build_facilities(geography, 1).facility, demo.facility)
