"""The slide of RWs far from care: how many, where, and which of them are not seen by posyandu either."""

import pandas as pd

from dashboard import format as fmt
from dashboard.briefing.facts import CITY, Facts
from dashboard.briefing.model import BARS, Cell, Chart, Column, Figure, Sentences, Series, Slide, Table
from dashboard.briefing.words import ROUTINE, TRAVEL, listed, minutes_cell, share_cell
from data.settings import UNSEEN_BELOW

CODE = "jauh"


def slide(facts: Facts) -> Slide:
    """Return the slide; times that are not by road are told so, and unknown ones are no short way."""
    limit, period = fmt.minutes(facts.far_s), fmt.month(facts.month)
    known = facts.rws[facts.rws["nearest_duration_s"].notna()]
    if known.empty:
        title = "Waktu tempuh ke puskesmas belum dihitung"
        told = (
            "Pengelola aplikasi menghitungnya dari berkas jalan OpenStreetMap; tanpa itu tidak ada RW yang bisa "
            "disebut dekat."
        )
        return Slide(CODE, title, (Sentences((told,)),), TRAVEL, period)
    far = known[known["nearest_duration_s"] >= facts.far_s]
    unseen = far[far["attendance_share"].lt(UNSEEN_BELOW) | far["attendance_share"].isna()]
    title = (
        f"{fmt.count(len(far))} RW perlu {limit} atau lebih {facts.mode_name} ke puskesmas terdekat; "
        f"{fmt.count(len(unseen))} di antaranya belum terpantau posyandu"
        if len(far)
        else f"Tidak ada RW yang perlu {limit} atau lebih {facts.mode_name} ke puskesmas terdekat"
    )
    blocks = (_table(facts, far), _bars(facts, far)) if len(far) else (Sentences((_unknown(facts),)),)
    return Slide(
        CODE,
        title,
        blocks,
        f"{TRAVEL}, {_method(facts)}; {ROUTINE}",
        period,
        figures=_figures(facts, far, unseen),
        widths=(1.5, 1.0) if len(far) else (1.0,),
        caveat=_unknown(facts),
    )


def _method(facts: Facts) -> str:
    return "garis lurus, belum lewat jalan" if facts.city.travel_method == "straight_line" else "lewat jalan"


def _unknown(facts: Facts) -> str:
    missing = int(facts.rws["nearest_duration_s"].isna().sum())
    if not missing:
        return f"Belum terpantau: D/S di bawah {fmt.share(UNSEEN_BELOW, 0)} atau tanpa data."
    return f"{fmt.count(missing)} RW belum terhitung waktu tempuhnya; itu bukan berarti dekat."


def _figures(facts: Facts, far: pd.DataFrame, unseen: pd.DataFrame) -> tuple[Figure, ...]:
    children = float(far["s_target"].sum()) if far["s_target"].notna().any() else None
    return (
        Figure("RW jauh", fmt.count(len(far)), f"dari {fmt.count(len(facts.rws))} RW", float(len(far)), "RW"),
        Figure("Sasaran balita di sana", fmt.count(children), "tinggal di RW jauh", children, "anak"),
        Figure("Jauh dan belum terpantau", fmt.count(len(unseen)), "bahan rotasi Pusing", float(len(unseen)), "RW"),
        Figure(
            "Lebih dekat ke yang lain",
            fmt.count(facts.nearer_count),
            "dari puskesmas wilayahnya",
            float(facts.nearer_count),
            "RW",
        ),
    )


def _table(facts: Facts, far: pd.DataFrame) -> Table:
    ordered = far.sort_values(["nearest_duration_s", "code"], ascending=[False, True])
    where = "kecamatan" if facts.place.level == CITY else "kelurahan"
    rows = tuple(
        (
            Cell(f"{row['rw_name']} {row['kelurahan']}"),
            *((Cell(str(row["kecamatan"])),) if where == "kecamatan" else ()),
            minutes_cell(row["nearest_duration_s"]),
            share_cell(row["attendance_share"], 0),
        )
        for row in ordered.to_dict("records")
    )
    columns = [Column("RW yang paling jauh")]
    if where == "kecamatan":
        columns.append(Column("Kecamatan"))
    return Table((*columns, Column("Waktu tempuh", "menit", is_number=True), Column("D/S", "%", is_number=True)), rows)


def _bars(facts: Facts, far: pd.DataFrame) -> Chart:
    by = "kecamatan" if facts.place.level == CITY else "kelurahan"
    counts = far[by].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return Chart(
        BARS,
        f"RW jauh per {by}",
        tuple(str(name) for name in counts.index),
        (Series("RW jauh", tuple(float(number) for number in counts)),),
        "RW",
    )


def named(rws: pd.DataFrame, most: int = 3) -> str:
    """Return RWs as a sentence names them."""
    return listed([f"{rw} {kelurahan}" for rw, kelurahan in zip(rws["rw_name"], rws["kelurahan"], strict=True)], most)
