from datetime import date

import numpy as np
import pandas as pd
import pytest

from models.growth import codes


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.5", 12.5), (" 12,5 ", 12.5), ("1e-3", 0.001), (".5", 0.5), ("+7", 7), ("-3", -3), ("1e309", np.inf)],
)
def test_a_number_is_read_with_point_or_comma(text, number):
    assert codes.numbers([text])[0] == number


@pytest.mark.parametrize(
    "text", ["", "abc", "12 kg", "1_0", "1.234,5", "nan", "NaN", "0x1F", "--1", "1e", "٣", "²", None]
)
def test_what_is_no_number_is_missing(text):
    assert np.isnan(codes.numbers([text])[0])


@pytest.mark.parametrize(
    "text",
    ["2024-02-29", "2024-2-29", "29/02/2024", "29-2-2024", "2024-02-29 10:15:00", "2024-02-29T00:00", "2024/02/29"],
)
def test_a_date_is_read_iso_or_day_first(text):
    assert codes.days([text])[0] == date(2024, 2, 29).toordinal()


@pytest.mark.parametrize(
    "text", ["2023-02-29", "0000-01-01", "31/04/2024", "02/13/2024", "1/2/24", "kemarin", "", "45321"]
)
def test_an_unreal_date_is_missing(text):
    assert np.isnan(codes.days([text])[0])


def test_a_column_of_real_dates_is_read_too():
    assert codes.days(pd.Series(pd.to_datetime(["2024-02-29", None]))).tolist()[0] == date(2024, 2, 29).toordinal()


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        (["1", "L", "m", "M", 1, 1.0, "1.0", "Laki-laki"], 1),
        (["2", "p", "F", 2, "PEREMPUAN"], 2),
        (["", None, "x", "3"], 0),
    ],
)
def test_sex_is_read_in_every_notation(values, meaning):
    assert set(codes.sexes(values).tolist()) == {meaning}


def test_position_and_oedema_are_read_in_any_case_and_all_else_is_blank():
    assert codes.positions(["l", "L ", "h", "H", "", "x"]).tolist() == [1, 1, 2, 2, 0, 0]
    assert codes.oedemas(["y", "Y", "n", "", "ya?"]).tolist() == [True, True, False, False, False]


def test_a_column_that_holds_truth_values_already_is_understood():
    assert codes.oedemas(pd.Series([True, False, None])).tolist() == [True, False, False]


@pytest.mark.parametrize("kind", ["Int64", "Float64", "float64"])
def test_a_column_of_numbers_keeps_its_gaps_as_missing(kind):
    read = codes.numbers(pd.Series([1, None], dtype=kind))
    assert read[0] == 1
    assert np.isnan(read[1])
