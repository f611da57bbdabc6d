"""Which RW the mobile clinic visits in which month: planned as an optimisation, compared, changed, looked back on."""

from models.rotation.backtest import BackTest, backtest
from models.rotation.budget import budget_curve
from models.rotation.calendar import closed_days, ramadans, visit_days, within_visit_days
from models.rotation.clashes import Clashes, waive
from models.rotation.comparators import in_turn, top_n_by_score
from models.rotation.compare import compare, standing_of
from models.rotation.day_route import day_route
from models.rotation.effects import Effect, kept_promises, visit_effect
from models.rotation.months import month_range
from models.rotation.plan import CLASHING, PLANNED, RotationPlan, plan_rotation
from models.rotation.problem import (
    HOSPITAL_STAFF,
    OWN_TEAM,
    PARTNER_CLINIC,
    RotationProblem,
    without_partners,
)
from models.rotation.reach import Reach, coverage_gained
from models.rotation.replan import Changes, moved, replan
from models.rotation.revisits import due_revisits
from models.rotation.rules import RotationRules
from models.rotation.standing import Standing

__all__ = [
    "CLASHING",
    "HOSPITAL_STAFF",
    "OWN_TEAM",
    "PARTNER_CLINIC",
    "PLANNED",
    "BackTest",
    "Changes",
    "Clashes",
    "Effect",
    "Reach",
    "RotationPlan",
    "RotationProblem",
    "RotationRules",
    "Standing",
    "backtest",
    "budget_curve",
    "closed_days",
    "compare",
    "coverage_gained",
    "day_route",
    "due_revisits",
    "in_turn",
    "kept_promises",
    "month_range",
    "moved",
    "plan_rotation",
    "ramadans",
    "replan",
    "standing_of",
    "top_n_by_score",
    "visit_days",
    "visit_effect",
    "waive",
    "within_visit_days",
    "without_partners",
]
