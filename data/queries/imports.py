"""Files taken in so far."""

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def recent_batches(connection: Connection, limit: int = 20) -> pd.DataFrame:
    """Return the newest batches: their control totals, status, layout, imported_at and months (text)."""
    return frame(
        connection,
        """
        SELECT id, kind, layout, rows_read, accepted, parked, duplicates, replaced, status, imported_at,
               totals ->> 'months' AS months
        FROM import_batch ORDER BY imported_at DESC, id DESC LIMIT :limit
        """,
        limit=limit,
    )
