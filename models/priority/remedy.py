"""The right remedy for an RW: is it far from care, and are its children unseen?

Far and unseen is what the mobile clinic is for; near and unseen wants home visits; far and seen wants a pustu or
another fixed service nearby; near and seen wants clinical follow-up of the children already known. Assumes that an
unknown way is far and unknown attendance is unseen, so that no RW drops out of the clinic's ranking for lack of data.
Source: the access and utilisation axes of WHO and UNICEF's Reaching Every District approach.
"""

import numpy as np
import pandas as pd

from models.priority.codes import CLINICAL, HOME_VISIT, PUSING, PUSTU
from models.priority.inputs import Inputs, checked_inputs
from models.priority.settings import DEFAULTS, PrioritySettings


def remedies(frame: pd.DataFrame, settings: PrioritySettings = DEFAULTS) -> pd.DataFrame:
    """Return rw_code, remedy, is_far, is_unseen, is_travel_unknown and is_attendance_unknown, in the order given.

    An RW is far from the threshold on, and unseen where D/S is under its minimum or the last weighing is longer
    ago than the months of the settings.
    """
    return remedies_of(checked_inputs(frame), settings)


def remedies_of(inputs: Inputs, settings: PrioritySettings) -> pd.DataFrame:
    """Do what remedies does, from inputs already checked."""
    travel_s, share = inputs.figures["travel_s"], inputs.figures["attendance_share"]
    is_travel_unknown, is_attendance_unknown = np.isnan(travel_s), np.isnan(share)
    is_far = is_travel_unknown | (travel_s >= settings.far_s)
    is_stale = inputs.figures["months_since_weighed"] > settings.weighed_within_months
    is_unseen = is_attendance_unknown | (share < settings.attendance_minimum) | is_stale
    remedy = np.select([is_far & is_unseen, is_unseen, is_far], [PUSING, HOME_VISIT, PUSTU], CLINICAL)
    return pd.DataFrame(
        {
            "rw_code": inputs.rw_code,
            "remedy": remedy.astype(object),
            "is_far": is_far,
            "is_unseen": is_unseen,
            "is_travel_unknown": is_travel_unknown,
            "is_attendance_unknown": is_attendance_unknown,
        },
        index=inputs.index,
    )
