"""Meetings, what was promised there with its figure, and which months puskesmas have signed."""

import datetime

import pandas as pd
from sqlalchemy import Connection, text

from data.queries import frame

OF_GROWTH = {
    "stunting_prevalence": ("stunted", "haz_valid"),
    "attendance_ds": ("d_weighed", "s_target"),
}
"""Indicators of the monthly weighing that a promise can name: numerator and denominator in growth_month."""

_DECIMALS = {"stunting_prevalence": 1}


def newest_month(connection: Connection, until: datetime.date) -> datetime.date | None:
    """Return the newest month with figures of children that had begun on a day."""
    months: list[datetime.date] = connection.scalar(text("SELECT months FROM data_state()")) or []
    return max((month for month in months if month <= until), default=None)


def figure_at(connection: Connection, indicator_code: str, area_code: str, month: datetime.date) -> float | None:
    """Return an indicator's share in an area and month in percent, rounded as it may be told to all; None if unknown.

    The connection must see the whole area. Interventions are told by the newest month that was reported up to then.
    """
    values = {"month": month, "code": indicator_code, "within": area_code}
    where = "(CAST(:within AS text) = '' OR rw_code = :within OR starts_with(rw_code, :within || '.'))"
    if indicator_code in OF_GROWTH:
        part, whole = OF_GROWTH[indicator_code]
        query = (
            f"SELECT 100.0 * sum({part}) / nullif(sum({whole}), 0) FROM growth_month"  # noqa: S608 - our own names
            f" WHERE month = :month AND {where}"
        )
    else:
        query = (
            "SELECT 100.0 * sum(numerator) / nullif(sum(denominator) FILTER (WHERE numerator IS NOT NULL), 0)"  # noqa: S608
            f" FROM intervention_month WHERE indicator_code = :code AND {where} AND month = (SELECT max(month)"
            " FROM intervention_month WHERE indicator_code = :code AND month <= :month)"
        )
    found = connection.scalar(text(query), values)
    return None if found is None else round(float(found), _DECIMALS.get(indicator_code, 0))


def meetings(connection: Connection) -> pd.DataFrame:
    """Return the meetings that stand, newest first: id, held_on, name, kind, area_code, area, chair, place, present and
    decisions (lists of texts), snapshot_id, plan_id, written_by."""
    return frame(
        connection,
        """
        SELECT m.id, m.held_on, m.name, m.kind, coalesce(m.area_code, '') AS area_code, coalesce(a.name, '') AS area,
               coalesce(m.chair, '') AS chair, coalesce(m.place, '') AS place,
               coalesce(m.present, '[]'::jsonb) AS present, coalesce(m.decisions, '[]'::jsonb) AS decisions,
               coalesce(m.snapshot_id, '') AS snapshot_id, m.plan_id, coalesce(m.written_by, '') AS written_by
        FROM meeting m LEFT JOIN area a ON a.code = m.area_code
        WHERE m.withdrawn_at IS NULL ORDER BY m.held_on DESC, m.id DESC
        """,
    )


def promises(connection: Connection) -> pd.DataFrame:
    """Return the promises that stand and that the scope sees, by due day: id, meeting_id, meeting, held_on, owner_kind,
    owner_code, owner, text, due_on, status, evidence, area_code, area, indicator_code, indicator, direction,
    figure_then (percent), figure_month, answered_by, answered_at."""
    return frame(
        connection,
        """
        SELECT p.id, p.meeting_id, m.name AS meeting, m.held_on, p.owner_kind, coalesce(p.owner_code, '') AS owner_code,
               p.owner, p.text, p.due_on, p.status, coalesce(p.evidence, '') AS evidence,
               coalesce(p.area_code, '') AS area_code, coalesce(a.name, '') AS area,
               coalesce(p.indicator_code, '') AS indicator_code, coalesce(i.name, '') AS indicator,
               coalesce(i.direction, 0) AS direction, p.figure_then, p.figure_month,
               coalesce(p.answered_by, '') AS answered_by, p.answered_at
        FROM action_item p
        JOIN meeting m ON m.id = p.meeting_id AND m.withdrawn_at IS NULL
        LEFT JOIN area a ON a.code = p.area_code
        LEFT JOIN indicator i ON i.code = p.indicator_code
        WHERE p.withdrawn_at IS NULL ORDER BY p.due_on, p.id
        """,
    )


def withdrawn_meetings(connection: Connection) -> pd.DataFrame:
    """Return the meetings that were taken back, the last first: id, held_on, name."""
    return frame(
        connection,
        "SELECT id, held_on, name FROM meeting WHERE withdrawn_at IS NOT NULL ORDER BY withdrawn_at DESC, id DESC",
    )


def withdrawn_promises(connection: Connection) -> pd.DataFrame:
    """Return the promises that were taken back and that the scope sees, the last first: id, owner, text, due_on.

    Those of a meeting that was taken back itself are not among them: the meeting comes back first.
    """
    return frame(
        connection,
        """
        SELECT p.id, p.owner, p.text, p.due_on FROM action_item p
        JOIN meeting m ON m.id = p.meeting_id AND m.withdrawn_at IS NULL
        WHERE p.withdrawn_at IS NOT NULL ORDER BY p.withdrawn_at DESC, p.id DESC
        """,
    )


def signatures(connection: Connection, since: datetime.date) -> pd.DataFrame:
    """Return what puskesmas signed from a month on: puskesmas_code, puskesmas, month, signed_by, signed_at, data_at,
    note."""
    return frame(
        connection,
        """
        SELECT s.facility_code AS puskesmas_code, f.name AS puskesmas, s.month, s.signed_by, s.signed_at, s.data_at,
               coalesce(s.note, '') AS note
        FROM month_signoff s JOIN facility f ON f.code = s.facility_code
        WHERE s.month >= :since ORDER BY s.month DESC, f.name
        """,
        since=since,
    )
