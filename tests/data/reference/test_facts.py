"""The carried facts add up to the totals that were published elsewhere."""

import numpy as np
import pytest

from data import reference


def test_the_kelurahan_areas_sum_to_the_published_area_of_the_city():
    context = reference.city_context()
    published = context.loc[(context["indicator"] == "area") & (context["period"] == "2024"), "value"].iloc[0]
    assert reference.kelurahan()["area_km2"].sum() == pytest.approx(published, rel=0.001)


def test_there_are_56_kelurahan_in_12_kecamatan():
    kelurahan = reference.kelurahan()
    assert (len(kelurahan), kelurahan["kecamatan_code"].nunique()) == (56, 12)


def test_every_kelurahan_code_begins_with_its_kecamatan_code():
    kelurahan = reference.kelurahan()
    assert (kelurahan["code"].str.rsplit(".", n=1).str[0] == kelurahan["kecamatan_code"]).all()


def test_codes_are_text_and_keep_their_zeros():
    assert reference.kelurahan()["code"].iloc[0] == "32.75.01.1001"
    assert reference.stunting_prevalence()["area_code"].iloc[0] == "00"


def test_every_puskesmas_lies_in_a_known_kelurahan():
    assert reference.puskesmas()["kelurahan_code"].isin(reference.kelurahan()["code"]).all()


def test_eight_of_52_puskesmas_have_no_coordinate():
    lat = reference.puskesmas()["lat"]
    assert (len(lat), lat.isna().sum()) == (52, 8)


def test_every_hospital_lies_in_a_known_kelurahan():
    assert reference.hospitals()["kelurahan_code"].isin(reference.kelurahan()["code"]).all()


def test_every_kecamatan_has_voters():
    assert set(reference.voters()["kecamatan_code"]) == set(reference.kelurahan()["kecamatan_code"])


def test_kota_and_kabupaten_bekasi_are_two_areas():
    figures = reference.stunting_prevalence()
    bekasi = figures[figures["area_name"].str.endswith("Bekasi") & (figures["series"] == "SSGI")]
    in_2022 = bekasi[bekasi["period"] == "2022"].set_index("area_code")["value"]
    assert in_2022.to_dict() == {"32.75": 6.0, "32.16": 17.8}


def test_routine_and_survey_figures_of_2023_stay_apart():
    figures = reference.stunting_prevalence()
    city = figures[(figures["area_code"] == "32.75") & (figures["period"] == "2023") & (figures["unit"] == "pct")]
    assert city.set_index("series")["value"].to_dict() == {"SKI": 10.3, "e-PPGBM": 2.99}


def test_about_4000_children_stays_approximate():
    figures = reference.stunting_prevalence()
    row = figures[(figures["area_code"] == "32.75") & (figures["period"] == "2025-04")].iloc[0]
    assert (row["value"], bool(row["is_approximate"])) == (4000, True)


def test_conflicting_figures_are_both_kept():
    figures = reference.stunting_prevalence()
    rows = figures[(figures["area_code"] == "32.16") & (figures["series"] == "SSGI") & (figures["period"] == "2024")]
    assert sorted(rows["value"]) == [18.2, 18.4]


@pytest.mark.parametrize(
    ("load", "source"),
    [
        (reference.kelurahan, "source"),
        (reference.puskesmas, "source"),
        (reference.hospitals, "source"),
        (reference.stunting_prevalence, "citation"),
        (reference.stunting_targets, "citation"),
        (reference.city_context, "citation"),
        (reference.voters, "citation"),
    ],
)
def test_every_fact_names_its_source_and_licence(load, source):
    facts = load()
    assert (facts[[source, "licence"]] != "").all(axis=None)


def test_no_hospital_is_listed_twice() -> None:
    facts = reference.hospitals()
    assert not facts["source"].duplicated().any()
    assert not facts["name"].duplicated().any()
    north_m = facts["lat"].to_numpy() * 110_574
    east_m = facts["lon"].to_numpy() * 110_600
    apart_m = np.hypot(north_m[:, None] - north_m, east_m[:, None] - east_m)
    assert apart_m[np.triu_indices(len(facts), k=1)].min() > 25
