"""Rotation plans: saved as drafts, discussed, adopted; an adopted plan never changes, and the database sees to it."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError

DRAFT, DISCUSSED, ADOPTED = "draft", "discussed", "adopted"
_SLOT_COLUMNS = ["month", "puskesmas_code", "rw_code", "kind", "reason", "is_fixed", "override_reason"]


def save_plan(
    connection: Connection,
    slots: pd.DataFrame,
    first_month: datetime.date,
    months: int,
    made_with: Mapping[str, Mapping[str, Any]],
    preset: str | None,
) -> int:
    """Save a draft with its stops and return its number.

    `slots`: month (YYYY-MM), puskesmas_code, rw_code, kind, reason, is_fixed, override_reason. `made_with` holds
    weights, settings, rules, result and data_state.
    """
    number = connection.scalar(
        text(
            "INSERT INTO rotation_plan (first_month, months, preset, weights, settings, rules, result, data_state)"
            " VALUES (:first, :months, :preset, CAST(:weights AS jsonb), CAST(:settings AS jsonb),"
            " CAST(:rules AS jsonb), CAST(:result AS jsonb), CAST(:data_state AS jsonb)) RETURNING id"
        ),
        {
            "first": first_month,
            "months": months,
            "preset": preset,
            **{
                name: json.dumps(dict(made_with.get(name, {})), default=str)
                for name in ("weights", "settings", "rules", "result", "data_state")
            },
        },
    )
    rows = slots.reindex(columns=_SLOT_COLUMNS)
    if len(rows):
        connection.execute(
            text(
                "INSERT INTO rotation_slot"
                " (plan_id, month, facility_code, rw_code, kind, reason, is_fixed, override_reason)"
                " VALUES (:plan, :month, :puskesmas_code, :rw_code, :kind, :reason, :is_fixed, :override_reason)"
            ),
            [
                {
                    "plan": number,
                    "month": datetime.date.fromisoformat(f"{row['month']}-01"),
                    **{name: row[name] for name in ("puskesmas_code", "rw_code", "kind", "reason")},
                    "is_fixed": bool(row["is_fixed"]) if pd.notna(row["is_fixed"]) else False,
                    "override_reason": row["override_reason"] if isinstance(row["override_reason"], str) else None,
                }
                for row in rows.to_dict("records")
            ],
        )
    log(connection, "plan saved", plan=number, slots=len(rows))
    return int(number or 0)


def discuss_plan(connection: Connection, number: int) -> None:
    """Mark a draft as discussed."""
    _move(connection, number, DRAFT, DISCUSSED)


def adopt_plan(connection: Connection, number: int, adopted_by: str) -> None:
    """Adopt a plan, whole and for good; refuse when it is adopted already or does not exist."""
    found = connection.execute(
        text("SELECT status FROM rotation_plan WHERE id = :id FOR UPDATE"), {"id": number}
    ).scalar()
    if found not in (DRAFT, DISCUSSED):
        raise UnusableInputError(
            f"plan {number} is {found or 'not there'} and cannot be adopted.", reason="plan_not_open", plan=number
        )
    connection.execute(
        text(
            "UPDATE rotation_plan SET status = 'adopted', adopted_by = :by, adopted_at = clock_timestamp()"
            " WHERE id = :id"
        ),
        {"id": number, "by": adopted_by},
    )
    log(connection, "plan adopted", plan=number)


def delete_draft(connection: Connection, number: int) -> None:
    """Throw a draft away; the database refuses for an adopted plan."""
    connection.execute(text("DELETE FROM rotation_plan WHERE id = :id AND status <> 'adopted'"), {"id": number})
    log(connection, "plan thrown away", plan=number)


def _move(connection: Connection, number: int, before: str, after: str) -> None:
    moved = connection.execute(
        text("UPDATE rotation_plan SET status = :after WHERE id = :id AND status = :before"),
        {"id": number, "before": before, "after": after},
    ).rowcount
    if not moved:
        raise UnusableInputError(f"plan {number} is not {before}.", reason="plan_not_open", plan=number)
    log(connection, f"plan {after}", plan=number)
