"""Settings of the ranking and the weights adopted under a name; a change is logged with what stood before."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from data.audit import log
from data.queries.pusing import setting


def change_setting(connection: Connection, code: str, value: Mapping[str, Any], changed_by: str) -> None:
    """Set a setting; the log keeps the old and the new value."""
    before = setting(connection, code)
    connection.execute(
        text(
            "INSERT INTO setting (code, value, changed_by) VALUES (:code, CAST(:value AS jsonb), :by)"
            " ON CONFLICT (code) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by,"
            " changed_at = clock_timestamp()"
        ),
        {"code": code, "value": json.dumps(dict(value)), "by": changed_by},
    )
    log(connection, "setting changed", code=code, before=before, after=dict(value))


def adopt_preset(connection: Connection, name: str, weights: Mapping[str, float], adopted_by: str) -> None:
    """Adopt weights under a name; an earlier preset of that name stays readable as replaced."""
    connection.execute(
        text("UPDATE weight_preset SET replaced_at = clock_timestamp() WHERE name = :name AND replaced_at IS NULL"),
        {"name": name},
    )
    connection.execute(
        text("INSERT INTO weight_preset (name, weights, adopted_by) VALUES (:name, CAST(:weights AS jsonb), :by)"),
        {"name": name, "weights": json.dumps(dict(weights)), "by": adopted_by},
    )
    log(connection, "preset adopted", name=name, weights=dict(weights))
