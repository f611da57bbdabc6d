"""Turns the demo's geography into rows of area, facility and service_area, and into what the children know of it."""

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection

from data.demo import bulk
from data.demo.facilities import DemoFacilities
from data.demo.geography import DemoGeography
from data.demo.neighbourhoods import Neighbourhoods
from geo.travel.straight_line import geodesic_m

_AREA_COLUMNS = (
    "code",
    "level",
    "name",
    "parent_code",
    "geometry_source",
    "point_lat",
    "point_lon",
    "point_source",
    "area_km2",
)


def neighbourhoods(geography: DemoGeography, facilities: DemoFacilities) -> Neighbourhoods:
    """Return the RWs as the simulation needs them; the way to care is the straight line to the own puskesmas."""
    rw = geography.rw.sort_values("code", ignore_index=True)
    own = rw[["code"]].merge(
        facilities.service_area, left_on="code", right_on="rw_code", how="left", validate="one_to_one"
    )
    places = facilities.facility.set_index("code").loc[own["facility_code"], ["lat", "lon"]]
    distance_m = geodesic_m(
        rw["point_lat"].to_numpy(), rw["point_lon"].to_numpy(), places["lat"].to_numpy(), places["lon"].to_numpy()
    )
    return Neighbourhoods(
        codes=rw["code"].to_numpy(dtype=str),
        lat=rw["point_lat"].to_numpy(),
        lon=rw["point_lon"].to_numpy(),
        weight=rw["under_five_weight"].to_numpy() / rw["under_five_weight"].sum(),
        area_km2=rw["area_km2"].to_numpy(),
        distance_m=distance_m,
    )


def load_places(connection: Connection, geography: DemoGeography, facilities: DemoFacilities) -> None:
    """Load areas (parents first), facilities and service areas."""
    areas = geography.areas
    columns = {name: pa.array(areas[name].to_numpy(dtype=object), from_pandas=True) for name in _AREA_COLUMNS}
    outlines = bulk.bytes_text(list(areas.geometry.to_wkb()))
    bulk.copy_columns(connection, "area", columns | {"geometry": pa.array(outlines, pa.string())})
    bulk.copy_columns(connection, "facility", _columns(facilities.facility))
    bulk.copy_columns(connection, "service_area", _columns(facilities.service_area))


def first_posyandu_names(facilities: DemoFacilities, rw_codes: Sequence[str]) -> list[str]:
    """Return the name of each RW's posyandu on the map."""
    posyandu = facilities.facility.query("kind == 'posyandu'").set_index("area_code")["name"]
    return posyandu.loc[list(rw_codes)].tolist()


def own_puskesmas(facilities: DemoFacilities, rw_codes: Sequence[str]) -> NDArray[np.str_]:
    """Return the code of each RW's own puskesmas."""
    own = facilities.service_area.set_index("rw_code")["facility_code"]
    return own.loc[list(rw_codes)].to_numpy(dtype=str)


def _columns(frame: pd.DataFrame) -> dict[str, pa.Array]:
    return {name: _column(frame[name]) for name in frame.columns}


def _column(values: pd.Series) -> pa.Array:
    plain = [None if pd.isna(value) else value for value in values.tolist()]
    if any(isinstance(value, datetime.date) for value in plain):
        return pa.array(plain, pa.date32())
    if any(isinstance(value, float) for value in plain):
        return pa.array(np.array([np.nan if value is None else value for value in plain]), from_pandas=True)
    return pa.array(plain)
