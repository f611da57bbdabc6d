"""How wide words are and how they break into lines, by the metrics of Helvetica that come with reportlab."""

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

_SPARE = 1.02
"""Fonts of the same metrics still differ by rounding from program to program."""

_PRINTED = str.maketrans({"\u00a0": " ", "\u2212": "–"})
"""Signs that a PDF's own fonts lack, and what stands for them."""


def printable(told: str) -> str:
    """Return words in signs that a PDF's own fonts have."""
    return told.translate(_PRINTED)


def width(told: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide words are at a size, in its unit."""
    return _SPARE * float(stringWidth(printable(told), "Helvetica-Bold" if is_bold else "Helvetica", size))


def lines(told: str, room: float, size: float, *, is_bold: bool = False) -> list[str]:
    """Break words into lines of a width; a word wider than the room is broken, and a number stays with its unit."""
    found = [""]
    for word in told.split(" "):
        for piece in _pieces(word, room, size, is_bold):
            joined = f"{found[-1]} {piece}" if found[-1] else piece
            if width(joined, size, is_bold=is_bold) <= room:
                found[-1] = joined
            elif found[-1]:
                found.append(piece)
            else:
                found[-1] = piece
    return found


def shortened(told: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """Return words cut with an ellipsis where they are wider than the room."""
    if width(told, size, is_bold=is_bold) <= room:
        return told
    kept = told
    while kept and width(f"{kept}…", size, is_bold=is_bold) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def largest(sizes: Sequence[int], fits: Sequence[bool]) -> int | None:
    """Return the first size that fits, or None."""
    return next((size for size, is_fit in zip(sizes, fits, strict=True) if is_fit), None)


def _pieces(word: str, room: float, size: float, is_bold: bool) -> list[str]:
    if width(word, size, is_bold=is_bold) <= room:
        return [word]
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, size, is_bold=is_bold) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces
