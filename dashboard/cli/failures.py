"""Which errors the command line can say in one sentence, and with which exit code it then ends."""

import errno

from data.errors import RembukError
from geo.errors import GeoError
from models.errors import ModelError


def sentence(error: Exception) -> tuple[str, int] | None:
    """Return what to print and the exit code, or None for an error that is a fault of the program."""
    match error:
        case RembukError() | GeoError() | ModelError():
            return str(error), error.exit_code
        case FileNotFoundError():
            return f"there is no file {error.filename}; check the path.", 2
        case IsADirectoryError():
            return f"{error.filename} is a folder; name a file.", 2
        case PermissionError():
            return f"{error.filename} may not be read or written by this user; check its permissions.", 1
        case OSError(errno=errno.ENOSPC):
            return "the disk is full; free some space and run the command again.", 1
    return None
