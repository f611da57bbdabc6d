"""The minutes of a meeting (berita acara) as DOCX: who met, on which state, what was adopted, with what, and why.

People are named by nobody here: offices and units as they were typed in, and blank lines to sign on.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard import format as fmt
from dashboard.documents.progress import Step, quiet
from dashboard.documents.zipped import settled

_FONT, _LANGUAGE = "Arial", "id-ID"


@dataclass(frozen=True)
class Override:
    """A stop that people chose in place of the machine, with their reason."""

    month: datetime.date
    puskesmas: str
    rw: str
    reason: str


@dataclass(frozen=True)
class Promised:
    """What was promised: by whom, until when, and the figure it should move, as told at the meeting."""

    owner: str
    text: str
    due_on: datetime.date
    figure: str = ""


@dataclass(frozen=True)
class Plan:
    """The rotation that was adopted: its number and span, visits, weights (name and share) and how near the best."""

    number: int
    first_month: datetime.date
    months: int
    visits: int
    status: str
    adopted_by: str
    weights: Mapping[str, float]
    proof: str


@dataclass(frozen=True)
class Minutes:
    """Everything that minutes say. `state` is the frozen state's name, day and hash; blank where there was none."""

    name: str
    kind: str
    held_on: datetime.date
    place: str
    chair: str
    about: str
    present: Sequence[str]
    state: str
    decisions: Sequence[str]
    promises: Sequence[Promised]
    plan: Plan | None = None
    overrides: Sequence[Override] = ()
    is_demo: bool = False


def write(minutes: Minutes, step: Step = quiet) -> bytes:
    """Return the minutes; the same register gives the same bytes."""
    document = Document()
    _set_up(document, minutes)
    _head(document, minutes)
    step(0.3)
    _plan(document, minutes)
    _decisions(document, minutes)
    _promises(document, minutes)
    _signatures(document, minutes)
    step(0.9)
    stream = io.BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), minutes.held_on)


def _set_up(document: Any, minutes: Minutes) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    style.element.get_or_add_rPr().append(language)
    told = document.core_properties
    told.title, told.author, told.last_modified_by = f"Berita acara {minutes.name}", "Rembuk", "Rembuk"
    told.language, told.subject, told.comments = _LANGUAGE, _state(minutes), ""
    foot = section.footer.paragraphs[0]
    demo = "DATA CONTOH · " if minutes.is_demo else ""
    run = foot.add_run(f"{demo}{minutes.name}, {fmt.day(minutes.held_on)} · {_state(minutes)}")
    run.font.size = Pt(8)


def _state(minutes: Minutes) -> str:
    return f"Potret data: {minutes.state}" if minutes.state else "Data berjalan, tanpa potret"


def _heading(document: Any, told: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(told)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RGBColor(0x0B, 0x3D, 0x5A)


def _head(document: Any, minutes: Minutes) -> None:
    for told, size in (("BERITA ACARA", 16), (minutes.name, 14)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(told)
        run.bold, run.font.size = True, Pt(size)
    rows = [
        ("Rapat", minutes.kind),
        ("Tentang", minutes.about),
        ("Tanggal", fmt.day(minutes.held_on)),
        ("Tempat", minutes.place or "belum dicatat"),
        ("Dipimpin oleh", minutes.chair or "belum dicatat"),
        ("Dihadiri oleh", "; ".join(minutes.present) or "belum dicatat"),
        ("Dasar data", _state(minutes)),
    ]
    _table(document, None, rows, (4.0, 12.6))


def _plan(document: Any, minutes: Minutes) -> None:
    _heading(document, "1. Rencana rotasi Pusing")
    plan = minutes.plan
    if plan is None:
        document.add_paragraph("Tidak ada rencana rotasi yang ditetapkan pada rapat ini.")
        return
    by = f" oleh {plan.adopted_by}" if plan.adopted_by else ""
    document.add_paragraph(
        f"Rencana No. {plan.number}, {plan.status}{by}: {fmt.count(plan.visits)} kunjungan dalam {plan.months} bulan "
        f"mulai {fmt.month(plan.first_month)}. {plan.proof}"
    )
    document.add_paragraph("Bobot prioritas yang dipakai:")
    ordered = sorted(plan.weights.items(), key=lambda pair: (-pair[1], pair[0]))
    _table(document, ("Kriteria", "Bobot"), [(name, fmt.share(share, 0)) for name, share in ordered], (12.6, 4.0))
    _heading(document, "2. Yang diganti orang, dan alasannya")
    if not minutes.overrides:
        document.add_paragraph("Tidak ada perhentian yang diganti; semua dipilih menurut bobot dan aturan.")
        return
    rows = [(fmt.month(row.month), row.puskesmas, row.rw, row.reason or "tidak ditulis") for row in minutes.overrides]
    _table(document, ("Bulan", "Puskesmas", "RW", "Alasan"), rows, (2.8, 3.6, 4.2, 6.0))


def _decisions(document: Any, minutes: Minutes) -> None:
    _heading(document, f"{2 if minutes.plan is None else 3}. Keputusan lain")
    if not minutes.decisions:
        document.add_paragraph("Tidak ada keputusan lain yang dicatat.")
    for told in minutes.decisions:
        document.add_paragraph(told, style="List Number")


def _promises(document: Any, minutes: Minutes) -> None:
    _heading(document, f"{3 if minutes.plan is None else 4}. Janji")
    if not minutes.promises:
        document.add_paragraph("Tidak ada janji yang dicatat.")
        return
    rows = [
        (row.owner, row.text, fmt.day(row.due_on), row.figure or fmt.MISSING)
        for row in sorted(minutes.promises, key=lambda row: (row.due_on, row.owner))
    ]
    _table(document, ("Siapa", "Janji", "Batas", "Angka saat dijanjikan"), rows, (3.8, 6.4, 3.0, 3.4))


def _signatures(document: Any, minutes: Minutes) -> None:
    _heading(document, "Tanda tangan")
    offices = [minutes.chair or "Pemimpin rapat", *minutes.present]
    rows = [(office, "\n\n........................................") for office in offices]
    _table(document, ("Jabatan atau unit", "Nama dan tanda tangan"), rows, (7.6, 9.0))


def _table(
    document: Any, head: Sequence[str] | None, rows: Sequence[Sequence[str]], widths_cm: Sequence[float]
) -> None:
    table = document.add_table(rows=0, cols=len(widths_cm))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for line, row in enumerate(([head] if head else []) + list(rows)):
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = added.cells
        for place, (cell, told, width) in enumerate(zip(cells, row, widths_cm, strict=True)):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(told)
            run.bold = (head is not None and line == 0) or (head is None and place == 0)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
