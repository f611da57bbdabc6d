"""Real sessions of the dashboard without a browser: a websocket each, speaking Streamlit's own protobuf.

A rerun takes from sending what was changed until the server says that its script has finished; drawing comes after it
and is the browser's. A session keeps the messages it was told to keep, as browsers do, so that the server may send
references to them.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_PATIENCE_S = 120.0
_LARGEST_MESSAGE = 64 * 2**20


class RerunFailedError(RuntimeError):
    """A script did not finish well, or showed an exception."""


@dataclass(frozen=True)
class Rerun:
    """One run of a page's script, as its session saw it."""

    page: str
    seconds: float
    received_bytes: int


@dataclass
class Session:
    """One person's tab: it knows the pages, the filters of the page it is on, and what it was told to keep."""

    connection: ClientConnection
    pages: dict[str, str] = field(default_factory=dict)
    selects: dict[str, str] = field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _kept: list[str] = field(default_factory=list)
    _page: str = ""

    async def visit(self, page: str) -> Rerun:
        """Open a page by its path ("" is the first one), as a link does."""
        self.selects, self.options, self._page = {}, {}, page
        ask = BackMsg()
        if page in self.pages:
            ask.rerun_script.page_script_hash = self.pages[page]
        else:
            ask.rerun_script.page_name = page
        return await self._run(ask)

    async def rerun(self, **picked: str) -> Rerun:
        """Run the page again with options picked in its select boxes, by their names in the address."""
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self.pages[self._page]
        ask.rerun_script.query_string = urlencode(picked)
        for name, words in picked.items():
            state = ask.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.selects[name], words
        return await self._run(ask)

    async def _run(self, ask: BackMsg) -> Rerun:
        ask.rerun_script.context_info.timezone = "Asia/Jakarta"
        ask.rerun_script.context_info.locale = "id-ID"
        ask.rerun_script.cached_message_hashes.extend(self._kept)
        start, received = time.perf_counter(), 0
        await self.connection.send(ask.SerializeToString())
        while True:
            content = await asyncio.wait_for(self.connection.recv(), _PATIENCE_S)
            received += len(content)
            message = ForwardMsg()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
            if message.WhichOneof("type") == "script_finished":
                break
            self._take(message)
        seconds = time.perf_counter() - start
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise RerunFailedError(f"the script of page {self._page!r} ended with {message.script_finished}")
        return Rerun(self._page, seconds, received)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._kept.append(message.hash)
        if kind == "navigation":
            self.pages = {
                "" if page.is_default else page.url_pathname: page.page_script_hash
                for page in message.navigation.app_pages
            }
        elif kind == "delta":
            element = message.delta.new_element
            match element.WhichOneof("type"):
                case "selectbox" if element.selectbox.query_param_key:
                    self.selects[element.selectbox.query_param_key] = element.selectbox.id
                    self.options[element.selectbox.query_param_key] = tuple(element.selectbox.options)
                case "exception":
                    raise RerunFailedError(f"page {self._page!r}: {element.exception.message}")


async def open_session(url: str) -> Session:
    """Connect to a served dashboard (`http://…`); nothing runs yet."""
    connection = await connect(
        url.replace("http://", "ws://", 1) + "/_stcore/stream",
        subprotocols=["streamlit"],
        origin=url,
        max_size=_LARGEST_MESSAGE,
        proxy=None,
    )
    return Session(connection)


async def storm(
    url: str, pages: Sequence[str], picks: dict[str, tuple[str, Sequence[str]]], sessions: int, seconds: float
) -> list[Rerun]:
    """Let sessions, spread over the pages, rerun once a second each; return every rerun.

    `picks` names for a page a select box and the options to go through; other pages are run again as they are. Every
    page and option is run once beforehand, so that all is warm.
    """
    opened = [await open_session(url) for _ in range(sessions)]
    places = [pages[number % len(pages)] for number in range(sessions)]
    for session, page in zip(opened, places, strict=True):
        await session.visit(page)
    for page in set(places):
        session = opened[places.index(page)]
        for number in range(len(picks.get(page, ("", ("",)))[1])):
            await session.rerun(**_picked(picks, page, number))
    start = time.perf_counter()

    async def stay(number: int) -> list[Rerun]:
        session, page = opened[number], places[number]
        done = []
        for second in range(int(seconds)):
            due = start + second + number / sessions
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if time.perf_counter() - start > seconds:
                break
            done.append(await session.rerun(**_picked(picks, page, second + number)))
        return done

    reruns = await asyncio.gather(*(stay(number) for number in range(sessions)))
    return [rerun for of_session in reruns for rerun in of_session]


def _picked(picks: dict[str, tuple[str, Sequence[str]]], page: str, number: int) -> dict[str, str]:
    if page not in picks:
        return {}
    name, options = picks[page]
    return {name: options[number % len(options)]}
