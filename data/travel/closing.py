"""Scenarios of closed roads: written down, computed on the network without these roads, and taken back.

A scenario's times stand beside the ordinary ones and never replace them. Kept are only the pairs that become longer or
impossible. Who lives in a closed circle, and what stands in one, is cut off: the way to the next dry road is in water.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, text

from data import settings
from data.audit import log
from data.errors import UnusableInputError
from data.pusing.reasons import kept_reason
from data.travel.copying import copy_frame
from data.travel.points import facility_points, rw_points
from geo.modes import MODES
from geo.network import Circle, ClosedRoads, Closures, Network, closed_roads, inside, load_engine, network_without
from geo.travel import durations_s

LONGEST_NAME = 80
_NOTICED_S = 1.0
_DRAWN_DECIMALS = 5

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class ClosureSummary:
    """What a scenario closes and changes."""

    number: int
    closed_km: float
    unknown: tuple[str, ...]
    changed_pairs: int
    cut_off_pairs: int


def close_roads(
    connection: Connection,
    network: Network | None,
    name: str,
    closures: Closures,
    reason: str,
    made_by: str,
    *,
    is_example: bool = False,
    progress: Progress | None = None,
) -> ClosureSummary:
    """Keep a named scenario and compute its travel, all in the caller's transaction.

    Raises UnusableInputError for a scenario that closes nothing, without a name, or whose name is taken, for names that
    no road bears, and where travel was not computed on a network whose files are here.
    """
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise UnusableInputError(f"a scenario needs a name of up to {LONGEST_NAME} letters.", reason="closure_name")
    told = kept_reason(reason)
    if closures.is_empty:
        raise UnusableInputError("nothing is closed: name a street, a bridge or a circle.", reason="closure_empty")
    if connection.scalar(
        text("SELECT 1 FROM road_closure WHERE name = :name AND withdrawn_at IS NULL"), {"name": called}
    ):
        raise UnusableInputError(
            f"a scenario “{called}” exists already; withdraw it first, or take another name.", reason="closure_taken"
        )
    if network is None or not network.roads.exists():
        raise UnusableInputError(
            "roads can only be closed on a road network whose files are on this machine: run `python -m dashboard "
            "travel build FILE.osm.pbf` and `travel fill` here.",
            reason="closure_no_network",
        )
    roads = closed_roads(network.roads, closures)
    if roads.unknown:
        raise UnusableInputError(
            f"no road is called {', '.join(roads.unknown)}; names must be written as on the map.",
            reason="closure_unknown",
            names=", ".join(roads.unknown),
        )
    if not len(roads.nodes):
        raise UnusableInputError("no road lies in the circle; make it larger or move it.", reason="closure_no_road")
    number = connection.scalar(
        text(
            "INSERT INTO road_closure (name, reason, circles, streets, bridges, is_example, made_by) VALUES (:name,"
            " :reason, CAST(:circles AS jsonb), CAST(:streets AS jsonb), CAST(:bridges AS jsonb), :example, :by)"
            " RETURNING id"
        ),
        {
            "name": called,
            "reason": told,
            "circles": json.dumps([asdict(circle) for circle in closures.circles]),
            "streets": json.dumps(closures.streets),
            "bridges": json.dumps(closures.bridges),
            "example": is_example,
            "by": made_by,
        },
    )
    summary = _compute(connection, network, int(number or 0), closures, roads, progress)
    log(connection, "roads closed", closure=summary.number, km=round(summary.closed_km, 2))
    return summary


def compute_closures(
    connection: Connection, network: Network | None, progress: Progress | None = None
) -> list[ClosureSummary]:
    """Compute every scenario that holds once more, on the network that travel now speaks of.

    Without a network and its roads none can be computed: their times go, and the scenarios stay.
    """
    found = connection.execute(
        text("SELECT id, circles, streets, bridges FROM road_closure WHERE withdrawn_at IS NULL ORDER BY id")
    ).all()
    if network is None or not network.roads.exists():
        connection.execute(text("DELETE FROM travel_closed"))
        connection.execute(
            text("UPDATE road_closure SET network_id = NULL, computed_at = NULL, closed_km = NULL, lines = NULL")
        )
        return []
    done = []
    for row in found:
        closures = closures_of(row.circles, row.streets, row.bridges)
        roads = closed_roads(network.roads, closures)
        done.append(_compute(connection, network, row.id, closures, roads, progress))
    return done


def withdraw_closure(connection: Connection, number: int) -> None:
    """Take a scenario back; it stays readable in the log and its times go. One that is gone already is refused."""
    gone = connection.execute(
        text("UPDATE road_closure SET withdrawn_at = clock_timestamp() WHERE id = :id AND withdrawn_at IS NULL"),
        {"id": number},
    )
    if not gone.rowcount:
        raise UnusableInputError(f"scenario {number} is withdrawn already or was never made.", reason="closure_gone")
    connection.execute(text("DELETE FROM travel_closed WHERE closure_id = :id"), {"id": number})
    log(connection, "roads opened", closure=number)


def closures_of(circles: list[dict[str, float]], streets: list[str], bridges: list[str]) -> Closures:
    """Return closures from what the table keeps of them."""
    return Closures(tuple(Circle(**circle) for circle in circles), tuple(streets), tuple(bridges))


def _compute(
    connection: Connection,
    network: Network,
    number: int,
    closures: Closures,
    roads: ClosedRoads,
    progress: Progress | None,
) -> ClosureSummary:
    rw, _ = rw_points(connection)
    places, _ = facility_points(connection)
    connection.execute(text("DELETE FROM travel_closed WHERE closure_id = :id"), {"id": number})
    changed = cut_off = 0
    for done, mode in enumerate(MODES):
        if progress is not None:
            progress(f"travel with closed roads: {mode}", done / len(MODES))
        with network_without(network, mode, roads) as lent:
            engine = load_engine(lent.base(mode))
            seconds = durations_s(lent, rw, places, mode, snap_limit_m=settings.SNAP_LIMIT_M, engine=engine)
        seconds[_in_water(closures, rw)] = np.nan
        seconds[:, _in_water(closures, places)] = np.nan
        rows = _changed(connection, rw, places, mode, seconds)
        copy_frame(connection, "travel_closed", rows.assign(closure_id=number, mode=mode))
        changed, cut_off = changed + len(rows), cut_off + int(rows["duration_s"].isna().sum())
    connection.execute(
        text(
            "UPDATE road_closure SET closed_km = :km, lines = CAST(:lines AS jsonb), computed_at = clock_timestamp(),"
            " network_id = (SELECT id FROM road_network WHERE id = :network) WHERE id = :id"
        ),
        {"km": roads.length_km, "lines": json.dumps(_lines(roads)), "network": network.id, "id": number},
    )
    return ClosureSummary(number, roads.length_km, roads.unknown, changed, cut_off)


def _in_water(closures: Closures, points: pd.DataFrame) -> np.ndarray:
    return inside(closures, points["lat"].to_numpy(dtype=float), points["lon"].to_numpy(dtype=float))


def _changed(
    connection: Connection, rw: pd.DataFrame, places: pd.DataFrame, mode: str, seconds: np.ndarray
) -> pd.DataFrame:
    """Return the pairs that have an ordinary way and a longer one, or none, with the roads closed."""
    ordinary = pd.DataFrame(
        connection.execute(
            text("SELECT rw_code, facility_code, duration_s FROM travel WHERE mode = :mode AND duration_s IS NOT NULL"),
            {"mode": mode},
        ).all(),
        columns=["rw_code", "facility_code", "duration_s"],
    )
    before = np.full(seconds.shape, np.nan)
    at_rw = pd.Index(rw["code"]).get_indexer(pd.Index(ordinary["rw_code"]))
    at_place = pd.Index(places["code"]).get_indexer(pd.Index(ordinary["facility_code"]))
    known = (at_rw >= 0) & (at_place >= 0)
    before[at_rw[known], at_place[known]] = ordinary["duration_s"].to_numpy(dtype=float)[known]
    is_cut_off = ~np.isnan(before) & np.isnan(seconds)
    is_longer = seconds > before + _NOTICED_S
    row, column = np.nonzero(is_cut_off | is_longer)
    return pd.DataFrame(
        {
            "rw_code": rw["code"].to_numpy(dtype=object)[row],
            "facility_code": places["code"].to_numpy(dtype=object)[column],
            "duration_s": seconds[row, column],
        }
    )


def _lines(roads: ClosedRoads) -> list[list[list[float]]]:
    """Return the closed roads as few long paths, for drawing."""
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(roads.ends.reshape(-1, 2, 2))))
    return [np.round(shapely.get_coordinates(part), _DRAWN_DECIMALS).tolist() for part in shapely.get_parts(merged)]
