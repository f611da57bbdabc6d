"""Two replicas behind the documented nginx: TLS, headers, one person one replica, one cookie for both."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine

from data.scope import ADMIN, PLANNER, Scope, writing_connection
from data.settings import PROJECT_ROOT
from data.users import add_user
from tests.browser.provider import Provider
from tests.browser.serving import Served, free_port
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def nginx_program() -> str:
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if found is None:
        reason = "no nginx on this machine; install it (Debian and Ubuntu: apt-get install nginx-light)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def replicas(
    nginx_program: str,
    chromium: Browser,
    new_database: DatabaseMaker,
    migrated_template: Engine,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, list[Served]]]:
    """The address of the proxy and the two replicas behind it, on one shared database and one cookie secret."""
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope(PLANNER, ("",), "test")) as connection:
        hand_written.load(connection)
    with writing_connection(engine, Scope(ADMIN, (), "user 0")) as connection:
        add_user(connection, "dinkes@example.go.id", PLANNER)
    port = free_port()
    address = f"https://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("proxy")
    with Provider("dinkes") as provider:
        environment = {**provider.settings(address), "DATABASE_URL": engine.url.render_as_string(hide_password=False)}
        with (
            Served(folder / "one", environment=environment) as one,
            Served(folder / "two", environment=environment) as two,
        ):
            proxy = start_proxy(nginx_program, folder, port, [one.port, two.port])
            yield address, [one, two]
            proxy.terminate()
            proxy.wait(30)


def start_proxy(program: str, folder: Path, port: int, behind: list[int]) -> subprocess.Popen[bytes]:
    """Start the documented configuration with this machine's ports and a certificate of its own."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    told = (PROJECT_ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in (
        ("127.0.0.1:8501", f"127.0.0.1:{behind[0]}"),
        ("127.0.0.1:8502", f"127.0.0.1:{behind[1]}"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("/etc/ssl/rembuk/fullchain.pem", str(certificate)),
        ("/etc/ssl/rembuk/privkey.pem", str(key)),
        ("pid /run/nginx.pid;", f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;"),
        ("http {\n", f"http {{\n    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;\n"
         f"    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"),
    ):  # fmt: skip
        assert old in told
        told = told.replace(old, new)
    configuration = folder / "nginx.conf"
    configuration.write_text(told)
    started = subprocess.Popen([program, "-c", str(configuration), "-p", str(folder)], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if started.poll() is not None:
            raise RuntimeError(f"nginx ended: {started.stderr.read().decode() if started.stderr else ''}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return started
        time.sleep(0.1)
    raise RuntimeError("nginx did not start")


def asked(address: str, path: str) -> tuple[int, dict[str, str]]:
    connection = HTTPSConnection(
        "127.0.0.1",
        int(address.rsplit(":", 1)[1]),
        context=ssl._create_unverified_context(),
        timeout=60,
    )
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def test_headers_are_safe_and_metrics_closed(replicas):
    address, behind = replicas
    status, headers = asked(address, "/")
    assert status == 200
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"\d", headers["server"])
    assert asked(address, "/_stcore/metrics")[0] == 404
    assert {served.get("/_stcore/metrics")[0] for served in behind} == {404}


def test_a_log_in_holds_on_both_replicas_and_survives_the_end_of_one(replicas, chromium):
    address, behind = replicas
    context = chromium.new_context(ignore_https_errors=True, locale="id-ID")
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        page.goto(f"{address}/prioritas")
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("button", name="Authorize as dinkes").click()
        page.wait_for_url(f"{address}/**")
        expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE_MS)
        cookies = {kept["name"]: kept for kept in context.cookies()}
        assert cookies["_streamlit_user"]["secure"]
        assert cookies["_streamlit_user"]["httpOnly"]
        assert sum(_sessions(served) > 0 for served in behind) == 1
        busy = max(behind, key=_sessions)
        busy.end()
        page.goto(f"{address}/peta")
        expect(page.get_by_role("heading", name="Peta RW")).to_be_visible(timeout=PATIENCE_MS)
    finally:
        context.close()


def _sessions(served: Served) -> int:
    """Count a replica's open browser connections: those that carry a session."""
    import psutil

    found = psutil.Process(served.process.pid).net_connections("inet")
    return sum(
        kept.status == psutil.CONN_ESTABLISHED and kept.laddr.port == served.port and kept.raddr != () for kept in found
    )
