"""Numbers, dates and spans read as an Indonesian reader writes them."""

import datetime

import pytest

from dashboard import format as fmt


@pytest.mark.parametrize("give", [fmt.count, fmt.share, fmt.minutes, fmt.kilometres, fmt.points, fmt.change])
@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_value_is_a_dash_and_never_a_zero(give, missing) -> None:
    assert give(missing) == "–"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (fmt.count(4012), "4.012"),
        (fmt.count(0), "0"),
        (fmt.share(0.0299, 2), "2,99\u00a0%"),
        (fmt.share_between(0.021, 0.079), "2,1–7,9\u00a0%"),
        (fmt.points(0.0031), "+0,3\u00a0poin"),
        (fmt.points(-0.0031), "−0,3\u00a0poin"),
        (fmt.points(0.0001), "±0,0\u00a0poin"),
        (fmt.change(-1234), "−1.234"),
        (fmt.minutes(20), "kurang dari 1 menit"),
        (fmt.minutes(59.6 * 60), "1 jam"),
        (fmt.minutes(65 * 60), "1 jam 5 menit"),
        (fmt.kilometres(846), "850 m"),
        (fmt.kilometres(997), "1,0 km"),
        (fmt.kilometres(12_345), "12,3 km"),
        (fmt.month(datetime.date(2026, 10, 1)), "Oktober 2026"),
        (fmt.short_month(datetime.date(2026, 8, 1)), "Agu 2026"),
        (fmt.window(datetime.date(2026, 10, 1), 3), "Agustus–Oktober 2026"),
        (fmt.window(datetime.date(2026, 1, 1), 3), "November 2025–Januari 2026"),
    ],
)
def test_values_read_as_indonesian_writes_them(given: str, read: str) -> None:
    assert given == read


def test_a_moment_is_told_in_jakarta_time() -> None:
    utc = datetime.datetime(2026, 11, 20, 23, 30, tzinfo=datetime.UTC)
    assert fmt.moment(utc) == "21 November 2026 pukul 06.30 WIB"


@pytest.mark.parametrize(
    ("days", "read"), [(0, "hari ini"), (3, "3 hari lalu"), (90, "2 bulan lalu"), (800, "2 tahun lalu")]
)
def test_an_age_is_told_in_the_largest_fitting_unit(days: int, read: str) -> None:
    now = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
    assert fmt.age(now - datetime.timedelta(days=days), now) == read
