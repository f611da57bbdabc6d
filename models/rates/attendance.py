"""What the children who did not come to be weighed may hide: D/S, its classes, a band for the rate, expected children.

Assumes that absent children have between half and twice the risk of those who came (`Absentees`). Children who are
hard to reach tend to be worse off, which speaks for twice; children with a private doctor stay away as well, which
speaks for half. Routine data can't settle it, so both ends are shown, and every value between them, on the ratio scale,
is held equally likely.

D is the children weighed and S the children who should have been; both are counts of distinct children of the RW in the
window. D above S (children of other RWs, or an outdated target) means that nobody known is absent. A blank D or S is
unknown: such an RW is in a class of its own, its band allows for everyone being absent, and its children are estimated
from the other RWs, so that a missing figure lowers no count.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from models.errors import UnusableRatesError
from models.rates.beta_binomial import INTERVAL

LOW_ATTENDANCE = 0.60  # under this share of the target weighed, a low rate says little about the RW
RELIABLE, LOW, UNKNOWN, NO_DATA = "reliable", "low_attendance", "unknown_attendance", "no_data"
STATUSES = (RELIABLE, LOW, UNKNOWN, NO_DATA)


@dataclass(frozen=True)
class Absentees:
    """Risk of absent children as a multiple of that of children who came: the lowest and highest thought possible."""

    lowest: float = 0.5
    highest: float = 2.0

    def __post_init__(self) -> None:
        if not 0 < self.lowest <= self.highest < np.inf:
            raise UnusableRatesError(
                f"Absent children's risk can't lie between {self.lowest} and {self.highest} times the others': "
                "give two multiples above 0, the lower first"
            )

    @property
    def moments(self) -> tuple[float, float]:
        """The mean of the multiple and of its square, log-uniform between lowest and highest."""
        width = np.log(self.highest / self.lowest)
        if width < 1e-9:
            return self.lowest, self.lowest**2
        return (self.highest - self.lowest) / width, (self.highest**2 - self.lowest**2) / (2 * width)


HALF_TO_TWICE = Absentees()


def attendance(frame: pd.DataFrame) -> pd.DataFrame:
    """Add `attendance_share` (D/S, may pass 1) from d_weighed and s_target; blank where either is unknown or S is 0.

    Raises UnusableRatesError for absent columns and counts below zero.
    """
    weighed, target = _children(frame, "d_weighed"), _children(frame, "s_target")
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(target > 0, weighed / target, np.nan)
    return frame.assign(attendance_share=share)


def classify(frame: pd.DataFrame, threshold: float = LOW_ATTENDANCE) -> pd.DataFrame:
    """Add `status`: no_data (nothing measured), unknown_attendance, low_attendance (D/S under the threshold), reliable.

    Takes measured, and attendance_share or d_weighed and s_target. Only a reliable RW may be shown as good.
    """
    with_share = _with_share(frame)
    share, measured = with_share["attendance_share"].to_numpy(dtype=float), _children(frame, "measured")
    status = np.select([~(measured > 0), np.isnan(share), share < threshold], [NO_DATA, UNKNOWN, LOW], default=RELIABLE)
    return with_share.assign(status=status)


def absentee_bounds(frame: pd.DataFrame, absentees: Absentees = HALF_TO_TWICE) -> pd.DataFrame:
    """Add `bound_low` and `bound_high`, the rate's interval widened for absent children.

    Takes rate_low and rate_high of smooth_rates, and attendance_share or d_weighed and s_target. The lower end has
    every absent child at the lowest multiple of rate_low, the upper end at the highest multiple of rate_high, so the
    band is wider than either uncertainty alone. An unknown share counts as nobody having come.
    """
    with_share = _with_share(frame)
    came = np.clip(np.nan_to_num(with_share["attendance_share"].to_numpy(dtype=float)), 0, 1)
    low, high = frame["rate_low"].to_numpy(), frame["rate_high"].to_numpy()
    return with_share.assign(
        bound_low=low * np.minimum(came + (1 - came) * absentees.lowest, 1),
        bound_high=np.minimum(high * np.maximum(came + (1 - came) * absentees.highest, 1), 1),
    )


def expected_stunted(
    frame: pd.DataFrame, absentees: Absentees = HALF_TO_TWICE, interval: float = INTERVAL
) -> pd.DataFrame:
    """Add the number of stunted children that an RW's lasting rate leads one to expect, weighed or not.

    Takes the columns of smooth_rates plus d_weighed and s_target. Gives children (S where known, never under D, else
    estimated), is_children_estimated, expected_stunted with expected_stunted_low and expected_stunted_high (rate and
    absentees' multiple both unsure; a gamma with the product's mean and variance), and expected_unseen, the part among
    children who were not measured. To rank, use expected_stunted; beside a count of children found, print
    expected_unseen, because expected_stunted may lie below a count that was bad luck. Blank only where no RW of the
    frame has a target or weighed children to estimate from.
    """
    measured = np.nan_to_num(_children(frame, "measured"))
    known_weighed, known_target = _children(frame, "d_weighed"), _children(frame, "s_target")
    weighed = np.fmax(np.nan_to_num(known_weighed), measured)
    children, variance, is_estimated = _all_children(known_weighed, weighed, known_target)
    absent = np.maximum(children - weighed, 0)

    alpha, beta = frame["posterior_alpha"].to_numpy(), frame["posterior_beta"].to_numpy()
    rate = alpha / (alpha + beta)
    rate_square = rate * (alpha + 1) / (alpha + beta + 1)
    multiple, multiple_square = absentees.moments
    mean = rate * (weighed + multiple * absent)
    square = rate_square * (weighed**2 + 2 * weighed * multiple * absent + multiple_square * (absent**2 + variance))
    spread = np.maximum(square - mean**2, 1e-12)
    shape = np.where(mean > 0, mean**2 / spread, np.nan)
    tail = (1 - interval) / 2
    scale = np.where(mean > 0, spread / np.where(mean > 0, mean, 1), 0.0)
    low, high = (np.nan_to_num(special.gammaincinv(shape, point)) * scale for point in (tail, 1 - tail))
    unknown = np.isnan(children)
    return frame.assign(
        children=children,
        is_children_estimated=is_estimated,
        expected_stunted=mean,
        expected_stunted_low=np.where(unknown, np.nan, np.minimum(low, mean)),
        expected_stunted_high=np.where(unknown, np.nan, np.maximum(high, mean)),
        expected_unseen=rate * (weighed - measured + multiple * absent),
    )


def _all_children(
    known_weighed: np.ndarray, weighed: np.ndarray, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each RW's children, the variance of that number, and whether it is estimated.

    Unknown targets come from the RW's weighed children at other RWs' targets per weighed child, or, where nobody is
    known to have been weighed, from other RWs' targets; the spread of those RWs is the variance.
    """
    known = target > 0
    both = known & (known_weighed > 0)
    per_weighed = np.maximum(target[both] / weighed[both], 1)
    children, variance = np.where(known, np.fmax(target, weighed), np.nan), np.zeros(len(target))
    by_weighed = ~known & (weighed > 0)
    if both.any():
        children[by_weighed] = weighed[by_weighed] * per_weighed.mean()
        variance[by_weighed] = weighed[by_weighed] ** 2 * per_weighed.var()
    else:
        children[by_weighed] = weighed[by_weighed] / LOW_ATTENDANCE
        variance[by_weighed] = (children - weighed)[by_weighed] ** 2
    by_others = ~known & ~by_weighed
    is_zero = target == 0
    if known.any():
        children[by_others] = target[known].mean()
        variance[by_others] = target[known].var()
    children[is_zero & by_others], variance[is_zero & by_others] = 0.0, 0.0
    return children, variance, ~known & ~(is_zero & by_others)


def _with_share(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if "attendance_share" in frame.columns else attendance(frame)


def _children(frame: pd.DataFrame, column: str) -> np.ndarray:
    """Return a column of counts as floats, NaN where unknown."""
    if column not in frame.columns:
        raise UnusableRatesError(f"The frame lacks {column}: add it, blank where it is unknown")
    counts = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = (counts < 0) | np.isinf(counts)
    if wrong.any():
        raise UnusableRatesError(f"{column} is below zero or infinite in {int(wrong.sum())} row(s): correct the counts")
    return counts
