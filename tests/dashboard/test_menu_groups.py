"""The menu's entries stand in one row on a small projector, whoever looks."""

from dataclasses import dataclass

import pytest

from dashboard.access import ROLE_NAMES, pages_of
from dashboard.menu import GROUPS, grouped

ENTRIES_IN_A_ROW = 6


@dataclass(frozen=True)
class Entry:
    url_path: str
    visibility: str = "visible"


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_role_has_more_entries_than_fit(role: str) -> None:
    entries = grouped([Entry(path) for path in sorted(pages_of(role))])
    assert len(entries[""]) + len(entries) - 1 <= ENTRIES_IN_A_ROW


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_every_page_of_a_role_stands_once(role: str) -> None:
    entries = grouped([Entry(path) for path in sorted(pages_of(role))])
    assert sorted(page.url_path for members in entries.values() for page in members) == sorted(pages_of(role))


def test_hidden_pages_open_no_entry() -> None:
    entries = grouped([Entry("ringkasan"), *(Entry(path, "hidden") for path in GROUPS["Pusing"])])
    assert list(entries) == [""]
