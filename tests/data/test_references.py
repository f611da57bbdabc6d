"""References of the bulk tables hold although no foreign key keeps them: triggers refuse what would break them."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from data.schema import metadata

CITY = """
INSERT INTO area (code, level, name, parent_code) VALUES ('32.75', 'kota', 'Bekasi', NULL),
    ('32.75.01', 'kecamatan', 'A', '32.75'), ('32.75.01.1001', 'kelurahan', 'B', '32.75.01'),
    ('32.75.01.1001.001', 'rw', 'RW 1', '32.75.01.1001');
INSERT INTO import_batch (kind, content_sha256, rows_read, accepted, parked, duplicates, totals, status)
    VALUES ('eppgbm', 'x', 1, 1, 0, 0, '{}', 'active');
INSERT INTO child (child_key, rw_code, sex, birth_date) VALUES ('\\x01', '32.75.01.1001.001', 1, '2025-01-01');
INSERT INTO measurement (child_key, rw_code, sex, measured_on, age_days, batch_id)
    SELECT '\\x01', '32.75.01.1001.001', 1, '2026-01-01', 365, id FROM import_batch;
INSERT INTO growth_month (rw_code, month, age_band, sex) VALUES ('32.75.01.1001.001', '2026-01-01', '6-23', 1);
"""

BREAKING = {
    "a child in no RW": "INSERT INTO child (child_key, rw_code, sex, birth_date) SELECT '\\x02', '9', 1, '2025-01-01'",
    "a weighing of no child": "UPDATE measurement SET child_key = '\\x03'",
    "a weighing in no RW": "UPDATE measurement SET rw_code = '9'",
    "a weighing of no batch": "UPDATE measurement SET batch_id = batch_id + 1",
    "counts of no RW": "UPDATE growth_month SET rw_code = '9'",
    "a child taken away": "DELETE FROM child",
    "a batch taken away": "DELETE FROM import_batch",
    "an RW taken away": "DELETE FROM area WHERE level = 'rw'",
    "an RW under another code": "UPDATE area SET code = '32.75.01.1001.002' WHERE level = 'rw'",
}


@pytest.mark.parametrize("statement", BREAKING.values(), ids=BREAKING.keys())
def test_what_would_break_a_reference_is_refused(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(CITY))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(statement))


def test_rows_may_go_together_with_what_they_refer_to(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(CITY))
        connection.execute(text("DELETE FROM measurement; DELETE FROM child; DELETE FROM growth_month"))
        connection.execute(text("DELETE FROM area WHERE level = 'rw'"))
        assert connection.scalar(text("SELECT count(*) FROM area WHERE level = 'rw'")) == 0


def test_every_noted_reference_has_its_triggers(engine: Engine) -> None:
    noted = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if "refers_to" in column.info
    }
    found = "SELECT tgrelid::regclass::text, encode(tgargs, 'escape') FROM pg_trigger WHERE tgname LIKE 'require_%'"
    with engine.connect() as connection:
        triggers = connection.execute(text(found)).all()
    assert {(table, arguments.split("\\000")[0]) for table, arguments in triggers} == noted
