"""Small cells: what may be told of a few children, so that nobody can be singled out.

One function, `published`, stands between the counts of RWs and everything that a role with suppression gets to see.
Rates, ranks, reasons, maps and files are computed from what it returns and never from the counts themselves, so none of
them can give more away than it does.
"""

from models.suppression.bands import BAND, SMALLEST_TOLD, band
from models.suppression.stand_ins import published
from models.suppression.totals import LEVEL_LENGTHS, told_totals

__all__ = ["BAND", "LEVEL_LENGTHS", "SMALLEST_TOLD", "band", "published", "told_totals"]
