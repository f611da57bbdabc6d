"""Reasons, notes and decrees as they are kept: one line, not blank, and short enough to be read."""

from data.errors import UnusableInputError

LONGEST_TEXT = 300


def kept_text(told: str, longest: int = LONGEST_TEXT, what: str = "reason") -> str:
    """Return a text on one line; refuse a blank one and one that is too long, naming what it is."""
    kept = " ".join(told.split())
    if not kept:
        raise UnusableInputError(f"the {what} is blank; say it in a few words.", reason=f"{what}_blank")
    if len(kept) > longest:
        raise UnusableInputError(
            f"the {what} has {len(kept)} characters; {longest} fit.", reason=f"{what}_long", longest=longest
        )
    return kept
