"""How far a place holds: rank intervals, the chance of being in the top K, and three tiers.

Assumes the noise of `models.priority.draws` and weights drawn from a Dirichlet around the chosen ones, because people
at one table would choose neighbouring weights too. A place is a promise only as far as it survives both.
"""

import numpy as np
import pandas as pd

from models.errors import UnusablePriorityError
from models.priority.codes import CERTAIN, CRITERIA, PROBABLE, UNCERTAIN
from models.priority.draws import Streams, drawn_scores, drawn_weights
from models.priority.inputs import Inputs, checked_inputs
from models.priority.missing import CityNeeds, city_needs
from models.priority.settings import DEFAULTS, PrioritySettings
from models.priority.weights import Weights

_TIE_BREAK = np.float32(1e-5)  # of a score between 0 and 1: RWs of equal need take turns, nobody else is moved


def stability(
    frame: pd.DataFrame,
    weights: Weights,
    k: int,
    seed: int,
    settings: PrioritySettings = DEFAULTS,
    is_ranked: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return rw_code, rank_low, rank_high, top_k_probability and tier; blank for rows that are not ranked.

    rank_low is the better end. The interval holds `settings.interval` of the draws, but need not hold the rank of the
    score itself. Only the rows of `is_ranked` compete; all rows tell what is usual in the city. The same seed gives the
    same result in whatever order the rows come. Raises UnusablePriorityError for unusable input and a k under 1.
    """
    inputs = checked_inputs(frame)
    competes = np.ones(len(frame), dtype=bool) if is_ranked is None else np.asarray(is_ranked, dtype=bool)
    return held_places(inputs, city_needs(inputs.figures, settings), weights, k, seed, settings, competes)


def held_places(
    inputs: Inputs,
    needs: CityNeeds,
    weights: Weights,
    k: int,
    seed: int,
    settings: PrioritySettings,
    is_ranked: np.ndarray,
) -> pd.DataFrame:
    """Do what stability does, from needs already computed."""
    if k < 1:
        raise UnusablePriorityError(f"The top {k} is nobody: give a K of at least 1, the number of visits to plan")
    if seed < 0:
        raise UnusablePriorityError(f"The seed is {seed}: give a whole number of 0 or more")
    order = np.argsort(inputs.rw_code)
    order = order[is_ranked[order]]
    drawn = _drawn_ranks(needs.only(order), weights, settings, seed)

    low, high, probability = np.full((3, len(inputs.rw_code)), np.nan)
    tail = (1 - settings.interval) / 2 * (settings.draws - 1)
    probability[order] = (drawn <= k).mean(axis=1)
    drawn.sort(axis=1)
    low[order] = drawn[:, int(np.floor(tail + 1e-9))]
    high[order] = drawn[:, int(np.ceil(settings.draws - 1 - tail - 1e-9))]
    return pd.DataFrame(
        {
            "rw_code": inputs.rw_code,
            "rank_low": pd.array(low).astype("Int64"),
            "rank_high": pd.array(high).astype("Int64"),
            "top_k_probability": probability,
            "tier": pd.Series(tiers(probability, settings), index=inputs.index, dtype="object"),
        },
        index=inputs.index,
    )


def tiers(probability: np.ndarray, settings: PrioritySettings = DEFAULTS) -> np.ndarray:
    """Return the tier that each chance of being in the top K falls in; None where it is unknown."""
    named = np.select(
        [probability >= settings.certain_from, probability >= settings.probable_from], [CERTAIN, PROBABLE], UNCERTAIN
    ).astype(object)
    named[np.isnan(probability)] = None
    return named


def _drawn_ranks(needs: CityNeeds, weights: Weights, settings: PrioritySettings, seed: int) -> np.ndarray:
    """Return the ranks of competing RWs, RWs × draws."""
    streams = Streams(seed)
    shares = np.array([weights[code] for code in CRITERIA])
    scores = drawn_scores(needs, drawn_weights(shares, settings, streams), settings, streams)
    scores += streams.of("ties").random(scores.shape, dtype=np.float32) * _TIE_BREAK
    count = scores.shape[1]
    by_score = np.argsort(scores, axis=1)
    kind = np.int16 if count < np.iinfo(np.int16).max else np.int32
    ranks = np.empty(scores.shape, dtype=kind)
    np.put_along_axis(ranks, by_score, np.arange(count, 0, -1, dtype=kind)[None, :], axis=1)
    return np.ascontiguousarray(ranks.T)
