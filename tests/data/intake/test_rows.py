"""Which rows are taken in, set aside or repeated, and who counts as one child."""

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake.eppgbm import read_list
from data.intake.identity import usable_niks
from data.intake.places import make_places
from data.intake.report import Totals, totals
from data.intake.rows import REASONS, Classified, classify
from tests.data.intake.conftest import SECRET, TODAY
from tests.data.intake.lists import AREAS, LAYOUT_B, as_csv, as_xlsx, child

Count = Callable[..., Totals]
Read = Callable[..., Classified]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Kab/Kota": "KAB. BEKASI"}, "outside_city"),
        ({"Kab/Kota": "KABUPATEN BEKASI"}, "outside_city"),
        ({"Kab/Kota": "KOTA BOGOR"}, "outside_city"),
        ({"Kab/Kota": "BEKASI", "Kec": "TAMBUN SELATAN"}, "outside_city"),
        ({"Kab/Kota": "BEKASI", "Kec": ""}, "outside_city"),
        ({"Kec": "TAMBUN SELATAN"}, "area_unknown"),
        ({"Desa/Kel": "ANTAH BERANTAH"}, "area_unknown"),
        ({"Desa/Kel": ""}, "area_unknown"),
        ({"Desa/Kel": "-"}, "area_unknown"),
        ({"Desa/Kel": "", "RW": "0"}, "area_unknown"),
        ({"Desa/Kel": "BINTARA"}, "area_unknown"),
        ({"Kec": "", "Desa/Kel": "DUREN JAYA"}, "area_unknown"),
        ({"RW": "44"}, "area_unknown"),
        ({"RW": "SEJAHTERA"}, "area_unknown"),
        ({"RW": ""}, "rw_missing"),
        ({"RW": "0"}, "rw_missing"),
        ({"RW": "000"}, "rw_missing"),
        ({"RW": "-"}, "rw_missing"),
        ({"RW": "RW"}, "rw_missing"),
        ({"Tgl Lahir": ""}, "birth_date_invalid"),
        ({"Tgl Lahir": "2024-02-30"}, "birth_date_invalid"),
        ({"Tgl Lahir": "0000-00-00"}, "birth_date_invalid"),
        ({"Tgl Lahir": "10/25/2024"}, "birth_date_invalid"),
        ({"Tanggal Pengukuran": ""}, "measured_on_invalid"),
        ({"Tanggal Pengukuran": "kemarin"}, "measured_on_invalid"),
        ({"Tanggal Pengukuran": "2026-11-02"}, "measured_on_invalid"),
        ({"Tgl Lahir": "2026-10-11"}, "age_out_of_range"),
        ({"Tgl Lahir": "2021-10-09"}, "age_out_of_range"),
        ({"JK": ""}, "sex_invalid"),
        ({"JK": "X"}, "sex_invalid"),
        ({"Berat": "", "Tinggi": ""}, "no_measurement"),
        ({"Berat": "0", "Tinggi": "-"}, "no_measurement"),
        ({"Berat": "0,0", "Tinggi": "0"}, "no_measurement"),
    ],
)
def test_a_row_is_parked_for_its_reason(changes: dict[str, str], reason: str, count: Count) -> None:
    assert count([child(1, **changes)]).parked_reasons == {reason: 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"Kab/Kota": ""},
        {"Kab/Kota": "-"},
        {"Kab/Kota": "Kota  Bekasi"},
        {"Kab/Kota": "BEKASI"},
        {"Kab/Kota": "32.75"},
        {"Kec": "Kec. Bekasi Timur"},
        {"Kec": "BEKASITIMUR"},
        {"Kec": ""},
        {"Desa/Kel": "Kelurahan Margahayu"},
        {"Desa/Kel": "KEL.MARGA-HAYU"},
        {"Desa/Kel": "3275011001"},
        {"RW": "RW 01"},
        {"RW": "001"},
        {"RW": "rw.1"},
        {"RW": "RT 02 / RW 01"},
        {"Tgl Lahir": "05/10/2024"},
        {"Tgl Lahir": "5-10-2024"},
        {"Tgl Lahir": "05.10.2024"},
        {"Tgl Lahir": "2024/10/05"},
        {"Tgl Lahir": "2024-10-05 00:00:00"},
        {"Tgl Lahir": "5 Oktober 2024"},
        {"Tgl Lahir": "05-Agt-24"},
        {"Tgl Lahir": "20241005"},
        {"Tgl Lahir": "45570"},
        {"Tgl Lahir": "2021-10-10"},
        {"Tgl Lahir": "2026-10-10"},
        {"JK": "Laki-laki"},
        {"JK": "p"},
        {"Berat": ""},
        {"Tinggi": "-"},
        {"Tinggi": "8888"},
        {"Usia Saat Ukur": ""},
    ],
)
def test_a_row_is_taken_in_however_it_is_written(changes: dict[str, str], count: Count) -> None:
    assert count([child(1, **changes)]).accepted == 1


