"""What an RW's colour or bubble says: classes per RW and the legend that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from dashboard.maps.classes import (
    ATTENDANCE,
    ATTENDANCE_CHANGE,
    LOW_ATTENDANCE_COLOUR,
    NO_DATA_COLOUR,
    OUTSIDE_COLOUR,
    PREVALENCE,
    PREVALENCE_CHANGE,
    TRAVEL,
    UNKNOWN_ATTENDANCE_COLOUR,
    UNSURE_COLOUR,
    Colour,
    Scale,
)
from models.rates.attendance import LOW, NO_DATA, RELIABLE, UNKNOWN

BUBBLE_COLOUR: Colour = (213, 94, 0)
NONE_COLOUR: Colour = (245, 243, 238)
_BUBBLE_PIXELS_PER_ROOT = 3.2
_LARGEST_BUBBLE = 99
UNKNOWN_COUNT, OUTSIDE = -1, -2


@dataclass(frozen=True)
class LegendRow:
    """One class: its colour, its words, how many RWs are in it, and whether the city's target lies in it."""

    colour: Colour
    label: str
    rw_count: int
    is_target: bool = False


@dataclass(frozen=True)
class Fill:
    """Colours of all RWs: `classes` are indices into `palette`, in the order of the RW table."""

    title: str
    classes: np.ndarray
    palette: tuple[Colour, ...]
    legend: tuple[LegendRow, ...]
    special: tuple[LegendRow, ...]


@dataclass(frozen=True)
class Bubbles:
    """Sizes of all RWs' bubbles: `counts` are children, blank as -1, of others' areas -2, in the RW table's order."""

    title: str
    counts: np.ndarray
    legend: tuple[LegendRow, ...]
    special: tuple[LegendRow, ...]
    radii: tuple[float, ...] = field(
        default=tuple(round(_BUBBLE_PIXELS_PER_ROOT * float(np.sqrt(n)), 1) for n in range(_LARGEST_BUBBLE + 1))
    )


def prevalence(table: pd.DataFrame, column: str, title: str, target: float | None = None) -> Fill:
    """Colour a rate of stunted children; RWs weighed too little or not at all are classes of their own.

    `target` is what the city's rate of the same series should be, as a fraction; its class is marked.
    """
    status = table["status"].to_numpy()
    off_scale = [
        (status == LOW, LOW_ATTENDANCE_COLOUR, "Belum cukup ditimbang"),
        (status == UNKNOWN, UNKNOWN_ATTENDANCE_COLOUR, "Sasaran belum diketahui"),
        (status == NO_DATA, NO_DATA_COLOUR, "Tanpa data"),
    ]
    return _fill(title, PREVALENCE, table[column], off_scale, target)


def attendance(table: pd.DataFrame) -> Fill:
    """Colour the share of the target that was weighed."""
    is_missing = table["attendance_share"].isna().to_numpy()
    return _fill(
        "Kehadiran penimbangan (D/S)",
        ATTENDANCE,
        table["attendance_share"],
        [(is_missing, NO_DATA_COLOUR, "Tanpa data")],
    )


def travel_time(durations_s: pd.Series, title: str) -> Fill:
    """Colour a travel time in seconds; RWs that no road reaches are a class of their own."""
    is_missing = durations_s.isna().to_numpy()
    return _fill(title, TRAVEL, durations_s, [(is_missing, NO_DATA_COLOUR, "Belum terhitung")])


