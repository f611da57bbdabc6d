"""growth_month says what its definitions say: by hand, and against a slow count written from the definitions."""

import datetime
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, text

from data.intake import aggregate, eppgbm
from data.schema import GROWTH_FLOWS
from tests.data.intake.lists import AREAS, child

TakeIn = Callable[..., eppgbm.Outcome]
RWS = [code for code, level, _, _ in AREAS if level == "rw"]
JULY, AUGUST, SEPTEMBER, OCTOBER = (datetime.date(2026, month, 1) for month in (7, 8, 9, 10))
ONE, TWO = "32.75.01.1001.001", "32.75.01.1001.002"


@dataclass(frozen=True)
class Weighing:
    """A measurement as the database holds it."""

    child: int
    day: datetime.date
    rw: str = ONE
    haz: float | None = -1.0
    born: datetime.date = datetime.date(2024, 10, 5)
    sex: int = 1
    weight: float | None = 10.0
    gain: str | None = None
    haz_flag: bool = False


def put(connection: Connection, weighings: Iterable[Weighing]) -> None:
    connection.execute(
        text(
            "INSERT INTO import_batch (kind, content_sha256, rows_read, accepted, parked, duplicates, totals)"
            " VALUES ('test', 'x', 0, 0, 0, 0, '{}')"
        )
    )
    for row in weighings:
        values = {
            "key": row.child.to_bytes(16, "big"), "rw": row.rw, "sex": row.sex, "born": row.born, "day": row.day,
            "age": (row.day - row.born).days, "weight": row.weight, "haz": row.haz, "gain": row.gain,
            "flag": None if row.haz is None else row.haz_flag,
        }  # fmt: skip
        connection.execute(text("INSERT INTO child VALUES (:key, :rw, :sex, :born) ON CONFLICT DO NOTHING"), values)
        connection.execute(
            text(
                "INSERT INTO measurement (child_key, rw_code, sex, measured_on, age_days, weight_kg, haz, haz_flag,"
                " waz, waz_flag, weight_gain, batch_id) SELECT :key, :rw, :sex, :day, :age, :weight, :haz, :flag,"
                " :haz, :flag, :gain, max(id) FROM import_batch"
            ),
            values,
        )


def counted(engine: Engine, month: datetime.date, rw: str = ONE) -> dict[str, int]:
    """Return an RW's counts of a month that are not zero, summed over bands and sexes."""
    sums = ", ".join(f"sum({name})::int AS {name}" for name in aggregate.COUNTS)
    with engine.connect() as connection:
        row = connection.execute(
            text(f"SELECT {sums} FROM growth_month WHERE rw_code = :rw AND month = :month"), {"rw": rw, "month": month}
        ).one()
    return {name: value for name, value in row._mapping.items() if value}


def rebuild(engine: Engine, weighings: Iterable[Weighing], months: list[datetime.date]) -> None:
    with engine.begin() as connection:
        put(connection, weighings)
        aggregate.rebuild_growth_months(connection, None, months)


def on(month: datetime.date, day: int = 10) -> datetime.date:
    return month.replace(day=day)


def test_a_child_counts_once_by_its_latest_valid_measurement_of_three_months(city: Engine) -> None:
    rebuild(
        city,
        [
            Weighing(1, on(AUGUST), haz=-2.5),
            Weighing(1, on(SEPTEMBER), haz=-3.01),
            Weighing(1, on(OCTOBER), haz=None),
            Weighing(2, on(OCTOBER, 3), haz=-2.5),
            Weighing(2, on(OCTOBER, 9), haz=-2.0),
            Weighing(3, on(OCTOBER), haz=-7.0, haz_flag=True),
        ],
        [OCTOBER],
    )
    found = counted(city, OCTOBER)
    assert (found["haz_valid"], found["stunted"], found["severely_stunted"]) == (2, 1, 1)
    assert found["d_weighed"] == 3
    assert (found["waz_valid"], found["underweight"]) == (2, 1)
    assert "whz_valid" not in found


