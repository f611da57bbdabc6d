"""When an RW must be seen again because a visit found children there.

Assumes that a child who came back from its referral is in the puskesmas's care, so that those found and not back are
whom the clinic owes a second visit. A visit that has not reported what it found promises nothing.
"""

import numpy as np
import pandas as pd

from models.rotation.months import month_number, month_text
from models.rotation.problem import COLUMNS
from models.rotation.rules import RotationRules


def due_revisits(visits: pd.DataFrame, first_month: str, rules: RotationRules) -> pd.DataFrame:
    """Return rw_code, first_month, last_month of the windows that are still open in `first_month` or begin after it.

    `visits`: rw_code, month (YYYY-MM), found, returned (both may be blank), of months before `first_month`. A later
    visit from the window's first month on has kept the promise; of several windows of an RW the latest holds.
    """
    known = visits.assign(
        number=visits["month"].map(month_number).astype(int),
        owed=pd.to_numeric(visits["found"]).to_numpy(dtype=float)
        - np.nan_to_num(pd.to_numeric(visits["returned"]).to_numpy(dtype=float)),
    )
    last_visit = known.groupby("rw_code")["number"].max()
    owing = known[known["owed"] > 0].sort_values("number").drop_duplicates("rw_code", keep="last")
    found_at = owing["number"].to_numpy(dtype=int)
    begins, ends = found_at + rules.revisit_after_months, found_at + rules.revisit_within_months
    seen_last = last_visit.reindex(owing["rw_code"]).to_numpy(dtype=int)
    is_open = (ends >= month_number(first_month)) & (seen_last < begins)
    due = pd.DataFrame(
        {
            "rw_code": owing["rw_code"].to_numpy(dtype=object),
            "first_month": [month_text(int(number)) for number in begins],
            "last_month": [month_text(int(number)) for number in ends],
        }
    )[is_open]
    return due.sort_values("rw_code")[list(COLUMNS["revisits"])].reset_index(drop=True)
