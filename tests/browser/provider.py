"""A real OpenID Connect provider in a process of its own, and a dashboard that lets its people in."""

import http.client
import json
import subprocess
import sys
import time
from types import TracebackType

from tests.browser.serving import free_port

COOKIE_SECRET = "the-tests-own-secret-of-forty-characters"


class Provider:
    """An OpenID provider with invented people; leaving the block ends it."""

    def __init__(self, *names: str) -> None:
        self.port, self._names = free_port(), names

    @property
    def url(self) -> str:
        """Its address, which is also its issuer."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Provider":
        people = [json.dumps({"sub": name, "email": f"{name}@example.go.id"}) for name in self._names]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", str(self.port)),
                *(part for person in people for part in ("--user-claims", person)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/.well-known/openid-configuration")
                if connection.getresponse().status == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the OpenID provider did not start")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(30)

    def settings(self, address: str) -> dict[str, str]:
        """Return the environment of a dashboard that people reach at `address` and that trusts this provider."""
        return {
            "REMBUK_OIDC_METADATA_URL": f"{self.url}/.well-known/openid-configuration",
            "REMBUK_OIDC_CLIENT_ID": "rembuk",
            "REMBUK_OIDC_CLIENT_SECRET": "not-asked-by-the-mock",
            "REMBUK_OIDC_REDIRECT_URI": f"{address}/oauth2callback",
            "REMBUK_COOKIE_SECRET": COOKIE_SECRET,
        }
