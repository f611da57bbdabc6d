"""Need beside access: fixed edges, and what is not known apart."""

import pandas as pd

from models.access import UNSURE, need_by_access


def _groups(rates: list[float], minutes: list[float | None], statuses: list[str] | None = None) -> list[str]:
    rws = pd.DataFrame(
        {
            "rate": rates,
            "minutes": minutes,
            "status": statuses or ["reliable"] * len(rates),
            "is_computed": [True] * len(rates),
        }
    )
    return need_by_access(rws, 15, frozenset({"reliable"}))["group"].tolist()


def test_a_value_on_an_edge_belongs_above_it() -> None:
    assert _groups([0.0249, 0.025, 0.04], [9.9, 10, 15]) == ["low near", "middle halfway", "high far"]


def test_no_way_at_all_is_far() -> None:
    assert _groups([0.05], [None]) == ["high far"]


def test_an_rw_weighed_too_little_is_unsure_whatever_its_rate() -> None:
    assert _groups([0.0, 0.3], [5, 50], ["low_attendance", "no_data"]) == [UNSURE, UNSURE]
