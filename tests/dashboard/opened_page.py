"""One page run alone, as somebody: opened by a link, read, and pressed."""

from streamlit.testing.v1 import AppTest

from dashboard.access import Viewer
from data.settings import PROJECT_ROOT


def opened(page: str, viewer: Viewer, **asked: str) -> AppTest:
    """Open a page as somebody, by a link with these parameters."""
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    for name, value in asked.items():
        app.query_params[name] = value
    return fine(app.run())


def fine(app: AppTest) -> AppTest:
    """Return a page that ran without a fault."""
    assert [fault.message for fault in app.exception] == []
    return app


def texts(app: AppTest) -> str:
    """Return what a page says in words."""
    return " ".join(
        part.value for part in [*app.markdown, *app.caption, *app.info, *app.success, *app.error, *app.subheader]
    )


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its label."""
    return fine(next(button for button in app.button if button.label == label).click().run())
