"""Codes of the quality of measurements that stand in frames and files; their words are the dashboard's.

CHECKS are shown side by side in this order. GRADED are those with a limit of their own, published or chosen; attendance
has one too, but says who came and not how they were measured, and has a guard of its own (`models.rates.attendance`);
the others have no pass mark and are only shown. MOVES_PREVALENCE are the checks whose failure shifts the share of
stunted children itself, and not only its sharpness.
"""

SEX_RATIO, AGES = "sex_ratio", "ages"
COMPLETENESS, DIGIT_LENGTH, DIGIT_WEIGHT = "completeness", "digit_length", "digit_weight"
IMPLAUSIBLE, SPREAD, SHAPE, POSITION = "implausible", "spread", "shape", "position"
BIRTHDAYS, DUPLICATES, ATTENDANCE = "birthdays", "duplicates", "attendance"
REPORTING, TIMELINESS = "reporting", "timeliness"

CHECKS = (
    COMPLETENESS,
    SEX_RATIO,
    AGES,
    DIGIT_LENGTH,
    DIGIT_WEIGHT,
    IMPLAUSIBLE,
    SPREAD,
    SHAPE,
    POSITION,
    BIRTHDAYS,
    DUPLICATES,
    ATTENDANCE,
    REPORTING,
    TIMELINESS,
)
MEASURING = (DIGIT_LENGTH, DIGIT_WEIGHT, IMPLAUSIBLE, SPREAD, SHAPE, POSITION)
RECORDING = (COMPLETENESS, BIRTHDAYS, DUPLICATES, REPORTING, TIMELINESS)
GRADED = (*MEASURING, *RECORDING)
WITH_STATUS = (*GRADED, ATTENDANCE)
MOVES_PREVALENCE = (IMPLAUSIBLE, SPREAD)

GOOD, WATCH, PROBLEM, UNKNOWN = "good", "watch", "problem", "unknown"
STATUSES = (GOOD, WATCH, PROBLEM, UNKNOWN)

GRADES = ("A", "B", "C", "D")
TOO_FEW = ""
"""Stands for a grade where too few children were measured for one."""

INDICES = ("haz", "waz", "whz")


def value_column(check: str) -> str:
    """Return the name of the column that holds a check's value."""
    return f"value_{check}"


def status_column(check: str) -> str:
    """Return the name of the column that holds a check's status."""
    return f"status_{check}"
