"""The city's population, entered with its source."""

import pytest
from sqlalchemy import Engine, select

from data.errors import UnusableInputError
from data.population import set_population
from data.queries.access import population
from data.schema import audit_log


def test_the_newest_number_holds_and_the_one_before_stands_in_the_log(engine: Engine) -> None:
    with engine.begin() as connection:
        set_population(connection, 2_500_000, "2024", "Dukcapil", "test")
        set_population(connection, 2_600_000, "2026", "Dukcapil", "test")
        told = population(connection).iloc[0]
        detail = connection.scalars(select(audit_log.c.detail).order_by(audit_log.c.id)).all()[-1]
    assert (told["people"], told["period"], told["source"]) == (2_600_000, "2026", "Dukcapil")
    assert (detail["people"], detail["before"]) == (2_600_000, "2500000")


@pytest.mark.parametrize(("people", "source"), [(10, "x"), (100_000_000, "x"), (2_000_000, "  ")])
def test_an_impossible_number_or_one_without_a_source_is_refused(engine: Engine, people: int, source: str) -> None:
    with pytest.raises(UnusableInputError), engine.begin() as connection:
        set_population(connection, people, "2026", source, "test")
