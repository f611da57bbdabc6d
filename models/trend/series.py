"""A figure's series: its indicator and its basis. Two bases measure different children and never share a line.

Routine figures (e-PPGBM) speak of children who came to a posyandu, surveys (SSGI, SKI, Riskesdas) of sampled
households; Kota Bekasi's routine and survey figures of 2023 differ threefold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from models.errors import SeriesMixError, UnusableTrendError

ROUTINE = "e-PPGBM"


@dataclass(frozen=True)
class SeriesKey:
    """What a line on a chart speaks of: an indicator's code and the basis that its figures come from."""

    indicator: str
    basis: str


def key_of(frame: pd.DataFrame) -> SeriesKey:
    """Return the one series of a frame with the columns indicator and series.

    Raises SeriesMixError when the rows are of more than one, and UnusableTrendError when there are none.
    """
    _has_key_columns(frame)
    found = frame[["indicator", "series"]].drop_duplicates()
    if found.empty:
        raise UnusableTrendError("No figures to draw a series from: choose another area, indicator or period")
    if len(found) > 1:
        names = ", ".join(f"{row.indicator} ({row.series})" for row in found.itertuples())
        raise SeriesMixError(f"Figures of different series can't be joined: {names}; show each in a panel of its own")
    row = found.iloc[0]
    return SeriesKey(str(row["indicator"]), str(row["series"]))


def join_series(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of several frames of one series as one frame.

    Raises SeriesMixError across series: also routine with survey, and SSGI with SKI.
    """
    joined = pd.concat([frame for frame in frames if len(frame)] or [*frames][:1], ignore_index=True)
    key_of(joined)
    return joined


def require_same(figure: SeriesKey, target: SeriesKey) -> None:
    """Raise SeriesMixError unless a target speaks of the series that it is held against."""
    if figure != target:
        raise SeriesMixError(
            f"A target for {target.indicator} ({target.basis}) says nothing of {figure.indicator} ({figure.basis}): "
            "compare it with figures of its own series"
        )


def _has_key_columns(frame: pd.DataFrame) -> None:
    lacking = {"indicator", "series"} - set(frame.columns)
    if lacking:
        raise UnusableTrendError(f"The frame lacks {', '.join(sorted(lacking))}: every figure names its series")
