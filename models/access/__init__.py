"""Access to care: who is within reach, of which place, with whose help, and where one more place would help most.

Assumption: everybody of an RW starts at its population-weighted point, and a place is reached when its travel time is
short enough; waiting, fees and opening hours are not in it. Children whose number is unknown and RWs whose travel was
never computed are left out of shares and counted beside them: missing is not zero.
"""

from models.access.capacity import enhanced_two_step
from models.access.closures import CUT_OFF, FARTHER, NEVER_REACHED, SAME, compare_closed
from models.access.nearest import nearer_elsewhere
from models.access.need import FAR, HALFWAY, HIGH, LOW, MIDDLE, NEAR, NEED_EDGES, UNSURE, need_by_access
from models.access.partners import relieved_by_partners
from models.access.rule import PEOPLE_PER_PUSKESMAS, puskesmas_by_rule
from models.access.shares import THRESHOLDS_MIN, shares_within
from models.access.sites import coverage_curve

__all__ = [
    "CUT_OFF",
    "FAR",
    "FARTHER",
    "HALFWAY",
    "HIGH",
    "LOW",
    "MIDDLE",
    "NEAR",
    "NEED_EDGES",
    "NEVER_REACHED",
    "PEOPLE_PER_PUSKESMAS",
    "SAME",
    "THRESHOLDS_MIN",
    "UNSURE",
    "compare_closed",
    "coverage_curve",
    "enhanced_two_step",
    "nearer_elsewhere",
    "need_by_access",
    "puskesmas_by_rule",
    "relieved_by_partners",
    "shares_within",
]
