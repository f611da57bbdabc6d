"""The register's card offers the minutes of its meeting, with the promises made there."""

import datetime
import io

import docx
import pytest
from sqlalchemy import Engine

from dashboard.access import PLANNER, viewer_as
from data.rakor.meetings import Meeting, add_meeting
from data.rakor.promises import Owner, Promise, add_promise
from data.scope import Scope, writing_connection
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import forget
from tests.data.pusing import hand_written

DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def city(new_database: DatabaseMaker, migrated_template: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope(PLANNER, ("",), "test")) as connection:
        hand_written.load(connection)
        number = add_meeting(
            connection, Meeting(DAY, "Rakor TW-III 2026", chair="Sekda", present=("Dinas Kesehatan",)), "Perencana"
        )
        owner = Owner("opd", "Dinas Kesehatan")
        add_promise(connection, Promise(number, owner, "Menambah kit", datetime.date(2026, 12, 31)), "Perencana")
    forget()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    return engine


def test_minutes_hold_the_meeting_and_its_promise(city: Engine) -> None:
    from dashboard import cache
    from dashboard.rakor.minutes import made

    viewer = viewer_as(PLANNER, "Perencana Dinkes")
    version = cache.data_version(viewer.scope)
    (meeting,) = cache.meetings(viewer.scope, version).to_dict("records")
    tables = docx.Document(io.BytesIO(made(viewer, version, meeting))).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["Dipimpin oleh", "Sekda"] in rows
    assert ["Dinas Kesehatan", "Menambah kit", "31 Desember 2026", "–"] in rows
    assert ["Dasar data", "Data berjalan, tanpa potret"] in rows
