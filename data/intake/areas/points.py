"""The point of a row: two numbers, put right where they are swapped.

Longitudes of Indonesia are 94 to 142 degrees and latitudes -12 to 7, so that a pair has one reading at most: a swapped
point is turned, and told, and nothing is guessed. What has no reading is a fault of its row.
"""

from dataclasses import dataclass

import numpy as np

from data.intake.areas.placing import Fault
from data.intake.areas.reading import is_in_indonesia
from data.intake.areas.sheet import Row, degrees, is_wrong_number


@dataclass(frozen=True)
class Point:
    """A point in degrees, and whether the table had its two numbers swapped."""

    lat: float
    lon: float
    is_turned: bool = False

    @property
    def degrees(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


def read_point(row: Row) -> Point | Fault | None:
    """Return the point of a row's `lat` and `lon`, None where both are blank, or what is wrong with them."""
    told = f"{row['lat']}; {row['lon']}"
    if is_wrong_number(row["lat"]) or is_wrong_number(row["lon"]):
        return Fault(row.number, "number_invalid", told)
    lat, lon = degrees(row["lat"]), degrees(row["lon"])
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        return Fault(row.number, "half_a_point")
    if _is_here(lat, lon):
        return Point(lat, lon)
    if _is_here(lon, lat):
        return Point(lon, lat, is_turned=True)
    return Fault(row.number, "point_elsewhere", told)


def _is_here(lat: float, lon: float) -> bool:
    return bool(is_in_indonesia(np.array([lon]), np.array([lat]))[0])
