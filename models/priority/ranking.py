"""The whole ranking in one call: score, place, how far the place holds, and the right remedy.

Assumes what `models.priority.score`, `stability` and `remedy` assume, and adds one choice: only RWs whose remedy is the
mobile clinic compete for it, unless every remedy is asked for.
"""

import pandas as pd

from models.priority.codes import CRITERIA, PUSING, contribution_column
from models.priority.inputs import checked_inputs
from models.priority.missing import city_needs
from models.priority.remedy import remedies_of
from models.priority.score import rank_of, scored
from models.priority.settings import DEFAULTS, PrioritySettings
from models.priority.stability import held_places
from models.priority.weights import Weights

DEFAULT_K = 50  # about one visit a month by each of the city's puskesmas
DEFAULT_SEED = 20261001


def rank_rws(
    frame: pd.DataFrame,
    weights: Weights,
    settings: PrioritySettings = DEFAULTS,
    k: int = DEFAULT_K,
    seed: int = DEFAULT_SEED,
    is_every_remedy_ranked: bool = False,
) -> pd.DataFrame:
    """Return every RW in the order and with the index given, ranked for the next visit of the mobile clinic.

    Takes the frame that `models.priority.inputs` describes. Gives rw_code, score (0 to 100), rank, rank_low, rank_high
    (90 % of the draws, always around rank), top_k_probability, tier (certain, probable, uncertain), remedy and
    contribution_<criterion>, which sum to the score. RWs with another remedy have their score, and a blank rank,
    interval, probability and tier, unless `is_every_remedy_ranked`. Raises UnusablePriorityError.
    """
    inputs = checked_inputs(frame)
    needs = city_needs(inputs.figures, settings)
    remedy = remedies_of(inputs, settings)["remedy"]
    is_ranked = (remedy == PUSING).to_numpy() | is_every_remedy_ranked
    scores = scored(inputs, needs, weights)
    rank = rank_of(scores["score"].to_numpy(), inputs.rw_code, is_ranked).set_axis(frame.index)
    held = held_places(inputs, needs, weights, k, seed, settings, is_ranked)
    return pd.DataFrame(
        {
            "rw_code": scores["rw_code"],
            "score": scores["score"],
            "rank": rank,
            "rank_low": held["rank_low"].where(held["rank_low"] <= rank, rank),
            "rank_high": held["rank_high"].where(held["rank_high"] >= rank, rank),
            "top_k_probability": held["top_k_probability"],
            "tier": held["tier"],
            "remedy": remedy,
            **{contribution_column(code): scores[contribution_column(code)] for code in CRITERIA},
        },
        index=frame.index,
    )
