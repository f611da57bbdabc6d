"""Which promises are late, which open the next rakor, and what happened to their figure since: pure frames."""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import format as fmt

SHUT = ("done", "dropped")
_STEADY_POINTS = 0.05


def with_figures_now(
    promises: pd.DataFrame, now: dict[tuple[str, str], float | None], month: datetime.date | None
) -> pd.DataFrame:
    """Return promises with figure_now (percent) and month_now, from figures by indicator and promise's area."""
    found = promises.copy()
    keys = list(zip(found["indicator_code"], found["area_code"], strict=True))
    found["figure_now"] = pd.array([now.get(key) for key in keys], dtype="Float64")
    found["month_now"] = [month if now.get(key) is not None else None for key in keys]
    return found


def overdue_promises(promises: pd.DataFrame, today: datetime.date) -> pd.DataFrame:
    """Return the promises that were due before today and are neither done nor dropped, the oldest first."""
    return promises[are_overdue(promises, today)].sort_values(["due_on", "id"])


def last_quarter_promises(promises: pd.DataFrame, meetings: pd.DataFrame, today: datetime.date) -> pd.DataFrame:
    """Return what opens the next rakor: promises of the newest meeting before today, and overdue ones of earlier ones.

    Those of today's own meeting are not among them. By meeting, newest first, then by due day.
    """
    past = meetings[[day < today for day in meetings["held_on"]]] if len(meetings) else meetings
    if past.empty:
        return promises.iloc[0:0]
    newest = past.sort_values(["held_on", "id"]).iloc[-1]["id"]
    earlier = promises[promises["meeting_id"].isin(past["id"]) & promises["meeting_id"].ne(newest)]
    both = pd.concat([promises[promises["meeting_id"].eq(newest)], overdue_promises(earlier, today)])
    return both.sort_values(["held_on", "due_on", "id"], ascending=[False, True, True])


def are_overdue(promises: pd.DataFrame, today: datetime.date) -> pd.Series:
    """Say of each promise whether it was due before today and is neither done nor dropped."""
    is_past = pd.Series([due < today for due in promises["due_on"]], index=promises.index, dtype=bool)
    return is_past & ~promises["status"].isin(SHUT)


def is_overdue(row: pd.Series, today: datetime.date) -> bool:
    """Say whether one promise is overdue."""
    return bool(row["due_on"] < today and row["status"] not in SHUT)


def since_told(row: pd.Series | Mapping[Any, Any]) -> str:
    """Tell what happened to a promise's figure since it was made, with months; blank where none was kept."""
    then, now = row["figure_then"], row["figure_now"]
    if pd.isna(then):
        return ""
    name = row["indicator"]
    began = f"{name} {fmt.decimal(then)}\u00a0% ({fmt.short_month(row['figure_month'])})"
    if pd.isna(now) or row["month_now"] is None or row["month_now"] <= row["figure_month"]:
        return f"{began}; belum ada angka yang lebih baru"
    moved = float(now) - float(then)
    told = f"{began} → {fmt.decimal(now)}\u00a0% ({fmt.short_month(row['month_now'])})"
    if abs(moved) < _STEADY_POINTS:
        return f"{told}, tetap"
    direction = "naik" if moved > 0 else "turun"
    judged = ""
    if row["direction"]:
        judged = ", membaik" if moved * row["direction"] > 0 else ", memburuk"
    return f"{told}, {direction} {fmt.decimal(abs(moved))} poin{judged}"
