"""Writing many rows at once with COPY into tables that row-level security holds.

PostgreSQL refuses COPY there, so rows are copied into a temporary table and inserted from it in one statement.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import Copy, sql
from sqlalchemy import Connection


@contextmanager
def copying(connection: Connection, table: str, columns: Sequence[str]) -> Iterator[Copy]:
    """Take rows in COPY's csv format for these columns of a table, in the caller's transaction.

    They are in the table when the block ends; their order is kept.
    """
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    names = {"table": sql.Identifier(table), "copied": sql.Identifier(f"copied_{table}"), "columns": named}
    cursor = connection.connection.cursor()
    cursor.execute(
        sql.SQL("CREATE TEMP TABLE {copied} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA").format(
            **names
        )
    )
    with cursor.copy(sql.SQL("COPY {copied} ({columns}) FROM STDIN (FORMAT csv)").format(**names)) as copy:
        yield copy
    cursor.execute(sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM {copied}").format(**names))
    cursor.execute(sql.SQL("DROP TABLE {copied}").format(**names))
