"""Words on paper: cut to a width, wrapped to so many lines; nothing ever runs out of its box."""

from reportlab.pdfbase.pdfmetrics import stringWidth

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
_CUT = "…"


def clean(told: str) -> str:
    """Return words with signs that the PDF's own fonts have; others become a question mark."""
    spaced = told.replace("\u00a0", " ").replace("\u2212", "-")
    return spaced.encode("cp1252", "replace").decode("cp1252")


def width(told: str, size: float, font: str = PLAIN) -> float:
    """Return how wide words are in points."""
    return float(stringWidth(clean(told), font, size))


def fitted(told: str, most: float, size: float, font: str = PLAIN) -> str:
    """Return words that are at most so wide, cut with an ellipsis where they are longer."""
    if width(told, size, font) <= most:
        return told
    lowest, highest = 0, len(told)
    while lowest < highest:
        middle = (lowest + highest + 1) // 2
        if width(told[:middle].rstrip() + _CUT, size, font) <= most:
            lowest = middle
        else:
            highest = middle - 1
    return told[:lowest].rstrip() + _CUT


def wrapped(told: str, most: float, size: float, lines: int, font: str = PLAIN) -> list[str]:
    """Return words in at most so many lines; the last is cut where they don't fit."""
    found: list[str] = []
    rest = told.split(" ")
    while rest and len(found) < lines:
        if len(found) == lines - 1:
            return [*found, fitted(" ".join(rest), most, size, font)]
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size, font) <= most:
            taken += 1
        found.append(fitted(" ".join(rest[:taken]), most, size, font))
        rest = rest[taken:]
    return found


def largest(told: str, most: float, sizes: tuple[float, ...], font: str = BOLD) -> float:
    """Return the largest of some sizes at which words fit, or the smallest of them."""
    return next((size for size in sizes if width(told, size, font) <= most), sizes[-1])
