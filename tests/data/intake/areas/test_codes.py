"""Codes as files write them, and which columns hold them."""

import pytest

from data.intake.areas import codes


@pytest.mark.parametrize(
    ("written", "level", "code"),
    [
        ("32.75.01.1001", "kelurahan", "32.75.01.1001"),
        ("3275011001", "kelurahan", "32.75.01.1001"),
        ("3275011001.0", "kelurahan", "32.75.01.1001"),
        ("3.275011001E+9", "kelurahan", "32.75.01.1001"),
        ("32.75.1.1001", "kelurahan", "32.75.01.1001"),
        ("32-75-01", "kecamatan", "32.75.01"),
        ("327501", "kecamatan", "32.75.01"),
        ("32.75.01.1001.7", "rw", "32.75.01.1001.007"),
        ("32750110017", "rw", "32.75.01.1001.007"),
        ("3275011001007", "rw", "32.75.01.1001.007"),
        ("3275040006", "kelurahan", None),
        ("3275040", "kecamatan", None),
        ("Bekasi Jaya", "kelurahan", None),
        ("", "kelurahan", None),
    ],
)
def test_a_code_is_read_however_it_is_written(written: str, level: str, code: str | None) -> None:
    assert codes.kemendagri(written, level) == code


def test_whole_numbers_of_a_file_lose_their_decimal_point() -> None:
    assert codes.as_text(3275011001.0) == "3275011001"
    assert codes.as_text(float("nan")) == ""


def test_bps_codes_are_told_apart_by_their_seventh_digit() -> None:
    assert codes.is_bps(["3275040006", "3275040005"], "kelurahan")
    assert not codes.is_bps(["3275011001", "3275011002"], "kelurahan")
    assert codes.is_bps(["3275040", "3275041"], "kecamatan")


def test_the_column_that_tells_all_rows_apart_is_the_code() -> None:
    columns = {
        "kode_kec": ["32.75.01", "32.75.01"],
        "kode_bps": ["3275040006", "3275040005"],
        "kode": ["32.75.01.1001", "32.75.01.1002"],
        "kelurahan": ["A", "B"],
    }
    assert codes.code_column(columns, None) == ("kelurahan", "kode")


def test_of_two_name_columns_the_one_with_spaces_is_taken() -> None:
    columns = {"kelurahan": ["Bekasijaya"], "kelurahan_spasi": ["Bekasi Jaya"], "kecamatan": ["Bekasi Timur"]}
    assert codes.name_column(columns, "kelurahan") == "kelurahan_spasi"


def test_names_lose_capitals_and_the_word_of_their_level() -> None:
    assert codes.proper_name("KELURAHAN BEKASI JAYA", "", "kelurahan") == "Bekasi Jaya"
    assert codes.proper_name("McDonald", "", "kelurahan") == "McDonald"
    assert codes.proper_name("apa saja", "32.75.01.1001.007", "rw") == "RW 007"
