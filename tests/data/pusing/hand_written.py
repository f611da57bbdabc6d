"""A city of two kelurahan, six RWs and two puskesmas, small enough to check in the head.

RWs are unit squares of a hundredth of a degree in two rows of three; the upper row is the first kelurahan. Walking to
the own puskesmas takes ten minutes more for every column to the right, and five more to the other one.
"""

import datetime

import shapely
from sqlalchemy import Connection, text

CITY, KECAMATAN = "32.75", "32.75.01"
KELURAHAN = (f"{KECAMATAN}.1001", f"{KECAMATAN}.1002")
RWS = tuple(f"{kelurahan}.{number:03d}" for kelurahan in KELURAHAN for number in (1, 2, 3))
PUSKESMAS = ("PKM-1", "PKM-2")
MONTHS = tuple(datetime.date(2026, month, 1) for month in (8, 9, 10))
VISITS_IN = datetime.date(2026, 11, 1)


def load(connection: Connection) -> None:
    """Write the city: D/S falls by column (90, 60, 30 %), and stunted children grow (2, 4, 6)."""
    areas = [(CITY, "kota", "Kota Contoh", None, None), (KECAMATAN, "kecamatan", "Timur", CITY, None)]
    areas += [
        (code, "kelurahan", name, KECAMATAN, None) for code, name in zip(KELURAHAN, ("Atas", "Bawah"), strict=True)
    ]
    for place, code in enumerate(RWS):
        row, column = divmod(place, 3)
        west, south = 107 + column / 100, -6.2 - row / 100
        outline = shapely.box(west, south, west + 0.01, south + 0.01)
        areas.append((code, "rw", f"RW {code[-3:]}", code[:-4], outline))
    for code, level, name, parent, outline in areas:
        connection.execute(
            text(
                "INSERT INTO area (code, level, name, parent_code, geometry, point_lat, point_lon, point_source)"
                " VALUES (:code, :level, :name, :parent, :geometry, :lat, :lon, 'population')"
            ),
            {
                "code": code,
                "level": level,
                "name": name,
                "parent": parent,
                "geometry": None if outline is None else outline.wkb,
                "lat": None if outline is None else outline.centroid.y,
                "lon": None if outline is None else outline.centroid.x,
            },
        )
    connection.execute(
        text("INSERT INTO setting (code, value) VALUES ('city', CAST(:value AS jsonb))"),
        {"value": '{"city_code": "32.75", "is_demo": true}'},
    )
    connection.execute(
        text("INSERT INTO road_network (id, engine, source, is_current) VALUES ('hand', 'none', 'hand-written', true)")
    )
    for number, code in enumerate(PUSKESMAS):
        connection.execute(
            text(
                "INSERT INTO facility (code, kind, name, area_code, lat, lon)"
                " VALUES (:code, 'puskesmas', :name, :area, :lat, 107.005)"
            ),
            {
                "code": code,
                "name": f"Puskesmas {('Atas', 'Bawah')[number]}",
                "area": KELURAHAN[number],
                "lat": -6.195 - number / 100,
            },
        )
    for place, code in enumerate(RWS):
        row, column = divmod(place, 3)
        _load_rw(connection, code, row, column)


def _load_rw(connection: Connection, code: str, row: int, column: int) -> None:
    connection.execute(
        text("INSERT INTO service_area (rw_code, facility_code) VALUES (:rw, :facility)"),
        {"rw": code, "facility": PUSKESMAS[row]},
    )
    for number, facility in enumerate(PUSKESMAS):
        for mode, pace in (("walk", 1.0), ("motorcycle", 4.0), ("car", 3.0)):
            minutes = (10 * (column + 1) + 5 * (number != row)) / pace
            connection.execute(
                text(
                    "INSERT INTO travel (rw_code, facility_code, mode, duration_s, distance_m, origin_snap_m,"
                    " destination_snap_m, method, network_id)"
                    " VALUES (:rw, :facility, :mode, :seconds, :metres, 5, 5, 'network', 'hand')"
                ),
                {"rw": code, "facility": facility, "mode": mode, "seconds": 60 * minutes, "metres": 80 * minutes},
            )
    for month in MONTHS:
        weighed = (90, 60, 30)[column]
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, k_enrolled, d_weighed, n_gained,"
                " haz_valid, stunted, severely_stunted, waz_valid, whz_valid)"
                " VALUES (:rw, :month, '24-59', 1, 100, 100, :weighed, 0, :weighed, :stunted, 1, :weighed, :weighed)"
            ),
            {"rw": code, "month": month, "weighed": weighed, "stunted": 2 * (column + 1)},
        )
        connection.execute(
            text(
                "INSERT INTO maternal_month (rw_code, month, pregnant_target, screened)"
                " VALUES (:rw, :month, 10, :screened)"
            ),
            {"rw": code, "month": month, "screened": 10 - 3 * column},
        )
