"""Errors of the geo floor; messages say what is wrong, where, and what to do."""


class GeoError(Exception):
    """Anything in geo that stops an act and that its person can understand."""

    code = "failed"
    exit_code = 1


class PartitionError(GeoError, ValueError):
    """Points and sizes that no partition into areas can satisfy."""

    code = "partition"
    exit_code = 2


class CoverageError(GeoError, ValueError):
    """Areas whose borders overlap or gape by more than can be mended."""

    code = "coverage"
    exit_code = 2


class BrokenExtractError(GeoError, ValueError):
    """A file that is no OpenStreetMap extract, or is cut off or damaged."""

    code = "broken_extract"
    exit_code = 2


class NoRoadError(GeoError, ValueError):
    """An extract, or the part of it around the boundary, holds no road that a mode may use."""

    code = "no_road"
    exit_code = 2


class CoordinateError(GeoError, ValueError):
    """A point that is nowhere on Earth, or whose latitude and longitude are swapped."""

    code = "coordinate"
    exit_code = 2


class RoutingUnavailableError(GeoError, RuntimeError):
    """The routing engine is not installed on this machine."""

    code = "routing_unavailable"


class NetworkBuildError(GeoError, RuntimeError):
    """The routing engine failed on an extract that can be read."""

    code = "network_build"


class ClosureError(GeoError, ValueError):
    """Roads that cannot be closed: a circle that is none, or a network without its roads."""

    code = "closure"
    exit_code = 2
