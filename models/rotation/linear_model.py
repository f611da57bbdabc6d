"""A mixed-integer model put together from blocks of columns and rows, and solved with HiGHS.

HiGHS runs on one thread with a given seed, so a model that is solved within its time limit always gets the same answer.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from models.errors import RotationSolverError

OPTIMAL = "optimal"
INFEASIBLE = "infeasible"
STOPPED = "stopped"


@dataclass(frozen=True, eq=False)
class Solution:
    """Outcome of a solve: `amounts` and `losses` (reduced costs of a relaxation) per column; blank when there is none.

    `bound` is what no solution can exceed, in a maximisation.
    """

    status: str
    amounts: np.ndarray | None
    losses: np.ndarray | None
    objective: float
    bound: float
    seconds: float


class LinearModel:
    """Columns (gain, bounds, whole or not) and rows (entries, bounds) of a maximisation."""

    def __init__(self) -> None:
        self.column_count = 0
        self.row_count = 0
        self._gain: list[np.ndarray] = []
        self._lower: list[np.ndarray] = []
        self._upper: list[np.ndarray] = []
        self._is_whole: list[np.ndarray] = []
        self._entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._row_lower: list[np.ndarray] = []
        self._row_upper: list[np.ndarray] = []

    def add_columns(
        self,
        gain: np.ndarray,
        upper: "np.ndarray | float" = 1.0,
        lower: "np.ndarray | float" = 0.0,
        is_whole: bool = True,
    ) -> np.ndarray:
        """Add one column per gain and return their positions, in the shape of `gain`."""
        count = gain.size
        positions = np.arange(self.column_count, self.column_count + count).reshape(gain.shape)
        self._gain.append(gain.ravel().astype(float))
        self._lower.append(np.broadcast_to(lower, gain.shape).ravel().astype(float))
        self._upper.append(np.broadcast_to(upper, gain.shape).ravel().astype(float))
        self._is_whole.append(np.full(count, is_whole))
        self.column_count += count
        return positions

    def add_rows(
        self, count: int, lower: "np.ndarray | float" = -np.inf, upper: "np.ndarray | float" = np.inf
    ) -> np.ndarray:
        """Add rows without entries and return their positions."""
        positions = np.arange(self.row_count, self.row_count + count)
        self._row_lower.append(np.broadcast_to(np.asarray(lower, dtype=float), (count,)))
        self._row_upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (count,)))
        self.row_count += count
        return positions

    def put(self, rows: np.ndarray, columns: np.ndarray, value: "np.ndarray | float" = 1.0) -> None:
        """Enter a value where rows and columns meet; entries in one place add up."""
        rows, columns = np.broadcast_arrays(rows, columns)
        values = np.broadcast_to(np.asarray(value, dtype=float), rows.shape)
        self._entries.append((rows.ravel(), columns.ravel(), values.ravel()))

    def solve(
        self,
        *,
        is_relaxed: bool = False,
        is_kept: np.ndarray | None = None,
        is_held: np.ndarray | None = None,
        start: np.ndarray | None = None,
        gap: float = 0.0,
        seconds: float = 60.0,
        seed: int = 0,
    ) -> Solution:
        """Maximise; relaxed to fractions, or with columns left out or held at their upper bound, if asked."""
        began = time.perf_counter()
        highs = highspy.Highs()
        settings: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": seed,
            "time_limit": float(max(seconds, 0.01)),
            "mip_rel_gap": gap,
            "mip_abs_gap": 1e-9,
        }
        for name, value in settings.items():
            highs.setOptionValue(name, value)
        highs.passModel(self._as_highs(is_relaxed, is_kept, is_held))
        if start is not None:
            first = highspy.HighsSolution()
            first.col_value = start.tolist()
            first.value_valid = True
            highs.setSolution(first)
        highs.run()
        return _solution(highs, is_relaxed, time.perf_counter() - began)

    def _as_highs(self, is_relaxed: bool, is_kept: np.ndarray | None, is_held: np.ndarray | None) -> highspy.HighsLp:
        rows, columns, values = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        matrix = sparse.csr_matrix((values, (rows, columns)), shape=(self.row_count, self.column_count))
        lower, upper = np.concatenate(self._lower), np.concatenate(self._upper)
        if is_kept is not None:
            upper = np.where(is_kept, upper, lower)
        if is_held is not None:
            lower = np.where(is_held, upper, lower)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.column_count, self.row_count
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.concatenate(self._gain)
        lp.col_lower_, lp.col_upper_ = lower, upper
        lp.row_lower_, lp.row_upper_ = np.concatenate(self._row_lower), np.concatenate(self._row_upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        if not is_relaxed:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[int(whole)] for whole in np.concatenate(self._is_whole)]
        return lp


def _solution(highs: highspy.Highs, is_relaxed: bool, seconds: float) -> Solution:
    status, info = highs.getModelStatus(), highs.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Solution(INFEASIBLE, None, None, -np.inf, -np.inf, seconds)
    if status not in (kinds.kOptimal, kinds.kTimeLimit):
        raise RotationSolverError(
            f"The solver stopped with {highs.modelStatusToString(status)!r}; report the plan's settings."
        )
    is_optimal = status == kinds.kOptimal
    has_values = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    answer = highs.getSolution()
    values = np.array(answer.col_value) if has_values and (is_optimal or not is_relaxed) else None
    objective = info.objective_function_value if values is not None else -np.inf
    proven = objective if is_optimal else np.inf
    bound = proven if is_relaxed else info.mip_dual_bound
    losses = np.array(answer.col_dual) if is_relaxed and is_optimal else None
    return Solution(OPTIMAL if is_optimal else STOPPED, values, losses, objective, bound, seconds)
