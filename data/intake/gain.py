"""Weight gain (N, T, O, B) of the rows taken in.

N and T are computed where last month's weight is known, from this file or an earlier one. Elsewhere the file's own
letter stands, because e-PPGBM knows months that were never imported here; without one it stays unknown, for "not
weighed last month" and "not imported" look the same from here.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from data.intake.rows import Weighings
from models.growth.faltering import weighing_status


def weight_gains(connection: Connection, weighings: Weighings) -> NDArray[np.object_]:
    """Return each row's weight gain, N, T, O, B or None; reads the weights of the month before the file's first."""
    own = pd.DataFrame(
        {
            "child": weighings.child,
            "measured_on": weighings.measured_on.astype("datetime64[s]"),
            "sex": weighings.sex,
            "age_days": weighings.age_days,
            "weight_kg": weighings.weight_kg,
        }
    )
    earlier = _earlier(connection, weighings)
    if earlier.empty and len(np.unique(weighings.measured_on.astype("datetime64[M]"))) == 1:
        return weighings.own_gain
    status = weighing_status(pd.concat([own, earlier], ignore_index=True))["weight_status"].iloc[: len(own)]
    return np.where(status.isin(["N", "T"]), status.astype(object), weighings.own_gain)


def _earlier(connection: Connection, weighings: Weighings) -> pd.DataFrame:
    """Return the weighings of the file's children from the month before its first to its last month."""
    month = np.timedelta64(1, "M")
    first = weighings.measured_on.min().astype("datetime64[M]") - month
    after = weighings.measured_on.max().astype("datetime64[M]") + month
    found = connection.execute(
        text(
            "SELECT child_key, measured_on, sex, age_days, weight_kg FROM measurement"
            " WHERE child_key = ANY(ARRAY(SELECT decode(key, 'hex') FROM string_to_table(:keys, ',') AS key))"
            " AND measured_on >= :first AND measured_on < :after AND weight_kg IS NOT NULL"
        ),
        {
            "keys": ",".join(key.hex() for key in weighings.keys),  # one text: an array of bytes is slow to send
            "first": first.astype("datetime64[D]").item(),
            "after": after.astype("datetime64[D]").item(),
        },
    )
    rows = pd.DataFrame(found.fetchall(), columns=["child_key", "measured_on", "sex", "age_days", "weight_kg"])
    numbers = {key: number for number, key in enumerate(weighings.keys)}
    rows["child"] = [numbers[bytes(key)] for key in rows.pop("child_key")]
    return rows.assign(measured_on=pd.to_datetime(rows["measured_on"]).astype("datetime64[s]"))
