"""Every row of a list becomes one of three: taken in, set aside for one reason, or a repetition within the file.

The reasons are tried in the order of `REASONS`, and the first that holds is the row's. Whatever could name a child is
forgotten here: what leaves is a key, a place, days and measurements.
"""

import functools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.intake import values
from data.intake.identity import child_keys, fold
from data.intake.places import AREA_UNKNOWN, MISSING_RW, OUTSIDE_CITY, Placed, Places, UnknownPlace
from data.intake.privacy import private_texts, publishable, publishable_rw
from data.intake.table import ListTable, Texts
from models.growth.zscores import DAYS_PER_MONTH, UNSCORED_FROM_MONTHS, ZScores, zscores

REASONS = (
    OUTSIDE_CITY,
    AREA_UNKNOWN,
    MISSING_RW,
    "birth_date_invalid",
    "measured_on_invalid",
    "age_out_of_range",
    "sex_invalid",
    "no_measurement",
)

Z_TOLERANCE = 0.05
"""e-PPGBM's own ZS TB/U may differ from ours by so much: its scores are rounded, and older ones from monthly tables."""

_FREQUENT = 3
"""A posyandu's name that so many rows carry is kept even when a child in the file bears it too (Melati, Mawar)."""


@dataclass(frozen=True)
class ParkedRow:
    """A row set aside: its number in the file, its reason, and its place names for the reasons that speak of areas."""

    row_number: int
    reason: str
    place: str


@dataclass(frozen=True)
class Weighings:
    """The rows taken in, as arrays of one length; nothing in them names a child.

    `child` numbers the distinct keys of `keys`. Days are datetime64[D], weights and lengths NaN where not usable,
    `position` 1 lying, 2 standing, 0 not noted; `own_gain` is the file's Naik Berat Badan (N, T, O, B or None).
    """

    child: NDArray[np.intp]
    keys: list[bytes]
    rw_codes: NDArray[np.object_]
    sex: NDArray[np.int8]
    birth_date: values.Days
    measured_on: values.Days
    age_days: NDArray[np.int64]
    weight_kg: NDArray[np.float64]
    lenhei_cm: NDArray[np.float64]
    position: NDArray[np.int8]
    scores: ZScores
    posyandu: NDArray[np.object_]
    own_gain: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.child)


@dataclass(frozen=True)
class Classified:
    """What became of a file's rows; rows_read = accepted + parked + duplicates."""

    rows_read: int
    weighings: Weighings
    parked: list[ParkedRow]
    duplicates: int
    z_mismatch: int
    unknown_places: Counter[UnknownPlace]


def classify(table: ListTable, places: Places, secret: bytes, today: date, kelurahan_code: str | None) -> Classified:
    """Check every row of a list; `kelurahan_code` serves where the list has no column for the kelurahan.

    A day after `today` cannot have been a weighing. The first of two rows with the same child and day is kept.
    """
    which_place, placed = _places_of(table, places, kelurahan_code)
    birth = _read(table.column("birth_date"), values.days)
    measured = _read(table.column("measured_on"), values.days)
    sex = _read(table.column("sex"), values.sexes)
    weight_kg = _read(table.column("weight"), values.amounts)
    lenhei_cm = _read(table.column("lenhei"), values.amounts)
    age_days = (measured - birth).astype(np.int64)

    which_place, placed = _on_their_day(which_place, placed, measured)
    place_reason = np.array([REASONS.index(found.reason) if found.reason else -1 for found in placed])[which_place]
    reason = np.select(
        [
            place_reason >= 0,
            np.isnat(birth),
            np.isnat(measured) | (measured > np.datetime64(today)),
            (age_days < 0) | (age_days / DAYS_PER_MONTH >= UNSCORED_FROM_MONTHS),
            sex == 0,
            np.isnan(weight_kg) & np.isnan(lenhei_cm),
        ],
        [place_reason, *range(len(REASONS) - 5, len(REASONS))],
        default=-1,
    )

    fit = np.flatnonzero(reason < 0)
    keys = _keys(table, fit, birth, sex, secret)
    child, distinct = pd.factorize(keys)
    is_repeated = pd.DataFrame({"child": child, "day": measured[fit]}).duplicated().to_numpy()
    rows = fit[~is_repeated]
    child, kept = pd.factorize(child[~is_repeated])

    position = _read(table.column("position"), values.positions)[rows]
    scores = zscores(sex[rows], age_days[rows], weight_kg[rows], lenhei_cm[rows], position, False)
    private = _Private(table)
    weighings = Weighings(
        child=child,
        keys=[distinct[index] for index in kept],
        rw_codes=np.array([found.rw_code for found in placed], dtype=object)[which_place[rows]],
        sex=sex[rows],
        birth_date=birth[rows],
        measured_on=measured[rows],
        age_days=age_days[rows],
        weight_kg=weight_kg[rows],
        lenhei_cm=lenhei_cm[rows],
        position=position,
        scores=scores,
        posyandu=_posyandu(table.column("posyandu"), private)[rows],
        own_gain=_read(table.column("weight_gain"), values.weight_gains)[rows],
    )
    shown = [_shown(found.unknown, private) for found in placed]
    parked, unknown = _parked(table, reason, which_place, shown)
    own_haz = _read(table.column("haz"), values.numbers)[rows]
    with np.errstate(invalid="ignore"):
        # both scores have two decimals: the rounding keeps a difference of exactly 0.05 from looking larger
        is_mismatch = np.round(np.abs(own_haz - scores.haz), 6) > Z_TOLERANCE
    return Classified(
        rows_read=len(table),
        weighings=weighings,
        parked=parked,
        duplicates=int(is_repeated.sum()),
        z_mismatch=int(is_mismatch.sum()),
        unknown_places=unknown,
    )


