"""How the demo's children were weighed, counted from their rows, and other sources' invented numbers of children.

Lists come in on the fifth of the next month; those of some invented posyandu are late now and then. The civil register
counts a little more children than the posyandu know, and the statistics office's projection a little fewer.
"""

import datetime

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from data.demo.months import first_date
from data.demo.simulate import Simulation
from data.demo.tally import CELLS_PER_RW
from data.intake.quality import rebuild_quality_months
from data.schema import under_five_figure

CITATION = "Angka contoh (rekaan untuk uji coba)"
_LATE_POSYANDU, _LATE_MONTHS, _MOST_DAYS_LATE = 0.12, 0.4, 25
_REGISTER, _PROJECTION = (1.07, 0.05), (0.94, 0.03)
"""Mean and spread of another source's count over the true one."""


def load_quality(connection: Connection, simulation: Simulation, seed: int) -> None:
    """Load posyandu_alias, quality_month and under_five_figure, after the weighings."""
    rebuild_quality_months(connection, None, [first_date(weighings.month) for weighings in simulation.weighings])
    draw = np.random.default_rng([seed, 18])
    _come_late(connection, draw)
    connection.execute(under_five_figure.insert(), _figures(simulation, draw))


def _come_late(connection: Connection, draw: np.random.Generator) -> None:
    units = pd.DataFrame(
        connection.execute(text("SELECT rw_code, posyandu, month FROM quality_month ORDER BY 1, 2, 3")).fetchall(),
        columns=["rw_code", "posyandu", "month"],
    )
    posyandu, names = pd.factorize(units["rw_code"] + units["posyandu"])
    is_slow = draw.random(len(names)) < _LATE_POSYANDU
    is_late = is_slow[posyandu] & (draw.random(len(units)) < _LATE_MONTHS)
    late = units[is_late]
    connection.execute(
        text(
            "UPDATE quality_month q SET received_on = received_on + late.days FROM unnest(CAST(:rws AS text[]),"
            " CAST(:names AS text[]), CAST(:months AS date[]), CAST(:days AS int[])) AS late (rw, name, month, days)"
            " WHERE q.rw_code = late.rw AND q.posyandu = late.name AND q.month = late.month"
        ),
        {
            "rws": late["rw_code"].tolist(),
            "names": late["posyandu"].tolist(),
            "months": late["month"].tolist(),
            "days": draw.integers(6, _MOST_DAYS_LATE, len(late)).tolist(),
        },
    )


def _figures(simulation: Simulation, draw: np.random.Generator) -> list[dict[str, object]]:
    children = simulation.counts["s_target"].reshape(len(simulation.months), -1, CELLS_PER_RW)[-1].sum(axis=1)
    by_rw = pd.Series(children, index=pd.Index(simulation.city.codes))
    as_of = datetime.date(first_date(int(simulation.months[-1])).year, 7, 1)
    rows: list[dict[str, object]] = []
    for source, parts, (mean, spread) in (("dukcapil", 4, _REGISTER), ("bps", 3, _PROJECTION)):
        counted = by_rw.groupby([".".join(code.split(".")[:parts]) for code in by_rw.index]).sum()
        counted = (counted * draw.normal(mean, spread, len(counted))).round().astype(int)
        whole = pd.Series({".".join(str(counted.index[0]).split(".")[:2]): counted.sum()})
        rows += [
            {
                "area_code": code,
                "source": source,
                "as_of": as_of,
                "children": int(number),
                "is_approximate": source == "bps",
                "citation": CITATION,
            }
            for code, number in pd.concat([whole, counted]).items()
        ]
    return rows
