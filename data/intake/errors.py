"""Errors of the intake."""

from data.errors import RembukError


class IntakeFailedError(RembukError, RuntimeError):
    """The intake itself is at fault; nothing was written, and the message holds no cell of the file."""

    code = "intake_failed"