def _read[T: np.generic](texts: Texts, meaning: Callable[[list[str]], NDArray[T]]) -> NDArray[T]:
    return meaning(texts.distinct)[texts.of_row]


def _places_of(table: ListTable, places: Places, kelurahan_code: str | None) -> tuple[NDArray[np.intp], list[Placed]]:
    """Return the distinct places of a list, and which of them each row has."""
    rw = table.column("rw") if "rw" in table.columns else table.column("rt_rw")
    columns = [table.column("city"), table.column("kecamatan"), table.column("kelurahan"), rw]
    combined = np.zeros(len(table), dtype=np.int64)
    for column in columns:
        combined = np.unique(combined * len(column.distinct) + column.of_row, return_inverse=True)[1]
    _, first, which = np.unique(combined, return_index=True, return_inverse=True)
    serves_all = kelurahan_code is not None and "kelurahan" not in table.columns
    placed = []
    for row in first.tolist():
        city, kecamatan, kelurahan, number = (column.distinct[column.of_row[row]] for column in columns)
        if serves_all and kelurahan_code:
            placed.append(places.place_in_kelurahan(kelurahan_code, number))
        else:
            placed.append(places.place(city, kecamatan, kelurahan, number))
    return which, placed


def _on_their_day(
    which: NDArray[np.intp], placed: list[Placed], measured: NDArray[np.datetime64]
) -> tuple[NDArray[np.intp], list[Placed]]:
    """Return places as they were on the day of each row: an RW that has ended holds no later weighing."""
    which, placed = which.copy(), list(placed)
    for position, found in enumerate(tuple(placed)):
        if found.last_day is not None and found.afterwards is not None:
            which[(which == position) & (measured > np.datetime64(found.last_day))] = len(placed)
            placed.append(found.afterwards)
    return which, placed


def _keys(
    table: ListTable, rows: NDArray[np.intp], birth: values.Days, sex: NDArray[np.int8], secret: bytes
) -> NDArray[np.object_]:
    def each(name: str) -> list[str]:
        column = table.column(name)
        return [column.distinct[position] for position in column.of_row[rows].tolist()]

    names = ["" if values.is_blank(name) else name for name in each("name")]
    parents = ["" if values.is_blank(parent) else parent for parent in each("parents")]
    otherwise = [""] * len(rows)
    for index, name in enumerate(fold(names)):
        if not name:
            row = rows[index]
            otherwise[index] = "|".join(column.distinct[column.of_row[row]] for column in table.columns.values())
    return child_keys(each("nik"), names, birth[rows], sex[rows], parents, secret, otherwise)


class _Private:
    """A list's private texts, gathered when they are first asked for: most lists have no doubtful place."""

    def __init__(self, table: ListTable) -> None:
        self.table = table

    @functools.cached_property
    def texts(self) -> frozenset[str]:
        return private_texts(*(self.table.column(name).distinct for name in ("name", "parents", "address")))


def _posyandu(column: Texts, private: _Private) -> NDArray[np.object_]:
    occurs = np.bincount(column.of_row, minlength=len(column.distinct)).tolist()
    kept = np.empty(len(column.distinct), dtype=object)
    kept[:] = [
        None if values.is_blank(text) else publishable(text, private.texts if times < _FREQUENT else ()) or None
        for text, times in zip(column.distinct, occurs, strict=True)
    ]
    return kept[column.of_row]


def _shown(place: UnknownPlace | None, private: _Private) -> UnknownPlace | None:
    if place is None:
        return None
    kecamatan, kelurahan = publishable(place.kecamatan, private.texts), publishable(place.kelurahan, private.texts)
    rw = publishable_rw(place.rw, private.texts)
    named = {"kecamatan": kecamatan, "kelurahan": kelurahan, "rw": rw}[place.level]
    spelling = place.spelling if named else ""
    return UnknownPlace(place.level, place.within_code, spelling, kecamatan, kelurahan, rw)


def _parked(
    table: ListTable, reason: NDArray[np.int64], which_place: NDArray[np.intp], shown: list[UnknownPlace | None]
) -> tuple[list[ParkedRow], Counter[UnknownPlace]]:
    parked, unknown = [], Counter[UnknownPlace]()
    for row in np.flatnonzero(reason >= 0).tolist():
        code, place = REASONS[reason[row]], ""
        found = shown[which_place[row]] if code == AREA_UNKNOWN and not table.is_doubtful[row] else None
        if found:
            unknown[found] += 1
            place = " / ".join((found.kecamatan, found.kelurahan, found.rw))
        parked.append(ParkedRow(int(table.row_numbers[row]), code, place))
    return parked, unknown