def test_the_first_reason_that_holds_is_the_rows(count: Count) -> None:
    wrong = {
        "outside_city": {"Kab/Kota": "KOTA BOGOR"},
        "area_unknown": {"Desa/Kel": "ANTAH"},
        "rw_missing": {"RW": ""},
        "birth_date_invalid": {"Tgl Lahir": ""},
        "measured_on_invalid": {"Tanggal Pengukuran": ""},
        "sex_invalid": {"JK": ""},
        "no_measurement": {"Berat": "", "Tinggi": ""},
    }
    for at, reason in enumerate(wrong):
        changes: dict[str, Any] = {}
        for later in list(wrong)[at:]:
            changes |= wrong[later]
        assert count([child(1, **changes)]).parked_reasons == {reason: 1}


def test_sixty_months_is_a_matter_of_days() -> None:
    born = datetime.date(2026, 10, 10)
    places = make_places([(code, level, name) for code, level, name, _ in AREAS])
    ages = {
        days: totals(
            classify(
                read_list(as_csv([child(1, **{"Tgl Lahir": (born - datetime.timedelta(days=days)).isoformat()})])),
                places, SECRET.encode(), TODAY, None,
            )
        ).accepted
        for days in (1826, 1827)
    }  # fmt: skip
    assert ages == {1826: 1, 1827: 0}


def test_a_length_of_8888_is_taken_in_and_its_haz_is_not_valid(count: Count) -> None:
    counted = count([child(1, Tinggi="8888")])
    assert (counted.accepted, counted.haz_valid, counted.stunted) == (1, 0, 0)


def test_stunting_is_counted_by_the_rounded_score_of_the_lying_or_standing_length(read: Read) -> None:
    standing = read(as_csv([child(1, **{"Cara Ukur": "Berdiri"})])).weighings.scores.haz[0]
    lying = read(as_csv([child(1, **{"Cara Ukur": "Telentang"})])).weighings.scores.haz[0]
    unknown = read(as_csv([child(1, **{"Cara Ukur": "-"})])).weighings.scores.haz[0]
    assert lying < standing
    assert unknown == standing


def test_age_comes_from_the_dates_and_not_from_the_files_own_words(read: Read) -> None:
    rows = [child(1, **{"Usia Saat Ukur": "4 Tahun - 0 Bulan - 0 Hari"})]
    assert read(as_csv(rows)).weighings.age_days.tolist() == [735]


@pytest.mark.parametrize(
    ("off", "mismatches"),
    [(0.0, 0), (0.05, 0), (-0.05, 0), (0.06, 1), (-0.06, 1), (3.0, 1)],
)
def test_a_score_is_a_mismatch_beyond_five_hundredths(off: float, mismatches: int, read: Read, count: Count) -> None:
    ours = read(as_csv([child(1)])).weighings.scores.haz[0]
    assert count([child(1, **{"ZS TB/U": f"{ours + off:.2f}"})]).z_mismatch == mismatches
    assert count([child(1, **{"ZS TB/U": f"{ours + off:.2f}".replace(".", ",")})]).z_mismatch == mismatches


@pytest.mark.parametrize("own", ["", "-", "tidak ada"])
def test_a_blank_score_is_no_mismatch(own: str, count: Count) -> None:
    assert count([child(1, **{"ZS TB/U": own})]).z_mismatch == 0


def test_a_second_row_of_a_child_and_day_is_a_duplicate_and_another_day_is_not(count: Count) -> None:
    counted = count([child(1), child(1, Berat="11.9"), child(1, **{"Tanggal Pengukuran": "2026-09-10"})])
    assert (counted.rows_read, counted.accepted, counted.duplicates, counted.children) == (3, 2, 1, 1)


def test_the_first_of_two_rows_is_kept(read: Read) -> None:
    assert read(as_csv([child(1), child(1, Berat="11.9")])).weighings.weight_kg.tolist() == [11.2]


def test_a_parked_row_is_no_ground_for_a_duplicate(count: Count) -> None:
    counted = count([child(1, RW=""), child(1)])
    assert (counted.accepted, counted.parked, counted.duplicates) == (1, 1, 0)


TWINS = {"Nama Ortu": "BAPAK X / IBU X", "NIK": "32750*****"}


@pytest.mark.parametrize("nik", ["32750*****", "3275*************", "", "-", "3,27E+15", "3.27501E+15", "0" * 16,
                                 "9" * 16, "327501011234567", "32750101123456789", "TIDAK ADA"])  # fmt: skip
def test_a_masked_or_damaged_nik_merges_nobody(nik: str, count: Count) -> None:
    rows = [child(number, NIK=nik, **{"Nama Ortu": "SAMA"}) for number in (1, 2, 3)]
    assert count(rows).children == 3


@pytest.mark.parametrize("nik", ["`3275010100000007", "'3275010100000007", " 3275010100000007 ", '="3275010100000007"'])
def test_a_nik_is_known_behind_the_marks_that_keep_it_text(nik: str, count: Count) -> None:
    rows = [child(1, NIK="3275010100000007"), child(1, NIK=nik, Nama="LAIN", **{"Tanggal Pengukuran": "2026-09-01"})]
    assert count(rows).children == 1