def test_a_measurement_leaves_the_window_after_three_months(city: Engine) -> None:
    months = [JULY, AUGUST, SEPTEMBER, OCTOBER]
    rebuild(city, [Weighing(1, on(JULY), haz=-2.5)], months)
    assert [counted(city, month).get("stunted", 0) for month in months] == [1, 1, 1, 0]
    assert [counted(city, month).get("d_weighed", 0) for month in months] == [1, 0, 0, 0]
    assert counted(city, OCTOBER) == {"lapsed": 1}
    assert counted(city, JULY)["newly_found"] == 1


@pytest.mark.parametrize(
    ("before", "now", "here", "elsewhere"),
    [
        ((ONE, -1.0), (ONE, -2.5), {"newly_stunted": 1}, {}),
        ((ONE, -2.5), (ONE, -2.5), {}, {}),
        ((ONE, -2.5), (ONE, -1.0), {"recovered": 1}, {}),
        ((ONE, -2.5), (TWO, -2.5), {"moved_out": 1}, {"moved_in": 1}),
        ((ONE, -2.5), (TWO, -1.0), {"recovered": 1}, {}),
        ((ONE, -1.0), (TWO, -2.5), {}, {"newly_stunted": 1}),
    ],
)
def test_a_change_of_state_is_the_flow_that_it_should_be(
    before: tuple[str, float],
    now: tuple[str, float],
    here: dict[str, int],
    elsewhere: dict[str, int],
    city: Engine,
) -> None:
    moves = [Weighing(1, on(SEPTEMBER), *before), Weighing(1, on(OCTOBER), *now)]
    standing = [Weighing(9, on(OCTOBER), ONE), Weighing(8, on(OCTOBER), TWO)]
    rebuild(city, [*moves, *standing], [OCTOBER])
    for rw, expected in ((ONE, here), (TWO, elsewhere)):
        found = counted(city, OCTOBER, rw)
        flows = {name: n for name, n in found.items() if name in GROWTH_FLOWS}
        assert flows == expected


def test_a_stunted_child_that_turned_five_has_aged_out(city: Engine) -> None:
    born = datetime.date(2021, 9, 1)
    rebuild(city, [Weighing(1, on(JULY), haz=-2.5, born=born), Weighing(9, on(OCTOBER))], [OCTOBER])
    assert counted(city, OCTOBER)["aged_out"] == 1


def test_bands_are_by_completed_months_at_the_measurement(city: Engine) -> None:
    day = on(OCTOBER, 31)
    ages = {1: 182, 2: 183, 3: 730, 4: 731}  # six months are 182.625 days, 24 are 730.5
    rebuild(city, [Weighing(n, day, born=day - datetime.timedelta(days=age)) for n, age in ages.items()], [OCTOBER])
    with city.connect() as connection:
        found = connection.execute(
            text("SELECT age_band, haz_valid FROM growth_month WHERE sex = 1 ORDER BY age_band")
        ).fetchall()
    assert [tuple(row) for row in found] == [("0-5", 1), ("24-59", 1), ("6-23", 2)]


def test_n_gained_is_of_those_weighed_in_the_month(city: Engine) -> None:
    rebuild(
        city,
        [
            Weighing(1, on(OCTOBER, 3), gain="T"),
            Weighing(1, on(OCTOBER, 9), gain="N"),
            Weighing(2, on(OCTOBER), gain="N", weight=None),
            Weighing(3, on(SEPTEMBER), gain="N"),
        ],
        [OCTOBER],
    )
    assert (counted(city, OCTOBER)["d_weighed"], counted(city, OCTOBER)["n_gained"]) == (1, 1)


def _set_target(engine: Engine, month: datetime.date, target: int, rw: str = ONE) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, k_enrolled)"
                " SELECT :rw, :month, band, sex, :target, :target - 1"
                " FROM unnest(ARRAY['0-5', '6-23', '24-59']) band, unnest(ARRAY[1, 2]) sex"
            ),
            {"rw": rw, "month": month, "target": target},
        )


