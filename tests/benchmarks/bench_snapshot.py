"""What a snapshot costs: the first, one when nothing changed, one after a month was corrected, and its verification.

Measured on a city of the demo's size: the aggregates of 1,020 RWs, made up by SQL, in a database of its own.
"""

import datetime
import tempfile
from pathlib import Path

from sqlalchemy import Connection, text

from data.embedded import start_embedded
from data.engine import make_engine
from data.migrate import upgrade
from data.scope import PLANNER, WHOLE_CITY, Scope, owner_connection
from data.snapshots import make_snapshot, verify_snapshot
from tests.benchmarks.harness import Row, timed

RWS, MONTHS, FACILITIES = 1_020, 82, 159
FIRST_LIMIT_S, NEXT_LIMIT_S, VERIFY_LIMIT_S = 20.0, 10.0, 8.0
_DAY = datetime.date(2026, 11, 21)
_PLANNER = Scope(PLANNER, (WHOLE_CITY,), "bench")


def run() -> list[Row]:
    """Return seconds and megabytes of three snapshots."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(start_embedded(Path(folder) / "postgres"))
        upgrade(engine)
        with engine.begin() as connection:
            for statement in _CITY:
                connection.execute(text(statement))
        rows = []
        for name, limit, change in (
            ("the first", FIRST_LIMIT_S, None),
            ("another, nothing changed", NEXT_LIMIT_S, "SELECT 1"),
            ("another, a month corrected", NEXT_LIMIT_S, _CORRECTED),
        ):
            if change:
                with owner_connection(engine) as connection:
                    connection.execute(text(change))
            with engine.connect() as connection:
                before = _megabytes(connection)
            with timed() as watch:
                made = make_snapshot(engine, _PLANNER, name, _DAY, "bench")
            with engine.connect() as connection:
                grown = _megabytes(connection) - before
            rows.append(Row(f"snapshot: {name}", round(watch.seconds, 2), "s", limit, f"{grown:.0f} MB more"))
        with timed() as watch:
            changed = verify_snapshot(engine, made.id)
        note = "sound" if not changed else f"changed: {changed}"
        rows.append(Row("snapshot: verify", round(watch.seconds, 2), "s", VERIFY_LIMIT_S, note))
        engine.dispose()
    return rows


def _megabytes(connection: Connection) -> float:
    size = connection.scalar(
        text(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) / 1e6 FROM pg_class"
            " WHERE relnamespace = 'rembuk_frozen'::regnamespace AND relkind = 'r'"
        )
    )
    return float(size or 0)


_CITY = (
    "INSERT INTO area (code, level, name) VALUES ('32.75', 'kota', 'Kota'), ('32.75.01', 'kecamatan', 'K'),"
    " ('32.75.01.1001', 'kelurahan', 'K')",
    "INSERT INTO area (code, level, name, parent_code) SELECT '32.75.01.1001.' || lpad(n::text, 4, '0'), 'rw',"
    f" 'RW ' || n, '32.75.01.1001' FROM generate_series(1, {RWS}) n",
    "INSERT INTO facility (code, kind, name) SELECT 'F' || n, 'klinik', 'F' || n"
    f" FROM generate_series(1, {FACILITIES}) n",
    "INSERT INTO road_network (id, engine, source) VALUES ('x', 'x', 'x')",
    "INSERT INTO travel (rw_code, facility_code, mode, duration_s, distance_m, method, network_id)"
    " SELECT a.code, f.code, m, random() * 3000, random() * 9000, 'network', 'x' FROM area a CROSS JOIN facility f"
    " CROSS JOIN unnest(ARRAY['walk', 'motorcycle', 'car']) m WHERE a.level = 'rw'",
    "INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, d_weighed, haz_valid, stunted)"
    " SELECT a.code, ('2020-01-01'::date + make_interval(months => n))::date, b, s, 40, 30, 30, 3 FROM area a"
    f" CROSS JOIN generate_series(0, {MONTHS - 1}) n CROSS JOIN unnest(ARRAY['0-5', '6-23', '24-59']) b"
    " CROSS JOIN generate_series(1, 2) s WHERE a.level = 'rw'",
)
_CORRECTED = "UPDATE growth_month SET stunted = 2 WHERE month = (SELECT max(month) FROM growth_month)"
