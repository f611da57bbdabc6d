"""A real Chromium on a served dashboard with a small demo city; a window that fails on any fault or foreign request."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.screen import Screen
from tests.browser.serving import Served
from tests.browser.small_city import copy_home, shared_home

_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu-compositing",  # only the map needs a GPU, and SwiftShader is a slow one
]
_ELSEWHERE = re.compile(r"^(https?|wss?)://(?!127\.0\.0\.1[:/])")

OpenWindow = Callable[..., Screen]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; without one the browser tests are skipped, and fail where CI runs them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "no chromium on this machine; install it (Debian and Ubuntu: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run see; the small city is built there once."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def demo(chromium: Browser, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard with the small demo city, this worker's own."""
    resting = Path(os.environ.get("REMBUK_TEST_SMALL_CITY") or shared_home(shared_folder))
    with Served(copy_home(resting, tmp_path_factory.mktemp("demo") / "home"), "--no-demo") as served:
        yield served


@pytest.fixture(scope="session")
def empty(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard on a database without a city."""
    with Served(tmp_path_factory.mktemp("empty") / "home", "--no-demo") as served:
        yield served


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Screen]]:
    """Open windows of their own on a dashboard; at the end, none may have met a fault or asked anyone else anything."""
    screens: list[Screen] = []

    def open_window(served: Served, width: int = 1280, height: int = 720, **options: Any) -> Screen:
        context = chromium.new_context(
            locale="id-ID", timezone_id="Asia/Jakarta", viewport={"width": width, "height": height}, **options
        )
        context.route(_ELSEWHERE, lambda route: route.abort())
        screens.append(Screen(context.new_page(), served))
        return screens[-1]

    yield open_window
    seen = [screen.traffic for screen in screens]
    for screen in screens:
        screen.page.context.close()
    assert [url for traffic in seen for url in traffic.foreign] == []
    assert [fault for traffic in seen for fault in traffic.faults] == []
