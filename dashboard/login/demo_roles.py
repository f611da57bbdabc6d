"""The roles in which the demo city can be tried, by the name that a person picks."""

import pandas as pd

from dashboard.access import ADMIN, CAMAT, INSPECTOR, LURAH, MAYOR, OPD, PLANNER, PUSKESMAS, SCREEN, Viewer, viewer_as


def demo_roles(places: pd.DataFrame, facilities: pd.DataFrame) -> dict[str, Viewer]:
    """Return a viewer for every role and place of a city: kecamatan, kelurahan and puskesmas by name."""
    named = {level: rows[["name", "code"]].to_numpy().tolist() for level, rows in places.groupby("level")}
    is_served = facilities["kind"].eq("puskesmas") & facilities["area_code"].notna()
    return {
        "Perencana Dinkes": viewer_as(PLANNER, "Perencana Dinkes"),
        "Wali Kota": viewer_as(MAYOR, "Wali Kota"),
        "Layar rakor": viewer_as(SCREEN, "Layar rakor"),
        "Dinas Sosial (OPD)": viewer_as(OPD, "Dinas Sosial (OPD)", unit="Dinas Sosial"),
        "Pengelola pengguna": viewer_as(ADMIN, "Pengelola pengguna"),
        "Inspektorat": viewer_as(INSPECTOR, "Inspektorat"),
        **{f"Camat {name}": viewer_as(CAMAT, f"Camat {name}", code) for name, code in named.get("kecamatan", [])},
        **{f"Lurah {name}": viewer_as(LURAH, f"Lurah {name}", code) for name, code in named.get("kelurahan", [])},
        **{
            f"Kepala {name}": viewer_as(PUSKESMAS, f"Kepala {name}", "", code)
            for name, code in facilities.loc[is_served, ["name", "code"]].to_numpy()
        },
    }
