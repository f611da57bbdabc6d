"""The slide of what the meeting decides: the plan, where people and machine differ, unanswered names, late promises.

Reasons that people typed are left to the pages of those who may read them: a slide is looked at by everybody.
"""

from dashboard import format as fmt
from dashboard.briefing.facts import Facts
from dashboard.briefing.far import named
from dashboard.briefing.model import Cell, Column, Sentences, Slide, Table
from dashboard.briefing.words import listed
from dashboard.promises.figures import are_overdue
from dashboard.rotation.words import STATUSES
from data.pusing import planning

CODE = "keputusan"


def slide(facts: Facts) -> Slide:
    """Return the slide with one row for each decision that waits."""
    rows = _plan(facts) + _differences(facts) + _nominations(facts) + _others(facts)
    month = fmt.month(facts.visits_in)
    source = "rencana rotasi, usulan wilayah, dan janji rakor yang tercatat di Rembuk"
    if not rows:
        title = "Tidak ada keputusan yang menunggu rapat ini"
        told = "Rencana rotasi sudah ditetapkan, semua usulan sudah dijawab, dan tidak ada janji yang lewat waktu."
        return Slide(CODE, title, (Sentences((told,)),), source, month)
    title = f"{fmt.count(len(rows))} hal perlu diputuskan rapat ini untuk {facts.place.name}"
    table = Table((Column("Diputuskan"), Column("Bahan")), tuple((Cell(what), Cell(matter)) for what, matter in rows))
    return Slide(
        CODE, title, (table,), source, month, caveat="Alasan tiap usulan dan penggantian ada di halaman Rotasi."
    )


def _plan(facts: Facts) -> list[tuple[str, str]]:
    plan = facts.plan
    if plan is None:
        return [("Siapa menyusun rencana rotasi", f"Belum ada rencana mulai {fmt.month(facts.visits_in)}.")]
    if plan["status"] == planning.ADOPTED:
        return []
    return [
        (
            f"Tetapkan rencana rotasi No. {plan['id']}?",
            f"{fmt.count(len(facts.slots))} kunjungan, {plan['months']} bulan mulai {fmt.month(plan['first_month'])}; "
            f"sekarang {STATUSES[plan['status']]}.",
        )
    ]


def _differences(facts: Facts) -> list[tuple[str, str]]:
    if facts.slots.empty:
        return []
    fixed = facts.slots[facts.slots["is_fixed"].astype(bool)]
    if fixed.empty:
        return []
    return [
        (
            "Setujui perhentian yang diganti orang?",
            f"{fmt.count(len(fixed))} perhentian tidak dipilih mesin: {named(fixed.drop_duplicates('rw_code'))}.",
        )
    ]


def _nominations(facts: Facts) -> list[tuple[str, str]]:
    rows = []
    waiting = facts.nominations[facts.nominations["reply"].isna()]
    if len(waiting):
        rows.append(
            (
                f"Jawab usulan {fmt.month(facts.visits_in)}",
                f"{fmt.count(len(waiting))} usulan belum dijawab: {named(waiting.drop_duplicates('rw_code'))}.",
            )
        )
    planned = set(facts.slots["rw_code"]) if len(facts.slots) else set()
    left_out = facts.nominations[~facts.nominations["rw_code"].isin(planned)].drop_duplicates("rw_code")
    if facts.plan is not None and len(left_out):
        rows.append(
            (
                "Usulan yang tidak masuk rencana",
                f"{fmt.count(len(left_out))} RW diusulkan tetapi tidak disinggahi: {named(left_out)}.",
            )
        )
    silent = facts.answers[facts.answers["answered_by"].isna() & facts.answers["named"].eq(0)]
    if len(silent):
        rows.append(
            (
                "Kelurahan yang belum menjawab panggilan usulan",
                f"{fmt.count(len(silent))} dari {fmt.count(len(facts.answers))} kelurahan: "
                f"{listed([str(name) for name in silent['kelurahan']])}.",
            )
        )
    return rows


def _others(facts: Facts) -> list[tuple[str, str]]:
    rows = []
    late = facts.promises[are_overdue(facts.promises, facts.today)]
    if len(late):
        rows.append(
            (
                "Janji yang lewat waktu: diteruskan atau dihentikan?",
                f"{fmt.count(len(late))} janji: {listed([str(owner) for owner in late['owner'].drop_duplicates()])}.",
            )
        )
    if facts.nearer_count:
        rows.append(
            (
                "Layanan lintas wilayah kerja puskesmas",
                f"{fmt.count(facts.nearer_count)} RW lebih dekat ke puskesmas lain daripada ke puskesmas wilayahnya.",
            )
        )
    return rows
