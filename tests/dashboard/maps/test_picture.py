"""A map picture holds the colours of its classes where its RWs are, and a scale that is true."""

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyproj import Geod

from dashboard.maps import fills
from dashboard.maps.classes import LOW_ATTENDANCE_COLOUR, NO_DATA_COLOUR, OUTSIDE_COLOUR, PREVALENCE, Colour
from dashboard.maps.picture import A4_WIDE, SLIDE, Size, Words, map_picture, nice_length_m
from tests.dashboard.maps import squares

WORDS = Words("Peta contoh", "Kota Contoh", "Agustus–Oktober 2026", "Penimbangan rutin")
SMALL = Size(900, 600, 100, 8)
KNOWN = fills.prevalence(
    pd.DataFrame({"rate": [0.02, 0.15, 0.05, 0.05], "status": ["reliable", "reliable", "low_attendance", "no_data"]}),
    "rate",
    "Prevalensi",
)


def _pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=int)


def _left_of_legend(pixels: np.ndarray) -> np.ndarray:
    return pixels[:, : int(pixels.shape[1] * 0.66)]


def _count(pixels: np.ndarray, colour: Colour) -> int:
    return int((np.abs(pixels - np.array(colour)).max(axis=2) <= 2).sum())


def _colour_columns(pixels: np.ndarray, colour: Colour) -> np.ndarray:
    found = (np.abs(pixels - np.array(colour)).max(axis=2) <= 2).sum(axis=0)
    return np.flatnonzero(found > 20)


@pytest.mark.parametrize("size", [SLIDE, A4_WIDE, SMALL, Size(700, 1000, 100, 8)])
def test_a_picture_has_the_size_asked_for(size: Size) -> None:
    picture = map_picture(squares.ground(), KNOWN, WORDS, size)
    assert Image.open(io.BytesIO(picture)).size == (size.width_px, size.height_px)


def test_rws_stand_from_west_to_east_in_the_colours_of_their_classes() -> None:
    pixels = _left_of_legend(_pixels(map_picture(squares.ground(), KNOWN, WORDS, SMALL)))
    colours = [PREVALENCE.colours[1], PREVALENCE.colours[6], LOW_ATTENDANCE_COLOUR, NO_DATA_COLOUR]
    places = [float(np.median(_colour_columns(pixels, colour))) for colour in colours]
    assert places == sorted(places)


def test_too_few_weighed_is_hatched_and_a_class_on_the_scale_is_not() -> None:
    pixels = _left_of_legend(_pixels(map_picture(squares.ground(with_facilities=False), KNOWN, WORDS, SMALL)))
    shares = []
    for colour in (PREVALENCE.colours[1], LOW_ATTENDANCE_COLOUR):
        rows, columns = np.nonzero(np.abs(pixels - np.array(colour)).max(axis=2) <= 2)
        inside = pixels[rows.min() + 12 : rows.max() - 12, columns.min() + 8 : columns.max() - 8]
        shares.append(_count(inside, colour) / (inside.shape[0] * inside.shape[1]))
    assert shares[0] > 0.98
    assert shares[1] < 0.9


def test_outside_a_focus_no_rw_shows_its_class() -> None:
    picture = map_picture(squares.ground(), KNOWN, WORDS, SMALL, focus=squares.CODES[2:])
    pixels = _left_of_legend(_pixels(picture))
    assert _count(pixels, PREVALENCE.colours[1]) == 0
    assert _count(pixels, PREVALENCE.colours[6]) == 0
    assert _count(pixels, OUTSIDE_COLOUR) > 500


def test_a_picture_of_bubbles_draws_none_for_nobody_and_marks_no_data() -> None:
    drawn = fills.bubbles(pd.Series([16.0, 0.0, np.nan, 0.0]), "Balita")
    pixels = _left_of_legend(_pixels(map_picture(squares.ground(with_facilities=False), drawn, WORDS, SMALL)))
    bubble = np.abs(pixels - np.array([221, 131, 60])).max(axis=2) <= 4
    assert bubble.any()
    assert np.flatnonzero(bubble.any(axis=0)).max() < np.median(_colour_columns(pixels, NO_DATA_COLOUR))


def test_the_same_map_is_drawn_the_same_by_several_at_once() -> None:
    made = squares.ground()
    with ThreadPoolExecutor(4) as several:
        pictures = list(several.map(lambda _: map_picture(made, KNOWN, WORDS, SMALL), range(6)))
    assert len(set(pictures)) == 1


def test_words_that_a_formula_would_start_with_are_written_as_they_are() -> None:
    plain = map_picture(squares.ground(), KNOWN, Words("$x_1$", "Kota", "Mei", "Uji"), SMALL)
    assert plain != map_picture(squares.ground(), KNOWN, Words("x1", "Kota", "Mei", "Uji"), SMALL)


def test_invented_data_are_labelled() -> None:
    words = Words("Peta", "Kota", "Mei", "Uji", is_demo=True)
    assert _count(_pixels(map_picture(squares.ground(), KNOWN, words, SMALL)), (255, 243, 205)) > 500


def test_the_scale_bar_is_as_long_as_it_says_on_the_ground() -> None:
    pixels = _pixels(map_picture(squares.ground(with_facilities=False), KNOWN, WORDS, SLIDE))
    first, fourth = (_colour_columns(pixels[:, :1450], colour) for colour in (PREVALENCE.colours[1], NO_DATA_COLOUR))
    _, _, ground_m = Geod(ellps="WGS84").inv(squares.WEST, -6.295, squares.WEST + 4 * squares.SIDE, -6.295)
    metres_per_pixel = ground_m / (fourth.max() - first.min() + 1)
    corner = pixels[850:, 1300:].max(axis=2)
    row = int((corner < 128).sum(axis=1).argmax())
    dark = np.flatnonzero(corner[row] < 128)
    bar = np.split(dark, np.flatnonzero(np.diff(dark) > 1) + 1)[0]  # the arrow stands right of it
    length_m = (bar.max() - bar.min() + 1) * metres_per_pixel
    assert length_m == pytest.approx(nice_length_m(length_m * 1.05), rel=0.02)


@given(st.floats(1, 1e6))
def test_a_scale_is_one_two_or_five_and_at_least_two_fifths_of_its_room(longest_m: float) -> None:
    length = nice_length_m(longest_m)
    assert length <= longest_m * (1 + 1e-9)
    assert length >= 0.4 * longest_m * (1 - 1e-9)
    assert int(f"{length:.0e}"[0]) in (1, 2, 5)