def prevalence_change(before: pd.DataFrame, after: pd.DataFrame, title: str) -> Fill:
    """Colour how a smoothed rate changed, in the order of `after`; RWs are matched by code.

    Only where both months are weighed enough and their 90 % intervals are apart is there a change to speak of; an RW
    with overlapping ones is a class of its own, and so is one that either month says too little of.
    """
    now = after.reset_index(drop=True)
    old = before.set_index("code").reindex(now["code"]).reset_index()
    is_known = ((old["status"] == RELIABLE) & (now["status"] == RELIABLE)).to_numpy()
    is_apart = (now["rate_low"].gt(old["rate_high"]) | now["rate_high"].lt(old["rate_low"])).to_numpy()
    change = now["rate"] - old["rate"]
    off_scale = [
        (is_known & ~is_apart, UNSURE_COLOUR, "Tidak pasti berubah"),
        (~is_known, LOW_ATTENDANCE_COLOUR, "Belum cukup ditimbang di salah satu bulan"),
    ]
    return _fill(title, PREVALENCE_CHANGE, change, off_scale)


def attendance_change(before: pd.DataFrame, after: pd.DataFrame, title: str) -> Fill:
    """Colour how the share of the target that was weighed changed, in the order of `after`, RWs matched by code."""
    old = before.set_index("code")["attendance_share"].reindex(after["code"])
    change = pd.Series(after["attendance_share"].to_numpy(float) - old.to_numpy(float))
    missing = (change.isna().to_numpy(), NO_DATA_COLOUR, "Tanpa data di salah satu bulan")
    return _fill(title, ATTENDANCE_CHANGE, change, [missing])


def bubbles(counts: pd.Series, title: str) -> Bubbles:
    """Size a count of children; RWs without data have no bubble."""
    shown = np.where(counts.isna(), UNKNOWN_COUNT, counts.fillna(0)).astype(int)
    groups = ((1, 4), (5, 9), (10, 19), (20, None))
    rows = [
        LegendRow(
            BUBBLE_COLOUR,
            f"{low}–{high} balita" if high else f"{low} balita atau lebih",
            int(((shown >= low) & (shown <= (high or shown.max()))).sum()),
        )
        for low, high in groups
    ]
    none = LegendRow(NONE_COLOUR, "0 balita", int((shown == 0).sum()))
    unknown = LegendRow(NO_DATA_COLOUR, "Tanpa data", int((shown < 0).sum()))
    return Bubbles(title, shown, (none, *rows), (unknown,) if unknown.rw_count else ())


def over_map(drawn: Fill | Bubbles, own_codes: Sequence[str], rw_codes: Sequence[str]) -> Fill | Bubbles:
    """Lay what the own RWs show out over all RWs of the map, in its order; the others are a class of their own."""
    if tuple(own_codes) == tuple(rw_codes):
        return drawn
    place = pd.Index(own_codes).get_indexer(pd.Index(rw_codes))
    is_outside = place < 0
    if isinstance(drawn, Bubbles):
        return replace(drawn, counts=np.where(is_outside, OUTSIDE, _taken(drawn.counts, place)))
    outside = LegendRow(OUTSIDE_COLOUR, "Di luar wilayah Anda", int(is_outside.sum()))
    return replace(
        drawn,
        classes=np.where(is_outside, len(drawn.palette), _taken(drawn.classes, place)),
        palette=(*drawn.palette, OUTSIDE_COLOUR),
        special=(*drawn.special, outside),
    )


def _taken(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    return values[place] if len(values) else np.zeros(len(place), dtype=int)


def _fill(
    title: str,
    scale: Scale,
    values: pd.Series,
    off_scale: list[tuple[np.ndarray, Colour, str]],
    target: float | None = None,
) -> Fill:
    classes = scale.classify(values)
    palette = [*scale.colours]
    special = []
    for is_here, colour, label in off_scale:
        classes = np.where(is_here, len(palette), classes)
        palette.append(colour)
        if is_here.any():
            special.append(LegendRow(colour, label, int(is_here.sum())))
    if (classes < 0).any():
        raise ValueError("an RW has no value and no class of its own")
    aim = None if target is None else int(scale.classify(pd.Series([target]))[0])
    legend = tuple(
        LegendRow(colour, label, int((classes == index).sum()), index == aim)
        for index, (colour, label) in enumerate(zip(scale.colours, scale.labels, strict=True))
    )
    return Fill(title, classes, tuple(palette), legend, tuple(special))
