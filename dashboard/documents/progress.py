"""How a file that takes a while says how far it is."""

from collections.abc import Callable

type Step = Callable[[float], None]
"""Takes the share of the work that is done, from 0 to 1."""


def quiet(done: float) -> None:
    """Say nothing."""
