"""What a city lacks, in the city of four squares."""

from sqlalchemy import Engine, text

from data.queries.completeness import gaps
from data.scope import ENGINE, PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection
from data.travel import fill_travel
from tests.data.intake.areas.squares import CODES

PLANNING = Scope(PLANNER, (WHOLE_CITY,), "test")
ROW = "INSERT INTO area (code, level, name, parent_code, point_lat, point_lon, point_source, geometry_source) VALUES "


def found(engine: Engine) -> dict[str, tuple[int, int]]:
    with scoped_connection(engine, ENGINE) as connection:
        return {gap.code: (gap.count, gap.total) for gap in gaps(connection)}


def city(engine: Engine) -> None:
    """Two RWs, one of which has a point, and two puskesmas, of which one serves that RW."""
    with writing_connection(engine, PLANNING) as connection:
        for statement in (
            f"{ROW} ('32.99', 'kota', 'Kota Contoh', NULL, NULL, NULL, 'none', 'none'),"
            " ('32.99.01', 'kecamatan', 'Suka', '32.99', NULL, NULL, 'none', 'none'),"
            f" ('{CODES[0]}', 'kelurahan', 'Suka Maju', '32.99.01', NULL, NULL, 'none', 'none'),"
            f" ('{CODES[0]}.001', 'rw', 'RW 001', '{CODES[0]}', -6.495, 107.005, 'posyandu', 'none'),"
            f" ('{CODES[0]}.002', 'rw', 'RW 002', '{CODES[0]}', NULL, NULL, 'none', 'none')",
            "INSERT INTO facility (code, kind, name, area_code, lat, lon) VALUES"
            f" ('A', 'puskesmas', 'Puskesmas A', '{CODES[0]}', -6.49, 107.0),"
            f" ('B', 'puskesmas', 'Puskesmas B', '{CODES[0]}', NULL, NULL)",
            f"INSERT INTO service_area (rw_code, facility_code) VALUES ('{CODES[0]}.001', 'A')",
        ):
            connection.execute(text(statement))


def test_an_empty_city_lacks_the_beginnings(engine: Engine) -> None:
    assert list(found(engine)) == [
        "rw_missing",
        "puskesmas_missing",
        "travel_missing",
        "months_none",
        "targets_missing",
    ]


def test_each_gap_is_counted_against_its_whole(engine: Engine) -> None:
    city(engine)
    assert found(engine) == {
        "rw_without_point": (1, 2),
        "rw_without_outline": (2, 2),
        "facility_without_point": (1, 2),
        "puskesmas_without_area": (1, 2),
        "rw_without_puskesmas": (1, 2),
        "travel_missing": (1, 1),
        "months_none": (1, 1),
        "targets_missing": (1, 1),
    }


def test_straight_lines_and_a_month_that_is_missing_are_gaps(engine: Engine) -> None:
    city(engine)
    with writing_connection(engine, PLANNING) as connection:
        fill_travel(connection, None)
        batch = connection.scalar(
            text(
                "INSERT INTO import_batch (kind, content_sha256, rows_read, accepted, parked, duplicates, totals)"
                " VALUES ('eppgbm', 'x', 1, 1, 0, 0, '{}') RETURNING id"
            )
        )
        for month in ("2026-08-01", "2026-10-01"):
            connection.execute(
                text("INSERT INTO growth_month (rw_code, month, age_band, sex) VALUES (:rw, :month, '0-5', 1)"),
                {"rw": f"{CODES[0]}.001", "month": month, "batch": batch},
            )
    told = found(engine)
    assert told["travel_straight"] == (1, 1)
    assert told["months_missing"] == (1, 3)
    assert told["rw_silent"] == (1, 2)


def test_an_rw_that_ended_is_no_gap(engine: Engine) -> None:
    city(engine)
    with writing_connection(engine, PLANNING) as connection:
        connection.execute(text("UPDATE area SET valid_to = '2026-06-30' WHERE code LIKE '%.002'"))
    assert "rw_without_point" not in found(engine)
