"""The story of a briefing: its slides in the order in which a rakor hears them, or in one that a planner chose."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard.briefing import (
    change,
    decisions,
    far,
    places,
    promises,
    quality,
    reading,
    rotation,
    standing,
    where,
)
from dashboard.briefing.facts import Facts
from dashboard.briefing.model import Briefing, Slide

SLIDES: dict[str, tuple[str, Callable[[Facts], Slide]]] = {
    promises.CODE: ("Janji triwulan lalu", promises.slide),
    standing.CODE: ("Keadaan terhadap target", standing.slide),
    where.CODE: ("Peta RW", where.slide),
    change.CODE: ("Apa yang berubah dan mengapa", change.slide),
    places.CODE: ("Bagian demi bagian", places.slide),
    far.CODE: ("RW yang jauh", far.slide),
    rotation.CODE: ("Usulan rotasi Pusing", rotation.slide),
    quality.CODE: ("Belum cukup data", quality.slide),
    decisions.CODE: ("Keputusan", decisions.slide),
    reading.CODE: ("Cara membaca", reading.slide),
}
"""Code -> the slide's name in lists and the function that makes it, in the order of a rakor."""


def tell(facts: Facts, codes: Sequence[str] = tuple(SLIDES)) -> Briefing:
    """Return the slides asked for, in that order; a code that there is not is left out."""
    made = tuple(replace(SLIDES[code][1](facts), place=facts.place.name) for code in codes if code in SLIDES)
    return Briefing(facts.place.name, facts.place.code, made, facts.stamp)
