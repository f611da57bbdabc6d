"""Cutting what was worked out over the whole city down to the RWs that a scope sees.

Rates borrow strength from the whole city and ranks are places in it, so they are worked out once for everybody and not
from a lurah's eighteen RWs. Which RWs a scope sees is asked of the database, by the function that its policies ask.
"""

from collections.abc import Collection

import pandas as pd

from data.scope import MAYOR, PLANNER, WHOLE_CITY, Scope


def own_rows(table: pd.DataFrame, own: frozenset[str] | None, column: str = "rw_code") -> pd.DataFrame:
    """Return the rows of a scope's own RWs, numbered anew; `own` is None where it sees them all."""
    return table if own is None else table[table[column].isin(own)].reset_index(drop=True)


def is_whole(own: frozenset[str] | None, rw_codes: Collection[str]) -> bool:
    """Say whether a scope sees every RW of a place; of a place without RWs, whoever sees all of them does."""
    return own is None or (len(rw_codes) > 0 and own.issuperset(rw_codes))


def teller(is_exact: bool) -> Scope:
    """Return the scope that stands for all roles told the same of few children, for a table of the whole city."""
    return Scope(PLANNER if is_exact else MAYOR, (WHOLE_CITY,))
