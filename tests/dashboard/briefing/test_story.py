"""The slides say the finding in whole Indonesian sentences, to the digit, and nothing surer than the data."""

import re

import pandas as pd
import pytest

from dashboard.briefing import change, decisions, far, places, promises, quality, rotation, standing, where
from dashboard.briefing.model import Briefing, Chart, MapPicture, Sentences, Slide, Table
from dashboard.briefing.read import promises_shown
from dashboard.briefing.story import SLIDES, tell
from tests.browser.test_looks import ENGLISH
from tests.dashboard.briefing import known


def words(slide: Slide) -> str:
    """Everything that can be read on a slide."""
    told = [slide.title, slide.source, slide.period, slide.caveat]
    told += [f"{figure.name} {figure.told} {figure.beside}" for figure in slide.figures]
    for block in slide.blocks:
        if isinstance(block, Sentences):
            told += block.lines
        elif isinstance(block, Table):
            told += [column.name for column in block.columns] + [cell.told for row in block.rows for cell in row]
        elif isinstance(block, Chart):
            told += [block.title, *block.categories, *(series.name for series in block.series)]
        else:
            told += [block.title, block.alt, *(row.label for row in block.classes)]
    return "\n".join(told).replace("\u00a0", " ")


def title(slide: Slide) -> str:
    return slide.title.replace("\u00a0", " ")


def table(slide: Slide) -> Table:
    return next(block for block in slide.blocks if isinstance(block, Table))


def test_the_opening_slide_tells_kept_and_late_promises_with_the_figure_since() -> None:
    slide = promises.slide(known.facts())
    assert title(slide) == "1 dari 2 janji triwulan lalu selesai; 1 lewat waktu"
    late, kept = table(slide).rows
    assert [cell.told for cell in late][:1] == ["Kecamatan Barat"]
    assert kept[-1].told.endswith("4,0 % (Jul 2026) → 3,0 % (Okt 2026), turun 1,0 poin, membaik")
    assert "belum tentu karena janjinya" in slide.caveat


def test_the_city_is_told_against_its_target_in_points_and_children() -> None:
    slide = standing.slide(known.facts())
    assert title(slide) == (
        "Prevalensi rutin Kota Contoh 3,00 % pada Oktober 2026: 0,50 poin di atas target 2,50 %, kira-kira 63 anak"
    )
    assert [figure.told.replace("\u00a0", " ") for figure in slide.figures] == ["300", "3,00 %", "2,50 %", "72 %"]
    assert "Setahun lalu 4,00 % dari 10.000 balita diukur; kini −1,00 poin, −100 anak tercatat." in words(slide)
    assert "Survei SSGI 2024: 11,7 %" in words(slide)


def test_a_low_share_of_few_weighed_is_not_told_as_good() -> None:
    slide = standing.slide(known.facts(months=known.months(weighed=5_000), targets=known.targets(0.04)))
    assert title(slide).endswith("tetapi baru 40 % sasaran ditimbang: belum bisa disebut baik")
    assert "di bawah target" not in words(slide)


def test_a_change_that_absent_children_may_hide_is_not_told_as_real() -> None:
    slide = standing.slide(known.facts(months=known.months(start=305, end=300, measured=6_000, weighed=6_000)))
    assert "belum pasti nyata" in words(slide)


def test_without_a_routine_target_none_is_invented_from_the_survey() -> None:
    slide = standing.slide(known.facts(targets=known.targets()[:0]))
    assert title(slide) == (
        "Prevalensi rutin Kota Contoh 3,00 % pada Oktober 2026; belum ada target rutin yang berlaku pada bulan itu"
    )


def test_the_map_calls_high_only_what_is_surely_above_the_target() -> None:
    slide = where.slide(known.facts())
    assert title(slide) == "1 dari 4 RW hampir pasti di atas target 2,50 %; 1 RW belum cukup ditimbang"
    assert "RW 001 Atas: perkiraan 9,0 % (6,0–13,0 %)" in words(slide)
    assert "RW 003" not in words(slide)


def test_a_years_change_is_told_with_its_main_cause_and_flows_that_sum() -> None:
    slide = change.slide(known.facts())
    assert title(slide) == (
        "Balita stunting tercatat di Kota Contoh turun 100 dalam setahun, terutama karena anak yang genap lima tahun"
    )
    drawn = next(block for block in slide.blocks if isinstance(block, Chart))
    start, *steps, end = drawn.series[0].values
    assert (start, sum(step or 0 for step in steps), end) == (400, -100, 300)
    assert "(+50)" in words(slide)
    assert "(−150)" in words(slide)


def test_a_kecamatan_is_told_no_flows() -> None:
    counts = known.months()[["month", "stunted", "haz_valid", "d_weighed", "s_target"]]
    slide = change.slide(known.facts(place=known.KECAMATAN_PLACE, months=counts))
    assert title(slide) == "Balita stunting tercatat di Kecamatan Timur turun 100 dalam setahun"
    assert "150" not in words(slide)


