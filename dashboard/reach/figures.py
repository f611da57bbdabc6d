"""One row per RW with every travel time that the page Akses speaks of, and what is summed from it. Pure."""

import numpy as np
import pandas as pd

from dashboard.reach.words import PUSKESMAS, WITH_PARTNERS, WITH_PUSTU
from models.access import enhanced_two_step, shares_within
from models.access.capacity import ZONES_MIN

FEWEST_OTHERS = 5
"""So many RWs outside a viewer's areas must be in the city's figure, or what is left of it tells of one of them."""

LEVELS = {"kelurahan": "kelurahan_code", "kecamatan": "kecamatan_code", "puskesmas": "puskesmas_code"}
LONGEST_S = 60.0 * max(ZONES_MIN)


def reach_table(rws: pd.DataFrame, puskesmas: pd.DataFrame, other: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Return one row per RW, in the order of `rws`.

    `rws`: the month's RW table (code, names, s_target, rate, status); `puskesmas`: `travel.own_and_nearest`; `other`:
    `access.other_care`; `around`: `access.puskesmas_within`. Columns: rw_code, rw_name, kelurahan(_code),
    kecamatan(_code), children, rate, status, is_computed, puskesmas_code (own), own_minutes, nearest_code,
    puskesmas_minutes, pustu_minutes, partner_code, partner_minutes, supply (puskesmas per 10,000 under-fives, E2SFCA).
    """
    table = rws[["code", "rw_name", "kelurahan_code", "kelurahan", "kecamatan_code", "kecamatan", "rate", "status"]]
    table = table.rename(columns={"code": "rw_code"}).assign(children=rws["s_target"].astype(float))
    reach = puskesmas.set_index("rw_code").reindex(table["rw_code"])
    table = table.assign(
        is_computed=reach["method"].notna().to_numpy(),
        puskesmas_code=reach["own_code"].to_numpy(),
        own_minutes=_minutes(reach["own_duration_s"]),
        nearest_code=reach["nearest_code"].to_numpy(),
        puskesmas_minutes=_minutes(reach["nearest_duration_s"]),
    )
    for care in ("pustu", "partner"):
        found = other[other["care"] == care].set_index("rw_code").reindex(table["rw_code"])
        table[f"{care}_code"] = found["facility_code"].to_numpy()
        table[f"{care}_minutes"] = _minutes(found["duration_s"])
    children = table.set_index("rw_code")["children"]
    places = pd.Series(1.0, index=sorted(around["facility_code"].unique()))
    minutes = pd.DataFrame(
        {
            "origin": around["rw_code"],
            "destination": around["facility_code"],
            "minutes": around["duration_s"].astype(float) / 60,
        }
    )
    supply = enhanced_two_step(children, places, minutes)
    return table.assign(supply=supply.to_numpy())


def with_care(table: pd.DataFrame, care: str) -> pd.DataFrame:
    """Return the table with `minutes` to the nearest place of the kinds that count."""
    columns = {
        PUSKESMAS: ["puskesmas_minutes"],
        WITH_PUSTU: ["puskesmas_minutes", "pustu_minutes"],
        WITH_PARTNERS: ["puskesmas_minutes", "pustu_minutes", "partner_minutes"],
    }[care]
    return table.assign(minutes=table[columns].min(axis=1))


def city_shares(whole: pd.DataFrame, own: frozenset[str] | None, care: str) -> pd.Series | None:
    """Return the city's shares (`shares_within`) with supply, or None where too few RWs outside the own are in it."""
    if whole.empty:
        return None
    if own is not None and 0 < int((~whole["rw_code"].isin(own)).sum()) < FEWEST_OTHERS:
        return None
    rows = with_care(whole, care)
    found = shares_within(rows, pd.Series("kota", index=rows.index)).iloc[0]
    return pd.concat([found, pd.Series({"supply": _mean_supply(rows)})])


def area_shares(own: pd.DataFrame, level: str, care: str) -> pd.DataFrame:
    """Return the shares of each area of a level (`LEVELS`) over the rows given, with supply; least reached first."""
    rows = with_care(own, care)
    column = LEVELS[level]
    rows = rows[rows[column].notna()]
    found = shares_within(rows, rows[column])
    known = rows["supply"].notna() & (rows["children"] > 0)
    weight = rows["children"].where(known, 0.0)
    sums = pd.DataFrame({"supply": (weight * rows["supply"]).fillna(0.0), "weight": weight}).groupby(rows[column]).sum()
    found["supply"] = found["area_code"].map(sums["supply"] / sums["weight"].where(sums["weight"] > 0))
    return found.sort_values(["within_15", "area_code"], na_position="last", ignore_index=True)


def _mean_supply(rows: pd.DataFrame) -> float:
    known = rows[rows["supply"].notna() & (rows["children"] > 0)]
    return float(np.average(known["supply"], weights=known["children"])) if len(known) else float("nan")


def _minutes(seconds: pd.Series) -> np.ndarray:
    return pd.to_numeric(seconds, errors="coerce").to_numpy(dtype=float) / 60
