"""e-PPGBM intake: from the bytes of a file to committed aggregates, in each format, for a whole city's month.

Each file is taken into an embedded database that holds a city of 1,020 RWs and no weighings yet. The page has the rows
of real exports, without the cell of Total Pengukuran.
"""

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import xlsxwriter
from sqlalchemy import Engine, text

from data.embedded import start_embedded
from data.engine import make_engine
from data.intake import eppgbm
from data.intake.identity import SECRET_VARIABLE
from data.migrate import upgrade
from data.scope import Scope, writing_connection
from tests.benchmarks.harness import Row, timed
from tests.data.intake.lists import LAYOUT_B, child

ROWS = 60_000
KELURAHAN, RW_PER_KELURAHAN = 34, 30
LIMITS = {"csv": 20_000, "html": 10_000, "xlsx": 10_000}
RUNS = 3

Cells = list[list[str]]


def run() -> list[Row]:
    """Measure rows a second for each format, best of three runs."""
    cells = _cells()
    written: dict[str, Callable[[Cells], bytes]] = {"csv": _csv, "html": _html, "xlsx": _xlsx}
    with _city() as engine:
        return [
            Row(
                work=f"e-PPGBM intake, {kind}, file to committed aggregates",
                figure=round(ROWS / min(_seconds(engine, write(cells)) for _ in range(RUNS))),
                unit="rows/s",
                limit=LIMITS[kind],
                note=f"{ROWS:,} rows, {KELURAHAN * RW_PER_KELURAHAN:,} RWs",
                is_floor=True,
            )
            for kind, write in written.items()
        ]


def _seconds(engine: Engine, content: bytes) -> float:
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE import_batch, child, measurement, growth_month, setting CASCADE"))
    scope = Scope(role="planner", areas=("32.75",), actor="benchmark")
    with timed() as watch, writing_connection(engine, scope) as connection:
        outcome = eppgbm.commit(connection, content, "benchmark")
    if outcome.preview.totals.accepted != ROWS:
        raise RuntimeError(f"only {outcome.preview.totals.accepted} of {ROWS} rows were taken in")
    return watch.seconds


@contextmanager
def _city() -> Iterator[Engine]:
    before = os.environ.get(SECRET_VARIABLE)
    os.environ[SECRET_VARIABLE] = "a secret of the benchmark, long enough to be one"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(start_embedded(Path(folder) / "postgres"))
        upgrade(engine)
        areas = [("32.75", "kota", "Bekasi", None), ("32.75.01", "kecamatan", "Bekasi Timur", "32.75")]
        for kelurahan in range(KELURAHAN):
            code = f"32.75.01.{1001 + kelurahan}"
            areas.append((code, "kelurahan", f"Kelurahan {kelurahan}", "32.75.01"))
            areas += [(f"{code}.{rw:03d}", "rw", f"RW {rw}", code) for rw in range(1, RW_PER_KELURAHAN + 1)]
        with engine.begin() as connection:
            connection.execute(
                text("INSERT INTO area (code, level, name, parent_code) VALUES (:code, :level, :name, :parent)"),
                [dict(zip(("code", "level", "name", "parent"), area, strict=True)) for area in areas],
            )
        try:
            yield engine
        finally:
            engine.dispose()
            os.environ.pop(SECRET_VARIABLE)
            if before is not None:
                os.environ[SECRET_VARIABLE] = before


def _cells() -> Cells:
    draw = np.random.default_rng(1)
    age = draw.integers(0, 1800, ROWS)
    measured = np.datetime64("2026-10-01") + draw.integers(0, 30, ROWS)
    birth = (measured - age).astype(str).tolist()
    weight = (3.3 + 0.42 * np.sqrt(age) * draw.normal(1, 0.1, ROWS)).round(1).tolist()
    lenhei = (50 + 1.35 * np.sqrt(age) * draw.normal(1, 0.05, ROWS)).round(1).tolist()
    place = draw.integers(0, KELURAHAN * RW_PER_KELURAHAN, ROWS).tolist()
    days = measured.astype(str).tolist()
    rows = []
    for number in range(ROWS):
        kelurahan, rw = divmod(place[number], RW_PER_KELURAHAN)
        row = child(
            number + 1,
            **{
                "JK": "LP"[number % 2],
                "Tgl Lahir": birth[number],
                "Tanggal Pengukuran": days[number],
                "Berat": str(weight[number]),
                "Tinggi": str(lenhei[number]),
                "Desa/Kel": f"KELURAHAN {kelurahan}",
                "RW": f"{rw + 1:02d}",
                "Posyandu": f"MELATI {place[number]}",
            },
        )
        rows.append([row[name] for name in LAYOUT_B])
    return rows


def _csv(cells: Cells) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([list(LAYOUT_B), *cells])
    return out.getvalue().encode()


def _html(cells: Cells) -> bytes:
    missing = LAYOUT_B.index("Total Pengukuran")
    rows = [
        "<tr>" + "".join(f"<td>{cell}</td>" for at, cell in enumerate(row) if at != missing) + "</tr>" for row in cells
    ]
    header = "".join(f"<th>{name}</th>" for name in LAYOUT_B)
    return f"<html><body><table><tr>{header}</tr>{''.join(rows)}</table></body></html>".encode()


def _xlsx(cells: Cells) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([list(LAYOUT_B), *cells]):
            sheet.write_row(at, 0, row)
    return out.getvalue()


if __name__ == "__main__":
    for measured in run():
        print(measured)
