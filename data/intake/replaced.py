"""Keep the earlier rows that give way to a batch, so that the batch can be undone (`data.intake.undo`)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text


def keep_replaced(
    connection: Connection, batch_id: int, table: str, rows: str, parameters: Mapping[str, Any] | None = None
) -> None:
    """Keep rows of a table as they stand; `rows` is a query or a DELETE that returns them whole, batch_id included."""
    connection.execute(
        text(
            f"WITH gone AS ({rows}) INSERT INTO replaced_row (batch_id, source_batch_id, table_name, content)"  # noqa: S608
            " SELECT :kept_for, gone.batch_id, :kept_of, to_jsonb(gone) FROM gone"
        ),
        {**(parameters or {}), "kept_for": batch_id, "kept_of": table},
    )
