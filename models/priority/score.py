"""The score of each RW, what every criterion contributes to it, and its place.

Assumes nothing beyond the weights: the score is 100 times the weighted sum of needs between 0 and 1.
"""

import numpy as np
import pandas as pd

from models.priority.codes import CRITERIA, contribution_column
from models.priority.inputs import Inputs, checked_inputs
from models.priority.missing import CityNeeds, city_needs
from models.priority.settings import DEFAULTS, PrioritySettings
from models.priority.weights import Weights

_TIED_DIGITS = 9  # scores of one and the same RW differ in the last bits when the frame's rows change their order


def score(frame: pd.DataFrame, weights: Weights, settings: PrioritySettings = DEFAULTS) -> pd.DataFrame:
    """Return rw_code, score (0 to 100), rank (1 is first, over all rows) and contribution_<criterion>.

    Rows keep their order and index. Contributions sum to the score. Of equal scores the lower rw_code comes first.
    Takes the frame that `models.priority.inputs` describes; raises UnusablePriorityError.
    """
    inputs = checked_inputs(frame)
    scores = scored(inputs, city_needs(inputs.figures, settings), weights)
    is_ranked = np.ones(len(scores), dtype=bool)
    scores.insert(2, "rank", rank_of(scores["score"].to_numpy(), inputs.rw_code, is_ranked).set_axis(scores.index))
    return scores


def scored(inputs: Inputs, needs: CityNeeds, weights: Weights) -> pd.DataFrame:
    """Return rw_code, score and contributions from the needs of the RWs."""
    contributions = 100 * np.array([weights[code] for code in CRITERIA]) * needs.point
    columns = {contribution_column(code): contributions[:, place] for place, code in enumerate(CRITERIA)}
    return pd.DataFrame({"rw_code": inputs.rw_code, "score": contributions.sum(axis=1), **columns}, index=inputs.index)


def rank_of(scores: np.ndarray, rw_code: np.ndarray, is_ranked: np.ndarray) -> pd.Series:
    """Return places from 1 among the rows that are ranked, and blank for the others."""
    chosen = np.flatnonzero(is_ranked)
    order = np.lexsort((rw_code[chosen], -np.round(scores[chosen], _TIED_DIGITS)))
    ranks = np.zeros(len(scores), dtype=np.int64)
    ranks[chosen[order]] = np.arange(1, len(chosen) + 1)
    return pd.Series(ranks, dtype="Int64").mask(~is_ranked)
