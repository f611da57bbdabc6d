"""What a change of weighings touches: the children themselves, and the RWs and months whose counts change.

Both read two tables of the transaction: `incoming_weighing`, the rows that came, and `withdrawn`, those that went.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, text

from data.intake.aggregate import influenced_months, weighed_days
from models.months import month_after


def refresh_children(connection: Connection) -> None:
    """Give known children the RW, sex and birth date of their latest weighing, and drop those who have none left."""
    connection.execute(
        text(
            """
            UPDATE child c SET rw_code = latest.rw_code, sex = latest.sex, birth_date = latest.birth_date
            FROM (
                SELECT DISTINCT ON (m.child_key) m.child_key, m.rw_code, m.sex,
                    m.measured_on - m.age_days AS birth_date
                FROM measurement m
                WHERE m.child_key IN (SELECT child_key FROM incoming_weighing UNION SELECT child_key FROM withdrawn)
                ORDER BY m.child_key, m.measured_on DESC
            ) latest
            WHERE c.child_key = latest.child_key
                AND (c.rw_code, c.sex, c.birth_date) IS DISTINCT FROM (latest.rw_code, latest.sex, latest.birth_date)
            """
        )
    )
    connection.execute(
        text(
            "DELETE FROM child c WHERE c.child_key IN (SELECT child_key FROM withdrawn)"
            " AND NOT EXISTS (SELECT 1 FROM measurement m WHERE m.child_key = c.child_key)"
        )
    )


def reached(
    connection: Connection, touched: Sequence[date], latest: date | None = None
) -> tuple[list[str], list[date]]:
    """Return every RW that a touched child was in, and the months that the touched months reach.

    No month is later than `latest`, or than the latest weighing where it is not given.
    """
    if latest is None:
        latest = weighed_days(connection)[1]
    wanted = influenced_months(touched, latest or touched[-1])
    rw_codes = connection.execute(
        text(
            """
            SELECT rw_code FROM withdrawn
            UNION
            SELECT m.rw_code FROM measurement m
            WHERE m.measured_on >= :first AND m.measured_on < :after AND m.child_key IN (
                SELECT child_key FROM incoming_weighing UNION SELECT child_key FROM withdrawn)
            """
        ),
        {"first": month_after(touched[0], -3), "after": month_after(wanted[-1], 1)},
    ).scalars()
    return sorted(rw_codes), wanted


def months_judged(touched: Sequence[date], latest: date) -> list[date]:
    """Return the touched months and those after each, whose weighings are compared with them; none after `latest`."""
    both = {month_after(month, later) for month in touched for later in (0, 1)}
    return sorted(month for month in both if month <= latest)