def test_a_nik_that_a_workbook_keeps_as_a_number_has_lost_digits(count: Count) -> None:
    rows = [child(1, NIK=3275010100000007), child(2, NIK=3275010100000007)]
    assert count(as_xlsx(rows)).children == 2


def test_a_column_of_niks_that_all_end_in_zero_was_rounded() -> None:
    rounded = [f"32750101{number:07d}0" for number in range(1, 11)]
    assert usable_niks(rounded) == [""] * 10
    assert usable_niks(rounded[:9]) == rounded[:9]
    assert usable_niks([*rounded, "3275010100000011"])[0] == rounded[0]


def test_twins_stay_two(count: Count) -> None:
    counted = count([child(1, Nama="CONTOH SATU", **TWINS), child(2, Nama="CONTOH DUA", **TWINS)])
    assert (counted.children, counted.duplicates) == (2, 0)


def test_a_child_without_nik_is_one_however_its_name_is_spaced(count: Count) -> None:
    rows = [
        child(1, NIK="", Nama="SITI CONTOH", **{"Nama Ortu": "BAPAK / IBU"}),
        child(
            1, NIK="32750***", Nama=" Siti-Contoh ", **{"Nama Ortu": "Bapak/Ibu", "Tanggal Pengukuran": "2026-09-01"}
        ),
    ]
    assert count(rows).children == 1


@pytest.mark.parametrize("other", [{"Tgl Lahir": "2024-10-06"}, {"JK": "P"}, {"Nama Ortu": "LAIN"}, {"Nama": "LAIN"}])
def test_children_without_nik_differ_by_any_part_of_their_identity(other: dict[str, str], count: Count) -> None:
    assert count([child(1, NIK=""), {**child(1, NIK=""), **other}]).children == 2


def test_nameless_children_without_nik_are_one_only_when_their_whole_rows_are(count: Count) -> None:
    nameless = {"NIK": "", "Nama": "", "Nama Ortu": ""}
    rows = [child(1, **nameless), child(1, **nameless), child(1, Alamat="LAIN", **nameless)]
    assert (count(rows).children, count(rows).duplicates) == (2, 1)


def test_keys_depend_on_the_secret() -> None:
    places = make_places([(code, level, name) for code, level, name, _ in AREAS])
    table = read_list(as_csv([child(1)]))
    keys = {classify(table, places, secret, TODAY, None).weighings.keys[0] for secret in (b"a" * 32, b"b" * 32)}
    assert len(keys) == 2
    assert {len(key) for key in keys} == {16}


TEXTS = st.sampled_from(
    ["", "-", "0", "1", "01", "RW 02", "L", "P", "KOTA BEKASI", "KAB BEKASI", "BEKASI TIMUR", "MARGAHAYU", "2024-10-05",
     "2026-10-10", "10/10/2026", "46305", "11,2", "8888", "1e999", "nan", "32750*", "3275010100000001", "\x00",
     "\ud7ff", "'; DROP TABLE child; --", "<td>", "∞", "9" * 400]
)  # fmt: skip
JUNK_ROW = st.dictionaries(st.sampled_from(LAYOUT_B), TEXTS | st.text(max_size=8), max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(JUNK_ROW, min_size=1, max_size=8))
def test_the_sums_hold_whatever_the_rows_say(junk: list[dict[str, str]]) -> None:
    places = make_places([(code, level, name) for code, level, name, _ in AREAS])
    rows = [child(number, **changes) for number, changes in enumerate(junk, start=1)]
    for written in (as_csv(rows), as_csv(rows, delimiter=",")):
        counted = totals(classify(read_list(written), places, SECRET.encode(), TODAY, None))
        assert counted.rows_read == counted.accepted + counted.parked + counted.duplicates
        assert counted.rows_read >= len(rows)
        assert sum(counted.parked_reasons.values()) == counted.parked
        assert set(counted.parked_reasons) <= set(REASONS)
        assert counted.severely_stunted <= counted.stunted <= counted.haz_valid <= counted.accepted
        assert counted.children <= counted.accepted


def test_a_posyandu_is_kept_as_written_and_an_address_in_its_place_is_not(read: Read) -> None:
    rows = [child(1, Posyandu="Melati  2"), child(2, Posyandu="JL CONTOH NO 2 RT 02"), child(3, Posyandu="")]
    assert read(as_csv(rows)).weighings.posyandu.tolist() == ["Melati 2", None, None]


def test_the_files_own_letter_for_weight_gain_is_read(read: Read) -> None:
    letters = ["N", "t", "O", "B", "-", "", "Naik"]
    rows = [child(number, **{"Naik Berat Badan": letter}) for number, letter in enumerate(letters, start=1)]
    assert read(as_csv(rows)).weighings.own_gain.tolist() == ["N", "T", "O", "B", None, None, "N"]


def test_a_row_with_weight_only_has_no_haz(read: Read) -> None:
    scores = read(as_csv([child(1, Tinggi="")])).weighings.scores
    assert np.isnan(scores.haz[0])
    assert not np.isnan(scores.waz[0])
