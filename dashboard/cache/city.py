"""Which city the database holds, its snapshots, its loads and what it lacks."""

import pandas as pd

from dashboard.access import PLANNER, Viewer, viewer_as
from dashboard.cache.ground import all_facilities, places
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.login.demo_roles import demo_roles as roles_of
from data.queries import city, completeness, imports, snapshots
from data.queries.snapshots import Snapshot
from data.scope import Scope, scoped_connection


@kept()
def snapshot_named(scope: Scope, version: str, snapshot_id: str) -> Snapshot | None:  # noqa: ARG001 - part of the key
    """Return a frozen state by its id, or None where there is none of that id."""
    return read(scope, snapshots.snapshot_named, snapshot_id)


@kept()
def all_snapshots(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the frozen states, newest first."""
    return read(scope, snapshots.snapshots)


@kept()
def city_state(scope: Scope, version: str) -> city.CityState | None:  # noqa: ARG001 - part of the key
    """Return which city the database holds and up to which month."""
    return read(scope, city.city_state)


@kept("Memeriksa kelengkapan…")
def gaps(version: str) -> tuple[completeness.Gap, ...]:
    """Return what the city lacks: counts and names of places, the same for whoever may ask."""
    with scoped_connection(engine(), engine_of(version)) as connection:
        return tuple(completeness.gaps(connection))


@kept()
def demo_roles(version: str) -> dict[str, Viewer]:
    """Return the roles in which the demo city can be tried; no figures are in them."""
    everyone = viewer_as(PLANNER, "").scope.reading(engine_of(version).snapshot)
    return roles_of(places(everyone, version), all_facilities(everyone, version))


@kept()
def recent_batches(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the newest imports."""
    return read(scope, imports.recent_batches)
