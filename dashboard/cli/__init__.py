"""The one command line: `python -m dashboard COMMAND`.

Every command exits 0, 1 (it failed) or 2 (its input cannot be used), and an error is one sentence on stderr that says
what to do next. Commands are imported when they are called, so that `--help` answers at once.
"""

import importlib
import sys
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS: dict[str, str] = {
    "serve": "serve",
    "doctor": "doctor",
    "migrate": "migrate",
    "users": "users",
    "contract": "contract",
    "demo": "demo",
    "import": "import_",
    "travel": "travel",
    "growth": "growth",
    "rank": "rank",
    "rotation": "rotation",
    "trend": "trend",
    "snapshot": "snapshot",
    "briefing": "briefing",
}
"""Command name -> module under `dashboard.cli` that defines `app` (a Typer) for it."""


class LazyGroup(TyperGroup):
    """Loads a command's module when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the base class's signature
        """Return the command names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the base class's signature
        """Import the command's module and return its click command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"dashboard.cli.{COMMANDS[cmd_name]}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command


root = typer.Typer(
    cls=LazyGroup,
    name="python -m dashboard",
    help="Rembuk: where stunting is, who is far from care, which RW the mobile clinic visits next.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@root.callback()
def _root() -> None:
    """Make the root a group even while it holds one command."""


def main() -> None:
    """Run the command line and turn any error made for a person into one sentence and its exit code."""
    from dashboard.cli.failures import sentence

    try:
        root()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        said = sentence(error)
        if said is None:
            raise
        text, exit_code = said
        print(f"error: {text}", file=sys.stderr)  # noqa: T201 - the command line's own voice
        sys.exit(exit_code)
