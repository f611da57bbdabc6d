"""The RWs as the simulated children know them: where they are, how many live there, how far care is.

Rows are sorted by code, so that every kelurahan is one run of rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.errors import UnusableInputError

KELURAHAN_LENGTH = len("32.75.01.1001")
KECAMATAN_LENGTH = len("32.75.01")


@dataclass(frozen=True)
class Neighbourhoods:
    """R neighbourhoods; `weight` is each one's share of the children (sums to 1), `distance_m` the way to care."""

    codes: NDArray[np.str_]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    weight: NDArray[np.float64]
    area_km2: NDArray[np.float64]
    distance_m: NDArray[np.float64]

    def __post_init__(self) -> None:
        if len(self.codes) == 0 or not (self.codes[:-1] < self.codes[1:]).all():
            raise UnusableInputError("the demo city's RWs must be sorted by code, each once.")

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def kelurahan(self) -> NDArray[np.intp]:
        """Number of each RW's kelurahan, 0 upwards in the order of the codes."""
        return _numbers(self.codes, KELURAHAN_LENGTH)

    @property
    def kecamatan(self) -> NDArray[np.intp]:
        """Number of each RW's kecamatan, 0 upwards in the order of the codes."""
        return _numbers(self.codes, KECAMATAN_LENGTH)

    def within(self, prefixes: tuple[str, ...]) -> "Neighbourhoods":
        """Return the RWs whose code starts with one of the prefixes; their weights keep their share of the city."""
        chosen = np.array([code.startswith(prefixes) for code in self.codes])
        return Neighbourhoods(
            self.codes[chosen],
            self.lat[chosen],
            self.lon[chosen],
            self.weight[chosen],
            self.area_km2[chosen],
            self.distance_m[chosen],
        )


def _numbers(codes: NDArray[np.str_], length: int) -> NDArray[np.intp]:
    return np.unique(codes.astype(f"U{length}"), return_inverse=True)[1]
