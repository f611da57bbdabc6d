"""The sequences of slides that planners arranged."""

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def sequences(connection: Connection) -> pd.DataFrame:
    """Return the sequences that hold: id, name, steps (list of slide, area_code, seconds), written_by, written_at."""
    return frame(
        connection,
        """
        SELECT id, name, steps, written_by, written_at FROM slide_sequence WHERE replaced_at IS NULL ORDER BY name, id
        """,
    )
