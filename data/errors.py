"""Errors whose message is meant for a person: what is wrong, where, and what to do.

`code` names the kind, so that a screen can say the same in Indonesian from the error's own data; `exit_code` is what
the command line returns (1: it failed, 2: the input cannot be used).
"""

from typing import Any


class RembukError(Exception):
    """Anything that stops an act and that its person can understand."""

    code = "failed"
    exit_code = 1

    def __init__(self, message: str, **context: Any) -> None:
        super().__init__(message)
        self.context = context


class UnusableInputError(RembukError, ValueError):
    """A file or argument that cannot be what it should be."""

    code = "unusable_input"
    exit_code = 2


class DatabaseUnavailableError(RembukError, ConnectionError):
    """The database does not answer, or is not ready for this version."""

    code = "database_unavailable"


class SnapshotFrozenError(RembukError, PermissionError):
    """Something would change a snapshot, or write while one is read."""

    code = "snapshot_frozen"


class DemoGuardError(RembukError, PermissionError):
    """The demo city would touch a database that holds real data."""

    code = "demo_guard"


class SecretMissingError(RembukError, LookupError):
    """The secret that pseudonymises children is not set."""

    code = "secret_missing"
