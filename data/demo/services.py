"""Invented coverage of care and of services: pregnant women, and the specific, sensitive and SPM interventions.

Coverage is a little lower where children's risk is higher, differs from RW to RW and rises slowly. Some months of some
RWs are not reported: their numerator is blank, which is not zero.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit
from sqlalchemy import Connection

from data.demo import bulk
from data.demo.months import calendar_month, first_day, month_number
from data.demo.simulate import Simulation
from data.demo.tally import CELLS_PER_RW
from data.schema import break_event

FIRST_COVERAGE = "2025-01"
_HOUSEHOLDS_PER_CHILD = 5.2
_POOR_HOUSEHOLDS, _HOUSEHOLDS_AT_RISK = 0.09, 0.13
_UNREPORTED = 0.03
_PREGNANT_PER_CHILD = 0.155
_WITH_RISK, _RW_SPREAD, _MONTH_SPREAD, _GAIN_A_YEAR = -0.35, 0.45, 0.15, 0.12

COVERAGE = {
    "exclusive_breastfeeding": 0.68,
    "supplementary_feeding": 0.74,
    "iron_tablets": 0.82,
    "full_immunisation": 0.86,
    "vitamin_a": 0.90,
    "sanitary_toilet": 0.91,
    "safe_water": 0.93,
    "social_assistance": 0.66,
    "spm_education": 0.88,
    "spm_health": 0.84,
    "spm_public_works": 0.80,
    "spm_housing": 0.62,
    "spm_public_order": 0.90,
    "spm_social": 0.71,
}
"""Assumed coverage of the middle RW in January 2025."""

BREAKS = (
    (
        "2020-04-01",
        "method",
        "Banyak posyandu tutup pada awal pandemi: jauh lebih sedikit balita ditimbang (data contoh).",
    ),
    ("2022-01-01", "cleaning", "Pemutakhiran sasaran dan ukur ulang balita sepanjang 2022 (data contoh)."),
    ("2025-01-01", "method", "Gerakan penimbangan: lebih banyak balita ditimbang setiap bulan (data contoh)."),
    (
        "2025-04-01",
        "method",
        "Pusing mulai berkunjung ke RW: balita yang tak ke posyandu ikut ditimbang (data contoh).",
    ),
)

Ints = NDArray[np.int64]


def load_services(connection: Connection, simulation: Simulation, seed: int, city_code: str) -> None:
    """Load maternal_month, intervention_month and break_event."""
    _load_maternal(connection, simulation, np.random.default_rng([seed, 10]))
    _load_interventions(connection, simulation, seed)
    connection.execute(
        break_event.insert(),
        [
            {"area_code": city_code, "happened_on": day, "kind": kind, "note": note}
            for day, kind, note in BREAKS
            if day[:7] <= str(np.datetime64(int(simulation.months[-1]), "M"))
        ],
    )


def pregnant_targets(simulation: Simulation) -> Ints:
    """Return the pregnant women expected, months × RWs, from the number of children."""
    return np.rint(_by_rw(simulation, "s_target") * _PREGNANT_PER_CHILD).astype(np.int64)


def _load_maternal(connection: Connection, simulation: Simulation, rng: np.random.Generator) -> None:
    pregnant = pregnant_targets(simulation)
    size = pregnant.shape[1]
    log_risk = np.log(simulation.places.relative_risk)
    screened = rng.binomial(pregnant, expit(1.3 + 0.3 * rng.standard_normal(size) - 0.2 * log_risk))
    deficient = rng.binomial(screened, expit(-2.4 + 0.5 * log_risk + 0.25 * rng.standard_normal(size)))
    anaemic = rng.binomial(screened, expit(-1.6 + 0.35 * log_risk + 0.25 * rng.standard_normal(size)))
    month, rw = _grid(np.arange(len(simulation.months)), size)
    bulk.copy_columns(
        connection,
        "maternal_month",
        {
            "rw_code": bulk.text_column(simulation.city.codes, rw),
            "month": bulk.date_column(first_day(simulation.months)[month]),
            "pregnant_target": pa.array(pregnant[month, rw]),
            "screened": pa.array(screened[month, rw]),
            "chronic_energy_deficiency": pa.array(deficient[month, rw]),
            "anaemia": pa.array(anaemic[month, rw]),
        },
    )


def _load_interventions(connection: Connection, simulation: Simulation, seed: int) -> None:
    size = len(simulation.city)
    log_risk = np.log(simulation.places.relative_risk)
    since = month_number(FIRST_COVERAGE)
    kept = np.flatnonzero(simulation.months >= since)
    years = (simulation.months - since) / 12
    for number, (code, middle) in enumerate(COVERAGE.items()):
        rng = np.random.default_rng([seed, 11, number])
        positions = kept[[_is_reported(code, int(month)) for month in simulation.months[kept]]]
        if not len(positions):
            continue
        asked = _denominator(code, simulation)[positions]
        level = np.log(middle / (1 - middle)) + _WITH_RISK * log_risk + _RW_SPREAD * rng.standard_normal(size)
        chance = expit(
            level
            + _GAIN_A_YEAR * years[positions][:, None]
            + _MONTH_SPREAD * rng.standard_normal((len(positions), size))
        )
        reached = rng.binomial(asked, chance)
        is_blank = rng.random(asked.shape) < _UNREPORTED
        month, rw = _grid(positions, size)
        bulk.copy_columns(
            connection,
            "intervention_month",
            {
                "rw_code": bulk.text_column(simulation.city.codes, rw),
                "month": bulk.date_column(first_day(simulation.months)[month]),
                "indicator_code": pa.array([code], pa.string()).take(pa.array(np.zeros(len(rw), np.int8))),
                "numerator": pa.array(reached.ravel(), mask=is_blank.ravel()),
                "denominator": pa.array(asked.ravel()),
            },
        )


def _is_reported(code: str, month: int) -> bool:
    if code == "vitamin_a":
        return calendar_month(month) in (2, 8)
    return not code.startswith("spm_") or calendar_month(month) % 3 == 0


def _denominator(code: str, simulation: Simulation) -> Ints:
    children = _by_rw(simulation, "s_target")
    bands = simulation.counts["s_target"].reshape(len(children), -1, 3, 2).sum(axis=3)
    households = children[0] * _HOUSEHOLDS_PER_CHILD
    level = np.ones_like(children)
    match code:
        case "exclusive_breastfeeding":
            return bands[:, :, 0].astype(np.int64)
        case "supplementary_feeding":
            return _by_rw(simulation, "wasted")
        case "iron_tablets":
            return pregnant_targets(simulation)
        case "full_immunisation":
            return np.rint(children / 60).astype(np.int64)
        case "vitamin_a":
            return bands[:, :, 1:].sum(axis=2).astype(np.int64)
        case "social_assistance":
            return np.rint(households * _POOR_HOUSEHOLDS * simulation.places.relative_risk).astype(np.int64) * level
        case "sanitary_toilet" | "safe_water":
            return np.rint(households).astype(np.int64) * level
    return np.rint(households * _HOUSEHOLDS_AT_RISK).astype(np.int64) * level


def _by_rw(simulation: Simulation, name: str) -> Ints:
    counts = simulation.counts[name]
    return counts.reshape(len(counts), -1, CELLS_PER_RW).sum(axis=2).astype(np.int64)


def _grid(positions: Ints, size: int) -> tuple[Ints, Ints]:
    return np.repeat(positions, size), np.tile(np.arange(size), len(positions))
