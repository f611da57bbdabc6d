"""The dashboard as its users start it: `python -m dashboard serve` in a process of its own."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from data.settings import PROJECT_ROOT
from tests.browser.small_city import only_home

_PATIENCE_S = 180.0
_LOOK_AGAIN_S = 0.1


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A dashboard that is being served; leaving the block ends it and, with it, its embedded database."""

    def __init__(
        self, home: Path, *options: str, port: int | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.home, self.port = home, port or free_port()
        self._environment = dict(environment or {})
        self.log = home / "serve.log"
        self._options = options

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Served":
        self.home.mkdir(parents=True, exist_ok=True)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dashboard", "serve", "--port", str(self.port), *self._options],
                cwd=PROJECT_ROOT,
                env=only_home(self.home) | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> int:
        """End the server as Ctrl+C or a service manager does, and return its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def said(self) -> str:
        """Return what the server has written so far."""
        return self.log.read_text()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Fetch a path and return its status and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}: {self.said()[-2000:]}")
            try:
                if self.get("/_stcore/health") == (200, b"ok"):
                    return
            except OSError:
                pass
            time.sleep(_LOOK_AGAIN_S)
        raise RuntimeError(f"the server did not answer in {_PATIENCE_S:.0f} s: {self.said()[-2000:]}")
