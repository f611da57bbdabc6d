"""The ranking as the screens show it: places, chances and points, with the figure behind every criterion."""

import pandas as pd

from dashboard.priority.ranking import ranked
from dashboard.priority.words import value_column
from models.priority.criteria import criterion_values
from models.priority.inputs import checked_inputs
from models.priority.settings import PrioritySettings
from models.priority.weights import Weights


def ranked_with_figures(frame: pd.DataFrame, weights: Weights, settings: PrioritySettings, k: int) -> pd.DataFrame:
    """Return the ranking with columns value_<criterion>: the figure itself, blank where it is unknown.

    Takes what `dashboard.priority.ranking.ranking_frame` gives. Children and women are estimates as the score counts
    them; travel is in seconds, attendance a share.
    """
    table = ranked(frame, weights, settings, k)
    values = criterion_values(checked_inputs(frame).figures, settings)
    return table.assign(**{value_column(code): figures for code, figures in values.items()})
