"""`serve` on a home of its own: what it says, whom it lets in, and what is left when it ends."""

import socket
import subprocess
import sys

import psutil
import pytest

from data.settings import PROJECT_ROOT
from tests.browser.serving import Served
from tests.browser.small_city import only_home


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("serve") / "home", "--no-demo") as served:
        yield served


def test_it_listens_on_this_machine_only(served):
    listening = {
        connection.laddr.ip
        for connection in psutil.Process(served.process.pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_it_says_where_to_look(served):
    assert f"Rembuk: {served.url}" in served.said()


def test_a_taken_port_is_one_sentence_and_exit_code_1(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "dashboard", "serve", "--port", str(port), "--no-demo"],
            cwd=PROJECT_ROOT,
            env=only_home(tmp_path),
            capture_output=True,
            text=True,
        )
    assert ended.returncode == 1
    assert f"port {port} on 127.0.0.1 is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_ending_it_ends_its_database(tmp_path):
    with Served(tmp_path / "home", "--no-demo") as served:
        database = int((served.home / "postgres" / "postmaster.pid").read_text().split()[0])
        assert _is_running(database)
        served.end()
    assert not _is_running(database)


def _is_running(pid: int) -> bool:
    """Say whether a process runs: an ended one stays listed until whoever adopted it has read its exit code."""
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.NoSuchProcess:
        return False


def test_a_shared_database_without_a_log_in_is_refused_before_anything_is_served(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "dashboard", "serve", "--no-demo"],
        cwd=PROJECT_ROOT,
        env=only_home(tmp_path) | {"DATABASE_URL": "postgresql://rembuk:geheim@127.0.0.1:1/rembuk"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert "no log-in is configured" in ended.stderr
    assert "geheim" not in ended.stderr
