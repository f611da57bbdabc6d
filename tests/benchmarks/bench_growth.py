"""How long a million children's z-scores take, and the growth command on as many rows."""

import contextlib
import io
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.cli.growth import growth
from models.growth.zscores import zscores
from tests.benchmarks.harness import Row, best_of, timed

CHILDREN = 1_000_000
LIMIT_S = 1.5


def run() -> list[Row]:
    """Score plausible and absurd children, then a whole sheet through the command."""
    return [
        Row(
            "z-scores of 1,000,000 children",
            best_of(3, lambda: zscores(**_children(0.08))),
            "s",
            LIMIT_S,
            "four indices",
        ),
        Row("z-scores, half of them beyond ±3", best_of(3, lambda: zscores(**_children(0.6))), "s", LIMIT_S),
        Row("growth IN.csv OUT.csv, 1,000,000 rows", _command_seconds(), "s", note="no limit set; file to file"),
    ]


def _children(spread: float) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(2006)
    age_days = rng.uniform(0, 1826, CHILDREN).round()
    lenhei_cm = ((49 + 60 * (age_days / 1826) ** 0.6) * rng.normal(1, 0.05, CHILDREN)).round(1)
    return {
        "sex": rng.integers(1, 3, CHILDREN).astype(np.int8),
        "age_days": age_days,
        "weight_kg": (16 * (lenhei_cm / 100) ** 2 * rng.lognormal(0, spread, CHILDREN)).round(1),
        "lenhei_cm": lenhei_cm,
        "lying_standing": rng.integers(0, 3, CHILDREN).astype(np.int8),
        "has_oedema": rng.random(CHILDREN) < 0.001,
    }


def _command_seconds() -> float:
    sheet = pd.DataFrame(_children(0.08)).rename(columns={"lying_standing": "measure", "has_oedema": "oedema"})
    sheet["measure"] = sheet["measure"].map({0: "", 1: "l", 2: "h"})
    sheet["oedema"] = sheet["oedema"].map({False: "n", True: "y"})
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        source = Path(folder) / "in.csv"
        sheet.to_csv(source, index=False)
        with timed() as watch:
            growth(source, Path(folder) / "out.csv")
    return watch.seconds
