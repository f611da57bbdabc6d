"""`python -m dashboard demo`: what it does before it builds, and what it refuses."""

import pytest
from sqlalchemy import Engine, insert, select
from typer.testing import CliRunner

from dashboard.cli import demo as command
from dashboard.cli.failures import sentence
from data.demo.build import DemoPlan, DemoSummary
from data.errors import DemoGuardError, UnusableInputError
from data.schema import area


@pytest.fixture
def database(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(command, "get_engine", lambda: engine)
    return engine


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[DemoPlan]:
    """The builds that were asked for, instead of building them."""
    asked: list[DemoPlan] = []

    def build(_engine: Engine, plan: DemoPlan, stage: object) -> DemoSummary:
        asked.append(plan)
        return DemoSummary(1020, 1, 1, 1, 1, "network")

    monkeypatch.setattr(command, "build_demo", build)
    return asked


def test_end_and_seed_reach_the_build(database: Engine, plans: list[DemoPlan]) -> None:
    CliRunner().invoke(command.app, ["--end", "2026-08", "--seed", "7"], catch_exceptions=False)
    assert [(plan.end, plan.seed) for plan in plans] == [("2026-08", 7)]


def test_if_empty_builds_in_an_empty_database(database: Engine, plans: list[DemoPlan]) -> None:
    CliRunner().invoke(command.app, ["--if-empty"], catch_exceptions=False)
    assert len(plans) == 1


def test_if_empty_leaves_a_filled_database_alone(database: Engine, plans: list[DemoPlan]) -> None:
    with database.begin() as connection:
        connection.execute(insert(area).values(code="32.75", level="kota", name="Kota Bekasi"))
    result = CliRunner().invoke(command.app, ["--if-empty"], catch_exceptions=False)
    assert (result.exit_code, plans) == (0, [])


def test_real_data_is_refused_in_one_sentence(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(insert(area).values(code="32.16", level="kota", name="Bekasi"))
    result = CliRunner().invoke(command.app, [])
    assert isinstance(result.exception, DemoGuardError)
    assert sentence(result.exception) == (str(result.exception), 1)
    with database.connect() as connection:
        assert connection.scalars(select(area.c.code)).all() == ["32.16"]


@pytest.mark.parametrize("month", ["2026", "2026-13", "Oktober"])
def test_what_is_no_month_is_refused(month: str) -> None:
    result = CliRunner().invoke(command.app, ["--end", month])
    assert isinstance(result.exception, UnusableInputError)
