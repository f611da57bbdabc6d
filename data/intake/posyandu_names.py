"""Two names that mean one posyandu are counted as one, and apart again: a person's decision, logged."""

from collections import Counter

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.intake.load import lock_imports
from data.intake.quality import rebuild_quality_months, rename_posyandu, spelling_of


def join_posyandu(connection: Connection, rw_code: str, posyandu: str, into: str, decided_by: str) -> None:
    """Count a posyandu of an RW under another of its names, for the past too, within the caller's transaction.

    Raises UnusableInputError where the RW knows not both names, or both are one.
    """
    lock_imports(connection)
    known = set(
        connection.scalars(text("SELECT DISTINCT posyandu FROM posyandu_alias WHERE rw_code = :rw"), {"rw": rw_code})
    )
    if posyandu == into or not {posyandu, into} <= known:
        raise UnusableInputError(
            f"RW {rw_code} has no two posyandu of these names; load the page again.", reason="posyandu_gone"
        )
    rename_posyandu(connection, rw_code, posyandu, into, decided_by)
    log(connection, "posyandu joined", rw=rw_code, posyandu=posyandu, into=into)


def part_posyandu(connection: Connection, rw_code: str, spelling: str) -> str:
    """Count a spelling that a person had joined by itself again; return its name, the one written most often.

    Raises UnusableInputError where nobody has joined it.
    """
    lock_imports(connection)
    found = {"rw": rw_code, "spelling": spelling}
    joined = connection.scalar(
        text(
            "SELECT posyandu FROM posyandu_alias"
            " WHERE rw_code = :rw AND spelling = :spelling AND decided_by IS NOT NULL"
        ),
        found,
    )
    if joined is None:
        raise UnusableInputError(f"{spelling} of RW {rw_code} is joined with no other.", reason="posyandu_gone")
    written = Counter[str]()
    for name, times in connection.execute(
        text("SELECT coalesce(posyandu, ''), count(*) FROM measurement WHERE rw_code = :rw GROUP BY 1"), found
    ):
        if spelling_of(name) == spelling:
            written[name] += times
    name = written.most_common(1)[0][0] if written else spelling
    connection.execute(
        text(
            "UPDATE posyandu_alias SET posyandu = :name, decided_by = NULL, written_at = now()"
            " WHERE rw_code = :rw AND spelling = :spelling"
        ),
        found | {"name": name},
    )
    months = connection.scalars(
        text("SELECT DISTINCT month FROM quality_month WHERE rw_code = :rw AND posyandu = :joined"),
        found | {"joined": joined},
    ).all()
    rebuild_quality_months(connection, [rw_code], list(months))
    log(connection, "posyandu parted", rw=rw_code, posyandu=name, joined=joined)
    return name
