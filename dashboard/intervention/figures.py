"""Coverage of interventions beside its target, as frames: pure reading, no screen.

An area where nobody has begun has no coverage and no verdict, and so has one that did not report: neither is a zero. A
coverage is of the RWs that reported. The target of an area is its own or that of the nearest area that holds it.
"""

import datetime
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.indicators.path import TargetPoint, target_at
from data.indicators.series import REPORTS

REACHED, BELOW, NO_TARGET, NOT_STARTED, SILENT = "reached", "below", "no_target", "not_started", "silent"
STATES = (REACHED, BELOW, NO_TARGET, NOT_STARTED, SILENT)
STATE_NAMES = {
    REACHED: "Mencapai target",
    BELOW: "Di bawah target",
    NO_TARGET: "Belum ada target",
    NOT_STARTED: "Belum mulai",
    SILENT: "Belum melapor",
}


@dataclass(frozen=True)
class Aim:
    """What is asked of an area at the end of a month, in percent: whose target it is and by which decree."""

    value: float
    area_name: str
    decree: str


def parents(code: str) -> list[str]:
    """Return an area's code and those of the areas that hold it, nearest first, up to the city."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 1, -1)]


def aim(targets: pd.DataFrame, area_code: str, indicator_code: str, month: datetime.date) -> Aim | None:
    """Return the target that holds for an area in a month, or None; of several decrees the one written last."""
    known = targets[(targets["indicator_code"] == indicator_code) & (targets["series"] == REPORTS)]
    for code in parents(area_code):
        of_area = known[known["area_code"] == code].sort_values("id", ascending=False)
        for decree in of_area["decree"].unique():
            path = of_area[of_area["decree"] == decree]
            value = target_at(
                [TargetPoint(int(row.year), float(row.value), str(row.path)) for row in path.itertuples()], month
            )
            if value is not None:
                return Aim(value, str(path["area_name"].iloc[0]), str(decree))
    return None


def last_reported(coverage: pd.DataFrame, month: datetime.date) -> datetime.date | None:
    """Return the newest month up to one that has any figure: some services report twice a year."""
    told = coverage[(coverage["month"] <= month) & (coverage["rw_reported"] > 0)]
    return None if told.empty else max(told["month"])


def area_figures(
    coverage: pd.DataFrame,
    areas: pd.DataFrame,
    targets: pd.DataFrame,
    indicator: pd.Series,
    month: datetime.date,
) -> pd.DataFrame:
    """Return one row per area for a month, best first and those without a figure last.

    Takes `coverage_by_area` of one indicator, areas (code, name, where) and the targets that hold. Gives code, name,
    where, numerator, denominator, coverage_pct, target_pct, target_of, gap_pct (points above the target; for what
    should fall, below it), year_change_pct (points since a year before), short (people still to reach, or too many),
    rw_reported, rw_not_started, rw_silent, state and trend (coverage of the months so far, a list).
    """
    now = coverage[coverage["month"] == month].drop(columns=["month", "indicator_code"])
    found = areas.merge(now, how="left", left_on="code", right_on="area_code", validate="1:1").drop(columns="area_code")
    for column in ("rw_reported", "rw_not_started", "rw_silent"):
        found[column] = found[column].fillna(0).astype(int)
    for column in ("numerator", "denominator"):
        found[column] = pd.to_numeric(found[column])
    found["coverage_pct"] = percent(found["numerator"], found["denominator"])
    aims = [aim(targets, code, indicator["code"], month) for code in found["code"]]
    found["target_pct"] = [np.nan if one is None else one.value for one in aims]
    found["target_of"] = ["" if one is None else f"{one.area_name}: {one.decree}" for one in aims]
    is_falling = indicator["direction"] < 0
    found["gap_pct"] = (found["coverage_pct"] - found["target_pct"]) * (-1 if is_falling else 1)
    asked = found["target_pct"] * found["denominator"] / 100
    short = np.ceil(found["numerator"] - asked - 1e-9) if is_falling else np.ceil(asked - found["numerator"] - 1e-9)
    found["short"] = short.clip(lower=0)
    found["year_change_pct"] = found["coverage_pct"] - _year_before(coverage, found["code"], month)
    found["state"] = _states(found)
    found["trend"] = _trends(coverage[coverage["month"] <= month], found["code"])
    return found.sort_values(["coverage_pct", "code"], ascending=[is_falling, True], na_position="last").reset_index(
        drop=True
    )


def told_coarsely(figures: pd.DataFrame) -> pd.DataFrame:
    """Return RWs as roles are told them that read no small counts: coverage to the nearest ten, no people, no trend.

    The class stays, because people must know who is behind; it is of the true figures.
    """
    return figures.assign(
        coverage_pct=figures["coverage_pct"].round(-1),
        gap_pct=np.nan,
        year_change_pct=np.nan,
        numerator=np.nan,
        denominator=np.nan,
        short=np.nan,
        trend=pd.Series([[]] * len(figures), index=figures.index, dtype=object),
    )


def percent(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return a share in percent; missing where either is, and where there is nobody to reach."""
    return 100 * part / whole.where(whole > 0)


