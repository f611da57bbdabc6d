"""Names of places that a file spells in its own way: asked for once, and remembered."""

from collections import Counter
from collections.abc import Iterable

from dashboard import cache
from dashboard.access import Viewer
from dashboard.intake.view import ask_places
from data.intake.places import UnknownPlace


def ask_names(viewer: Viewer, version: str, unknown: Iterable[UnknownPlace]) -> None:
    """Let each unknown name be given its area; the file is then read anew with it."""
    counted = list(Counter(unknown).items())
    if counted:
        places, rws = cache.places(viewer.scope, version), cache.rw_names(viewer.scope, version)
        ask_places(viewer, counted, places, rws, "muat")
