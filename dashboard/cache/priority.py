"""The ranking of RWs, its reasons, and where each place stands among its peers."""

import datetime

import pandas as pd

from dashboard import own_areas, small_cells
from dashboard.cache.ground import neighbours, own_rws
from dashboard.cache.growth import area_months_of_city
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.places.peers import peers_by_level, whole_ones, with_rates
from dashboard.priority import ranking
from dashboard.priority.figures import ranked_with_figures
from data import settings
from data.queries import pusing
from data.scope import Scope, scoped_connection
from models.months import month_after
from models.priority.codes import CRITERIA
from models.priority.explain import Reason, reasons
from models.priority.hotspots import hotspots
from models.priority.ranking import DEFAULT_SEED
from models.priority.settings import PrioritySettings
from models.priority.weights import Weights
from models.rates.attendance import expected_stunted

Shares = tuple[float, ...]


@kept()
def priority_settings(scope: Scope, version: str) -> PrioritySettings:  # noqa: ARG001 - part of the key
    """Return the settings of the ranking."""
    return read(scope, ranking.priority_settings)


@kept()
def adopted_presets(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the weights adopted under a name: name, weights, adopted_by, adopted_at."""
    return read(scope, pusing.presets)


def presets(scope: Scope, version: str) -> dict[str, Weights]:
    """Return every preset by its name: those that come with Rembuk and those adopted."""
    return ranking.with_adopted(adopted_presets(scope, version))


@kept("Membaca angka per RW…")
def _ranking_frame(is_exact: bool, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return what the ranking for a month of visits starts from, one row per RW of the whole city."""
    with scoped_connection(engine(), engine_of(version)) as connection:
        chosen = ranking.priority_settings(connection)
        month = ranking.data_month_for(connection, visit_month)
        facts = pusing.ranking_inputs(connection, month, visit_month, chosen.mode)
    return ranking.ranking_frame(small_cells.ranking_facts_told(own_areas.teller(is_exact), facts))


@kept("Menyusun urutan RW…")
def ranked_rws(scope: Scope, version: str, visit_month: datetime.date, shares: Shares, k: int) -> pd.DataFrame:
    """Return the scope's RWs in the city's ranking for a month of visits, with the figure behind every criterion."""
    whole = ranked_city(small_cells.is_told_exactly(scope), version, visit_month, shares, k)
    return own_areas.own_rows(whole, own_rws(scope, version))


@kept("Menyusun urutan RW…")
def ranked_city(is_exact: bool, version: str, visit_month: datetime.date, shares: Shares, k: int) -> pd.DataFrame:
    """Return the ranking of every RW, for whoever cuts it to a scope."""
    frame, chosen = _ranking_frame(is_exact, version, visit_month), priority_settings(engine_of(version), version)
    return ranked_with_figures(frame, _weights(shares), chosen, k)


@kept()
def reasons_of_rw(scope: Scope, version: str, visit_month: datetime.date, shares: Shares, rw_code: str) -> list[Reason]:
    """Return why an RW of the scope stands where it stands; nothing for another's."""
    own = own_rws(scope, version)
    if own is not None and rw_code not in own:
        return []
    frame = _ranking_frame(small_cells.is_told_exactly(scope), version, visit_month)
    return reasons(frame, _weights(shares), priority_settings(scope, version))[rw_code]


@kept("Mencari kelompok RW…")
def clusters(scope: Scope, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return each own RW's hot-spot cluster on the figures that a month of visits is ranked by: rw_code, cluster."""
    whole = _clusters_of_city(small_cells.is_told_exactly(scope), version, visit_month)
    return own_areas.own_rows(whole, own_rws(scope, version))


@kept("Mencari kelompok RW…")
def _clusters_of_city(is_exact: bool, version: str, visit_month: datetime.date) -> pd.DataFrame:
    frame = _ranking_frame(is_exact, version, visit_month)
    counts = pd.DataFrame(
        {"rw_code": frame["rw_code"]}
        | {
            name: frame[column].fillna(0).astype(int)
            for name, column in (("cases", "stunted"), ("measured", "measured"))
        }
    )
    return hotspots(counts, neighbours(engine_of(version), version), DEFAULT_SEED)[["rw_code", "cluster"]]


@kept()
def expected_children(scope: Scope, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return the facts of the scope's RWs for a visit month, with the children to expect."""
    whole = _ranking_frame(small_cells.is_told_exactly(scope), version, visit_month)
    frame = own_areas.own_rows(whole, own_rws(scope, version))
    return frame.join(expected_stunted(frame)[["children", "expected_stunted"]])


def shares_of(weights: Weights) -> Shares:
    """Return weights as what a cached read can be keyed by."""
    return tuple(weights[code] for code in CRITERIA)


def _weights(shares: Shares) -> Weights:
    return Weights(dict(zip(CRITERIA, shares, strict=True)))


@kept()
def rw_facts(scope: Scope, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return what the ranking for a month of visits starts from, of the scope's RWs, with rates, D/S and status."""
    whole = _rated_city(small_cells.is_told_exactly(scope), version, visit_month)
    return own_areas.own_rows(whole, own_rws(scope, version))


@kept("Menghitung angka per RW…")
def _rated_city(is_exact: bool, version: str, visit_month: datetime.date) -> pd.DataFrame:
    return with_rates(_ranking_frame(is_exact, version, visit_month), settings.ATTENDANCE_MINIMUM)


@kept()
def peers(scope: Scope, version: str, visit_month: datetime.date, level: str) -> pd.DataFrame:
    """Return the scope's own places of one level (rw, kelurahan, kecamatan, puskesmas) among all of the city.

    A place of which the scope sees only a part is absent.
    """
    is_exact = small_cells.is_told_exactly(scope)
    whole = _peers_of_city(is_exact, version, visit_month)[level]
    return whole_ones(whole, _rated_city(is_exact, version, visit_month), level, own_rws(scope, version))


@kept("Membandingkan wilayah…")
def _peers_of_city(is_exact: bool, version: str, visit_month: datetime.date) -> dict[str, pd.DataFrame]:
    now = month_after(visit_month, -1)
    months = area_months_of_city(is_exact, version, now)
    told = months[months["month"] == now].set_index("area_code")["stunted"]
    return peers_by_level(_rated_city(is_exact, version, visit_month), told.dropna())
