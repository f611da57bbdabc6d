"""Months that visits can be planned for."""

import datetime

from dashboard.visit.months import visit_months
from models.months import month_after

KNOWN = [datetime.date(2026, month, 1) for month in range(1, 11)]


def test_the_month_after_the_newest_figures_comes_first() -> None:
    assert visit_months(KNOWN)[0] == datetime.date(2026, 11, 1)


def test_every_past_month_has_figures_before_it() -> None:
    past = [month for month in visit_months(KNOWN[:3]) if month <= KNOWN[2]]
    assert past == [datetime.date(2026, 3, 1), datetime.date(2026, 2, 1)]


def test_without_figures_there_is_nothing_to_choose() -> None:
    assert visit_months([]) == []


def test_a_year_ends_after_december() -> None:
    assert month_after(datetime.date(2026, 12, 1), 1) == datetime.date(2027, 1, 1)
    assert month_after(datetime.date(2026, 1, 1), -1) == datetime.date(2025, 12, 1)
