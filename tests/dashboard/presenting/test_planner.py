"""The rows that a planner edits become the sequence in the order of their numbers."""

import pandas as pd

from dashboard.briefing.facts import CITY, Place
from dashboard.briefing.story import SLIDES
from dashboard.presenting.choices import USUAL, Asked, loop_seconds
from dashboard.presenting.planner import steps_of, table
from data.sequences import Step

PLACES = {"Kota Contoh": "32.75", "Kecamatan Timur": "32.75.01"}
CITY_PLACE = Place("32.75", "Kota Contoh", CITY)


def asked(steps: list[dict[str, object]]) -> Asked:
    return Asked(CITY_PLACE, USUAL, steps, 0, is_running=False)


def test_without_a_sequence_the_usual_one_is_offered() -> None:
    rows = table(asked([]), PLACES)
    assert list(rows["Ke-"]) == list(range(1, len(SLIDES) + 1))
    assert steps_of(rows, PLACES) == [Step(code, "32.75") for code in SLIDES]


def test_numbers_move_rows_and_unfinished_rows_are_left_out() -> None:
    rows = pd.DataFrame(
        {
            "Ke-": [2, 1, None, 3],
            "Halaman": ["RW yang jauh", "Keputusan", "Peta RW", None],
            "Wilayah": ["Kota Contoh", "Kecamatan Timur", "Kota Contoh", "Kota Contoh"],
            "Detik": [60, None, 5, 5],
        }
    )
    assert steps_of(rows, PLACES) == [
        Step("keputusan", "32.75.01", 0),
        Step("jauh", "32.75", 60),
        Step("peta", "32.75", 5),
    ]


def test_a_sequence_of_places_that_are_not_ones_own_is_not_offered() -> None:
    rows = table(asked([{"slide": "jauh", "area_code": "32.75.09", "seconds": 9}]), PLACES)
    assert rows.empty


def test_a_loop_from_an_address_is_within_sense() -> None:
    assert [loop_seconds(told) for told in (None, "", "x", "0", "-3", "1", "20", "99999", "²")] == [
        0, 0, 0, 0, 0, 5, 20, 600, 0,
    ]  # fmt: skip
