"""One row of the benchmark table, and the clock that fills it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measured figure beside the limit or peer it is held against; `ratio` above 1 means over the limit."""

    work: str
    figure: float
    unit: str
    limit: float | None = None
    note: str = ""
    is_floor: bool = False

    @property
    def ratio(self) -> float | None:
        """Figure over limit, turned round where the limit is a floor, so that 1 or less is always within it."""
        if self.limit is None:
            return None
        return self.limit / self.figure if self.is_floor else self.figure / self.limit


class Stopwatch:
    """Holds the seconds of the block that `timed` measured."""

    seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Measure a block's wall-clock seconds."""
    watch = Stopwatch()
    start = time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - start


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Return the fewest seconds that `work` took over several runs: the least disturbed one."""
    seconds = []
    for _ in range(runs):
        with timed() as watch:
            work()
        seconds.append(watch.seconds)
    return min(seconds)
