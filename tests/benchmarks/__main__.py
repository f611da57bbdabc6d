"""`python -m tests.benchmarks [NAME …]`: run the benchmarks one after another and print one table.

A name picks `bench_NAME.py`; without names all run. Nothing is asserted: a figure over its limit is marked, and a
benchmark that fails says so in its row while the rest go on.
"""

import argparse
import datetime
import importlib
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.benchmarks.harness import Row

_FOLDER, _PREFIX = Path(__file__).parent, "bench_"
_WIDTH_UNPRINTED = 160
"""Columns where nobody looks: a file or a pipe keeps rows whole."""


def main(asked: Sequence[str] | None = None) -> int:
    """Run the benchmarks asked for and print their table; return the exit code, 2 for a name that there is not."""
    known = names()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(known)}")
    chosen = parser.parse_args(asked).names or known
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    told = Console(stderr=True)
    results: list[tuple[str, list[Row] | Exception]] = []
    for number, name in enumerate(chosen, start=1):
        told.print(f"{number}/{len(chosen)} {name} …")
        try:
            results.append((name, importlib.import_module(f"tests.benchmarks.{_PREFIX}{name}").run()))
        except Exception as error:
            results.append((name, error))
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_UNPRINTED)
    console.print(machine())
    console.print(table(results))
    return 0


def names() -> list[str]:
    """Return the benchmarks' names."""
    return sorted(path.stem.removeprefix(_PREFIX) for path in _FOLDER.glob(f"{_PREFIX}*.py"))


def machine() -> str:
    """Describe the machine that the figures are of."""
    cores = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else psutil.cpu_count()
    busy = psutil.getloadavg()[0]
    return (
        f"{cores} cores ({platform.machine()}), {psutil.virtual_memory().total / 2**30:.0f} GB memory, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, load {busy:.1f}"
    )


def table(results: Sequence[tuple[str, list[Row] | Exception]]) -> Table:
    """Lay the figures out beside their limits."""
    drawn = Table("Work", "Figure", "Unit", "Limit or peer", "Ratio", "Note")
    for column in (1, 3, 4):
        drawn.columns[column].justify = "right"
    for name, found in results:
        if isinstance(found, Exception):
            drawn.add_row(name, "failed", "", "", "", escape(f"{type(found).__name__}: {found}"), style="bold")
            continue
        for row in found:
            drawn.add_row(
                escape(row.work),
                number(row.figure),
                row.unit,
                "" if row.limit is None else f"{'≥' if row.is_floor else '≤'} {number(row.limit)}",
                "" if row.ratio is None else f"{row.ratio:.2f}{' ▲' if row.ratio > 1 else ''}",
                escape(row.note),
            )
    return drawn


def number(value: float) -> str:
    """Write a figure with three digits that count, and whole thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
