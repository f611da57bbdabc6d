"""`serve`: bring the database up, build the demo city if there is nothing, and serve the dashboard."""

import errno
import importlib
import os
import pkgutil
import signal
import socket
import sys
from typing import Annotated

import typer
from rich.console import Console

from dashboard.login.settings import LogInUnusableError, log_in_settings
from data.engine import get_engine, is_embedded
from data.errors import RembukError
from data.migrate import upgrade
from data.queries.city import city_state
from data.scope import Scope, scoped_connection
from data.settings import PROJECT_ROOT

app = typer.Typer()
_CONSOLE = Console(stderr=True)


class PortTakenError(RembukError, OSError):
    """Another program listens where the dashboard should."""

    code = "port_taken"


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8501,
    demo: Annotated[bool, typer.Option(help="Build the demo city when the embedded database is empty.")] = True,
) -> None:
    """Serve the dashboard on this machine, with the demo city when the database is empty."""
    if log_in_settings() is None and not is_embedded():
        raise LogInUnusableError(
            "DATABASE_URL names a shared database and no log-in is configured, so nothing is served: its figures are "
            "health data of children. Configure OpenID Connect as README.md says under Deploy."
        )
    _check_port(port)
    with _CONSOLE.status("Starting the database …"):
        engine = get_engine()
        upgrade(engine)
        with scoped_connection(engine, Scope(role="planner", areas=("",), actor="serve")) as connection:
            is_empty = city_state(connection) is None
    if is_empty and demo and is_embedded():
        _CONSOLE.print("The database is empty: building the demo city.")
        from dashboard.cli.demo import demo as build_demo_city

        build_demo_city()
    with _CONSOLE.status("Loading the screens …"):
        _load_screens()
    with _CONSOLE.status("Reading the newest month …"):
        _read_ahead()
    _CONSOLE.print(f"Rembuk: http://127.0.0.1:{port}  (Ctrl+C ends it)")
    os.chdir(PROJECT_ROOT)
    sys.stdout.flush()
    from dashboard.server import make_server

    # The server hands the signal that ended it on; leaving in order lets the embedded database end as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.argv = [str(PROJECT_ROOT / "dashboard" / "app.py")]  # Streamlit looks for its settings beside what was started
    make_server().run(config={"server.port": port, "server.address": "127.0.0.1"})


def _load_screens() -> None:
    """Import what the pages import before anyone waits for them: it takes seconds, once a process."""
    import dashboard

    for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if not module.name.startswith(("dashboard.app", "dashboard.cli", "dashboard.__main__")):
            importlib.import_module(module.name)


def _read_ahead() -> None:
    """Work out the newest month before anyone waits for it, and again whenever the data change."""
    from dashboard import reading_ahead

    reading_ahead.keep_reading()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortTakenError(
                f"port {port} on 127.0.0.1 is taken by another program; end it, or choose another: make run PORT=8502"
            ) from error
