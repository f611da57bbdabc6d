"""How the commands about travel tell their progress."""

from collections.abc import Callable

import typer


def progress_line() -> Callable[[str, float], None]:
    """Return a progress callback that prints each stage once, on stderr."""
    told: set[str] = set()

    def tell(stage: str, share: float) -> None:
        if stage not in told:
            told.add(stage)
            typer.echo(f"[{share:4.0%}] {stage}", err=True)

    return tell
