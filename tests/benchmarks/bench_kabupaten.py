"""The pages of an invented kabupaten of 4,000 RWs, held against the same budgets as those of the demo city.

It is built in a folder of its own first, which takes minutes; REMBUK_BENCH_KABUPATEN names a home that holds it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from data.settings import PROJECT_ROOT
from tests.benchmarks.bench_pages import measured
from tests.benchmarks.harness import Row
from tests.browser.small_city import only_home


def run() -> list[Row]:
    """Measure the pages of the kabupaten, cold and with 20 people."""
    with _kabupaten() as home:
        return [replace(row, work=f"4,000 RWs: {row.work}") for row in measured(home)]


@contextmanager
def _kabupaten() -> Iterator[Path]:
    given = os.environ.get("REMBUK_BENCH_KABUPATEN")
    if given:
        yield Path(given)
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for command in (["dashboard", "migrate"], ["tests.benchmarks.kabupaten"]):
            subprocess.run([sys.executable, "-m", *command], cwd=PROJECT_ROOT, env=only_home(Path(folder)), check=True)
        yield Path(folder)
