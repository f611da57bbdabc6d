"""Which texts of a file may be kept: names of places, and never what could be a person or an address.

A broken row can put a parent or an address under the header of a place. A text is therefore kept only when it looks
like a place and is not one of the file's own names, parents or addresses.
"""

import re
from collections.abc import Collection, Iterable

from data.intake.identity import fold

LONGEST_PLACE = 60

_NO_PLACE = re.compile(
    r"\d{6,}|\*|@|/|\b(?:jl|jln|jalan|gg|gang|blok|no|nomor|rt|perum|perumahan|komplek|kompleks)\b", re.IGNORECASE
)
_RW_TEXT = re.compile(r"(?:r\.?\s?w\.?)?\s*[\w.\- ]{1,8}", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")
_PARENT_PARTS = re.compile(r"[/,&;|]|\bdan\b", re.IGNORECASE)


def private_texts(names: Iterable[str], parents: Iterable[str], addresses: Iterable[str]) -> frozenset[str]:
    """Return the folded names, parents (whole and each) and addresses of a file."""
    elders = list(parents)
    apart = [part for elder in elders for part in _PARENT_PARTS.split(elder)]
    return frozenset(fold([*names, *elders, *apart, *addresses])) - {""}


def publishable(text: str, private: Collection[str]) -> str:
    """Return a place's name fit to be kept, or a blank where it may be something else."""
    name = _UNPRINTABLE.sub(" ", text).strip()
    if len(name) > LONGEST_PLACE or _NO_PLACE.search(name) or fold([name])[0] in private:
        return ""
    return name


def publishable_rw(text: str, private: Collection[str]) -> str:
    """Return an RW as written, fit to be kept, or a blank where it may be something else."""
    name = _UNPRINTABLE.sub(" ", text).strip()
    return name if _RW_TEXT.fullmatch(name) and fold([name])[0] not in private else ""
