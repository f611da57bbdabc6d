"""Plans and their alternatives side by side, in the same figures."""

from collections.abc import Mapping

import pandas as pd

from models.rotation.indexed import index_problem
from models.rotation.problem import RotationProblem
from models.rotation.standing import Standing, standing

PLAN = "plan"
TOP_N = "top_n"
IN_TURN = "in_turn"
FIGURES = (
    "under_fives_served",
    "need_served",
    "need_served_pct",
    "stops",
    "idle_slots",
    "longest_wait_months",
    "far_never_reached",
    "kecamatan_spread_pct",
    "overlap_need",
    "broken_promises",
    "objective",
)


def standing_of(problem: RotationProblem, slots: pd.DataFrame) -> Standing:
    """Return the figures of any set of slots (month, puskesmas_code, rw_code) under a problem's needs and promises."""
    return standing(index_problem(problem), slots)


def compare(plans: Mapping[str, tuple[RotationProblem, pd.DataFrame]]) -> pd.DataFrame:
    """Return one row per named plan: name, the figures of `Standing`, and overlap avoided.

    Each plan comes with its own problem, since capacity may differ (with and without partners). `overlap_avoided` is
    the need reached twice by the alternative named `top_n`, or else by the last one, less the plan's own.
    """
    standings = {name: standing_of(problem, slots) for name, (problem, slots) in plans.items()}
    rows = [{"name": name} | {figure: getattr(of, figure) for figure in FIGURES} for name, of in standings.items()]
    frame = pd.DataFrame(rows, columns=["name", *FIGURES])
    if frame.empty:
        return frame.assign(overlap_avoided=pd.Series(dtype=float))
    beside = TOP_N if TOP_N in standings else frame["name"].iloc[-1]
    frame["overlap_avoided"] = standings[beside].overlap_need - frame["overlap_need"]
    return frame
