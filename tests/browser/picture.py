"""Take the README's picture of the map: `make picture`, on the demo city of this installation."""

import shutil
import sys

from playwright.sync_api import sync_playwright

from data.settings import PROJECT_ROOT, home
from tests.browser.conftest import _FLAGS
from tests.browser.screen import Screen
from tests.browser.serving import Served

PICTURE = PROJECT_ROOT / "docs" / "peta.png"
SHOWN = "/peta?pilih=32.75.05.1002.005"


def take() -> None:
    """Serve, open the map on one RW, and write the picture."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("no chromium on this machine; install it (Debian and Ubuntu: apt-get install chromium)")
    with Served(home()) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        page = browser.new_context(locale="id-ID", viewport={"width": 1600, "height": 900}).new_page()
        Screen(page, served).open(SHOWN)
        page.wait_for_timeout(6000)  # the last layers are drawn after the page is at rest
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take()
