"""Children found are seen again in time; who came back, was seen again, or was never reported is owed nothing."""

import pandas as pd
import pytest

from models.errors import UnusableRotationError
from models.rotation import RotationRules, due_revisits
from tests.models.rotation.small_problems import frame

RULES = RotationRules(revisit_after_months=2, revisit_within_months=4)
COLUMNS = "rw_code month found returned"


def due(*visits: tuple[object, ...], first: str = "2026-11") -> list[list[object]]:
    return due_revisits(frame(COLUMNS, *visits), first, RULES).to_numpy().tolist()


def test_children_found_are_due_two_to_four_months_later() -> None:
    assert due(("A", "2026-10", 3, 1)) == [["A", "2026-12", "2027-02"]]


@pytest.mark.parametrize(
    ("found", "returned"), [(0, 0), (2, 2), (1, 3), (None, None)], ids=["none", "all back", "more back", "unreported"]
)
def test_nobody_found_or_all_back_or_unreported_promises_nothing(found: object, returned: object) -> None:
    assert due(("A", "2026-10", found, returned)) == []


def test_a_referral_not_reported_on_counts_as_nobody_back() -> None:
    assert due(("A", "2026-10", 1, None)) == [["A", "2026-12", "2027-02"]]


def test_a_later_visit_in_the_window_has_kept_the_promise_and_one_before_it_has_not() -> None:
    assert due(("A", "2026-07", 2, 0), ("A", "2026-09", 0, 0)) == []
    assert due(("A", "2026-09", 2, 0), ("A", "2026-10", 0, 0)) == [["A", "2026-11", "2027-01"]]


def test_a_window_that_is_over_is_no_promise_any_more() -> None:
    assert due(("A", "2026-06", 2, 0)) == []
    assert due(("A", "2026-07", 2, 0)) == [["A", "2026-09", "2026-11"]]


def test_of_two_visits_that_found_children_the_later_counts() -> None:
    assert due(("A", "2026-09", 2, 0), ("A", "2026-10", 1, 0)) == [["A", "2026-12", "2027-02"]]


def test_without_visits_nothing_is_due() -> None:
    assert due_revisits(pd.DataFrame(columns=COLUMNS.split()), "2026-11", RULES).empty


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UnusableRotationError, match="revisit_after_months"):
        RotationRules(revisit_after_months=5, revisit_within_months=4)
