"""Which posyandu to visit first to mend how they weigh: worst grade first, then where more children are weighed.

Assumes that a visit mends a habit, so that it is worth more where the habit touches more weighings. One that stopped
reporting comes right after those of grade D: what nobody sends nobody can judge.
"""

import numpy as np
import pandas as pd

from models.quality.codes import PROBLEM, REPORTING, TOO_FEW, status_column

MOST = 10


def visit_first(judged: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """Return the posyandu with a problem, at most so many, in the order in which to visit them.

    Takes what `models.quality.grade.graded` gives of posyandu. Those of grade A and B are absent.
    """
    grade = judged["grade"]
    is_silent = grade.eq(TOO_FEW) & judged[status_column(REPORTING)].eq(PROBLEM)
    place = np.select([grade.eq("D"), is_silent, grade.eq("C")], [0, 1, 2], 3)
    order = np.lexsort((np.arange(len(judged)), -judged["measured"].to_numpy(float), place))
    return judged.iloc[order[place[order] < 3][:most]].reset_index(drop=True)
