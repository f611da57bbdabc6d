"""Loads whole tables into PostgreSQL with COPY, from columns rather than rows."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, text
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

_ROWS_AT_ONCE = 200_000


def text_column(values: list[str] | NDArray[np.str_], position: NDArray[Any]) -> pa.Array:
    """Return a text column that repeats few values, by the position of each."""
    return pa.array(list(values), pa.string()).take(pa.array(position))


def date_column(days: NDArray[Any]) -> pa.Array:
    """Return a date column from day numbers."""
    return pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32())


def bytes_text(values: list[bytes]) -> list[str]:
    """Return byte strings as PostgreSQL reads them in text."""
    return ["\\x" + value.hex() for value in values]


def copy_columns(connection: Connection, table: str, columns: dict[str, pa.Array]) -> int:
    """Append columns of one length to a table and return the number of rows; a null becomes NULL."""
    data = pa.table(columns)
    names = ", ".join(columns)
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy:
        for batch in data.to_batches(max_chunksize=_ROWS_AT_ONCE):
            sink = io.BytesIO()
            pa.csv.write_csv(batch, sink, pa.csv.WriteOptions(include_header=False))
            copy.write(sink.getbuffer())
    return data.num_rows


@contextmanager
def unforced(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Let the tables' owner pass row-level security by inside the block: COPY is refused where it holds.

    Nobody else sees the tables until the transaction ends, and then it holds again.
    """
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table.name} NO FORCE ROW LEVEL SECURITY"))
    yield
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY"))


@contextmanager
def unindexed(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Take keys, indexes and checks of references off while the block loads, and put them back, which checks all rows.

    Checking a million rows at once takes seconds where checking them one by one takes most of a minute. Raises
    RuntimeError when a row refers to nothing.
    """
    foreign = [key for table in tables for key in table.foreign_key_constraints]
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name))]
    for key in foreign:
        connection.execute(DropConstraint(key))
    for index in indexes:
        connection.execute(DropIndex(index))
    primary = [table.primary_key for table in tables]
    for primary_key in primary:
        connection.execute(DropConstraint(primary_key, cascade=True))
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
    yield
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER USER"))
        _check_references(connection, table)
    for primary_key in primary:
        connection.execute(AddConstraint(primary_key))
    for index in indexes:
        connection.execute(CreateIndex(index))
    for key in foreign:
        connection.execute(AddConstraint(key))


def _check_references(connection: Connection, table: Table) -> None:
    for column in table.columns:
        if "refers_to" not in column.info:
            continue
        parent, key = column.info["refers_to"].split(".")
        # min and not any row: the whole table is then joined at once, and not row by row until one is found
        query = f"""
            SELECT min(r.{column.name}::text) FROM {table.name} r LEFT JOIN {parent} p ON p.{key} = r.{column.name}
            WHERE p.{key} IS NULL
        """  # noqa: S608 - names from the schema
        missing = connection.scalar(text(query))
        if missing is not None:
            raise RuntimeError(f"{table.name}.{column.name} refers to {missing}, which {parent} does not have")
