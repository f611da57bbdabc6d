"""Which RWs the mobile clinic visits next: criteria, weights, scores, how far places hold, remedies and reasons."""

from models.priority.codes import CRITERIA, REMEDIES, TIERS, contribution_column
from models.priority.criteria import Criterion, criteria
from models.priority.explain import Reason, reasons
from models.priority.hotspots import hotspots
from models.priority.ranking import rank_rws
from models.priority.remedy import remedies
from models.priority.score import score
from models.priority.settings import DEFAULTS, PrioritySettings
from models.priority.stability import stability
from models.priority.weights import DEFAULT_PRESET, PRESETS, Weights, preset

__all__ = [
    "CRITERIA",
    "DEFAULTS",
    "DEFAULT_PRESET",
    "PRESETS",
    "REMEDIES",
    "TIERS",
    "Criterion",
    "PrioritySettings",
    "Reason",
    "Weights",
    "contribution_column",
    "criteria",
    "hotspots",
    "preset",
    "rank_rws",
    "reasons",
    "remedies",
    "score",
    "stability",
]
