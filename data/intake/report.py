"""Control totals of a file, the same on the command line, on the page and in the database."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.intake.rows import REASONS, Classified


@dataclass(frozen=True)
class Totals:
    """What a file holds; haz_valid, stunted, severely_stunted, z_mismatch, months and children speak of accepted rows.

    A score above its flag's limit is not valid. `z_mismatch` compares the file's own ZS TB/U with ours wherever both
    exist, flagged or not: a length of 8888 cm that e-PPGBM scores otherwise is a mismatch too.
    """

    rows_read: int
    accepted: int
    parked: int
    duplicates: int
    parked_reasons: dict[str, int]
    months: tuple[str, ...]
    children: int
    haz_valid: int
    stunted: int
    severely_stunted: int
    z_mismatch: int

    def as_json(self) -> dict[str, Any]:
        """Return the totals as JSON's types, in the order in which they are printed."""
        return {**vars(self), "parked_reasons": dict(self.parked_reasons), "months": list(self.months)}


def totals(classified: Classified) -> Totals:
    """Count what became of a file's rows."""
    weighings = classified.weighings
    scores = weighings.scores
    haz = scores.haz[scores.haz_flag == 0]
    reasons = Counter(row.reason for row in classified.parked)
    months = np.unique(weighings.measured_on.astype("datetime64[M]")).astype(str)
    return Totals(
        rows_read=classified.rows_read,
        accepted=len(weighings),
        parked=len(classified.parked),
        duplicates=classified.duplicates,
        parked_reasons={code: reasons[code] for code in REASONS if reasons[code]},
        months=tuple(months.tolist()),
        children=len(weighings.keys),
        haz_valid=len(haz),
        stunted=int((haz < -2).sum()),
        severely_stunted=int((haz < -3).sum()),
        z_mismatch=classified.z_mismatch,
    )
