"""One plain Indonesian sentence on why an RW stands where it stands, by rules from the codes of `models.priority`.

Numbers are estimates and rounded as such. Counts of 1 to 4 people read "beberapa" where the viewer may not see them.
"""

from collections.abc import Callable, Sequence

from dashboard import format as fmt
from models.priority.codes import CLINICAL, HOME_VISIT, PUSING, PUSTU
from models.priority.explain import Reason

_TRAVELLING = {"walk": "jalan kaki", "motorcycle": "naik motor", "car": "naik mobil"}

_OPENINGS = {
    PUSING: "RW ini diusulkan",
    HOME_VISIT: "RW ini lebih cocok mendapat kunjungan rumah, karena dekat tetapi banyak balitanya belum terpantau",
    PUSTU: "RW ini lebih cocok mendapat pustu atau layanan tetap lain, karena jauh tetapi balitanya rutin ditimbang",
    CLINICAL: "RW ini lebih cocok mendapat tindak lanjut di puskesmas, karena dekat dan balitanya rutin ditimbang",
}


def sentence(reasons: Sequence[Reason], remedy: str = PUSING, is_count_shown: bool = True) -> str:
    """Give the sentence for an RW's reasons, in their order, opened by what its remedy is.

    With `is_count_shown` False, 1 to 4 people are told as "beberapa". Raises KeyError for a code that has no words.
    """
    parts = _parts(reasons, is_count_shown)
    if not parts:
        return f"{_OPENINGS[remedy]}{' karena jauh dan banyak balitanya belum terpantau' if remedy == PUSING else ''}."
    return f"{_OPENINGS[remedy]}{' karena ' if remedy == PUSING else ': '}{_listed(parts)}."


def _parts(reasons: Sequence[Reason], is_count_shown: bool) -> list[str]:
    """Give each reason in words; the severely stunted are told as part of the stunted where both are reasons."""
    codes = [reason.code for reason in reasons]
    if "stunted" not in codes or "severe" not in codes:
        return [_WORDS[reason.code](reason, is_count_shown) for reason in reasons]
    severe = next(reason for reason in reasons if reason.code == "severe")
    among = f"{_people(_number(severe, 'children'), '', is_count_shown)} di antaranya sangat pendek"
    told = [(reason.code, _WORDS[reason.code](reason, is_count_shown)) for reason in reasons if reason.code != "severe"]
    return [f"{words} ({among})" if code == "stunted" else words for code, words in told]


def _listed(parts: list[str]) -> str:
    """Join parts as Indonesian does: a; a dan b; a, b, dan c."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def _number(reason: Reason, name: str) -> float:
    return float(reason.numbers[name])


def _people(value: float, noun: str, is_count_shown: bool) -> str:
    """Give a number of people in words that hold for fractions and for hidden counts."""
    whole = round(value)
    if whole < 1:
        number = "kurang dari 1"
    elif not is_count_shown and whole <= 4:
        number = "beberapa"
    else:
        number = fmt.count(whole)
    return f"{number} {noun}".strip()


def _stunted(reason: Reason, is_count_shown: bool) -> str:
    return f"diperkirakan ada {_people(_number(reason, 'children'), 'balita stunting', is_count_shown)}"


def _severe(reason: Reason, is_count_shown: bool) -> str:
    return f"diperkirakan ada {_people(_number(reason, 'children'), 'balita sangat pendek', is_count_shown)}"


def _travel(reason: Reason, _is_count_shown: bool) -> str:
    how = _TRAVELLING[str(reason.numbers["mode"])]
    return f"ditempuh {fmt.minutes(60 * _number(reason, 'minutes'))} {how} ke puskesmas terdekat"


def _detour(reason: Reason, _is_count_shown: bool) -> str:
    longer = fmt.minutes(60 * _number(reason, "minutes"))
    return f"puskesmas wilayahnya {longer} lebih lama ditempuh daripada puskesmas terdekat"


def _low_attendance(reason: Reason, _is_count_shown: bool) -> str:
    return f"hanya {fmt.share(_number(reason, 'share'), 0)} balitanya ditimbang"


def _attendance(reason: Reason, _is_count_shown: bool) -> str:
    return f"{fmt.share(_number(reason, 'share'), 0)} balitanya ditimbang"


def _pregnant(reason: Reason, is_count_shown: bool) -> str:
    return f"{_people(_number(reason, 'women'), 'ibu hamil', is_count_shown)} belum diperiksa"


def _not_visited(reason: Reason, _is_count_shown: bool) -> str:
    return f"sudah {fmt.count(_number(reason, 'months'))} bulan tidak dikunjungi Pusing"


def _always(words: str) -> Callable[[Reason, bool], str]:
    def told(_reason: Reason, _is_count_shown: bool) -> str:
        return words

    return told


_WORDS: dict[str, Callable[[Reason, bool], str]] = {
    "stunted": _stunted,
    "severe": _severe,
    "far": _travel,
    "travel": _travel,
    "detour": _detour,
    "low_attendance": _low_attendance,
    "attendance": _attendance,
    "pregnant": _pregnant,
    "not_visited": _not_visited,
    "never_visited": _always("belum pernah dikunjungi Pusing"),
    "nominated": _always("diusulkan oleh camat atau lurah"),
    "unknown_stunted": _always("jumlah balita stuntingnya belum diketahui"),
    "unknown_severe": _always("jumlah balita sangat pendeknya belum diketahui"),
    "unknown_travel": _always("waktu tempuhnya ke puskesmas belum diketahui sehingga dianggap jauh"),
    "unknown_own_travel": _always("waktu tempuhnya ke puskesmas wilayahnya belum diketahui"),
    "unknown_attendance": _always("kehadiran balitanya di penimbangan belum diketahui sehingga dianggap kurang"),
    "unknown_pregnant": _always("pemeriksaan ibu hamilnya belum dilaporkan"),
}
