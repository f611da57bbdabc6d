"""What can be chosen on a map, by name, and where it is."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Named:
    """What can be chosen on the map: RWs and places of care by name, the codes of all, and where each is."""

    by_name: dict[str, str]
    points: dict[str, tuple[float, float] | None]


def named(rws: pd.DataFrame, facilities: pd.DataFrame) -> Named:
    """Return RWs and places of care; posyandu can be linked to, and are too many to offer by name."""
    offered = facilities[facilities["kind"] != "posyandu"]
    names = [*(rws["rw_name"] + ", " + rws["kelurahan"]), *offered["name"]]
    places = pd.concat(
        [
            rws[["code", "point_lon", "point_lat"]].set_axis(["code", "lon", "lat"], axis=1),
            facilities[["code", "lon", "lat"]],
        ]
    )
    return Named(
        dict(zip(names, [*rws["code"], *offered["code"]], strict=True)),
        {
            code: None if pd.isna(lon) or pd.isna(lat) else (float(lon), float(lat))
            for code, lon, lat in places.itertuples(index=False)
        },
    )
