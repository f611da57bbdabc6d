"""Published figures, each with its series and its citation; series are never joined."""

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame

SURVEYS = ("SSGI", "SKI", "Riskesdas")


def survey_figures(connection: Connection, area_code: str) -> pd.DataFrame:
    """Return an area's published survey prevalences of stunting in percent, oldest first.

    Columns: series, period, value, low,
    high, is_approximate, citation, reliability, note.
    """
    return frame(
        connection,
        """
        SELECT series, period, value, low, high, is_approximate, citation, reliability, note
        FROM official_statistic
        WHERE replace(area_code, '.', '') = replace(:area_code, '.', '') AND indicator_code = 'stunting_prevalence'
          AND series = ANY(:surveys)
        ORDER BY period, series
        """,
        area_code=area_code,
        surveys=list(SURVEYS),
    )
