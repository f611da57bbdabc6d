"""The facts a rotation is planned from, checked once: RWs, neighbours, teams, vehicles, promises and decisions.

Assumes that a stop is one visit to one RW in one month, that an RW's need does not change over the months planned, and
that months already adopted are facts: nothing is added to them or taken away.
"""

from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from models.errors import UnusableRotationError
from models.rotation.months import is_month, month_number
from models.rotation.rules import RotationRules

OWN_TEAM = "own_team"
PARTNER_CLINIC = "partner_clinic"
HOSPITAL_STAFF = "hospital_staff"
SLOT_KINDS = (OWN_TEAM, PARTNER_CLINIC, HOSPITAL_STAFF)

WAIT = "longest_wait"
SHARE = "fair_share"
REVISIT = "revisit"
FIXED = "fixed"
PROMISES = (FIXED, REVISIT, WAIT, SHARE)

RW_COLUMNS = (
    "rw_code",
    "kelurahan_code",
    "kecamatan_code",
    "puskesmas_code",
    "need",
    "under_fives",
    "months_since_visit",
    "is_far",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "rws": RW_COLUMNS,
    "capacity": ("puskesmas_code", "month", "kind", "slots", "is_vehicle_needed"),
    "neighbours": ("rw_code", "neighbour_code", "share"),
    "work_areas": ("puskesmas_code", "rw_code"),
    "vehicle_days": ("month", "vehicle_days"),
    "revisits": ("rw_code", "first_month", "last_month"),
    "closed": ("puskesmas_code", "month"),
    "fixed": ("rw_code", "month", "puskesmas_code"),
    "excluded": ("rw_code", "month"),
    "adopted": ("month", "puskesmas_code", "rw_code", "kind"),
    "waived": ("family", "code", "month", "short"),
}
_KEYS: dict[str, list[str]] = {
    "rws": ["rw_code"],
    "capacity": ["puskesmas_code", "month", "kind"],
    "neighbours": ["rw_code", "neighbour_code"],
    "work_areas": ["puskesmas_code", "rw_code"],
    "vehicle_days": ["month"],
    "revisits": ["rw_code", "first_month", "last_month"],
    "closed": ["puskesmas_code", "month"],
    "fixed": ["rw_code", "month"],
    "excluded": ["rw_code", "month"],
    "adopted": ["rw_code", "month"],
    "waived": ["family", "code", "month"],
}
_TWICE_IS_HARMLESS = {"closed", "excluded", "work_areas", "revisits"}
_BLANK_MONTH_MEANS_ALL = {"excluded"}
_MONTHS_OUTSIDE_ARE_LEFT_OUT = ("capacity", "vehicle_days", "closed", "excluded")


def empty(name: str) -> pd.DataFrame:
    """Return the frame called `name` without rows."""
    return pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS[name]})


