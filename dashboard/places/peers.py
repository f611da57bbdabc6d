"""Rates and ranks of places of one level, from the frame that the ranking starts from.

RWs have the rate that map and ranking know. Areas above them, and wilayah kerja, are rated by their own counts, which
are many: they are only drawn to what all of their level have in common.
"""

import numpy as np
import pandas as pd

from dashboard.own_areas import is_whole
from models.rates.attendance import absentee_bounds, attendance, classify, expected_stunted
from models.rates.beta_binomial import beta_interval
from models.rates.peers import area_posteriors, ranked_peers

PARENT_COLUMNS = {"kelurahan": "kelurahan_code", "kecamatan": "kecamatan_code", "puskesmas": "puskesmas_code"}
LEVELS = ("rw", *PARENT_COLUMNS)
_SUMMED = ("stunted", "measured", "d_weighed", "s_target")


def with_rates(frame: pd.DataFrame, attendance_minimum: float) -> pd.DataFrame:
    """Add rate, rate_low, rate_high, attendance_share, status, bounds and expected children to the ranking's frame."""
    alpha, beta = frame["posterior_alpha"].to_numpy(dtype=float), frame["posterior_beta"].to_numpy(dtype=float)
    low, high = beta_interval(alpha, beta)
    rate = alpha / (alpha + beta)
    rated = frame.assign(rate=rate, rate_low=np.minimum(low, rate), rate_high=np.maximum(high, rate))
    return expected_stunted(absentee_bounds(classify(rated, attendance_minimum)))


def peers_by_level(rated: pd.DataFrame, told: pd.Series) -> dict[str, pd.DataFrame]:
    """Return for each level one row per place with children measured: the columns of `ranked_peers`, and the sums
    stunted, measured, d_weighed, s_target and attendance_share.

    `told` holds the stunted children of kelurahan and kecamatan by code where their totals may be told; elsewhere, and
    of wilayah kerja, they are the sum of what is told of the RWs.
    """
    return {level: _ranked(_summed(rated, level, told), level) for level in LEVELS}


def whole_ones(peers: pd.DataFrame, rated: pd.DataFrame, level: str, own: frozenset[str] | None) -> pd.DataFrame:
    """Return the places of which every RW is among `own`; all of them where that is None."""
    if own is None:
        return peers
    if level == "rw":
        return peers[peers["code"].isin(own)].reset_index(drop=True)
    members = rated.groupby(PARENT_COLUMNS[level])["rw_code"].agg(list)
    whole = [code for code, rw_codes in members.items() if is_whole(own, rw_codes)]
    return peers[peers["code"].isin(whole)].reset_index(drop=True)


def _summed(rated: pd.DataFrame, level: str, told: pd.Series) -> pd.DataFrame:
    if level == "rw":
        columns = ["rw_code", *_SUMMED, "posterior_alpha", "posterior_beta", "attendance_share"]
        return rated[columns].rename(columns={"rw_code": "code"})
    grouped = rated.groupby(PARENT_COLUMNS[level])
    sums = grouped[list(_SUMMED)].sum(min_count=1)
    # A target that one of the RWs that reported does not know is unknown for the whole.
    sums["s_target"] = sums["s_target"].where(grouped["s_target"].count() == grouped["d_weighed"].count())
    sums["stunted"] = told.reindex(sums.index).fillna(sums["stunted"])
    return attendance(sums.rename_axis("code").reset_index())


def _ranked(places: pd.DataFrame, level: str) -> pd.DataFrame:
    known = places[places["measured"] > 0].reset_index(drop=True)
    if level == "rw":
        alpha, beta = (known[f"posterior_{name}"].to_numpy(dtype=float) for name in ("alpha", "beta"))
    else:
        alpha, beta = area_posteriors(known["stunted"].fillna(0).to_numpy(), known["measured"].to_numpy())
    ranked = ranked_peers(known["code"], alpha, beta)
    return ranked.join(known[[*_SUMMED, "attendance_share"]])
