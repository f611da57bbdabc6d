"""The sentence on why an RW stands where it stands."""

import pytest

from dashboard.priority.reasons import sentence
from models.priority import CRITERIA, REMEDIES, Reason, Weights, reasons
from tests.models.priority.invented_rws import invented_rws

STUNTED = Reason("stunted", {"children": 6.2})
FAR = Reason("far", {"minutes": 47.0, "mode": "walk"})
FEW = Reason("low_attendance", {"share": 0.52})


def test_three_reasons_make_one_sentence() -> None:
    assert sentence([STUNTED, FAR, FEW]) == (
        "RW ini diusulkan karena diperkirakan ada 6 balita stunting, "
        "ditempuh 47 menit jalan kaki ke puskesmas terdekat, dan hanya 52\u00a0% balitanya ditimbang."
    )


def test_two_reasons_are_joined_by_dan() -> None:
    assert sentence([Reason("never_visited", {}), Reason("nominated", {})]) == (
        "RW ini diusulkan karena belum pernah dikunjungi Pusing dan diusulkan oleh camat atau lurah."
    )


def test_severe_children_are_told_among_the_stunted() -> None:
    told = sentence([STUNTED, FAR, Reason("severe", {"children": 2.4})])
    assert told == (
        "RW ini diusulkan karena diperkirakan ada 6 balita stunting (2 di antaranya sangat pendek) "
        "dan ditempuh 47 menit jalan kaki ke puskesmas terdekat."
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("severe", {"children": 2.4}), "diperkirakan ada 2 balita sangat pendek"),
        (Reason("stunted", {"children": 0.3}), "diperkirakan ada kurang dari 1 balita stunting"),
        (Reason("travel", {"minutes": 12.0, "mode": "motorcycle"}), "ditempuh 12 menit naik motor"),
        (Reason("far", {"minutes": 75.0, "mode": "car"}), "ditempuh 1 jam 15 menit naik mobil"),
        (Reason("detour", {"minutes": 18.0}), "puskesmas wilayahnya 18 menit lebih lama ditempuh"),
        (Reason("attendance", {"share": 0.9}), "karena 90\u00a0% balitanya ditimbang"),
        (Reason("pregnant", {"women": 7.0}), "7 ibu hamil belum diperiksa"),
        (Reason("not_visited", {"months": 14.0}), "sudah 14 bulan tidak dikunjungi Pusing"),
        (Reason("unknown_travel", {}), "belum diketahui sehingga dianggap jauh"),
    ],
)
def test_each_reason_has_its_words(reason: Reason, words: str) -> None:
    assert words in sentence([reason])


def test_few_people_are_not_counted_where_counts_are_hidden() -> None:
    hidden = sentence(
        [STUNTED, Reason("severe", {"children": 2.0}), Reason("pregnant", {"women": 4.0})], "pusing", False
    )
    assert hidden == (
        "RW ini diusulkan karena diperkirakan ada 6 balita stunting (beberapa di antaranya sangat pendek) "
        "dan beberapa ibu hamil belum diperiksa."
    )


@pytest.mark.parametrize("remedy", REMEDIES)
def test_every_remedy_opens_its_own_sentence_even_without_reasons(remedy: str) -> None:
    openings = {other: sentence([], other) for other in REMEDIES}
    assert list(openings.values()).count(openings[remedy]) == 1
    assert openings[remedy].startswith("RW ini ")
    assert openings[remedy].endswith(".")


def test_another_remedy_is_told_with_what_is_known() -> None:
    assert sentence([STUNTED], "home_visit") == (
        "RW ini lebih cocok mendapat kunjungan rumah, karena dekat tetapi banyak balitanya belum terpantau: "
        "diperkirakan ada 6 balita stunting."
    )


@pytest.mark.parametrize(
    "blank", [None, "travel_s", "own_travel_s", "s_target", "pregnant_screened", "months_since_visit"]
)
def test_whatever_the_model_gives_as_reason_has_words(blank: str | None) -> None:
    frame = invented_rws(1, 30)
    if blank is not None:
        frame[blank] = None
    told = reasons(frame, Weights(dict.fromkeys(CRITERIA, 1.0)))
    assert all(sentence(given).startswith("RW ini diusulkan karena ") for given in told.values())
