"""What a grade of the measurements does to trust in a figure elsewhere: it is said, and never lowers a place.

A rate from measurements of grade C or D is shown with its grade and is to be verified before anyone acts on a single
child; the place in a ranking stays (a place that measures badly may be the one that needs help most). Few data already
widen a rate's interval, so they are said apart and not counted twice.
"""

import numpy as np
import pandas as pd

from models.quality.codes import TOO_FEW

FULL, LOWERED, LOW, NOT_KNOWN = "full", "lowered", "low", "not_known"
CONFIDENCE = {"A": FULL, "B": FULL, "C": LOWERED, "D": LOW, TOO_FEW: NOT_KNOWN}
VERIFY_FIRST = ("C", "D")


def with_confidence(ranked: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """Return a ranking with `quality_grade`, `confidence` and `is_verify_first`; order, places and scores stay.

    Takes rw_code of the ranking, and rw_code and grade of the RWs; an RW without a grade is not_known.
    """
    by_rw = grades.drop_duplicates("rw_code").set_index("rw_code")["grade"]
    grade = ranked["rw_code"].map(by_rw).astype(object).fillna(TOO_FEW)
    return ranked.assign(
        quality_grade=grade, confidence=grade.map(CONFIDENCE), is_verify_first=np.isin(grade, VERIFY_FIRST)
    )
