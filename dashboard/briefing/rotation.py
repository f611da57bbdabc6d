"""The slide of the proposed rotation of the mobile clinic: what it serves, beside what people would do instead."""

from typing import Any

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import CITY, Facts
from dashboard.briefing.model import Cell, Column, Sentences, Slide, Table
from dashboard.briefing.words import count_cell
from dashboard.rotation.words import KINDS, PLANS, REASONS, STATUSES, clashes, proof

CODE = "rotasi"
_MONTHS_SHOWN = 4


def slide(facts: Facts) -> Slide:
    """Return the slide of the newest plan; without one it says who makes it."""
    source = "rencana rotasi Pusing: prioritas RW, kapasitas puskesmas, kunjungan, hari libur"
    plan = facts.plan
    if plan is None:
        title = f"Belum ada rencana rotasi Pusing mulai {fmt.month(facts.visits_in)}"
        told = "Perencana Dinkes menyusunnya di halaman Rotasi Pusing sebelum rakor, lalu rakor menetapkannya."
        return Slide(CODE, title, (Sentences((told,)),), source, fmt.month(facts.visits_in))
    rows = {row["name"]: row for row in plan["result"].get("comparison", [])}
    table = _by_part(facts) if facts.place.level == CITY else _stops(facts)
    return Slide(
        CODE,
        _title(facts, plan, rows),
        (table, Sentences(tuple(_lines(facts, plan, rows)))),
        source,
        f"{plan['months']} bulan mulai {fmt.month(plan['first_month'])}",
        widths=(1.35, 1.0),
        caveat="Balita terlayani menghitung juga RW sekitar yang bisa berjalan kaki ke sana."
        if facts.place.level == CITY
        else "",
    )


def _title(facts: Facts, plan: dict[str, Any], rows: dict[str, dict[str, Any]]) -> str:
    name = f"Rencana rotasi No. {plan['id']} ({STATUSES[plan['status']]})"
    visits = f"{fmt.count(len(facts.slots))} kunjungan dalam {plan['months']} bulan"
    if facts.place.level != CITY:
        return f"{name}: {visits} di {facts.place.name}"
    if "plan" not in rows or "in_turn" not in rows:
        return f"{name}: {visits}"
    more = float(rows["plan"]["under_fives_served"]) - float(rows["in_turn"]["under_fives_served"])
    word = "lebih banyak" if more >= 0 else "lebih sedikit"
    return f"{name}: {visits}, melayani {fmt.count(abs(more))} balita {word} daripada bergiliran"


def _by_part(facts: Facts) -> Table:
    months = sorted(set(facts.slots["month"]))[:_MONTHS_SHOWN]
    counts = (
        facts.slots[facts.slots["month"].isin(months)].groupby(["kecamatan", "month"]).size().to_dict()
        if len(facts.slots)
        else {}
    )
    names = sorted(set(facts.rws["kecamatan"]))
    rows = tuple(
        (Cell(str(name)), *(count_cell(float(counts.get((name, month), 0))) for month in months)) for name in names
    )
    return Table(
        (
            Column("Kunjungan per kecamatan"),
            *(Column(fmt.short_month(month), "kunjungan", is_number=True) for month in months),
        ),
        rows,
    )


def _stops(facts: Facts) -> Table:
    rows = tuple(
        (
            Cell(fmt.short_month(row["month"])),
            Cell(f"{row['rw_name']} {row['kelurahan']}"),
            Cell(str(row["puskesmas"]).removeprefix("Puskesmas ")),
        )
        for row in facts.slots.sort_values(["month", "rw_code"]).to_dict("records")
    )
    return Table((Column("Bulan"), Column("RW"), Column("Puskesmas")), rows)


def _lines(facts: Facts, plan: dict[str, Any], rows: dict[str, dict[str, Any]]) -> list[str]:
    told = []
    if "plan" in rows and facts.place.level == CITY:
        own = rows["plan"]
        told.append(
            f"{fmt.count(float(own['under_fives_served']))} balita terlayani di RW yang disinggahi dan sekitarnya."
        )
        told.append(
            f"RW jauh menunggu paling lama {fmt.count(float(own['longest_wait_months']))} bulan sampai akhir rencana; "
            f"{fmt.count(float(own['broken_promises']))} janji rencana (batas tunggu, jatah, kunjungan ulang) tidak "
            "terpenuhi."
        )
    for other in ("top_n", "in_turn"):
        if "plan" in rows and other in rows and facts.place.level == CITY:
            served = fmt.count(float(rows[other]["under_fives_served"]))
            told.append(f"{PLANS[other]}, dengan kunjungan yang sama: {served} balita terlayani.")
    fixed = facts.slots[facts.slots["is_fixed"].astype(bool)] if len(facts.slots) else facts.slots
    told.append(
        f"{fmt.count(len(fixed))} perhentian ditetapkan orang, "
        f"{fmt.count(len(facts.slots) - len(fixed))} dipilih mesin."
    )
    kinds = facts.slots["kind"].map(KINDS).value_counts() if len(facts.slots) else pd.Series(dtype=int)
    if len(kinds):
        told.append("Oleh: " + ", ".join(f"{name} {fmt.count(number)}" for name, number in kinds.items()) + ".")
    why = facts.slots["reason"].map(REASONS).value_counts() if len(facts.slots) else pd.Series(dtype=int)
    if len(why) and facts.place.level != CITY:
        told.append("Mengapa: " + "; ".join(f"{name} ({fmt.count(number)})" for name, number in why.items()) + ".")
    if plan["result"].get("clashes"):
        told.append(clashes(plan["result"]["clashes"]))
    told.append(proof(plan["result"]))
    return told
