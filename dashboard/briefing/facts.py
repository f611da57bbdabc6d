"""What a briefing is made from: frames that the pages read too, of one place and one month."""

import datetime
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.briefing.model import MapPicture, Stamp
from data.queries.city import CityState

CITY, KECAMATAN = "kota", "kecamatan"


@dataclass(frozen=True)
class Place:
    """The city, or one kecamatan, with its name as people say it."""

    code: str
    name: str
    level: str

    @property
    def part_word(self) -> str:
        """What its parts are called."""
        return "kecamatan" if self.level == CITY else "kelurahan"


@dataclass(frozen=True)
class Facts:
    """The frames of one place and month.

    `months`: the place's counts with flows (`data.queries.trend.kelurahan_months` added up; blank where not told).
    `parts`: area_code, name and, for the month and for a year before (`_before`): stunted, haz_valid, d_weighed,
    s_target; stunted is blank where it is kept back. `rws`: `dashboard.rw_table` with nearest_duration_s and nearest.
    `targets`: of the place's routine series (`dashboard.trend.target.of_series`). `surveys`: published figures.
    `promises`: owner, text, due_on, status, since (words of what its figure did). `plan`: the newest
    rotation plan, or None, and its `slots`. `nominations` and `answers` of the month to visit next. `nearer_count`:
    RWs whose nearest puskesmas is not their own. `picture`: the map.
    """

    place: Place
    city: CityState
    month: datetime.date
    today: datetime.date
    months: pd.DataFrame
    city_share: float | None
    parts: pd.DataFrame
    rws: pd.DataFrame
    targets: pd.DataFrame
    surveys: pd.DataFrame
    promises: pd.DataFrame
    plan: dict[str, Any] | None
    slots: pd.DataFrame
    nominations: pd.DataFrame
    answers: pd.DataFrame
    visits_in: datetime.date
    nearer_count: int
    far_s: float
    mode_name: str
    picture: MapPicture
    stamp: Stamp


def row_of(months: pd.DataFrame, month: datetime.date) -> pd.Series | None:
    """Return a month's row, or None."""
    found = months[months["month"] == month]
    return None if found.empty else found.iloc[0]


def share_of(part: float | None, whole: float | None) -> float | None:
    """Return a fraction; None where either is unknown or nobody is in the whole."""
    if part is None or whole is None or pd.isna(part) or pd.isna(whole) or not whole:
        return None
    return float(part) / float(whole)
