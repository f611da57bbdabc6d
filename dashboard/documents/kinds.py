"""The kinds of file that a briefing is taken home as: ending, what it is called, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.briefing.model import Briefing
from dashboard.documents import deck, html, paper, workbook
from dashboard.documents.progress import Step


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    name: str
    mime: str
    write: Callable[[Briefing, Step], bytes]


KINDS: dict[str, Kind] = {
    "pptx": Kind("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation", deck.write),
    "pdf": Kind("PDF", "application/pdf", paper.write),
    "xlsx": Kind("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.write),
    "html": Kind("HTML tanpa jaringan", "text/html", html.whole_file),
}
"""By the ending of the file's name."""
