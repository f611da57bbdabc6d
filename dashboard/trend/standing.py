"""Where an area stands against its targets: a tile for the routine series and one for every survey."""

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.trend.choices import Area
from dashboard.trend.months import growth_months
from dashboard.trend.series import is_survey, published_points
from dashboard.trend.target import of_series, standing, tile
from dashboard.trend.words import Indicator
from models.trend.periods import STATE
from models.trend.series import ROUTINE
from models.trend.target import Figure


def tiles(viewer: Viewer, version: str, indicator: Indicator, area: Area, line: pd.DataFrame) -> list[str]:
    """Return the tiles as HTML, routine first; each series is held against targets of its own series only."""
    targets = cache.targets(viewer.scope, version)
    children, attendance = _children_and_attendance(viewer, version, area)
    is_of_children = indicator.kind == STATE and indicator.series == ROUTINE
    last = line[line["value"].notna()].iloc[-1]
    figure = Figure(
        float(last["value"]), last["period"], attendance=attendance if indicator.series == ROUTINE else None
    )
    whole = children if is_of_children else _denominator(line)
    own = of_series(targets, area.code, indicator, indicator.series)
    found = [standing(figure, fmt.month(last["period"]), own, indicator, indicator.series, whole)]
    points = published_points(cache.published(viewer.scope, version, area.code), indicator)
    for name in sorted(filter(is_survey, points)):
        row = points[name].iloc[-1]
        low, high = (None if pd.isna(row[limit]) else float(row[limit]) for limit in ("low", "high"))
        figure = Figure(float(row["value"]), row["period"], low, high)
        own = of_series(targets, area.code, indicator, name)
        found.append(standing(figure, str(row["told"]), own, indicator, name, children, bool(row["is_approximate"])))
    return [tile(of_series_, indicator) for of_series_ in found]


def _children_and_attendance(viewer: Viewer, version: str, area: Area) -> tuple[float | None, float | None]:
    """Return the newest target of children and the share of them weighed."""
    months = growth_months(viewer, version, area)
    if months.empty or pd.isna(months["s_target"].iloc[-1]) or not months["s_target"].iloc[-1]:
        return None, None
    last = months.iloc[-1]
    return float(last["s_target"]), float(last["d_weighed"] / last["s_target"])


def _denominator(line: pd.DataFrame) -> float | None:
    last = line["denominator"].iloc[-1]
    return None if pd.isna(last) else float(last)
