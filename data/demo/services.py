"""Invented coverage of care and of services: pregnant women, specific and sensitive interventions, and needs under SPM.

Coverage is a little lower where children's risk is higher, differs from RW to RW and rises slowly. Some months of some
RWs are not reported: their numerator is blank, which is not zero. Two services are rolled out kelurahan by kelurahan:
where they have not begun, the row says so. Their targets are invented too, and say so in their decree.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit
from sqlalchemy import Connection, select

from data.demo import bulk
from data.demo.months import calendar_month, first_day, month_number
from data.demo.simulate import Simulation
from data.demo.tally import CELLS_PER_RW
from data.indicators.dictionary import INDICATORS, SPM_PREFIX
from data.indicators.series import ROUTINE
from data.schema import area, break_event, target

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
    "family_support": 0.58,
    "healthy_kitchen": 0.44,
}
"""Assumed coverage of the middle RW in January 2025."""

ROLLED_OUT = {"healthy_kitchen": ("2025-07", 20)}
"""Service -> first month and the months that its roll-out takes, kelurahan by kelurahan."""

SPM_FROM, SPM_ROLL_OUT_MONTHS = "2026-01", 13
NEEDS_A_YEAR = {
    "education": (0.9, 0.55),
    "health": (1.6, 0.72),
    "public_works": (1.3, 0.38),
    "housing": (0.8, 0.30),
    "public_order": (0.5, 0.66),
    "social": (1.4, 0.60),
}
"""SPM sector -> needs raised a year per hundred households, and how many of those received are done in a quarter."""

TARGETS = {
    "exclusive_breastfeeding": (70, 75, 80),
    "supplementary_feeding": (78, 84, 90),
    "iron_tablets": (80, 85, 90),
    "full_immunisation": (86, 88, 90),
    "vitamin_a": (90, 92, 95),
    "sanitary_toilet": (91, 93, 95),
    "safe_water": (93, 95, 97),
    "social_assistance": (68, 74, 80),
    "family_support": (60, 70, 80),
    "healthy_kitchen": (40, 50, 60),
    "pregnancy_screened": (78, 84, 90),
    "pregnancy_ced": (10, 9, 8),
    "pregnancy_anaemia": (20, 18, 16),
    "stunting_prevalence": (3.1, 2.7, 2.3),
}
"""Assumed targets of the city in percent, by the end of 2025, 2026 and 2027, each of the routine series.

Kota Bekasi has published no target on the routine series: the published ones are of the survey. That of stunting stands
near the published routine figures (`data.demo.published`), so that there is a path to look at."""
TARGET_DECREE = "Target contoh (rekaan untuk uji coba)"

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
Flags = NDArray[np.bool_]


def load_services(connection: Connection, simulation: Simulation, seed: int, city_code: str) -> None:
    """Load maternal_month, intervention_month, break_event and the targets of services."""
    _load_maternal(connection, simulation, np.random.default_rng([seed, 10]))
    _load_interventions(connection, simulation, seed)
    _load_needs(connection, simulation, np.random.default_rng([seed, 12]))
    _load_targets(connection, city_code)
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
        is_waiting = np.zeros(asked.shape, dtype=bool)
        if code in ROLLED_OUT:
            first, lasts = ROLLED_OUT[code]
            is_waiting = simulation.months[positions][:, None] < _first_months(simulation, first, lasts, rng)
        _copy_figures(connection, simulation, code, positions, reached, asked, None, is_blank, is_waiting)


def _load_needs(connection: Connection, simulation: Simulation, rng: np.random.Generator) -> None:
    """Load the needs that people raise at posyandu; what was raised lately is less often done by now."""
    positions = np.flatnonzero(simulation.months >= month_number(SPM_FROM))
    if not len(positions):
        return
    households = _by_rw(simulation, "s_target")[positions] * _HOUSEHOLDS_PER_CHILD
    is_waiting = simulation.months[positions][:, None] < _first_months(simulation, SPM_FROM, SPM_ROLL_OUT_MONTHS, rng)
    quarters = (simulation.months[-1] - simulation.months[positions] + 1)[:, None] / 3
    for code, (a_year, done_in_a_quarter) in NEEDS_A_YEAR.items():
        raised = rng.poisson(households * a_year / 1200)
        received = rng.binomial(raised, 0.86)
        done = rng.binomial(received, 1 - (1 - done_in_a_quarter) ** quarters)
        is_blank = rng.random(raised.shape) < _UNREPORTED
        _copy_figures(
            connection, simulation, f"{SPM_PREFIX}{code}", positions, done, raised, received, is_blank, is_waiting
        )


def _first_months(simulation: Simulation, first: str, lasts: int, rng: np.random.Generator) -> Ints:
    """Return the month in which a roll-out reaches each RW: kelurahan in a drawn order, evenly over its months."""
    kelurahan = np.array([code.rpartition(".")[0] for code in simulation.city.codes.tolist()])
    found, which = np.unique(kelurahan, return_inverse=True)
    turn = rng.permutation(len(found))
    return (month_number(first) + turn * lasts // len(found))[which]


def _copy_figures(
    connection: Connection,
    simulation: Simulation,
    code: str,
    positions: Ints,
    reached: Ints,
    asked: Ints,
    received: Ints | None,
    is_blank: Flags,
    is_waiting: Flags,
) -> None:
    """Append months × RWs of one indicator; what is asked of an RW that waits or that a need is raised for is blank."""
    month, rw = _grid(positions, len(simulation.city))
    rows = np.zeros(len(rw), np.int8)
    is_unknown = (is_blank | is_waiting).ravel()
    columns = {
        "rw_code": bulk.text_column(simulation.city.codes, rw),
        "month": bulk.date_column(first_day(simulation.months)[month]),
        "indicator_code": pa.array([code], pa.string()).take(pa.array(rows)),
        "numerator": pa.array(reached.ravel(), mask=is_unknown),
        "denominator": pa.array(asked.ravel(), mask=is_unknown if received is not None else None),
        "status": pa.array(["reported", "not_started"], pa.string()).take(pa.array(is_waiting.ravel().astype(np.int8))),
    }
    if received is not None:
        columns["received"] = pa.array(received.ravel(), mask=is_unknown)
    bulk.copy_columns(connection, "intervention_month", columns)


def _load_targets(connection: Connection, city_code: str) -> None:
    names = {row.code: row.name for row in INDICATORS}
    groups = {row.code: row.indicator_group for row in INDICATORS}
    city_name = connection.scalar(select(area.c.name).where(area.c.code == city_code))
    connection.execute(
        target.insert(),
        [
            {
                "area_code": city_code,
                "area_name": city_name,
                "indicator_code": code,
                "series": ROUTINE[groups[code]],
                "year": 2025 + later,
                "value": value,
                "decree": TARGET_DECREE,
                "citation": f"Angka rekaan untuk mencoba target {names[code]}",
                "set_by": "Data contoh",
                "path": "straight" if later else "stepped",
            }
            for code, values in TARGETS.items()
            for later, value in enumerate(values)
        ],
    )


def _is_reported(code: str, month: int) -> bool:
    return code != "vitamin_a" or calendar_month(month) in (2, 8)


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
