"""How many people live in the city, as somebody entered it: what the rule of one puskesmas for 30,000 needs."""

import json

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError

POPULATION_SETTING = "population"
FEWEST, MOST = 1_000, 50_000_000
LONGEST_SOURCE = 200


def set_population(connection: Connection, people: int, period: str, source: str, told_by: str) -> None:
    """Keep the city's population with its period and source; the one before stays in the log.

    Raises UnusableInputError for an impossible number, or without period or source.
    """
    if not FEWEST <= people <= MOST:
        raise UnusableInputError(
            f"{people:,} people is no city; give {FEWEST:,} to {MOST:,}.", reason="population_impossible"
        )
    when, where = period.strip(), source.strip()
    if not when or not where or len(when) > LONGEST_SOURCE or len(where) > LONGEST_SOURCE:
        raise UnusableInputError("say of which period the number is and who published it.", reason="population_source")
    before = connection.scalar(
        text("SELECT value ->> 'people' FROM setting WHERE code = :code"), {"code": POPULATION_SETTING}
    )
    connection.execute(
        text(
            "INSERT INTO setting (code, value, changed_by) VALUES (:code, CAST(:value AS jsonb), :by)"
            " ON CONFLICT (code) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by,"
            " changed_at = clock_timestamp()"
        ),
        {
            "code": POPULATION_SETTING,
            "value": json.dumps({"people": people, "period": when, "source": where}),
            "by": told_by,
        },
    )
    log(connection, "population set", people=people, before=before)
