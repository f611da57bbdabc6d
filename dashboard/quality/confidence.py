"""What a grade does where a figure is used: it is named, with its reasons, and moves no rank."""

import datetime
from html import escape

import pandas as pd

from dashboard import cache
from dashboard.access import Viewer
from dashboard.quality.words import grade_told, reasons_told
from dashboard.shell import now
from models.quality.confidence import VERIFY_FIRST, with_confidence
from models.quality.grade import findings

VERIFY = "▲"
"""Stands beside grades C and D in lists: verify first."""


def grades_of_rws(viewer: Viewer, version: str, month: datetime.date) -> pd.DataFrame:
    """Return the grades of the viewer's RWs in the months that end with `month`."""
    return cache.quality_grades(viewer.scope, version, month, "rw", now().date())


def added(viewer: Viewer, version: str, ranked: pd.DataFrame, month: datetime.date) -> pd.DataFrame:
    """Return a ranking with quality_grade, confidence and is_verify_first; its order and figures stay."""
    return with_confidence(ranked, grades_of_rws(viewer, version, month).rename(columns={"code": "rw_code"}))


def told(viewer: Viewer, version: str, rw_code: str, month: datetime.date) -> str:
    """Tell an RW's grade and why, in a sentence; blank while nothing of it was weighed."""
    grades = grades_of_rws(viewer, version, month)
    found = grades[grades["code"] == rw_code]
    if found.empty:
        return ""
    row = found.iloc[0]
    grade = row["grade"]
    if grade not in VERIFY_FIRST:
        return f"{grade_told(grade)}."
    return (
        f"Mutu data {grade}: {reasons_told(findings(row), most=2)}. Periksa dahulu dengan mengukur ulang; urutan RW "
        "tidak berubah karenanya."
    )


def badge(words: str) -> str:
    """Lay the sentence out as the cards do; nothing for a blank one."""
    return f'<div class="card"><div class="verdict">{escape(words)}</div></div>' if words else ""


def listed(grades: pd.Series) -> list[str]:
    """Return grades as a list's column, C and D with the sign to verify them first."""
    return [f"{grade} {VERIFY}" if grade in VERIFY_FIRST else grade or "–" for grade in grades]
