"""A sequence of slides is kept under its name, replaced as a whole, and arranged by planners only."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from data.errors import UnusableInputError
from data.queries.sequences import sequences
from data.scope import CAMAT, PLANNER, SCREEN, Scope, scoped_connection, writing_connection
from data.sequences import LONGEST_NAME, MOST_STEPS, Step, end_sequence, save_sequence

WRITER = Scope(PLANNER, ("",), "Perencana Dinkes")
STEPS = [Step("jauh", "32.75", 60), Step("target", "32.75.01")]


def saved(engine: Engine, scope: Scope = WRITER) -> list[tuple[str, list[dict[str, object]]]]:
    with scoped_connection(engine, scope) as connection:
        found = sequences(connection)
    return list(zip(found["name"], found["steps"], strict=True))


def save(engine: Engine, name: str = "Rakor", steps: list[Step] = STEPS, scope: Scope = WRITER) -> None:
    with writing_connection(engine, scope) as connection:
        save_sequence(connection, name, steps, "Perencana Dinkes")


def test_a_sequence_is_kept_in_its_order_and_seen_by_the_screen(engine: Engine) -> None:
    save(engine)
    steps = [
        {"slide": "jauh", "area_code": "32.75", "seconds": 60},
        {"slide": "target", "area_code": "32.75.01", "seconds": 0},
    ]
    assert saved(engine, Scope(SCREEN, ("",))) == [("Rakor", steps)]


def test_the_same_name_replaces_and_the_old_one_stays_readable(engine: Engine) -> None:
    save(engine)
    save(engine, " Rakor ", STEPS[:1])
    assert [len(steps) for _, steps in saved(engine)] == [1]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM slide_sequence")) == 2


def test_an_ended_sequence_is_no_longer_offered(engine: Engine) -> None:
    save(engine)
    with writing_connection(engine, WRITER) as connection:
        end_sequence(connection, "Rakor")
    assert saved(engine) == []
    with pytest.raises(UnusableInputError), writing_connection(engine, WRITER) as connection:
        end_sequence(connection, "Rakor")


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("  ", STEPS),
        ("n" * (LONGEST_NAME + 1), STEPS),
        ("Rakor", []),
        ("Rakor", STEPS * MOST_STEPS),
        ("Rakor", [Step("jauh", "32.75", -1)]),
    ],
)
def test_what_cannot_be_shown_is_refused(engine: Engine, name: str, steps: list[Step]) -> None:
    with pytest.raises(UnusableInputError):
        save(engine, name, steps)
    assert saved(engine) == []


def test_only_planners_arrange(engine: Engine) -> None:
    with pytest.raises(DBAPIError):
        save(engine, scope=Scope(CAMAT, ("32.75.01",), "Camat"))


def test_saving_is_logged(engine: Engine) -> None:
    save(engine)
    with scoped_connection(engine, Scope("inspector", (), "Inspektorat")) as connection:
        assert list(connection.scalars(text("SELECT act FROM audit_log"))) == ["sequence saved"]
