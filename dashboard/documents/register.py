"""From the register of meetings to its minutes: what was written down, adopted there, and promised."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import format as fmt
from dashboard.documents.minutes import Minutes, Override, Plan, Promised
from dashboard.priority.words import CRITERION_NAMES
from dashboard.promises.words import MEETING_KIND_NAMES
from dashboard.rotation.words import STATUSES, proof


def minutes_of(
    meeting: Mapping[str, Any],
    promises: pd.DataFrame,
    plan: Mapping[str, Any] | None,
    slots: pd.DataFrame,
    state: str,
    city_name: str,
    *,
    is_demo: bool,
) -> Minutes:
    """Return the minutes of one meeting.

    `meeting` is a row of `data.queries.rakor.meetings` and `promises` that module's, of all meetings. `plan` is the
    rotation plan that the meeting adopted, a row of `data.queries.pusing.plans`, with its `slots`; None for none.
    `state` names the frozen state (`dashboard.snapshot.words.stamp`), blank for none.
    """
    own = promises[promises["meeting_id"] == meeting["id"]]
    return Minutes(
        name=str(meeting["name"]),
        kind=MEETING_KIND_NAMES[str(meeting["kind"])],
        held_on=meeting["held_on"],
        place=str(meeting["place"]),
        chair=str(meeting["chair"]),
        about=f"Kecamatan {meeting['area']}" if meeting["area"] else city_name,
        present=tuple(str(unit) for unit in meeting["present"]),
        state=state,
        decisions=tuple(str(told) for told in meeting["decisions"]),
        promises=tuple(_promised(row) for row in own.to_dict("records")),
        plan=None if plan is None else _plan(plan, slots),
        overrides=() if plan is None else _overrides(slots),
        is_demo=is_demo,
    )


def _promised(row: Mapping[Any, Any]) -> Promised:
    figure = ""
    if not pd.isna(row["figure_then"]):
        figure = f"{row['indicator']} {fmt.decimal(row['figure_then'])} % ({fmt.short_month(row['figure_month'])})"
    return Promised(str(row["owner"]), str(row["text"]), row["due_on"], figure)


def _plan(plan: Mapping[str, Any], slots: pd.DataFrame) -> Plan:
    return Plan(
        number=int(plan["id"]),
        first_month=plan["first_month"],
        months=int(plan["months"]),
        visits=len(slots),
        status=STATUSES[str(plan["status"])],
        adopted_by=str(plan["adopted_by"] or ""),
        weights={CRITERION_NAMES[code]: float(share) for code, share in plan["weights"].items()},
        proof=proof(plan["result"]),
    )


def _overrides(slots: pd.DataFrame) -> tuple[Override, ...]:
    fixed = slots[slots["is_fixed"].astype(bool)]
    return tuple(
        Override(
            row["month"],
            str(row["puskesmas"]).removeprefix("Puskesmas "),
            f"{row['rw_name']} {row['kelurahan']}",
            str(row["override_reason"] or ""),
        )
        for row in fixed.to_dict("records")
    )
