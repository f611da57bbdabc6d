"""Reads of the shared database: each function takes a connection bound to a scope and returns a frame or a record."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, text


def frame(connection: Connection, statement: str, **parameters: Any) -> pd.DataFrame:
    """Return a statement's rows as a frame, with its column names even when there are none."""
    result = connection.execute(text(statement), parameters)
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))
