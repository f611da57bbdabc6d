"""Turns a simulation into rows of growth_month, child, measurement and import_batch."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection

from data import schema
from data.demo import bulk, identity
from data.demo.months import first_date, first_day, month_text
from data.demo.risk import POSYANDU_PER_RW
from data.demo.simulate import STATUSES, Simulation, Weighings
from data.demo.tally import CELLS_PER_RW, COUNTS
from models.growth.zscores import NO_FLAG, zscores

POSITIONS = ("", "l", "h")
SCORES = ("haz", "waz", "whz", "baz")


def load_growth_months(connection: Connection, simulation: Simulation) -> int:
    """Load growth_month; an RW and month with nothing counted and nothing left of before has no rows (no report)."""
    months, neighbourhoods = len(simulation.months), len(simulation.city)
    shape = (months, neighbourhoods, CELLS_PER_RW)
    is_reported = np.zeros(shape[:2], dtype=bool)
    for name in COUNTS[2:]:
        is_reported |= simulation.counts[name].reshape(shape).any(axis=2)
    month, rw, cell = np.nonzero(np.broadcast_to(is_reported[:, :, None], shape))
    order = np.lexsort((cell, month, rw))
    month, rw, cell = month[order], rw[order], cell[order]
    columns = {
        "rw_code": bulk.text_column(simulation.city.codes, rw),
        "month": bulk.date_column(first_day(simulation.months)[month]),
        "age_band": bulk.text_column(list(schema.AGE_BANDS), cell // 2),
        "sex": pa.array(cell % 2 + 1, pa.int16()),
    }
    for name in COUNTS:
        columns[name] = pa.array(simulation.counts[name].reshape(shape)[month, rw, cell])
    with bulk.unindexed(connection, [schema.growth_month]):
        return bulk.copy_columns(connection, "growth_month", columns)


def posyandu_names(first_names: Sequence[str]) -> list[str]:
    """Return the name of each posyandu, by RW · POSYANDU_PER_RW + number; `first_names` are those of the first ones."""
    letters = "ABCDEFGH"
    return [
        name if number == 0 else f"{name} {letters[number]}"
        for name in first_names
        for number in range(POSYANDU_PER_RW)
    ]


@dataclass(frozen=True)
class ChildRows:
    """The children with a weighing in the newest months: `number` in the simulation, key, and latest RW."""

    number: NDArray[np.intp]
    key: list[str]
    rw: NDArray[np.int32]


def child_rows(simulation: Simulation) -> ChildRows:
    """Make the children's keys; `key` is text that PostgreSQL reads as bytes."""
    rw = np.full(len(simulation.children), -1, np.int32)
    for weighings in simulation.weighings:
        rw[weighings.child] = weighings.rw
    number = np.flatnonzero(rw >= 0)
    keys = identity.keys(number, simulation.children.birth_day[number], simulation.children.sex[number])
    return ChildRows(number, bulk.bytes_text(keys), rw[number])


def load_children(connection: Connection, simulation: Simulation, rows: ChildRows, posyandu: list[str]) -> int:
    """Load child, import_batch (one a month) and measurement; returns the number of measurements."""
    children = simulation.children
    with bulk.unindexed(connection, [schema.measurement]):
        bulk.copy_columns(
            connection,
            "child",
            {
                "child_key": pa.array(rows.key, pa.string()),
                "rw_code": bulk.text_column(simulation.city.codes, rows.rw),
                "sex": pa.array(children.sex[rows.number], pa.int16()),
                "birth_date": bulk.date_column(children.birth_day[rows.number]),
            },
        )
        key_position = np.full(len(children), -1, np.int64)
        key_position[rows.number] = np.arange(len(rows.number))
        keys = pa.array(rows.key, pa.string())
        total = 0
        for batch, weighings in enumerate(simulation.weighings, start=1):
            _load_batch(connection, weighings)
            total += bulk.copy_columns(
                connection,
                "measurement",
                {
                    "rw_code": bulk.text_column(simulation.city.codes, weighings.rw),
                    "child_key": keys.take(pa.array(key_position[weighings.child])),
                    "measured_on": bulk.date_column(weighings.day),
                    "age_days": pa.array(weighings.age_days),
                    "sex": pa.array(children.sex[weighings.child], pa.int16()),
                    **_measured(weighings, children.sex[weighings.child]),
                    "weight_gain": _text_or_null(STATUSES, weighings.status),
                    "posyandu": bulk.text_column(posyandu, weighings.rw * POSYANDU_PER_RW + weighings.posyandu),
                    "batch_id": pa.array(np.full(len(weighings.child), batch), pa.int64()),
                },
            )
    return total


def _measured(weighings: Weighings, sex: NDArray[np.int8]) -> dict[str, pa.Array]:
    weight_kg = _in_units(weighings.weight_tenths)
    lenhei_cm = _in_units(weighings.length_tenths)
    scores = zscores(sex, weighings.age_days, weight_kg, lenhei_cm, weighings.position, False)._asdict()
    columns = {
        "weight_kg": _numbers(weight_kg),
        "lenhei_cm": _numbers(lenhei_cm),
        "measure": _text_or_null(POSITIONS, weighings.position),
    }
    columns |= {name: _numbers(scores[name]) for name in SCORES}
    for name in SCORES:
        flag = scores[f"{name}_flag"]
        columns[f"{name}_flag"] = pa.array(flag == 1, mask=flag == NO_FLAG)
    return columns


def _in_units(tenths: NDArray[np.int32]) -> NDArray[np.float64]:
    return np.where(tenths > 0, tenths / 10, np.nan)


def _numbers(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _text_or_null(values: Sequence[str], position: NDArray[np.int8]) -> pa.Array:
    return pa.array([value or None for value in values], pa.string()).take(pa.array(position))


def _load_batch(connection: Connection, weighings: Weighings) -> None:
    digest = hashlib.sha256()
    for column in (weighings.child, weighings.day, weighings.length_tenths, weighings.weight_tenths):
        digest.update(np.ascontiguousarray(column).tobytes())
    rows = len(weighings.child)
    first_of_next = first_date(weighings.month + 1)
    connection.execute(
        schema.import_batch.insert(),
        {
            "kind": "demo",
            "content_sha256": digest.hexdigest(),
            "layout": "demo",
            "rows_read": rows,
            "accepted": rows,
            "parked": 0,
            "duplicates": 0,
            "totals": {"months": [month_text(weighings.month)], "children": rows},
            "imported_by": "demo",
            "imported_at": datetime.datetime.combine(
                first_of_next + datetime.timedelta(days=4), datetime.time(8), tzinfo=datetime.UTC
            ),
        },
    )
