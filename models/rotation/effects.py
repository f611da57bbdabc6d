"""After the visits: were promises kept, and did the RWs visited do better than RWs like them that were not?

The comparison is a difference in differences between visited RWs and matched unvisited ones (Stuart 2010, Statistical
Science 25:1): one to one, without replacement, nearest on need, travel and attendance before, in standard deviations,
within a caliper; what is left of their difference is taken out by regression among the matches (Abadie and Imbens 2011,
Journal of Business and Economic Statistics 29:1). It assumes that, visits apart, matched RWs would have changed alike.
Nothing is said of prevalence in under six months: growth answers slowly, and a visit that finds children raises the
count first.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from scipy.optimize import linear_sum_assignment

from models.rotation.months import month_number
from models.rotation.records import records

KEPT = "kept"
LATE = "late"
NOT_KEPT = "not_kept"
UNPLANNED = "unplanned"

ESTIMATED = "estimated"
TOO_EARLY = "too_early"
TOO_FEW = "too_few"

ATTENDANCE = "attendance"
NEWLY_FOUND = "newly_found"
PREVALENCE = "prevalence"
PREVALENCE_MONTHS = 6
FEWEST_PAIRS = 10
CALIPER_SD = 0.5
MATCHED_ON = ("need", "travel_s", "attendance_before")


@dataclass(frozen=True, eq=False)
class Effect:
    """A difference in differences in points (percent), or why there is none.

    `status`: estimated, too_early (prevalence in under six months) or too_few (pairs). `visited` RWs, of which `pairs`
    found a match; `difference`, `low`, `high`: points and 95 % interval (NaN unless estimated); `balance`: measure,
    sd_apart (standardised mean difference of the pairs). `matches`: rw_code, match_code, month, change, match_change.
    """

    outcome: str
    status: str
    visited: int
    pairs: int
    difference: float
    low: float
    high: float
    balance: pd.DataFrame
    matches: pd.DataFrame


def kept_promises(slots: pd.DataFrame, visits: pd.DataFrame, until: str) -> pd.DataFrame:
    """Return planned slots up to the month `until`, and visits outside the plan, with what became of them.

    Takes slots (month, puskesmas_code, rw_code) and visits (the same columns; several in a month count once). Gives
    month (planned; for an unplanned visit its own), puskesmas_code, rw_code, outcome (kept, late, not_kept or
    unplanned) and visited_month. A visit answers one slot: that of its month, else the earliest slot still open before
    it.
    """
    keys = ["month", "puskesmas_code", "rw_code"]
    planned = slots.loc[slots["month"] <= until, keys].drop_duplicates(["rw_code", "month"])
    made = visits.loc[visits["month"] <= until, keys].drop_duplicates(["rw_code", "month"]).sort_values(keys)
    answered: dict[tuple[str, str], str] = {}
    open_slots = {code: sorted(months) for code, months in planned.groupby("rw_code")["month"]}
    late = []
    for visit in records(made):
        months = open_slots.get(visit.rw_code, [])
        if visit.month in months:
            months.remove(visit.month)
            answered[visit.rw_code, visit.month] = visit.month
        else:
            late.append(visit)
    unplanned = []
    for visit in late:
        earlier = [month for month in open_slots.get(visit.rw_code, []) if month < visit.month]
        if earlier:
            open_slots[visit.rw_code].remove(earlier[0])
            answered[visit.rw_code, earlier[0]] = visit.month
        else:
            unplanned.append((visit.month, visit.puskesmas_code, visit.rw_code, UNPLANNED, visit.month))
    visited = [answered.get((code, month)) for code, month in zip(planned["rw_code"], planned["month"], strict=True)]
    outcome = [
        NOT_KEPT if seen is None else KEPT if seen == month else LATE
        for seen, month in zip(visited, planned["month"], strict=True)
    ]
    told = planned.assign(outcome=outcome, visited_month=pd.Series(visited, index=planned.index, dtype=object))
    rest = pd.DataFrame(unplanned, columns=[*keys, "outcome", "visited_month"])
    both = (
        pd.concat([frame for frame in (told, rest) if len(frame)], ignore_index=True)
        if len(told) or unplanned
        else rest
    )
    return both.sort_values(keys, kind="stable").reset_index(drop=True)


def visit_effect(
    outcome: str,
    monthly: pd.DataFrame,
    rws: pd.DataFrame,
    visits: pd.DataFrame,
    months_before: int = 3,
    months_after: int = 3,
) -> Effect:
    """Compare the change of visited RWs with that of matched RWs not visited in the same months.

    Takes an outcome (attendance, newly_found or prevalence), `monthly` (rw_code, month, numerator, denominator,
    weighed, target: the outcome's fraction, and D and S), `rws` (rw_code, need, travel_s) and `visits` (rw_code,
    month). The months after begin with the month of the visit, since what a visit finds and weighs is its gain; only
    an RW's first visit counts, and only when all its months are there. An RW serves as a match once at most.
    """
    if outcome == PREVALENCE and months_after < PREVALENCE_MONTHS:
        return _no_effect(outcome, TOO_EARLY, visits["rw_code"].nunique(), 0)
    first_visit = visits.groupby("rw_code")["month"].min()
    visit_numbers = visits.assign(number=visits["month"].map(month_number))
    counts = monthly.assign(number=monthly["month"].map(month_number))
    used: set[str] = set()
    parts = []
    for month, codes in first_visit.groupby(first_visit):
        at = month_number(month)
        change = _changes(counts, rws, at, months_before, months_after)
        is_near = visit_numbers["number"].between(at - months_before, at + months_after - 1)
        near = set(visit_numbers.loc[is_near, "rw_code"])
        treated = change[change["rw_code"].isin(codes.index)].reset_index(drop=True)
        others = change[~change["rw_code"].isin(near | used)].reset_index(drop=True)
        pairs = _match(treated, others, change)
        used |= set(pairs["match_code"])
        parts.append(pairs.assign(month=month))
    matches = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    visited = len(first_visit)
    if len(matches) < FEWEST_PAIRS:
        return _no_effect(outcome, TOO_FEW, visited, len(matches))
    difference = _adjusted_difference(matches) * 100
    error = stats.sem(difference)
    reach = stats.t.ppf(0.975, len(difference) - 1 - len(MATCHED_ON)) * error
    mean = float(difference.mean())
    balance = pd.DataFrame(
        {"measure": MATCHED_ON, "sd_apart": [float(matches[f"{m}_apart"].mean()) for m in MATCHED_ON]}
    )
    shown = matches[["rw_code", "match_code", "month", "change", "match_change"]]
    return Effect(outcome, ESTIMATED, visited, len(matches), mean, mean - reach, mean + reach, balance, shown)


def _changes(counts: pd.DataFrame, rws: pd.DataFrame, at: int, before: int, after: int) -> pd.DataFrame:
    """Return RWs with every month there: rw_code, need, travel_s, attendance_before, change (fraction)."""
    measures = ["numerator", "denominator", "weighed", "target"]
    whole = []
    for first, length in ((at - before, before), (at, after)):
        window = counts[counts["number"].between(first, first + length - 1)].groupby("rw_code")
        whole.append(window[measures].sum().astype(float)[window.size() == length])
    codes = whole[0].index.intersection(whole[1].index)
    earlier, later = whole[0].loc[codes], whole[1].loc[codes]
    has_children = (earlier["denominator"] > 0) & (later["denominator"] > 0) & (earlier["target"] > 0)
    earlier, later = earlier[has_children], later[has_children]
    frame = pd.DataFrame(
        {
            "attendance_before": earlier["weighed"] / earlier["target"],
            "change": later["numerator"] / later["denominator"] - earlier["numerator"] / earlier["denominator"],
        }
    )
    joined = frame.reset_index().merge(rws[["rw_code", "need", "travel_s"]], on="rw_code", validate="1:1")
    return joined.dropna().sort_values("rw_code").reset_index(drop=True)


def _match(treated: pd.DataFrame, others: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    columns = ["rw_code", "match_code", "change", "match_change"]
    columns += [f"{measure}_{part}" for measure in MATCHED_ON for part in ("apart", "match")]
    if treated.empty or others.empty:
        return pd.DataFrame(columns=columns)
    measures = list(MATCHED_ON)
    spread = everyone[measures].std(ddof=0).replace(0, 1.0).to_numpy(dtype=float)
    apart = (treated[measures].to_numpy(float)[:, None, :] - others[measures].to_numpy(float)[None, :, :]) / spread
    distance = np.sqrt((apart**2).mean(axis=2))
    # Pairs outside the caliper cost so much that they are made only where nothing else is left, and are then dropped.
    left, right = linear_sum_assignment(np.where(distance <= CALIPER_SD, distance, 1e6))
    is_near = distance[left, right] <= CALIPER_SD
    left, right = left[is_near], right[is_near]
    pairs = pd.DataFrame(
        {
            "rw_code": treated["rw_code"].to_numpy()[left],
            "match_code": others["rw_code"].to_numpy()[right],
            "change": treated["change"].to_numpy()[left],
            "match_change": others["change"].to_numpy()[right],
        }
    )
    for position, measure in enumerate(MATCHED_ON):
        pairs[f"{measure}_apart"] = apart[left, right, position]
        pairs[f"{measure}_match"] = others[measure].to_numpy(dtype=float)[right] / spread[position]
    return pairs


def _adjusted_difference(matches: pd.DataFrame) -> np.ndarray:
    """Return each pair's difference in change, less what the matches' own slopes say of how far the pair is apart."""
    theirs = matches[[f"{measure}_match" for measure in MATCHED_ON]].to_numpy(dtype=float)
    apart = matches[[f"{measure}_apart" for measure in MATCHED_ON]].to_numpy(dtype=float)
    change, match_change = matches["change"].to_numpy(dtype=float), matches["match_change"].to_numpy(dtype=float)
    slopes, *_ = np.linalg.lstsq(np.c_[np.ones(len(theirs)), theirs], match_change, rcond=None)
    return change - match_change - apart @ slopes[1:]


def _no_effect(outcome: str, status: str, visited: int, pairs: int) -> Effect:
    nan = float("nan")
    nothing = pd.DataFrame(columns=["rw_code", "match_code", "month", "change", "match_change"])
    balance = pd.DataFrame(columns=["measure", "sd_apart"])
    return Effect(outcome, status, visited, pairs, nan, nan, nan, balance, nothing)
