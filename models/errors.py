"""Errors of the models floor; messages say what is wrong, where, and what to do."""


class ModelError(Exception):
    """Anything in models that stops an act and that its person can understand."""

    code = "failed"
    exit_code = 1


class UnusableRatesError(ModelError, ValueError):
    """Counts of children from which no rate can be computed."""

    code = "unusable_rates"
    exit_code = 2


class UnusablePriorityError(ModelError, ValueError):
    """Inputs, weights or settings from which RWs can't be ranked."""

    code = "unusable_priority"
    exit_code = 2


class UnusableRotationError(ModelError, ValueError):
    """Facts or rules from which no rotation of the mobile clinic can be planned."""

    code = "unusable_rotation"
    exit_code = 2


class RotationSolverError(ModelError, RuntimeError):
    """The solver ended without a plan and without a proof that there is none."""

    code = "rotation_solver"
    exit_code = 1


class SeriesMixError(ModelError, ValueError):
    """Figures of two series, such as routine and survey, were about to be joined."""

    code = "series_mix"
    exit_code = 2


class UnusableTrendError(ModelError, ValueError):
    """Counts or periods from which no trend, limit or forecast can be computed."""

    code = "unusable_trend"
    exit_code = 2


class UnusableQualityError(ModelError, ValueError):
    """Counts of weighings from which their quality can't be judged."""

    code = "unusable_quality"
    exit_code = 2