def test_targets_are_kept_and_carried_into_a_new_month(city: Engine, take_in: TakeIn) -> None:
    _set_target(city, SEPTEMBER, 5)
    take_in([child(1), child(2, RW="02")])
    take_in([child(1, **{"Tanggal Pengukuran": "2026-09-10"})])
    query = "SELECT min(s_target), max(k_enrolled), count(*) FROM growth_month WHERE rw_code = :rw AND month = :month"
    with city.connect() as connection:
        found = {
            (rw, month): tuple(connection.execute(text(query), {"rw": rw, "month": month}).one())
            for rw in (ONE, TWO)
            for month in (SEPTEMBER, OCTOBER)
        }
    assert found[ONE, SEPTEMBER] == found[ONE, OCTOBER] == (5, 4, 6)
    assert found[TWO, OCTOBER] == (None, None, 6)


def test_history_without_children_and_the_windows_that_reach_into_it_stay(city: Engine, take_in: TakeIn) -> None:
    with city.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex, d_weighed, haz_valid, stunted)"
                " SELECT :rw, month, '6-23', 1, 40, 40, 9"
                " FROM generate_series(date '2026-01-01', '2026-06-01', '1 month') month"
            ),
            {"rw": ONE},
        )
        put(connection, [Weighing(77, on(JULY))])
    outcome = take_in([child(1, **{"Tanggal Pengukuran": f"2026-{month:02d}-15"}) for month in (5, 6, 7, 8, 9, 10)])
    assert outcome.months_rebuilt == (SEPTEMBER, OCTOBER)
    assert counted(city, datetime.date(2026, 5, 1)) == {"d_weighed": 40, "haz_valid": 40, "stunted": 9}
    take_in([child(2, **{"Tanggal Pengukuran": "2026-06-15"})])
    assert counted(city, datetime.date(2026, 6, 1)) == {"d_weighed": 40, "haz_valid": 40, "stunted": 9}


def test_an_import_touches_the_months_that_its_windows_reach_and_the_rws_that_a_child_left(
    city: Engine, take_in: TakeIn
) -> None:
    take_in([child(1, Tinggi="75", RW="01", **{"Tanggal Pengukuran": "2026-08-10"}), child(2, RW="01")])
    assert counted(city, OCTOBER)["stunted"] == 1
    outcome = take_in([child(1, Tinggi="75", RW="02", **{"Tanggal Pengukuran": "2026-09-10"})])
    assert outcome.months_rebuilt == (SEPTEMBER, OCTOBER)
    assert counted(city, SEPTEMBER) == {"moved_out": 1}
    assert counted(city, SEPTEMBER, TWO)["moved_in"] == 1
    assert counted(city, OCTOBER, TWO)["stunted"] == 1


