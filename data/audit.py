"""The append-only log of what was done: role and area of who did it, codes and numbers, never personal data."""

import json
from typing import Any

from sqlalchemy import Connection, text


def log(connection: Connection, act: str, **detail: Any) -> None:
    """Append an entry; who did it comes from the transaction's own scope."""
    connection.execute(
        text(
            "INSERT INTO audit_log (actor, act, detail) VALUES"
            " (concat_ws(' ', current_setting('rembuk.role', true), current_setting('rembuk.areas', true),"
            " current_setting('rembuk.actor', true)), :act, CAST(:detail AS jsonb))"
        ),
        {"act": act, "detail": json.dumps(detail, default=str)},
    )
