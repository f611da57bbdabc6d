"""Arranging the slides of a meeting: a sequence under a name, replaced as a whole and logged."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError

LONGEST_NAME = 60
MOST_STEPS = 60
"""A rakor of two hours with two minutes for each slide."""
LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class Step:
    """A slide by its code, of an area by its code, and the seconds that it is meant to stand (0: no limit)."""

    slide: str
    area_code: str
    seconds: int = 0


def save_sequence(connection: Connection, name: str, steps: Sequence[Step], written_by: str) -> int:
    """Keep a sequence under a name, in place of the one that had it; return its number.

    Raises UnusableInputError for a blank or long name, no step or too many, and seconds out of range.
    """
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise UnusableInputError(f"a sequence needs a name of 1 to {LONGEST_NAME} characters.")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise UnusableInputError(f"a sequence holds 1 to {MOST_STEPS} slides; this one holds {len(steps)}.")
    if any(not 0 <= step.seconds <= LONGEST_SECONDS for step in steps):
        raise UnusableInputError(f"the seconds of a slide are 0 to {LONGEST_SECONDS}.")
    _end(connection, told)
    number = connection.scalar(
        text(
            "INSERT INTO slide_sequence (name, steps, written_by) VALUES (:name, CAST(:steps AS jsonb), :by)"
            " RETURNING id"
        ),
        {"name": told, "steps": json.dumps([asdict(step) for step in steps]), "by": written_by},
    )
    log(connection, "sequence saved", name=told, steps=len(steps))
    return int(number or 0)


def end_sequence(connection: Connection, name: str) -> None:
    """Take a sequence away; it stays readable as replaced. Raises UnusableInputError where there is none."""
    if not _end(connection, name):
        raise UnusableInputError(f"there is no sequence {name!r}.")
    log(connection, "sequence ended", name=name)


def _end(connection: Connection, name: str) -> int:
    ended = connection.execute(
        text("UPDATE slide_sequence SET replaced_at = clock_timestamp() WHERE name = :name AND replaced_at IS NULL"),
        {"name": name},
    )
    return int(ended.rowcount)
