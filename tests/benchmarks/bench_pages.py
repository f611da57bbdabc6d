"""Pages of the full demo city served to 20 people, cold and warm: seconds, bytes and memory (DESIGN §11).

The city is built in a folder of its own first; REMBUK_BENCH_HOME names a home that holds one already.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from data.settings import PROJECT_ROOT
from tests.benchmarks.harness import Row
from tests.benchmarks.sessions import Rerun, open_session, storm
from tests.browser.serving import Served
from tests.browser.small_city import only_home

SESSIONS, STORM_S = 20, 15.0
MEDIAN_LIMIT_S, P95_LIMIT_S, COLD_LIMIT_S = 0.15, 0.5, 2.0
MEMORY_LIMIT_MB, BYTES_LIMIT_KB = 700.0, 50.0
MAP, MONTHS_TURNED = "peta", 6


def run() -> list[Row]:
    """Measure each page cold in a fresh process, then all together under the storm of DESIGN §11."""
    with _city() as home:
        return measured(home)


def measured(home: Path) -> list[Row]:
    """Measure the pages of the city that a home holds."""
    with _served(home) as served:
        pages = asyncio.run(_pages(served.url))
    cold = [_cold(home, page) for page in pages]
    with _served(home) as served:
        months = asyncio.run(_months(served.url))
        turned = asyncio.run(_turn_months(served.url, months))
        process = psutil.Process(served.process.pid)
        busy = _cpu_s(process)
        reruns = asyncio.run(storm(served.url, pages, {MAP: ("bulan", months)}, SESSIONS, STORM_S))
        busy = _cpu_s(process) - busy
        memory_mb = _memory_mb(process)
    return [
        *(Row(f"page {_name(one.page)}, cold", one.seconds, "s", COLD_LIMIT_S, "fresh process") for one in cold),
        *_storm_rows(reruns, pages),
        Row("reruns a second answered", len(reruns) / STORM_S, "1/s", float(SESSIONS), "asked for", is_floor=True),
        Row("processor time of a rerun", busy / len(reruns), "s", note="the server's, warming up included"),
        Row("map, another month, sent", max(one.received_bytes for one in turned) / 1e3, "kB", BYTES_LIMIT_KB, "most"),
        Row(f"server's memory, {SESSIONS} sessions", memory_mb, "MB", MEMORY_LIMIT_MB, "without PostgreSQL"),
    ]


def _storm_rows(reruns: list[Rerun], pages: list[str]) -> Iterator[Row]:
    of = {"all pages": reruns} | {f"page {_name(page)}": [one for one in reruns if one.page == page] for page in pages}
    for name, of_page in of.items():
        if of_page:
            seconds = np.array([one.seconds for one in of_page])
            sent = f"{np.median([one.received_bytes for one in of_page]) / 1e3:.0f} kB a rerun"
            load = f"{SESSIONS} sessions, {len(of_page)} reruns"
            yield Row(f"{name}, warm, median", float(np.median(seconds)), "s", MEDIAN_LIMIT_S, f"{load}, {sent}")
            yield Row(f"{name}, warm, 95th percentile", float(np.quantile(seconds, 0.95)), "s", P95_LIMIT_S)


@contextmanager
def _city() -> Iterator[Path]:
    given = os.environ.get("REMBUK_BENCH_HOME")
    if given:
        yield Path(given)
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        subprocess.run(
            [sys.executable, "-m", "dashboard", "demo"], cwd=PROJECT_ROOT, env=only_home(Path(folder)), check=True
        )
        yield Path(folder)


@contextmanager
def _served(home: Path) -> Iterator[Served]:
    with Served(home, "--no-demo") as served:
        yield served


def _cold(home: Path, page: str) -> Rerun:
    """Open a page as the first session of a fresh process."""
    with _served(home) as served:
        return asyncio.run(_first_visit(served.url, page))


async def _first_visit(url: str, page: str) -> Rerun:
    return await (await open_session(url)).visit(page)


async def _pages(url: str) -> list[str]:
    session = await open_session(url)
    await session.visit("")
    return list(session.pages)


async def _months(url: str) -> tuple[str, ...]:
    session = await open_session(url)
    await session.visit(MAP)
    return session.options["bulan"][:MONTHS_TURNED]


async def _turn_months(url: str, months: tuple[str, ...]) -> list[Rerun]:
    session = await open_session(url)
    await session.visit(MAP)
    return [await session.rerun(bulan=month) for month in months]


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _memory_mb(process: psutil.Process) -> float:
    """Return the resident memory of the server and what it started, PostgreSQL apart."""
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in family if one.name() != "postgres") / 2**20


def _name(page: str) -> str:
    return page or "ringkasan"
