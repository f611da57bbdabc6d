"""The demo city's true rates, kept in a file apart from the tables that screens read, for checking the methods.

`true_prevalence` is the share of all under-fives of an RW whose true HAZ (no measurement error) lies under -2, weighed
or not; `true_risk` is its expectation, the RW's own risk for its children's ages.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from data import settings
from data.demo.months import month_text
from data.demo.simulate import Simulation
from data.errors import UnusableInputError


def truth_path() -> Path:
    """Return where the demo command leaves the true rates."""
    return settings.home() / "demo" / "true_rates.csv.gz"


def truth_frame(simulation: Simulation) -> pd.DataFrame:
    """Return the truth by RW and month: rw_code, month (YYYY-MM), children, stunted, true_prevalence, true_risk."""
    months, size = len(simulation.months), len(simulation.city)
    children, stunted = simulation.true_children.ravel(), simulation.true_stunted.ravel()
    with np.errstate(invalid="ignore"):  # an RW without children has no prevalence
        prevalence = stunted / children
    return pd.DataFrame(
        {
            "rw_code": np.tile(simulation.city.codes, months),
            "month": np.repeat([month_text(int(month)) for month in simulation.months], size),
            "children": children,
            "stunted": stunted,
            "true_prevalence": np.round(prevalence, 6),
            "true_risk": np.round(simulation.true_risk.ravel(), 6),
        }
    )


def write_truth(simulation: Simulation, path: Path) -> None:
    """Write the truth; the same simulation gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    truth_frame(simulation).to_csv(path, index=False, compression={"method": "gzip", "mtime": 0, "compresslevel": 4})


def load_truth(path: Path | None = None) -> pd.DataFrame:
    """Read the true rates that the last demo build left; raises UnusableInputError when there are none."""
    source = path or truth_path()
    if not source.exists():
        raise UnusableInputError(f"there are no true rates at {source}; run `python -m dashboard demo` first.")
    return pd.read_csv(source, dtype={"rw_code": str, "month": str})
