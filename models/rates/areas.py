"""The areas above an RW, read from its code.

Assumes Kemendagri codes, where every roll-up is a prefix: `PP.KK` is the kabupaten or kota, `PP.KK.CC` the kecamatan,
`PP.KK.CC.VVVV` the kelurahan or desa, and an RW adds one more part. No region is known by name.
"""

import pandas as pd

from models.errors import UnusableRatesError

RW_CODE = r"^\d{2}\.\d{2}\.\d{2}\.\d{4}\.\d+$"
PARENT_PARTS = {"city_code": 2, "kecamatan_code": 3, "kelurahan_code": 4}


def with_parents(frame: pd.DataFrame) -> pd.DataFrame:
    """Add `kelurahan_code`, `kecamatan_code` and `city_code`, the prefixes of `rw_code`, where they are absent.

    Columns that the caller already holds are kept, so other area systems can name their own parents. Raises
    UnusableRatesError when a given parent is blank, or must be derived from a code that is not an RW code.
    """
    given = [column for column in PARENT_PARTS if column in frame.columns]
    blank = frame[given].isna().any(axis=1)
    if blank.any():
        raise UnusableRatesError(
            f"{int(blank.sum())} RW(s) lack {' or '.join(given)}, the first is {frame['rw_code'][blank].iloc[0]}: "
            "fill it in, or leave the column out"
        )
    absent = [column for column in PARENT_PARTS if column not in frame.columns]
    if not absent:
        return frame
    codes = frame["rw_code"].astype("str")
    is_wrong = ~codes.str.match(RW_CODE)
    if is_wrong.any():
        raise UnusableRatesError(
            f"{int(is_wrong.sum())} value(s) in rw_code are not RW codes like 32.75.01.1001.007, the first is "
            f"{codes[is_wrong].iloc[0]!r}: correct them, or give kelurahan_code, kecamatan_code and city_code yourself"
        )
    parts = codes.str.split(".")
    return frame.assign(**{column: parts.str[: PARENT_PARTS[column]].str.join(".") for column in absent})
