"""Which roles are told how many children where there are few, and what all others are told instead.

Every read of figures by RW passes here on its way out of the database and into `dashboard.cache`, so that screens,
maps, files, links and sheets are made from what the role may be told (docs/decisions/0011).
"""

import datetime

import numpy as np
import pandas as pd

from data.schema import AGE_BANDS
from data.scope import ENGINE, PLANNER, PUSKESMAS, Scope
from models.suppression import LEVEL_LENGTHS, band, published, told_totals

EXACT_ROLES = frozenset({PLANNER, PUSKESMAS})
"""Dinkes and the puskesmas hold the children's records by law and work on them child by child; nobody else does."""

VISIT_COUNTS = ("served", "weighed", "found", "referred", "returned")
_PARTS_OF_MEASURED = ("severely_stunted", "underweight", "wasted")
_PAST = ("past_measured", "past_stunted")
_NEVER_BY_RW = ("k_enrolled", "n_gained", "waz_valid", "underweight", "whz_valid", "wasted")


class SplitNotToldError(PermissionError):
    """Ages or sexes of an RW were asked for by a role that is not told them: bands of parts would narrow the whole."""


def is_told_exactly(scope: Scope) -> bool:
    """Say whether a scope's role reads counts of 1 to 4 children as they are."""
    return scope.role in EXACT_ROLES


def month_told(
    scope: Scope, counts: pd.DataFrame, age_bands: tuple[str, ...] = AGE_BANDS, sexes: tuple[int, ...] = (1, 2)
) -> pd.DataFrame:
    """Return the counts of RWs in a month, or in several, with stunted_low and stunted_high.

    Raises SplitNotToldError for a part of the ages or sexes where the role is not told counts exactly.
    """
    if is_told_exactly(scope):
        return counts.assign(stunted_low=counts["stunted"], stunted_high=counts["stunted"])
    if set(age_bands) != set(AGE_BANDS) or set(sexes) != {1, 2}:
        raise SplitNotToldError(f"the role {scope.role} is told no ages and sexes of single RWs")
    return published(
        counts,
        cases="stunted",
        measured="haz_valid",
        denominators=[name for name in ("s_target", "d_weighed") if name in counts.columns],
        parts=[name for name in ("severely_stunted",) if name in counts.columns],
        withheld=[name for name in _NEVER_BY_RW if name in counts.columns],
        root=_root(scope),
    )


def ranking_facts_told(scope: Scope, facts: pd.DataFrame, root: str | None = None) -> pd.DataFrame:
    """Return what the ranking starts from (`ranking_inputs`); `root` is the code that the facts are whole under."""
    if is_told_exactly(scope):
        return facts
    told = published(
        facts,
        cases="stunted",
        measured="measured",
        denominators=("s_target", "d_weighed"),
        parts=("severely_stunted",),
        root=_root(scope) if root is None else root,
    ).drop(columns=["stunted_low", "stunted_high"])
    target = pd.to_numeric(facts["pregnant_target"], errors="coerce").astype(float)
    missed = _middle(target - pd.to_numeric(facts["pregnant_screened"], errors="coerce").astype(float))
    told["pregnant_target"] = _middle(target).clip(lower=missed)
    told["pregnant_screened"] = told["pregnant_target"] - missed
    # What an RW was years ago moves its rate: that would tell of counts that these roles are not told either.
    return told.assign(**{name: np.nan for name in _PAST if name in told.columns})


def months_told(scope: Scope, counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of RWs by month that visits are judged by (`data.queries.pusing.counts_by_rw_and_month`)."""
    if is_told_exactly(scope):
        return counts
    return published(
        counts,
        cases="newly_found",
        measured="haz_valid",
        denominators=("s_target", "d_weighed"),
        root=_root(scope),
    ).drop(columns=["newly_found_low", "newly_found_high"])


def visits_told(scope: Scope, visits: pd.DataFrame) -> pd.DataFrame:
    """Return visits with <count>_low and <count>_high; the counts themselves are the middles of their bands."""
    told = visits.copy()
    for name in VISIT_COUNTS:
        values = pd.to_numeric(visits[name], errors="coerce").astype(float)
        low, high = (values, values) if is_told_exactly(scope) else band(values)
        told[f"{name}_low"], told[f"{name}_high"] = low, high
        if not is_told_exactly(scope):
            told[name] = _middle(values)
    return told


def kept_totals(
    counts: pd.DataFrame, columns: tuple[str, ...] = ("stunted", *_PARTS_OF_MEASURED)
) -> dict[str, frozenset[tuple[str, datetime.date]]]:
    """Return which totals above the RWs are kept back, by column: the area's code and the month.

    Takes every RW's months (`data.queries.trend.rw_counts`). RWs tell bands of their stunted children and nothing of
    the others, so that of those only small totals, and what would give them back, are kept.
    """
    measured = counts["haz_valid"].astype(float)
    found = {}
    for column in columns:
        values = counts[column].astype(float)
        low, high = band(values) if column == "stunted" else (np.zeros(len(values)), measured.to_numpy())
        cells = counts[["rw_code", "month"]].assign(
            value=values, low=low, high=np.maximum(np.fmin(high, measured), low)
        )
        totals = told_totals(cells)
        kept = totals[~totals["is_told"] & totals["level"].ne("kota")]
        found[column] = frozenset(zip(kept["area_code"], kept["month"], strict=True))
    return found


def without_kept(
    months: pd.DataFrame, area_code: str, kept: dict[str, frozenset[tuple[str, datetime.date]]]
) -> pd.DataFrame:
    """Return an area's months with the counts blank that are kept back."""
    told = months.copy()
    for column, places in kept.items():
        if column in told.columns:
            told[column] = (
                told[column]
                .astype(float)
                .mask(np.array([(area_code, month) in places for month in told["month"]], dtype=bool))
            )
    return told


def area_months_told(scope: Scope, counts: pd.DataFrame) -> pd.DataFrame:
    """Return the months of kelurahan and kecamatan: area_code, month, s_target, d_weighed, haz_valid, stunted.

    Takes every RW's months (`data.queries.places.rw_months_since`). A target that a part does not know is blank, and so
    is a count of stunted children that is kept back.
    """
    numbers = ["s_target", "d_weighed", "haz_valid", "stunted"]
    known = counts.assign(**{name: pd.to_numeric(counts[name], errors="coerce").astype(float) for name in numbers})
    parts = []
    for level in ("kelurahan", "kecamatan"):
        grouped = known.groupby([known["rw_code"].str[: LEVEL_LENGTHS[level]].rename("area_code"), "month"])
        sums = grouped[numbers].sum(min_count=1)
        sums["s_target"] = sums["s_target"].where(grouped["s_target"].count() == grouped.size())
        parts.append(sums.reset_index())
    months = pd.concat(parts, ignore_index=True)
    if not is_told_exactly(scope):
        kept = kept_totals(known, ("stunted",))["stunted"]
        is_kept = [place in kept for place in zip(months["area_code"], months["month"], strict=True)]
        months["stunted"] = months["stunted"].mask(np.array(is_kept, dtype=bool))
    return months


def refuse_unless_exact(scope: Scope) -> None:
    """Raise SplitNotToldError for a role that is not told counts of few children."""
    if not is_told_exactly(scope) and scope.role != ENGINE.role:
        raise SplitNotToldError(f"the role {scope.role} is told no months of single RWs")


def _middle(values: pd.Series) -> pd.Series:
    low, high = band(values)
    return pd.Series((low + high) // 2, index=values.index)


def _root(scope: Scope) -> str:
    return max(scope.areas, key=len, default="")
