"""A ground of hand-written squares: four RWs of 0.01 degrees in a row, the last two in another kelurahan."""

import pandas as pd
import shapely

from dashboard.maps.ground import Ground, Label

SIDE = 0.01
SOUTH, WEST = -6.30, 107.00
CODES = ("32.75.01.1001.001", "32.75.01.1001.002", "32.75.01.1002.001", "32.75.01.1002.002")


def ground(*, with_facilities: bool = True) -> Ground:
    """Return the squares, with a partner clinic in the second and a puskesmas outside any RW."""
    shapes = [shapely.box(WEST + i * SIDE, SOUTH, WEST + (i + 1) * SIDE, SOUTH + SIDE) for i in range(4)]
    rws = pd.DataFrame(
        {
            "code": CODES,
            "rw_name": ["RW 001", "RW 002", "RW 001", "RW 002"],
            "kelurahan_code": [code[:13] for code in CODES],
            "kelurahan": ["Satu", "Satu", "Dua", "Dua"],
            "kecamatan_code": "32.75.01",
            "kecamatan": "Timur",
            "point_lat": SOUTH + SIDE / 2,
            "point_lon": [WEST + (i + 0.5) * SIDE for i in range(4)],
            "point_source": "population",
            "has_outline": True,
        }
    )
    places = pd.DataFrame(
        [
            ("K-1", "klinik", "Klinik Dua", SOUTH + 0.002, WEST + 0.013, True),
            ("P-1", "puskesmas", "Puskesmas Satu", SOUTH + SIDE + 0.001, WEST + 0.005, False),
        ],
        columns=["code", "kind", "name", "lat", "lon", "is_partner"],
    )
    return Ground(
        rws=rws,
        outlined=CODES,
        shapes=tuple(shapes),
        rw_borders=(shapely.LineString([(WEST + SIDE, SOUTH), (WEST + SIDE, SOUTH + SIDE)]),),
        kelurahan_borders=(shapely.LineString([(WEST + 2 * SIDE, SOUTH), (WEST + 2 * SIDE, SOUTH + SIDE)]),),
        kecamatan_borders=(shapely.union_all(shapes).exterior,),
        facilities=places if with_facilities else places[:0],
        basemap={},
        labels=(Label("Timur", WEST + 2 * SIDE, SOUTH - 0.001, "kecamatan"),),
        bounds=(WEST, SOUTH, WEST + 4 * SIDE, SOUTH + SIDE),
    )
