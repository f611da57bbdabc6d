"""The opening slide: what was promised last quarter, what became of it, and what the figure did since."""

from dashboard import format as fmt
from dashboard.briefing.facts import Facts
from dashboard.briefing.model import Cell, Column, Figure, Sentences, Slide, Table
from dashboard.briefing.words import shortened
from dashboard.promises.figures import are_overdue
from dashboard.promises.words import STATUS_NAMES

CODE = "janji"
SOURCE = "daftar janji rakor di Rembuk"


def slide(facts: Facts) -> Slide:
    """Return the slide, late promises first; a figure that moved is not told as the promise's effect."""
    found = facts.promises
    period = f"sampai {fmt.day(facts.today)}"
    if found.empty:
        title = f"Belum ada janji rakor triwulan lalu yang tercatat untuk {facts.place.name}"
        told = (
            "Janji dicatat di halaman Rakor selama rapat; yang tercatat hari ini dibuka kembali di awal rakor "
            "berikutnya."
        )
        return Slide(CODE, title, (Sentences((told,)),), SOURCE, period)
    is_late = are_overdue(found, facts.today)
    done = int(found["status"].eq("done").sum())
    title = f"{fmt.count(done)} dari {fmt.count(len(found))} janji triwulan lalu selesai"
    title += f"; {fmt.count(int(is_late.sum()))} lewat waktu" if is_late.any() else "; tidak ada yang lewat waktu"
    ordered = found.assign(is_late=is_late).sort_values(["is_late", "due_on"], ascending=[False, True], kind="stable")
    rows = tuple(
        (
            Cell(str(row["owner"])),
            Cell(shortened(row["text"], 110)),
            Cell(fmt.day(row["due_on"])),
            Cell("lewat waktu" if row["is_late"] else STATUS_NAMES[row["status"]].lower()),
            Cell(row["since"] or fmt.MISSING),
        )
        for row in ordered.to_dict("records")
    )
    table = Table(
        (Column("Siapa"), Column("Janji"), Column("Batas"), Column("Keadaan"), Column("Angkanya sejak itu")), rows
    )
    figures = tuple(
        Figure(name, fmt.count(number), beside, float(number), "janji")
        for name, number, beside in (
            ("Janji", len(found), "dari rakor triwulan lalu"),
            ("Selesai", done, "dengan bukti"),
            ("Berjalan", int(found["status"].eq("started").sum()), "sudah dimulai"),
            ("Lewat waktu", int(is_late.sum()), "perlu keputusan"),
        )
    )
    return Slide(
        CODE,
        title,
        (table,),
        SOURCE,
        period,
        figures=figures,
        caveat="Angka yang bergerak belum tentu karena janjinya.",
    )