def test_parts_above_the_city_beyond_chance_are_named_and_few_weighed_are_said() -> None:
    slide = places.slide(known.facts())
    assert title(slide) == (
        "1 dari 2 kecamatan di atas angka kota (3,00 %) melebihi kebetulan: Timur; 1 kecamatan belum cukup ditimbang"
    )
    first, second = table(slide).rows
    assert [cell.value for cell in first] == [None, 250, 5.0, 5.2, 83, 1]
    assert second[4].told.replace("\u00a0", " ") == "31 % belum cukup ditimbang"


def test_parts_that_are_kept_back_have_a_dash_and_no_value() -> None:
    kept = known.parts().assign(stunted=[250.0, float("nan")])
    row = table(places.slide(known.facts(parts=kept))).rows[1]
    assert [(cell.told, cell.value) for cell in row[1:3]] == [("–", None), ("–", None)]


def test_far_rws_are_counted_with_those_unseen_and_those_unknown() -> None:
    slide = far.slide(known.facts())
    assert title(slide) == (
        "2 RW perlu 15 menit atau lebih jalan kaki ke puskesmas terdekat; 2 di antaranya belum terpantau posyandu"
    )
    assert "1 RW belum terhitung waktu tempuhnya; itu bukan berarti dekat." in words(slide)
    assert [row[0].told for row in table(slide).rows] == ["RW 001 Atas", "RW 003 Atas"]


def test_the_rotation_is_told_beside_taking_turns() -> None:
    slide = rotation.slide(known.facts())
    assert title(slide) == (
        "Rencana rotasi No. 7 (draf): 3 kunjungan dalam 2 bulan, melayani 120 balita lebih banyak daripada bergiliran"
    )
    assert "1 perhentian ditetapkan orang, 2 dipilih mesin." in words(slide)


def test_decisions_name_what_waits_and_no_reason_that_somebody_typed() -> None:
    slide = decisions.slide(known.facts())
    assert title(slide) == "7 hal perlu diputuskan rapat ini untuk Kota Contoh"
    told = words(slide)
    assert "1 usulan belum dijawab: RW 004 Atas." in told
    assert "1 RW diusulkan tetapi tidak disinggahi: RW 004 Atas." in told
    assert "1 dari 2 kelurahan: Bawah." in told
    assert "Rahasia" not in told
    assert "permintaan lurah" not in told


def test_nothing_that_waits_is_told_as_nothing() -> None:
    facts = known.facts(
        plan=known.plan("adopted"),
        slots=known.slots().assign(is_fixed=False),
        nominations=known.nominations()[:0],
        answers=known.answers()[:1],
        promises=known.promises()[:1],
        nearer_count=0,
    )
    assert title(decisions.slide(facts)) == "Tidak ada keputusan yang menunggu rapat ini"


def test_what_cannot_be_said_has_its_own_slide() -> None:
    slide = quality.slide(known.facts())
    assert title(slide) == "1 RW belum cukup ditimbang dan 1 RW tanpa data: belum bisa disebut baik"


@pytest.mark.parametrize("code", SLIDES)
def test_every_slide_opens_without_any_data(code: str) -> None:
    nothing = known.facts(
        months=known.months()[:0],
        city_share=None,
        parts=known.parts()[:0],
        rws=known.rws()[:0],
        targets=known.targets()[:0],
        surveys=pd.DataFrame(columns=["series", "period", "value"]),
        promises=known.promises()[:0],
        plan=None,
        slots=known.slots()[:0],
        nominations=known.nominations()[:0],
        answers=known.answers()[:0],
        nearer_count=0,
        picture=MapPicture("Peta", "Peta", ()),
    )
    assert SLIDES[code][1](nothing).title


@pytest.mark.parametrize("code", SLIDES)
def test_every_slide_speaks_indonesian_and_says_its_source_and_period(code: str) -> None:
    slide = SLIDES[code][1](known.facts())
    assert ENGLISH.findall(words(slide)) == []
    assert slide.source
    assert slide.period
    assert not re.search(r"\bnan\b|None", words(slide))


def test_a_chosen_order_is_kept_and_an_unknown_slide_left_out() -> None:
    told: Briefing = tell(known.facts(), ("jauh", "tidak-ada", "target"))
    assert [slide.code for slide in told.slides] == ["jauh", "target"]


def test_promises_of_a_kecamatan_are_those_about_it_or_owed_by_it() -> None:
    rows = pd.DataFrame(
        {
            "owner": ["Kecamatan Timur", "Dinas Sosial", "Kecamatan Barat"],
            "text": "janji",
            "due_on": known.TODAY,
            "status": "open",
            "owner_code": ["32.75.01", "", "32.75.02"],
            "area_code": ["", "32.75.01.1001.003", ""],
            "indicator": ["D/S", "", ""],
            "direction": [1, 0, 0],
            "figure_then": [61.4, None, None],
            "figure_now": [63.0, None, None],
            "figure_month": [known.MONTH.replace(month=7), None, None],
            "month_now": [known.MONTH, None, None],
        }
    )
    told = promises_shown(rows, known.KECAMATAN_PLACE)
    assert list(told["owner"]) == ["Kecamatan Timur", "Dinas Sosial"]
    assert [since.replace("\u00a0", " ") for since in told["since"]] == [
        "D/S 61,4 % (Jul 2026) → 63,0 % (Okt 2026), naik 1,6 poin, membaik",
        "",
    ]