@dataclass(frozen=True, eq=False)
class RotationProblem:
    """Everything a plan is made from; frames are checked, sorted by code and never changed.

    `months`: consecutive months `YYYY-MM`.
    `rws`: rw_code, kelurahan_code, kecamatan_code, puskesmas_code (its own), need (0 or more, what a visit serves),
    under_fives, months_since_visit (1 means visited the month before the first; blank means never), is_far.
    `capacity`: puskesmas_code, month, kind (own_team, partner_clinic or hospital_staff), slots, is_vehicle_needed.
    `neighbours`: rw_code (where the clinic stops), neighbour_code, share (0 to 1) of the neighbour's need that walks
    there. `work_areas`: puskesmas_code, rw_code it may visit (None: each puskesmas its own).
    `vehicle_days`: month, vehicle_days of the whole city (None: no limit; a month not named has none).
    `revisits`: rw_code, first_month, last_month in which children found must be seen again, whatever the gap.
    `closed`: puskesmas_code (blank: all), month. `fixed`: rw_code, month, puskesmas_code (blank: any).
    `excluded`: rw_code, month (blank: all). `adopted`: month, puskesmas_code, rw_code, kind: stops of months that
    stand. `waived`: family, code, month, short: promises that people gave up.

    Raises UnusableRotationError that lists everything wrong.
    """

    months: tuple[str, ...]
    rws: pd.DataFrame
    capacity: pd.DataFrame
    neighbours: pd.DataFrame = field(default_factory=partial(empty, "neighbours"))
    work_areas: pd.DataFrame | None = None
    vehicle_days: pd.DataFrame | None = None
    revisits: pd.DataFrame = field(default_factory=partial(empty, "revisits"))
    closed: pd.DataFrame = field(default_factory=partial(empty, "closed"))
    fixed: pd.DataFrame = field(default_factory=partial(empty, "fixed"))
    excluded: pd.DataFrame = field(default_factory=partial(empty, "excluded"))
    adopted: pd.DataFrame = field(default_factory=partial(empty, "adopted"))
    waived: pd.DataFrame = field(default_factory=partial(empty, "waived"))
    rules: RotationRules = field(default_factory=RotationRules)

    def __post_init__(self) -> None:
        wrong = _wrong_months(self.months)
        tidy: dict[str, pd.DataFrame] = {}
        for name in COLUMNS:
            frame = getattr(self, name)
            if frame is None:
                continue
            missing = [column for column in COLUMNS[name] if column not in frame.columns]
            if missing:
                wrong.append(f"{name} lacks {', '.join(missing)}")
                continue
            tidy[name] = _tidied(name, frame)
        if not wrong:
            wrong = _wrong_values(self.months, tidy)
        if wrong:
            shown = "; ".join(wrong[:12]) + ("; …" if len(wrong) > 12 else "")
            raise UnusableRotationError(f"The rotation can't be planned from these facts: {shown}.")
        for name in _MONTHS_OUTSIDE_ARE_LEFT_OUT:
            if name in tidy:
                inside = tidy[name]["month"].isin(self.months)
                if name in _BLANK_MONTH_MEANS_ALL:
                    inside |= tidy[name]["month"].isna()
                tidy[name] = tidy[name][inside].reset_index(drop=True)
        for name, frame in tidy.items():
            object.__setattr__(self, name, frame)

    @property
    def adopted_months(self) -> tuple[str, ...]:
        """Months that stand as they were adopted."""
        return tuple(sorted(set(self.adopted["month"])))

    def with_rules(self, **changes: object) -> "RotationProblem":
        """Return the same facts under changed rules."""
        return replace(self, rules=replace(self.rules, **changes))  # type: ignore[arg-type]


def without_partners(problem: RotationProblem) -> RotationProblem:
    """Return the same problem with the puskesmas' own teams only, to lay beside the plan with partners."""
    return replace(problem, capacity=problem.capacity[problem.capacity["kind"] == OWN_TEAM])


