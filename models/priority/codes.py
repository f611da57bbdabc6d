"""Codes that stand in frames, files and the database: criteria, remedies, tiers. Their words are the dashboard's."""

CRITERIA = (
    "expected_stunted",
    "severe_cases",
    "travel_time",
    "own_detour",
    "under_attendance",
    "pregnant_unscreened",
    "months_since_visit",
    "nomination",
)

PUSING, HOME_VISIT, PUSTU, CLINICAL = "pusing", "home_visit", "pustu", "clinical"
REMEDIES = (PUSING, HOME_VISIT, PUSTU, CLINICAL)

CERTAIN, PROBABLE, UNCERTAIN = "certain", "probable", "uncertain"
TIERS = (CERTAIN, PROBABLE, UNCERTAIN)


def contribution_column(criterion: str) -> str:
    """Return the name of the column that holds a criterion's points of the score."""
    return f"contribution_{criterion}"
