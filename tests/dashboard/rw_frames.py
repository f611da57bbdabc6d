"""A small RW table as the map gets it, with one RW of each standing."""

import pandas as pd

from dashboard.rw_table import rw_table


def small_table() -> pd.DataFrame:
    """Six RWs: two well weighed, one weighed too little, one without a target, one with nobody, one silent."""
    codes = [f"32.75.01.1001.{number:03d}" for number in range(1, 7)]
    names = pd.DataFrame(
        {
            "code": codes,
            "rw_name": [f"RW {number:03d}" for number in range(1, 7)],
            "kelurahan_code": "32.75.01.1001",
            "kelurahan": "Bekasi Jaya",
            "kecamatan_code": "32.75.01",
            "kecamatan": "Bekasi Timur",
            "point_lat": -6.23,
            "point_lon": 107.01,
            "point_source": "population",
            "has_outline": True,
        }
    )
    counts = pd.DataFrame(
        {
            "rw_code": codes[:5],
            "s_target": [100, 100, 100, None, 100],
            "k_enrolled": [100, 100, 100, None, 100],
            "d_weighed": [90, 95, 30, 80, 0],
            "n_gained": [60, 60, 20, 50, 0],
            "haz_valid": [88, 94, 28, 78, 0],
            "stunted": [12, 0, 0, 3, 0],
            "severely_stunted": [2, 0, 0, 0, 0],
            "waz_valid": [88, 94, 28, 78, 0],
            "underweight": 0,
            "whz_valid": [88, 94, 28, 78, 0],
            "wasted": 0,
        }
    )
    counts = counts.assign(stunted_low=counts["stunted"], stunted_high=counts["stunted"])
    return rw_table(names, counts, attendance_minimum=0.6)
