"""The rakor's ten slides from a full demo city: read cold, written as every file, and changed in a real window.

The city is that of bench_pages: REMBUK_BENCH_HOME names a home that holds one already. Without a Chromium the change of
slides is not measured.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from data.settings import PROJECT_ROOT
from tests.benchmarks.bench_pages import _city
from tests.benchmarks.harness import Row
from tests.browser.small_city import only_home

DECK_LIMIT_S, CHANGE_LIMIT_S = 20.0, 0.5
_SIZE = {"width": 1920, "height": 1080}

_CHANGE = """key => new Promise(done => {
  const begun = performance.now();
  dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  requestAnimationFrame(() => requestAnimationFrame(() => done((performance.now() - begun) / 1000)));
})"""


def run() -> list[Row]:
    """Return seconds of reading and of each file, in a process of its own, and of the slowest change of a slide."""
    with _city() as home, TemporaryDirectory() as folder:
        told = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_briefing", folder],
            cwd=PROJECT_ROOT, env=only_home(home), check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        seconds: dict[str, float] = json.loads(told.splitlines()[-1])
        slides = int(seconds.pop("slides"))
        deck = seconds["read"] + seconds["pptx"]
        rows = [
            Row(f"briefing: a deck of {slides} slides, cold", deck, "s", DECK_LIMIT_S, "read and written"),
            *(Row(f"briefing: {name}", figure, "s", DECK_LIMIT_S) for name, figure in seconds.items()),
        ]
        slowest = _slowest_change(Path(folder) / "briefing.html")
        if slowest is not None:
            rows.append(Row("briefing: slowest change of a slide", slowest, "s", CHANGE_LIMIT_S, "painted, 1920x1080"))
    return rows


def _slowest_change(file: Path) -> float | None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=_SIZE)
        page.goto(file.as_uri())
        slides = page.locator(".slide").count()
        found = max(float(page.evaluate(_CHANGE, "PageDown")) for _ in range(slides - 1))
        browser.close()
    return found


def _measure(folder: Path) -> dict[str, float]:
    """Make the city's briefing once in every kind of file and return the seconds of each."""
    import datetime

    from streamlit.logger import set_log_level

    from dashboard.cli.briefing_read import read
    from dashboard.documents.kinds import KINDS
    from dashboard.documents.progress import quiet
    from tests.benchmarks.harness import timed

    set_log_level("ERROR")
    seconds: dict[str, float] = {}
    with timed() as watch:
        briefing = read(None, None, datetime.date(2026, 11, 22))
    seconds["read"] = watch.seconds
    for ending, kind in KINDS.items():
        with timed() as watch:
            content = kind.write(briefing, quiet)
        seconds[ending] = watch.seconds
        (folder / f"briefing.{ending}").write_bytes(content)
    return {name: round(figure, 3) for name, figure in seconds.items()} | {"slides": len(briefing.slides)}


if __name__ == "__main__":
    os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "error")
    print(json.dumps(_measure(Path(sys.argv[1]))))
