"""Writing many rows at once, with COPY."""

import pandas as pd
from sqlalchemy import Connection

from data.copying import copying

_ROWS_AT_ONCE = 50_000


def copy_frame(connection: Connection, table: str, rows: pd.DataFrame) -> None:
    """Append a frame to the table whose columns bear the same names, in the caller's transaction; blanks are NULL."""
    with copying(connection, table, list(rows.columns)) as copy:
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            block = rows.iloc[start : start + _ROWS_AT_ONCE]
            copy.write(block.to_csv(index=False, header=False, lineterminator="\n"))
