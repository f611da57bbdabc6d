"""Fill travel: every RW to every facility but posyandu by every mode, the roads to draw, the places where care could
stand, and the scenarios of closed roads."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from data import settings
from data.errors import UnusableInputError
from data.schema import road_network, service_area, site_travel, travel, travel_route
from data.travel.closing import compute_closures
from data.travel.copying import copy_frame
from data.travel.networks import STRAIGHT_LINE_ID, record_network
from data.travel.points import facility_points, rw_points
from data.travel.sites import SITE_MODES, site_points, write_site_travel
from geo.modes import MODES, Mode
from geo.network import Network
from geo.travel import CIRCUITY, SPEED_KMH, routes, straight_line_matrix, travel_matrix

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class TravelSummary:
    """What a fill wrote: how many rows and drawn roads, and whom it could not reach."""

    method: str
    network_id: str
    rw: int
    facilities: int
    rows: int
    routes: int
    rw_without_point: int
    facilities_without_point: int
    closures: int = 0
    off_network: dict[Mode, list[str]] = field(default_factory=dict)
    """By mode, the codes of RWs and facilities that lie too far from a road."""
    cut_off_pairs: dict[Mode, int] = field(default_factory=dict)
    """By mode, the pairs between which no way leads."""


def fill_travel(connection: Connection, network: Network | None, progress: Progress | None = None) -> TravelSummary:
    """Replace all travel rows and drawn roads by those of `network`, or by straight lines when it is None.

    Standing scenarios of closed roads are computed again on it; without a network their times go.

    Works inside the caller's transaction and takes it whole or not at all; a second fill waits for the first, and
    readers see the earlier rows until the commit.

    Raises UnusableInputError when no RW or no facility has a point, and CoordinateError for swapped points.
    """
    tell = progress or _silent
    connection.execute(text("LOCK TABLE travel, travel_route, site_travel IN SHARE ROW EXCLUSIVE MODE"))
    rw, rw_without_point = rw_points(connection)
    places, places_without_point = facility_points(connection)
    for name, points in (("RW", rw), ("facility", places)):
        if points.empty:
            raise UnusableInputError(f"no {name} in the database has a point; load the areas and facilities first.")
    network_id = _make_current(connection, network)
    connection.execute(delete(travel_route))
    connection.execute(delete(travel))
    connection.execute(delete(site_travel))
    summary = TravelSummary(
        method="straight_line" if network is None else "network",
        network_id=network_id,
        rw=len(rw),
        facilities=len(places),
        rows=len(rw) * len(places) * len(MODES),
        routes=0,
        rw_without_point=rw_without_point,
        facilities_without_point=places_without_point,
    )
    own, sites = _own_puskesmas(connection), site_points(connection)
    drawn = 0
    for done, mode in enumerate(MODES):
        tell(f"travel times: {mode}", done / len(MODES))
        matrix = _matrix(network, rw, places, mode)
        summary.off_network[mode] = _off_network(matrix)
        summary.cut_off_pairs[mode] = _cut_off(matrix)
        _write_travel(connection, matrix, mode, network_id)
        if mode in SITE_MODES:
            tell(f"places where care could stand: {mode}", (done + 0.3) / len(MODES))
            write_site_travel(connection, network, rw, sites, mode, _nearest_puskesmas_s(matrix, places))
        if network is not None:
            tell(f"drawn roads: {mode}", (done + 0.5) / len(MODES))
            pairs = _pairs_to_draw(matrix, places, own)
            lines = routes(network, mode, rw, places, pairs, snap_limit_m=settings.SNAP_LIMIT_M)
            _write_routes(connection, lines, mode)
            drawn += len(lines)
    closures = compute_closures(connection, network, tell)
    tell("filled", 1.0)
    return TravelSummary(**{**summary.__dict__, "routes": drawn, "closures": len(closures)})


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


def _own_puskesmas(connection: Connection) -> pd.DataFrame:
    """Return each RW's own puskesmas today (columns origin, destination)."""
    rows = connection.execute(
        select(service_area.c.rw_code, service_area.c.facility_code).where(
            service_area.c.valid_from <= func.current_date(),
            func.coalesce(service_area.c.valid_to, func.current_date()) >= func.current_date(),
        )
    )
    return pd.DataFrame(rows.all(), columns=["origin", "destination"])


