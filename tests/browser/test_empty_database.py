"""Before any city is loaded, every page says what to do."""

from dashboard.access import PLANNER, pages_of


def test_every_page_says_what_to_do_without_a_traceback(window, empty):
    screen = window(empty)
    for page in sorted(pages_of(PLANNER)):
        screen.open(f"/{page}")
        assert "python -m dashboard demo" in screen.text
        assert screen.html("[data-testid=stException]").count() == 0
