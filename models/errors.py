"""Errors of the models floor; messages say what is wrong, where, and what to do."""


class ModelError(Exception):
    """Anything in models that stops an act and that its person can understand."""

    code = "failed"
    exit_code = 1
