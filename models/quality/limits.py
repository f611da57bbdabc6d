"""The limits behind the grade, each with where it comes from.

WHO and UNICEF (2019) give no pass marks for most checks and never add checks to a score; where a limit is our own
choice, the words say so (docs/decisions/0018).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """From which value on a check is to be watched (`watch`), or is a problem (`problem`); shares are fractions."""

    digits_watch: float = 12.0
    digits_problem: float = 20.0
    """SMART digit preference score: under 12 good, under 20 acceptable, else problematic (nipnTK, Digit preference)."""

    implausible_watch: float = 0.01
    """WHO and UNICEF (2019): above 1 % implausible z-scores of an index may signal poor quality."""
    implausible_problem: float = 0.02
    """Own choice: twice WHO's limit."""
    implausible_least: int = 3
    """Own choice: fewer flagged scores are slips of the pen, in however few weighings."""

    spread_problem: float = 1.95
    """SD of HAZ above the 95th percentile of DHS surveys (Mei and Grummer-Strawn 2007, PMC2636355). A narrow spread is
    no fault by itself: children of one neighbourhood are more alike than a nation's."""

    skewness_watch: float = 0.5
    kurtosis_low: float = 2.0
    kurtosis_high: float = 4.0
    """WHO and UNICEF (2019): skewness beyond ±0.5 and kurtosis below 2 or above 4 are worth a look."""

    completeness_watch: float = 0.90
    completeness_problem: float = 0.80
    """Own choice: weight and length both written down for nine, and eight, of ten weighings."""

    position_watch: float = 0.10
    position_problem: float = 0.30
    """Own choice: lengths whose position is not noted, or not the one of the age (lying under two years)."""

    birthdays_watch: float = 2 * 12 / 365.25
    birthdays_problem: float = 3 * 12 / 365.25
    """Own choice: twice and three times the share of days that are a 15th: a birthday put in for an unknown one."""

    duplicates_watch: float = 0.05
    duplicates_problem: float = 0.10
    """Own choice: weighings that repeat the month before in both numbers, or another child of the day in everything."""

    attendance_watch: float = 0.80
    attendance_problem: float = 0.60
    """D/S: Kemenkes' usual aim of 80 %, and the guard under which this house calls no rate good."""

    reporting_watch: float = 0.95
    reporting_problem: float = 0.80
    """Months with weighings, of the months looked at: BKKBN asks for 95 % entered; four of five is our own choice."""

    timeliness_watch: float = 0.90
    timeliness_problem: float = 0.50
    """Own choice: reported months that came in by the due day of the next month."""

    least_weighings: int = 100
    """Own choice: lengths from which on a grade is given. Without any preference, chance alone then gives a digit score
    of about 10, and 20 or more once in 25,000."""


DEFAULTS = Limits()

USUAL_SD = {"haz": (1.35, 1.95), "waz": (1.17, 1.46), "whz": (1.08, 1.50)}
"""5th and 95th percentile of the SD in 51 DHS surveys (PMC2636355)."""

USUAL_BOYS_PER_100_GIRLS = 105
"""At birth, in most populations (WHO)."""

DUE_DAY = 10
"""Own choice: day of the next month by which a month's list should be in."""
