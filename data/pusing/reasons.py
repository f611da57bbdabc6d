"""The reason that every act of a person carries: a few words, never blank."""

from data.errors import UnusableInputError

LONGEST_REASON = 300


def kept_reason(told: str) -> str:
    """Return a reason as kept; refuse a blank one and one that is a story."""
    kept = " ".join(told.split())
    if not kept:
        raise UnusableInputError("a reason is needed; say why in a few words.", reason="reason_blank")
    if len(kept) > LONGEST_REASON:
        raise UnusableInputError(f"the reason has {len(kept)} characters; {LONGEST_REASON} fit.", reason="reason_long")
    return kept
