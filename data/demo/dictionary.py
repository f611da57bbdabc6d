"""The dictionary of indicators, and the published figures and targets that stand beside it.

Published figures and targets are facts from `data/reference`, each in its own series; nothing here is invented.
"""

import pandas as pd
from sqlalchemy import Connection

from data import reference
from data.indicators.dictionary import ensure_dictionary
from data.schema import official_statistic, target

_RELIABILITY = {"high": "tinggi", "medium": "sedang", "low": "rendah"}
_TARGET_SERIES = "SSGI"
"""The national, provincial and BKKBN targets speak of the survey, not of the routine figures."""


def load_dictionary(connection: Connection) -> None:
    """Load the indicators, and every published figure and target of `data/reference` in its own series."""
    ensure_dictionary(connection)
    connection.execute(official_statistic.insert(), _records(published_figures()))
    connection.execute(target.insert(), _records(published_targets()))


def published_figures() -> pd.DataFrame:
    """Return the published figures as rows of official_statistic; figures that contradict each other both stay."""
    facts = reference.stunting_prevalence()
    return pd.DataFrame(
        {
            "area_code": facts["area_code"],
            "area_name": facts["area_name"],
            "indicator_code": facts["indicator"],
            "series": facts["series"],
            "period": facts["period"],
            "value": facts["value"],
            "is_approximate": facts["is_approximate"],
            "citation": facts["citation"],
            "reliability": facts["confidence"].map(_RELIABILITY),
            "note": facts["note"].replace("", None),
        }
    )


def published_targets() -> pd.DataFrame:
    """Return the published targets as rows of target."""
    facts = reference.stunting_targets()
    return pd.DataFrame(
        {
            "area_code": facts["area_code"],
            "area_name": facts["area_name"],
            "indicator_code": "stunting_prevalence",
            "series": _TARGET_SERIES,
            "year": facts["year"],
            "value": facts["target_pct"],
            "decree": facts["basis"],
            "citation": facts["citation"],
            "note": facts["note"].replace("", None),
        }
    )


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]  # text keys