def _tidied(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    tidy = frame.loc[:, list(COLUMNS[name])].copy()
    for column in tidy.columns:
        if column.endswith("_code") or column in ("month", "first_month", "last_month", "kind", "family", "code"):
            blank = tidy[column].isna() | (tidy[column] == "")
            tidy[column] = tidy[column].astype(object).mask(blank, None)
    if name in _TWICE_IS_HARMLESS:
        tidy = tidy.drop_duplicates()
    return tidy.sort_values(_KEYS[name], kind="stable", na_position="first").reset_index(drop=True)


def _wrong_months(months: tuple[str, ...]) -> list[str]:
    if not months:
        return ["no month to plan"]
    bad = [str(month) for month in months if not is_month(month)]
    if bad:
        return [f"month {bad[0]!r} is not written YYYY-MM"]
    numbers = [month_number(month) for month in months]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return ["the months are not consecutive"]
    return []


def _wrong_values(months: tuple[str, ...], frames: dict[str, pd.DataFrame]) -> list[str]:
    wrong: list[str] = []
    rws = frames["rws"]
    if rws.empty:
        return ["no RW to visit"]
    for name, frame in frames.items():
        twice = frame[frame.duplicated(_KEYS[name])]
        if len(twice):
            wrong.append(f"{name} names {_shown(twice.iloc[0], _KEYS[name])} twice")
    for column in ("rw_code", "kelurahan_code", "kecamatan_code", "puskesmas_code"):
        _report(wrong, rws, rws[column].isna(), f"rws: blank {column}", "rw_code")
    for column in ("need", "under_fives"):
        numbers = _numbers(rws[column])
        is_bad = ~np.isfinite(numbers) | (numbers < 0)
        _report(wrong, rws, is_bad, f"rws: {column} must be 0 or more and not blank", "rw_code")
    is_text = rws["months_since_visit"].notna() & np.isnan(_numbers(rws["months_since_visit"]))
    _report(wrong, rws, is_text, "rws: months_since_visit is not a number", "rw_code")
    _report(wrong, rws, _numbers(rws["months_since_visit"]) < 1, "rws: months_since_visit must be 1 or more", "rw_code")
    _report(wrong, rws, ~rws["is_far"].isin([True, False]), "rws: is_far must be yes or no", "rw_code")

    known = set(rws["rw_code"])
    for name in ("neighbours", "work_areas", "revisits", "fixed", "excluded", "adopted"):
        frame = frames.get(name, empty(name))
        for column in ("rw_code", "neighbour_code"):
            if column in frame.columns:
                _report(wrong, frame, ~frame[column].isin(known), f"{name}: unknown RW", column)
    capacity = frames["capacity"]
    _report(wrong, capacity, ~capacity["kind"].isin(SLOT_KINDS), f"capacity: kind is none of {SLOT_KINDS}", "kind")
    _report(
        wrong, capacity, _not_whole(capacity["slots"]), "capacity: slots must be whole, 0 or more", "puskesmas_code"
    )
    is_flag = capacity["is_vehicle_needed"].isin([True, False])
    _report(wrong, capacity, ~is_flag, "capacity: is_vehicle_needed must be yes or no", "puskesmas_code")
    if "vehicle_days" in frames:
        vehicles = frames["vehicle_days"]
        _report(wrong, vehicles, _not_whole(vehicles["vehicle_days"]), "vehicle_days must be whole, 0 or more", "month")
    neighbours = frames["neighbours"]
    share = _numbers(neighbours["share"])
    is_bad = ~((share >= 0) & (share <= 1))
    _report(wrong, neighbours, is_bad, "neighbours: share must lie between 0 and 1", "rw_code")
    is_own = neighbours["rw_code"] == neighbours["neighbour_code"]
    _report(wrong, neighbours, is_own, "neighbours: an RW is its own neighbour", "rw_code")
    for name in ("fixed", "adopted"):
        frame = frames[name]
        _report(wrong, frame, ~frame["month"].isin(months), f"{name}: month is outside the plan", "month")
    revisits = frames["revisits"]
    for column in ("first_month", "last_month"):
        _report(
            wrong, revisits, ~revisits[column].map(is_month).astype(bool), f"revisits: {column} not YYYY-MM", column
        )
    if len(revisits) and revisits[["first_month", "last_month"]].map(is_month).all(axis=None):
        is_backward = revisits["first_month"] > revisits["last_month"]
        _report(wrong, revisits, is_backward, "revisits: first_month after last_month", "rw_code")
    for name in ("closed", "excluded", "capacity", "vehicle_days"):
        frame = frames.get(name, empty(name))
        is_unclear = ~frame["month"].map(is_month).astype(bool)
        if name in _BLANK_MONTH_MEANS_ALL:
            is_unclear &= frame["month"].notna()
        _report(wrong, frame, is_unclear, f"{name}: month not YYYY-MM", "month")
    adopted = frames["adopted"]
    _report(wrong, adopted, ~adopted["kind"].isin(SLOT_KINDS), f"adopted: kind is none of {SLOT_KINDS}", "rw_code")
    _report(wrong, adopted, adopted["puskesmas_code"].isna(), "adopted: blank puskesmas_code", "rw_code")
    waived = frames["waived"]
    _report(wrong, waived, ~waived["family"].isin(PROMISES), f"waived: family is none of {PROMISES}", "family")
    return wrong


def _numbers(column: pd.Series) -> np.ndarray:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)


def _not_whole(column: pd.Series) -> np.ndarray:
    numbers = _numbers(column)
    return ~np.isfinite(numbers) | (numbers < 0) | (numbers != np.floor(numbers))


def _report(wrong: list[str], frame: pd.DataFrame, is_bad: "np.ndarray | pd.Series", what: str, shown: str) -> None:
    rows = frame[np.asarray(is_bad, dtype=bool)]
    if len(rows):
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        wrong.append(f"{what} ({rows.iloc[0][shown]}{more})")


def _shown(row: pd.Series, columns: list[str]) -> str:
    return " ".join(str(row[column]) for column in columns)
