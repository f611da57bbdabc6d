"""RWs that reach another puskesmas sooner than their own, with the minutes that it saves."""

import pandas as pd

from dashboard.priority.nearest import better_served, shown, to_save
from tests.models.rotation.small_problems import frame

FACILITIES = frame(
    "code name area_code",
    ("P1", "Puskesmas Atas", "32.75.01.1001"),
    ("P2", "Puskesmas Bawah", "32.75.01.1002"),
    ("P9", "Puskesmas Seberang", "32.16.01.2001"),
    ("P0", "Puskesmas Tanpa Kode", None),
)
RWS = pd.DataFrame({"rw_code": list("ABCDEFG"), "rw_name": "RW 001", "kelurahan": "Jaya", "kecamatan": "Timur"})
REACH = frame(
    "rw_code own_code own_duration_s nearest_code nearest_duration_s",
    ("A", "P1", 600.0, "P1", 600.0),
    ("B", "P1", 900.0, "P2", 600.0),
    ("C", "P1", 1800.0, "P9", 600.0),
    ("D", "P1", 630.0, "P2", 600.0),
    ("E", None, None, "P2", 600.0),
    ("F", "P1", None, "P2", 600.0),
    ("G", "P1", 700.0, "P0", 600.0),
)


def test_only_rws_that_save_a_minute_are_listed_those_that_save_most_first() -> None:
    found = better_served(REACH, RWS, FACILITIES, "32.75")
    assert found["rw_code"].tolist() == ["C", "B", "G"]
    assert found["saved_s"].tolist() == [1200, 300, 100]


def test_a_puskesmas_across_the_border_or_without_an_area_is_named_as_outside() -> None:
    found = better_served(REACH, RWS, FACILITIES, "32.75")
    assert found["is_outside"].tolist() == [True, False, True]
    assert shown(found)["Puskesmas terdekat"].tolist()[0] == "Seberang (luar kota)"


def test_a_part_of_the_city_has_its_own_list_and_the_file_has_minutes() -> None:
    found = better_served(REACH, RWS[RWS["rw_code"] == "B"], FACILITIES, "32.75")
    assert to_save(found)[["Kode RW", "Hemat (menit)"]].to_numpy().tolist() == [["B", 5.0]]


def test_where_everyone_goes_to_the_own_puskesmas_the_list_is_empty() -> None:
    assert shown(better_served(REACH[:1], RWS, FACILITIES, "32.75")).empty