def _naive(weighings: list[Weighing], month: datetime.date) -> Counter[tuple[str, str, int, str]]:
    """Count a month from the definitions, child by child."""

    def months_before(day: datetime.date) -> int:
        return (month.year - day.year) * 12 + month.month - day.month

    def band(row: Weighing) -> str:
        age = math.floor((row.day - row.born).days / 30.4375)
        return "0-5" if age < 6 else "6-23" if age < 24 else "24-59"

    def state(of: int, shift: int) -> Weighing | None:
        rows = [
            row
            for row in weighings
            if row.child == of and row.haz is not None and not row.haz_flag and 0 <= months_before(row.day) - shift < 3
        ]
        return max(rows, key=lambda row: row.day, default=None)

    counts: Counter[tuple[str, str, int, str]] = Counter()

    def add(row: Weighing, what: str) -> None:
        counts[row.rw, band(row), row.sex, what] += 1

    last_day = (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    for number in {row.child for row in weighings}:
        now, was = state(number, 0), state(number, 1)
        is_stunted, was_stunted = now is not None and now.haz < -2, was is not None and was.haz < -2  # type: ignore[operator]
        if now:
            add(now, "haz_valid")
            add(now, "waz_valid")
        if now and is_stunted:
            add(now, "stunted")
            add(now, "underweight")
            if now.haz is not None and now.haz < -3:
                add(now, "severely_stunted")
            if was is None:
                add(now, "newly_found")
            elif not was_stunted:
                add(now, "newly_stunted")
            elif was.rw != now.rw:
                add(now, "moved_in")
                add(was, "moved_out")
        elif was and was_stunted:
            if now:
                add(was, "recovered")
            else:
                add(was, "aged_out" if (last_day - was.born).days / 30.4375 >= 60 else "lapsed")
        weighed = [row for row in weighings if row.child == number and row.weight and months_before(row.day) == 0]
        if weighed:
            last = max(weighed, key=lambda row: row.day)
            add(last, "d_weighed")
            if last.gain == "N":
                add(last, "n_gained")
    return counts


def _invented(seed: int) -> list[Weighing]:
    draw = np.random.default_rng(seed)
    weighings = {}
    for number in range(60):
        born = datetime.date(2026, 10, 1) - datetime.timedelta(days=int(draw.integers(100, 1950)))
        rw = str(draw.choice(RWS))
        for _ in range(draw.integers(1, 9)):
            day = datetime.date(2026, 1, 1) + datetime.timedelta(days=int(draw.integers(0, 300)))
            if not 0 <= (day - born).days < 1826:
                continue
            if draw.random() < 0.2:
                rw = str(draw.choice(RWS))
            haz = None if draw.random() < 0.15 else round(float(draw.normal(-2, 1)), 2)
            weighings[number, day] = Weighing(
                number, day, rw, haz, born, 1 + number % 2, None if draw.random() < 0.1 else 10.0,
                str(draw.choice(["N", "T"])), bool(draw.random() < 0.1),
            )  # fmt: skip
    return list(weighings.values())


MONTHS = [datetime.date(2026, month, 1) for month in range(1, 11)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_and_flows_equal_a_slow_count_from_the_definitions(seed: int, city: Engine) -> None:
    weighings = _invented(seed)
    rebuild(city, weighings, MONTHS)
    with city.connect() as connection:
        rows: list[Any] = connection.execute(text("SELECT * FROM growth_month")).mappings().fetchall()
    for month in MONTHS:
        found = Counter(
            {
                (row["rw_code"], row["age_band"], row["sex"], name): row[name]
                for row in rows
                if row["month"] == month
                for name in aggregate.COUNTS
            }
        )
        assert +found == _naive(weighings, month)


def test_stunted_changes_by_its_flows_alone(city: Engine) -> None:
    rebuild(city, _invented(4), MONTHS)
    for rw in RWS:
        for before, month in itertools.pairwise(MONTHS):
            was, now = Counter(counted(city, before, rw)), Counter(counted(city, month, rw))
            gained = now["newly_stunted"] + now["newly_found"] + now["moved_in"]
            lost = now["recovered"] + now["moved_out"] + now["aged_out"] + now["lapsed"]
            assert now["stunted"] - was["stunted"] == gained - lost


def test_rebuilding_some_rws_gives_what_rebuilding_all_gives(city: Engine) -> None:
    rebuild(city, _invented(5), MONTHS)
    query = text("SELECT * FROM growth_month ORDER BY rw_code, month, age_band, sex")
    with city.begin() as connection:
        whole = connection.execute(query).fetchall()
        connection.execute(text("DELETE FROM growth_month WHERE rw_code = :rw AND month >= '2026-06-01'"), {"rw": ONE})
        aggregate.rebuild_growth_months(connection, [ONE], MONTHS[5:])
        assert connection.execute(query).fetchall() == whole


def test_months_later_than_the_newest_data_are_not_made_up() -> None:
    assert aggregate.influenced_months([SEPTEMBER], OCTOBER) == [SEPTEMBER, OCTOBER]
    assert aggregate.influenced_months([datetime.date(2025, 11, 1)], OCTOBER) == [
        datetime.date(2025, 11, 1),
        datetime.date(2025, 12, 1),
        datetime.date(2026, 1, 1),
        datetime.date(2026, 2, 1),
    ]
