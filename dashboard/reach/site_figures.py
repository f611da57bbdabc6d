"""Where one more puskesmas or pustu would help: the coverage curve with names and places. Pure."""

import pandas as pd

from dashboard.reach.figures import with_care
from dashboard.reach.words import PUSKESMAS, WITH_PUSTU
from models.access import coverage_curve, puskesmas_by_rule

MOST_SITES = 10


def curve(table: pd.DataFrame, reach: pd.DataFrame, places: pd.DataFrame, limit_min: int, kind: str) -> pd.DataFrame:
    """Return `models.access.coverage_curve` with site_kind, site_name, area_code, lat and lon of each site.

    `table`: `figures.reach_table` of the whole city; `reach`: `access.site_reach`; `places`: `access.sites`. A new
    puskesmas may stand where a pustu or posyandu stands, and puskesmas count as there; a new pustu where no pustu
    stands, and pustu count as there too.
    """
    care = PUSKESMAS if kind == "puskesmas" else WITH_PUSTU
    rows = with_care(table[table["is_computed"]], care).set_index("rw_code")
    allowed = places if kind == "puskesmas" else places[places["kind"] != "pustu"]
    pairs = reach[reach["site_code"].isin(allowed["code"])].rename(columns={"rw_code": "origin", "site_code": "site"})
    found = coverage_curve(rows["children"], rows["minutes"] <= limit_min, pairs, MOST_SITES)
    told = allowed.rename(columns={"code": "site", "kind": "site_kind", "name": "site_name"})
    return found.merge(told, on="site", how="left", validate="m:1")


def rule_by_kecamatan(table: pd.DataFrame, facilities: pd.DataFrame, people: float) -> pd.DataFrame:
    """Return kecamatan with their puskesmas, people and what the rule of one for 30,000 people asks for."""
    children = table.groupby(["kecamatan_code", "kecamatan"])["children"].sum(min_count=1).reset_index()
    standing = facilities[facilities["kind"].eq("puskesmas") & facilities["area_code"].notna()]
    counts = standing["area_code"].str.split(".").str[:3].str.join(".").value_counts()
    areas = children.rename(columns={"kecamatan_code": "area_code"}).assign(
        puskesmas=children["kecamatan_code"].map(counts).fillna(0).astype(int)
    )
    return puskesmas_by_rule(areas, people).sort_values(["lacking", "area_code"], ascending=[False, True])
