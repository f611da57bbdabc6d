"""Grades of every posyandu, RW, kelurahan, kecamatan, puskesmas and the city, from counts that add up.

A level's counts are the sums of its posyandu; its months are theirs added, so that one of ten posyandu that is silent
for a month makes a tenth of a month. D and S are of whole RWs, and a posyandu has none.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.months import month_after
from models.quality.checks import COVERAGE
from models.quality.codes import CHECKS, INDICES, value_column
from models.quality.grade import graded
from models.quality.reporting import reported, reporting_grid

MONTHS = 6
"""Months behind a grade: habits change slowly, and half of the posyandu then have some 300 weighings."""

LEVELS = ("posyandu", "rw", "kelurahan", "kecamatan", "puskesmas", "kota")
_PARTS = {"rw": 5, "kelurahan": 4, "kecamatan": 3, "kota": 2}
_SHAPES = ("skewness", "kurtosis", "measured", *(f"{name}_{index}" for name in ("sd", "flagged") for index in INDICES))


@dataclass(frozen=True)
class QualityFacts:
    """What grades are made from: sums by posyandu, receipts and register of posyandu, D and S by RW."""

    counts: pd.DataFrame
    receipts: pd.DataFrame
    first: pd.DataFrame
    register: pd.DataFrame
    attendance: pd.DataFrame


def months_back(month: datetime.date, months: int) -> list[datetime.date]:
    """Return the months that end with `month`, oldest first."""
    return [month_after(month, -back) for back in range(months - 1, -1, -1)]


def grid_of(facts: QualityFacts, months: Sequence[datetime.date], today: datetime.date) -> pd.DataFrame:
    """Return which posyandu reported in which month: rw_code, posyandu, month, state."""
    return reporting_grid(facts.receipts, facts.first, facts.register, months, today)


def by_posyandu(facts: QualityFacts, months: Sequence[datetime.date], today: datetime.date) -> pd.DataFrame:
    """Return the counts of every posyandu with its months; one that is silent has zeros."""
    told = reported(grid_of(facts, months, today), ["rw_code", "posyandu"])
    units = told.merge(facts.counts, on=["rw_code", "posyandu"], how="outer", validate="one_to_one")
    numbers = [name for name in units.columns if name not in ("rw_code", "posyandu")]
    return units.assign(**{name: pd.to_numeric(units[name]).fillna(0).astype(float) for name in numbers})


def graded_level(
    units: pd.DataFrame, attendance: pd.DataFrame, level: str, service_areas: pd.DataFrame
) -> pd.DataFrame:
    """Return the places of a level with their checks and grades: `code` (of a posyandu: its RW's, besides `posyandu`).

    `service_areas` says which puskesmas serves which RW; an RW without one is in no puskesmas. Sorted by code.
    """
    if level == "posyandu":
        found = units.assign(s_target=np.nan, d_weighed=np.nan)
        key = found[["rw_code", "posyandu"]].rename(columns={"rw_code": "code"})
        return pd.concat([key, graded(found)], axis=1)
    holder = _holders(units["rw_code"], level, service_areas)
    summed = units.drop(columns=["rw_code", "posyandu"]).groupby(holder).sum()
    known = attendance[attendance["s_target"].notna()]
    covered = known[list(COVERAGE)].astype(float).groupby(_holders(known["rw_code"], level, service_areas)).sum()
    whole = summed.join(covered).rename_axis("code").reset_index()
    return pd.concat([whole[["code"]], graded(whole)], axis=1)


def own_places(
    judged: pd.DataFrame, level: str, own: frozenset[str], every_rw: pd.Series, service_areas: pd.DataFrame
) -> pd.DataFrame:
    """Return the places of a level that lie wholly in some RWs: a part of a kelurahan is not graded as the whole."""
    if level in ("posyandu", "rw"):
        return judged[judged["code"].isin(own)].reset_index(drop=True)
    holder = _holders(every_rw, level, service_areas)
    is_whole = every_rw.isin(own).groupby(holder).all()
    return judged[judged["code"].isin(is_whole.index[is_whole])].reset_index(drop=True)


def without_values(judged: pd.DataFrame) -> pd.DataFrame:
    """Return grades and statuses without the figures behind them, for roles that are not told counts exactly."""
    hidden = [name for name in (*map(value_column, CHECKS), *_SHAPES) if name in judged.columns]
    return judged.assign(**dict.fromkeys(hidden, np.nan))


def _holders(rw_codes: pd.Series, level: str, service_areas: pd.DataFrame) -> pd.Series:
    if level == "puskesmas":
        served = service_areas.drop_duplicates("rw_code").set_index("rw_code")["facility_code"]
        return rw_codes.map(served)
    return rw_codes.str.split(".").str[: _PARTS[level]].str.join(".")
