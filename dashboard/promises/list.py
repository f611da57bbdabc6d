"""Promises as cards: what was promised, by whom, until when, how it stands, and what its figure did since."""

import datetime
from html import escape

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.promises.figures import is_overdue, since_told
from dashboard.promises.words import OVERDUE, STATUS_NAMES

_MARKS = {"open": "○", "started": "◐", "done": "✓", "dropped": "✕"}


def show(promises: pd.DataFrame, today: datetime.date) -> None:
    """Show promises in their order, one card each."""
    for _, row in promises.iterrows():
        card(row, today)


def card(row: pd.Series, today: datetime.date) -> None:
    """Show one promise."""
    late = f' <b class="janji-lewat">{OVERDUE}</b>' if is_overdue(row, today) else ""
    area = f"; tentang {escape(row['area'])}" if row["area"] else ""
    stands = f"{STATUS_NAMES[row['status']]}; tenggat {fmt.day(row['due_on'])}"
    since = since_told(row)
    evidence = f"<p>Jawaban: {escape(row['evidence'])}</p>" if row["evidence"] else ""
    st.html(
        f'<div class="janji"><p class="janji-isi">{_MARKS[row["status"]]} {escape(row["text"])}</p>'
        f"<p><b>{escape(row['owner'])}</b>{area}. {stands}.{late}</p>"
        f"{evidence}"
        + (f"<p>{escape(since)}.</p>" if since else "")
        + f'<p class="source">{escape(row["meeting"])}, {fmt.day(row["held_on"])}</p></div>'
    )


def label(row: pd.Series) -> str:
    """Return a promise as a line of a list."""
    return f"{row['owner']}: {row['text'][:70]} ({fmt.day(row['due_on'])})"


def saved(promises: pd.DataFrame, today: datetime.date, period: str) -> Saved:
    """Return promises as a table to save."""
    rows = pd.DataFrame(
        {
            "Rapat": promises["meeting"],
            "Hari rapat": [fmt.day(day) for day in promises["held_on"]],
            "Pemilik": promises["owner"],
            "Janji": promises["text"],
            "Wilayah": promises["area"],
            "Tenggat": [fmt.day(day) for day in promises["due_on"]],
            "Status": promises["status"].map(STATUS_NAMES),
            "Lewat tenggat": [OVERDUE if is_overdue(row, today) else "" for _, row in promises.iterrows()],
            "Jawaban": promises["evidence"],
            "Angka sejak dijanjikan": [since_told(row) for _, row in promises.iterrows()],
        }
    )
    return Saved(rows, "Janji rakor", (("Periode angka", period), ("Sumber", "Register janji Rembuk")))
