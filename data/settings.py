"""Where things are and how large they may be: every limit with its default and its reason."""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent

WINDOW_MONTHS = 3
"""A period's prevalence uses the latest valid measurement of each child in so many months: posyandu weigh monthly and
measure length quarterly, so that three months catch nearly every child once."""

ATTENDANCE_MINIMUM = 0.60
"""Share of the target weighed (D/S) below which an RW's prevalence is not shown as a finding."""

SNAP_LIMIT_M = 300.0
"""A point farther than this from any road is reported and not routed: the walk to the road would be guesswork."""

FAR_MINUTES = 15.0
"""Travel time on foot from which an RW counts as far from care, until a planner sets another: in a dense city nearly
everybody lives within half an hour, and a quarter of an hour is a kilometre with a toddler by the hand."""

UNSEEN_BELOW = 0.80
"""D/S under which an RW's children count as unseen for the mobile clinic: the participation that posyandu aim at."""

UPLOAD_LIMIT_MB = 200
"""Largest file that the import takes: a whole city's year of weighings is about 120 MB as HTML."""

UPLOAD_LIMIT_ROWS = 2_000_000
"""Most rows of one list: a city of 2.6 million people weighs 1.6 million times a year."""


LONGEST_LOG_IN_HOURS = 12.0
"""A log-in ends after a working day, however busy: who comes back tomorrow shows again who they are."""

REST_MINUTES = 30.0
"""A log-in ends after so long without use: a screen left alone shows children's health to whoever comes by."""


def rest_minutes() -> float:
    """Return after how many minutes without use a log-in ends, from REMBUK_REST_MINUTES or the default."""
    try:
        given = float(os.environ.get("REMBUK_REST_MINUTES", REST_MINUTES))
    except ValueError:
        return REST_MINUTES
    return given if 0 < given <= 60 * LONGEST_LOG_IN_HOURS else REST_MINUTES


def home() -> Path:
    """Return the folder for what belongs to this installation: embedded database, networks, secret."""
    return Path(os.environ.get("REMBUK_HOME", PROJECT_ROOT / ".rembuk"))


def networks() -> Path:
    """Return the folder in which this installation keeps its road networks."""
    return home() / "network"


def configured_database_url() -> str | None:
    """Return the shared server's address from DATABASE_URL, or None when the embedded database serves."""
    return os.environ.get("DATABASE_URL") or None
