"""The way in, in a real browser and against a real provider: who enters, who does not, and when it ends."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, text
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data.scope import ADMIN, CAMAT, INSPECTOR, LURAH, PLANNER, Scope, scoped_connection, writing_connection
from data.users import add_user, change_user, disable_user
from tests.browser.provider import COOKIE_SECRET, Provider
from tests.browser.serving import Served, free_port
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written

ADMINISTRATOR = Scope(ADMIN, (), "user 0")
PATIENCE_MS = 60_000
COOKIE = "_streamlit_user"


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope(PLANNER, ("",), "test")) as connection:
        hand_written.load(connection)
    with writing_connection(engine, ADMINISTRATOR) as connection:
        add_user(connection, "dinkes@example.go.id", PLANNER)
        add_user(connection, "lurah@example.go.id", LURAH, hand_written.KELURAHAN[0])
        add_user(connection, "pindah@example.go.id", CAMAT, hand_written.KECAMATAN)
        add_user(connection, "berhenti@example.go.id", PLANNER)
        disable_user(connection, "berhenti@example.go.id")
    return engine


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider("dinkes", "lurah", "pindah", "berhenti", "asing") as started:
        yield started


@pytest.fixture(scope="module")
def guarded(
    chromium: Browser, city: Engine, provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The dashboard on a shared database behind the log-in."""
    port = free_port()
    environment = {
        **provider.settings(f"http://127.0.0.1:{port}"),
        "DATABASE_URL": city.url.render_as_string(hide_password=False),
    }
    with Served(tmp_path_factory.mktemp("guarded") / "home", port=port, environment=environment) as served:
        yield served


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Callable[[], BrowserContext]]:
    contexts: list[BrowserContext] = []

    def fresh() -> BrowserContext:
        contexts.append(chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 720}))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        return contexts[-1]

    yield fresh
    for context in contexts:
        context.close()


def opened(context: BrowserContext, served: Served, path: str = "/") -> Page:
    page = context.new_page()
    page.goto(served.url + path)
    expect(page.locator("[data-testid=stMainBlockContainer] h1").first).to_be_visible(timeout=PATIENCE_MS)
    return page


def entered(context: BrowserContext, served: Served, name: str, path: str = "/") -> Page:
    """Log in as somebody from a link, as a person does."""
    page = opened(context, served, path)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("button", name=f"Authorize as {name}").click()
    page.wait_for_url(f"{served.url}/**")
    expect(page.locator("[data-testid=stMainBlockContainer] h1").first).to_be_visible(timeout=PATIENCE_MS)
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-testid=stMain]")).to_contain_text(words, timeout=PATIENCE_MS)


def menu(page: Page) -> str:
    return page.locator("[data-testid=stHeader]").inner_text()


def claims(name: str, provider: Provider, served: Served, **more: Any) -> str:
    told = {"iss": provider.url, "sub": name, "email": f"{name}@example.go.id", "origin": served.url, **more}
    return json.dumps({**told, "is_logged_in": True})


def with_cookie(context: BrowserContext, served: Served, value: str) -> BrowserContext:
    context.add_cookies([{"name": COOKIE, "value": value, "url": served.url}])
    return context


def test_a_deep_link_without_a_log_in_shows_the_way_in_and_nothing_else(browser, guarded):
    """This is the first request of a fresh process."""
    page = opened(browser(), guarded, "/prioritas?bulan=November+2026")
    says(page, "Silakan masuk")
    assert page.locator("[data-testid=stDataFrame], canvas, .kpi, .card, [data-testid=stDownloadButton]").count() == 0
    assert "Prioritas" not in page.content()


@pytest.mark.parametrize(
    ("name", "words"), [("asing", "belum terdaftar"), ("berhenti", "sudah tidak aktif")], ids=["unknown", "disabled"]
)
def test_who_is_not_known_or_shut_out_gets_a_polite_page(browser, guarded, city, name, words):
    page = entered(browser(), guarded, name)
    says(page, words)
    assert "Prioritas" not in page.content()
    with scoped_connection(city, Scope(INSPECTOR, ())) as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_log WHERE act = 'refused'")) >= 1


def test_a_changed_role_holds_at_the_next_click_and_a_shut_out_person_is_out(browser, guarded, city):
    page = entered(browser(), guarded, "pindah")
    assert "Peta" in menu(page)
    with writing_connection(city, ADMINISTRATOR) as connection:
        change_user(connection, "pindah@example.go.id", INSPECTOR)
    page.get_by_role("link", name="Peta").first.click()
    says(page, "bukan untuk peran Anda")
    page.goto(f"{guarded.url}/audit")
    says(page, "catatan")
    with writing_connection(city, ADMINISTRATOR) as connection:
        disable_user(connection, "pindah@example.go.id")
    page.locator(".st-key-cari-audit input").fill("visit")
    page.keyboard.press("Enter")
    says(page, "sudah tidak aktif")


def test_a_log_out_ends_every_copy_of_the_cookie(browser, guarded):
    context = browser()
    page = entered(context, guarded, "lurah", "/usulan")
    stolen = context.cookies()
    other = browser()
    other.add_cookies(stolen)
    says(opened(other, guarded), "Balita stunting")
    page.get_by_role("button", name="Lurah Atas").first.click()
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Masuk")).to_be_visible(timeout=PATIENCE_MS)
    says(opened(other, guarded, "/peta"), "Anda sudah keluar")


def test_forged_and_expired_cookies_open_nothing(browser, guarded, provider):
    good = claims("dinkes", provider, guarded, iat=int(time.time()), nonce="forged")
    forged = create_signed_value("another-secret-of-more-than-32-characters", COOKIE, good).decode()
    says(opened(with_cookie(browser(), guarded, forged), guarded, "/peta"), "Silakan masuk")
    old = claims("dinkes", provider, guarded, iat=int(time.time()) - 40 * 3600, nonce="old")
    expired = create_signed_value(COOKIE_SECRET, COOKIE, old).decode()
    says(opened(with_cookie(browser(), guarded, expired), guarded, "/peta"), "perlu diperbarui")


def test_a_page_left_alone_ends(browser, guarded, city):
    page = entered(browser(), guarded, "dinkes", "/prioritas")
    with writing_connection(city, Scope(PLANNER, ("",), "user 1")) as connection:
        connection.execute(text("UPDATE log_in SET used_at = now() - interval '2 hours' WHERE ended_at IS NULL"))
    page.get_by_role("link", name="Peta").first.click()
    says(page, "lama tidak dipakai")


def test_files_ask_for_the_log_in_and_metrics_are_closed(browser, guarded):
    context = browser()
    page = entered(context, guarded, "dinkes")
    page.goto(f"{guarded.url}/prioritas")
    with page.expect_response(lambda answer: answer.url.startswith(f"{guarded.url}/media/")) as met:  # not its fonts
        page.get_by_role("button", name="Unduh CSV").first.click()
    path = met.value.url.removeprefix(guarded.url)
    cookie = "; ".join(f"{kept['name']}={kept['value']}" for kept in context.cookies())
    assert guarded.get(path, {"Cookie": cookie})[0] == 200
    assert guarded.get(path)[0] == 403
    assert guarded.get("/_stcore/metrics")[0] == 404
    page.locator("[data-testid=stDataFrame]").first.hover()
    expect(page.get_by_label("Fullscreen").first).to_be_visible()
    expect(page.get_by_label("Download as CSV").first).to_be_hidden()
    assert met.value.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in met.value.headers["cache-control"]
