"""The ranking of RWs for the mobile clinic, from the database's facts to places, for screens and command line."""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data import settings as limits
from data.errors import UnusableInputError
from data.queries import pusing
from data.queries.city import city_state
from models.priority.ranking import DEFAULT_K, rank_rws
from models.priority.settings import PrioritySettings
from models.priority.weights import DEFAULT_PRESET, PRESETS, Weights
from models.rates.past import past_of, smooth_beside

SETTING = "priority"
PLACE_COLUMNS = ["rw_name", "kelurahan_code", "kelurahan", "kecamatan_code", "kecamatan", "puskesmas_code", "puskesmas"]


def priority_settings(connection: Connection) -> PrioritySettings:
    """Return the settings of the ranking as people set them, or the city's defaults."""
    return settings_from(pusing.setting(connection, SETTING))


def settings_from(stored: Mapping[str, Any]) -> PrioritySettings:
    """Return settings from what is stored: mode, far_minutes, attendance_minimum."""
    return PrioritySettings(
        mode=stored.get("mode", "walk"),
        far_s=60.0 * float(stored.get("far_minutes", limits.FAR_MINUTES)),
        attendance_minimum=float(stored.get("attendance_minimum", limits.UNSEEN_BELOW)),
    )


def all_presets(connection: Connection) -> dict[str, Weights]:
    """Return every preset by its name: those that come with Rembuk and those adopted here, which win."""
    return with_adopted(pusing.presets(connection))


def with_adopted(adopted: pd.DataFrame) -> dict[str, Weights]:
    """Return the presets that come with Rembuk and those adopted (name, weights), which win."""
    return {**PRESETS, **{name: Weights(kept) for name, kept in zip(adopted["name"], adopted["weights"], strict=True)}}


def preset_called(connection: Connection, name: str | None) -> Weights:
    """Return a preset by its name; without a name, the balanced one."""
    presets = all_presets(connection)
    wanted = name or DEFAULT_PRESET
    if wanted not in presets:
        raise UnusableInputError(f"there is no preset {wanted!r}; choose one of {', '.join(presets)}.")
    return presets[wanted]


def month_before(month: datetime.date) -> datetime.date:
    """Return the month before."""
    return (month - datetime.timedelta(days=1)).replace(day=1)


def data_month_for(connection: Connection, visit_month: datetime.date) -> datetime.date:
    """Return the newest month with figures that comes before a visit month."""
    city = city_state(connection)
    known = [month for month in city.months if month < visit_month] if city else []
    if not known:
        raise UnusableInputError(f"no figures are known before {visit_month:%Y-%m}; import a month first.")
    return known[-1]


def ranking_frame(facts: pd.DataFrame) -> pd.DataFrame:
    """Add the rates that the ranking draws from to the facts of `ranking_inputs`."""
    numbers = [name for name in facts.columns if name not in ("rw_code", *PLACE_COLUMNS)]
    frame = facts.assign(**{name: pd.to_numeric(facts[name], errors="coerce").astype(float) for name in numbers})
    past = past_of(_counts(frame, "past_stunted", "past_measured"))
    for column, prefix in (("stunted", "posterior"), ("severely_stunted", "severe")):
        rates = smooth_beside(_counts(frame, column, "measured"), past)
        frame[f"{prefix}_alpha"] = rates["posterior_alpha"].to_numpy()
        frame[f"{prefix}_beta"] = rates["posterior_beta"].to_numpy()
    return frame


def _counts(frame: pd.DataFrame, cases: str, measured: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rw_code": frame["rw_code"],
            "cases": frame[cases].fillna(0).astype(int),
            "measured": frame[measured].fillna(0).astype(int),
        }
    )


def ranked(
    frame: pd.DataFrame,
    weights: Weights,
    settings: PrioritySettings,
    k: int = DEFAULT_K,
    is_every_remedy_ranked: bool = False,
) -> pd.DataFrame:
    """Return the ranking joined with places and facts, in the order of `frame`."""
    placed = rank_rws(frame, weights, settings, k, is_every_remedy_ranked=is_every_remedy_ranked)
    return frame.merge(placed, on="rw_code", validate="1:1")