def _matrix(network: Network | None, rw: pd.DataFrame, places: pd.DataFrame, mode: Mode) -> pd.DataFrame:
    if network is None:
        return straight_line_matrix(rw, places, mode)
    return travel_matrix(network, rw, places, mode, snap_limit_m=settings.SNAP_LIMIT_M)


def _off_network(matrix: pd.DataFrame) -> list[str]:
    found: list[str] = []
    for end in ("origin", "destination"):
        snaps = matrix.drop_duplicates(end)
        found += snaps.loc[snaps[f"{end}_snap_m"] > settings.SNAP_LIMIT_M, end].tolist()
    return found


def _cut_off(matrix: pd.DataFrame) -> int:
    worst_snap = matrix[["origin_snap_m", "destination_snap_m"]].max(axis=1)
    return int(((matrix["method"] == "unrouted") & (worst_snap <= settings.SNAP_LIMIT_M)).sum())


def _nearest_puskesmas_s(matrix: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    is_puskesmas = matrix["destination"].isin(places.loc[places["kind"] == "puskesmas", "code"])
    return matrix[is_puskesmas].groupby("origin")["duration_s"].min()


def _pairs_to_draw(matrix: pd.DataFrame, places: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return each RW with its own and with its nearest puskesmas by this mode, once."""
    is_puskesmas = matrix["destination"].isin(places.loc[places["kind"] == "puskesmas", "code"])
    reached = matrix[is_puskesmas & (matrix["method"] == "network")]
    nearest = reached.sort_values(["duration_s", "destination"]).drop_duplicates("origin")
    ends = matrix[["origin", "destination"]].loc[matrix["method"] == "network"]
    own_reached = own.merge(ends, on=["origin", "destination"], validate="m:1")
    return pd.concat([own_reached, nearest[["origin", "destination"]]]).drop_duplicates(ignore_index=True)


def _make_current(connection: Connection, network: Network | None) -> str:
    """Make the network the one that travel speaks of, and return its id."""
    if network is None:
        speeds = ", ".join(f"{mode} {speed:g} km/h" for mode, speed in SPEED_KMH.items())
        row = {
            "id": STRAIGHT_LINE_ID,
            "engine": "none",
            "source": f"straight line × {CIRCUITY:g} (Boscoe et al. 2012); assumed speeds: {speeds}",
        }
        connection.execute(insert(road_network).values(row).on_conflict_do_update(index_elements=["id"], set_=row))
    elif not connection.scalar(select(road_network.c.id).where(road_network.c.id == network.id)):
        record_network(connection, network)
    network_id = STRAIGHT_LINE_ID if network is None else network.id
    connection.execute(update(road_network).values(is_current=road_network.c.id == network_id))
    return network_id


def _write_travel(connection: Connection, matrix: pd.DataFrame, mode: Mode, network_id: str) -> None:
    named = matrix.rename(columns={"origin": "rw_code", "destination": "facility_code"})
    copy_frame(connection, "travel", named.assign(mode=mode, network_id=network_id))


def _write_routes(connection: Connection, lines: pd.DataFrame, mode: Mode) -> None:
    frame = pd.DataFrame(
        {
            "rw_code": lines["origin"],
            "facility_code": lines["destination"],
            "mode": mode,
            "geometry": [f"\\x{wkb}" for wkb in shapely.to_wkb(np.asarray(lines["geometry"], dtype=object), hex=True)],
        }
    )
    copy_frame(connection, "travel_route", frame)
