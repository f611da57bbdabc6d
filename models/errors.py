"""Errors of the models floor; messages say what is wrong, where, and what to do."""


class ModelError(Exception):
    """Anything in models that stops an act and that its person can understand."""

    code = "failed"
    exit_code = 1


class UnusableRatesError(ModelError, ValueError):
    """Counts of children from which no rate can be computed."""

    code = "unusable_rates"
    exit_code = 2
