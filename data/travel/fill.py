"""Fill `travel` and `travel_route`: every RW to every facility but posyandu by every mode, and the roads to draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, RowMapping, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from data import settings
from data.errors import UnusableInputError
from data.schema import area, facility, road_network, service_area, travel, travel_route
from data.travel.copying import copy_frame
from data.travel.networks import STRAIGHT_LINE_ID, record_network
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
    off_network: dict[Mode, list[str]] = field(default_factory=dict)
    """By mode, the codes of RWs and facilities that lie too far from a road."""
    cut_off_pairs: dict[Mode, int] = field(default_factory=dict)
    """By mode, the pairs between which no way leads."""


def fill_travel(connection: Connection, network: Network | None, progress: Progress | None = None) -> TravelSummary:
    """Replace all travel rows and drawn roads by those of `network`, or by straight lines when it is None.

    Works inside the caller's transaction and takes it whole or not at all; a second fill waits for the first, and
    readers see the earlier rows until the commit.

    Raises UnusableInputError when no RW or no facility has a point, and CoordinateError for swapped points.
    """
    tell = progress or _silent
    connection.execute(text("LOCK TABLE travel, travel_route IN SHARE ROW EXCLUSIVE MODE"))
    rw, rw_without_point = _rw_points(connection)
    places, places_without_point = _facility_points(connection)
    for name, points in (("RW", rw), ("facility", places)):
        if points.empty:
            raise UnusableInputError(f"no {name} in the database has a point; load the areas and facilities first.")
    network_id = _make_current(connection, network)
    connection.execute(delete(travel_route))
    connection.execute(delete(travel))
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
    own = _own_puskesmas(connection)
    drawn = 0
    for done, mode in enumerate(MODES):
        tell(f"travel times: {mode}", done / len(MODES))
        matrix = _matrix(network, rw, places, mode)
        summary.off_network[mode] = _off_network(matrix)
        summary.cut_off_pairs[mode] = _cut_off(matrix)
        _write_travel(connection, matrix, mode, network_id)
        if network is not None:
            tell(f"drawn roads: {mode}", (done + 0.5) / len(MODES))
            pairs = _pairs_to_draw(matrix, places, own)
            lines = routes(network, mode, rw, places, pairs, snap_limit_m=settings.SNAP_LIMIT_M)
            _write_routes(connection, lines, mode)
            drawn += len(lines)
    tell("filled", 1.0)
    return TravelSummary(**{**summary.__dict__, "routes": drawn})


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


def _rw_points(connection: Connection) -> tuple[pd.DataFrame, int]:
    """Return RWs with a point (code, lat, lon) and how many have none."""
    rows = connection.execute(
        select(area.c.code, area.c.point_lat.label("lat"), area.c.point_lon.label("lon"))
        .where(area.c.level == "rw", area.c.valid_to.is_(None))
        .order_by(area.c.code)
    )
    return _with_points(rows.mappings().all())


def _facility_points(connection: Connection) -> tuple[pd.DataFrame, int]:
    """Return facilities with a point (code, lat, lon, kind) and how many have none.

    Posyandu are left out: every RW has its own within a short walk, and a thousand of them would make nineteen of every
    twenty rows.
    """
    rows = connection.execute(
        select(facility.c.code, facility.c.lat, facility.c.lon, facility.c.kind)
        .where(facility.c.valid_to.is_(None), facility.c.kind != "posyandu")
        .order_by(facility.c.code)
    )
    return _with_points(rows.mappings().all())


def _with_points(rows: Sequence[RowMapping]) -> tuple[pd.DataFrame, int]:
    frame = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["code", "lat", "lon"])
    located = frame.dropna(subset=["lat", "lon"]).reset_index(drop=True)
    return located, len(frame) - len(located)


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
