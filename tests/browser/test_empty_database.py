"""Before any city is loaded, every page says what to do."""


def test_every_page_says_what_to_do_without_a_traceback(window, empty):
    screen = window(empty)
    for path in ("/", "/peta", "/impor"):
        screen.open(path)
        assert "python -m dashboard demo" in screen.text
        assert screen.html("[data-testid=stException]").count() == 0
