"""What stands before Streamlit's own routes: no file without a log-in that holds, no metrics, and safe headers.

Streamlit serves a download to whoever knows its address. The address is a digest of the content and cannot be guessed,
but it can be passed on; so uploads and downloads ask for the browser's cookie here, and for that log-in to be open.
Static files are open on purpose: they hold outlines and roads without any figure.
"""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.concurrency import run_in_threadpool
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

GUARDED = ("/media/", "/_stcore/upload_file/")
CLOSED = ("/_stcore/metrics",)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    # Streamlit writes styles and a start script into the page, and its charts are compiled in the browser.
    "content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: "
    "blob: ws: wss:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
}


class Doorman:
    """ASGI middleware; `is_let_in` says whether the claims of a cookie belong to a log-in that holds."""

    def __init__(self, app: App, cookie_secret: str | None, is_let_in: Callable[[dict[str, Any]], bool]) -> None:
        self.app, self.cookie_secret, self.is_let_in = app, cookie_secret, is_let_in

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        if path.startswith(CLOSED):
            await _answer(send, 404)
        elif path.startswith(GUARDED) and not await self._is_known(scope):
            await _answer(send, 403)
        else:
            await self.app(scope, receive, _with_headers(send, is_kept=not path.startswith(GUARDED)))

    async def _is_known(self, scope: Message) -> bool:
        if self.cookie_secret is None:
            return True
        claims = claims_of(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"), self.cookie_secret)
        return claims is not None and await run_in_threadpool(self.is_let_in, claims)


def claims_of(cookies: str, secret: str) -> dict[str, Any] | None:
    """Return the identity claims in a request's cookies, or None where there are none with our signature."""
    try:
        jar = SimpleCookie(cookies)
    except CookieError:
        return None

    def signed(name: str) -> bytes | None:
        return decode_signed_value(secret, name, jar[name].value) if name in jar else None

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    if found is None:
        return None
    try:
        claims = json.loads(found)
    except ValueError:
        return None
    return claims if isinstance(claims, dict) else None


def _with_headers(send: Send, *, is_kept: bool) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
            if not is_kept:
                message["headers"] = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control"]
                headers.append((b"cache-control", b"no-store"))
            message["headers"] = [*message["headers"], *headers]
        await send(message)

    return sent


async def _answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
