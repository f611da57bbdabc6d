"""Errors of the geo floor; messages say what is wrong, where, and what to do."""


class GeoError(Exception):
    """Anything in geo that stops an act and that its person can understand."""

    code = "failed"
    exit_code = 1