def _states(found: pd.DataFrame) -> np.ndarray:
    has_figure, has_target = found["coverage_pct"].notna(), found["target_pct"].notna()
    return np.select(
        [
            has_figure & has_target & (found["gap_pct"] >= -1e-9),
            has_figure & has_target,
            has_figure,
            found["rw_not_started"] > 0,
        ],
        [REACHED, BELOW, NO_TARGET, NOT_STARTED],
        SILENT,
    )


def _year_before(coverage: pd.DataFrame, codes: pd.Series, month: datetime.date) -> np.ndarray:
    """Return each area's coverage of the same month a year before; missing where it had none."""
    then = coverage[coverage["month"] == month.replace(year=month.year - 1)].set_index("area_code")
    shares = percent(pd.to_numeric(then["numerator"]), pd.to_numeric(then["denominator"]))
    return shares.reindex(codes).to_numpy(dtype=float)


def _trends(coverage: pd.DataFrame, codes: pd.Series) -> list[list[float]]:
    """Return each area's coverage by month as a list; months without a figure are left out."""
    told = coverage.assign(
        pct=percent(pd.to_numeric(coverage["numerator"]), pd.to_numeric(coverage["denominator"]))
    ).dropna(subset="pct")
    lists = {code: group.sort_values("month")["pct"].round(1).tolist() for code, group in told.groupby("area_code")}
    return [lists.get(code, []) for code in codes]


def path_of(
    targets: pd.DataFrame, area_code: str, indicator_code: str, months: list[datetime.date]
) -> list[float | None]:
    """Return what is asked in each month, in percent."""
    aims = [aim(targets, area_code, indicator_code, month) for month in months]
    return [None if one is None else one.value for one in aims]


def indicator_rows(
    coverage: pd.DataFrame, dictionary: pd.DataFrame, targets: pd.DataFrame, area: pd.Series, month: datetime.date
) -> pd.DataFrame:
    """Return one row per indicator of an area: the columns of `area_figures`, and the month that it speaks of.

    `coverage` holds all the indicators of the one area; an indicator that did not report in the month is shown with
    its newest month before.
    """
    areas = pd.DataFrame([{"code": area["code"], "name": area["name"], "where": ""}])
    rows = []
    for _, indicator in dictionary.iterrows():
        own = coverage[coverage["indicator_code"] == indicator["code"]]
        told = last_reported(own, month) or month
        row = area_figures(own, areas, targets, indicator, told).iloc[0]
        rows.append(
            row.drop(["code", "name", "where"]).to_dict()
            | {"month": told}
            | indicator[["code", "name", "indicator_group", "opd", "direction"]].to_dict()
        )
    return pd.DataFrame(rows)
