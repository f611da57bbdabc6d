"""A frame's rows as records whose fields are read by name."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows in order; fields are typed loosely, since a frame's columns are checked at its door."""
    yield from frame.itertuples(index=False)
