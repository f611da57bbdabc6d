"""Nutritional status classes of Permenkes 2/2020 for children of 0 to 60 months, and the labels that e-PPGBM writes.

A class is read from the z-score rounded to two decimals, and an edge belongs to its milder side: -2.00 is normal,
-3.00 the moderate class, +1.00 normal. Flagged scores are classed like any other; whoever counts leaves them out.

Source: Peraturan Menteri Kesehatan Nomor 2 Tahun 2020 tentang Standar Antropometri Anak.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from models.growth.rounding import round_to_hundredths

NO_CLASS = -1


class Index(StrEnum):
    """An anthropometric index under its Indonesian short name."""

    WEIGHT_FOR_AGE = "BB/U"
    LENGTH_FOR_AGE = "TB/U"
    WEIGHT_FOR_LENGTH = "BB/TB"
    BMI_FOR_AGE = "IMT/U"

    @classmethod
    def _missing_(cls, value: object) -> "Index | None":
        return {"PB/U": cls.LENGTH_FOR_AGE, "BB/PB": cls.WEIGHT_FOR_LENGTH}.get(str(value))


class Classes(NamedTuple):
    """An index's labels from lowest to highest, and its upper edges; the lower edges are -3 and -2 for every index."""

    labels: tuple[str, ...]
    upper_edges: tuple[float, ...]


_WASTING_LABELS = ("Gizi buruk", "Gizi kurang", "Gizi baik", "Berisiko gizi lebih", "Gizi lebih", "Obesitas")

CLASSES = {
    Index.WEIGHT_FOR_AGE: Classes(
        (
            "Berat badan sangat kurang",
            "Berat badan kurang",
            "Berat badan normal",
            "Risiko berat badan lebih",
        ),
        (1,),
    ),
    Index.LENGTH_FOR_AGE: Classes(("Sangat pendek", "Pendek", "Normal", "Tinggi"), (3,)),
    Index.WEIGHT_FOR_LENGTH: Classes(_WASTING_LABELS, (1, 2, 3)),
    Index.BMI_FOR_AGE: Classes(_WASTING_LABELS, (1, 2, 3)),
}

_WASTING_SYNONYMS = {
    "sangat kurus": "Gizi buruk",
    "kurus": "Gizi kurang",
    "normal": "Gizi baik",
    "gizi baik / normal": "Gizi baik",
    "risiko gizi lebih": "Berisiko gizi lebih",
    "gemuk": "Gizi lebih",
}
_SYNONYMS = {
    Index.WEIGHT_FOR_AGE: {
        "sangat kurang": "Berat badan sangat kurang",
        "kurang": "Berat badan kurang",
        "normal": "Berat badan normal",
        "risiko lebih": "Risiko berat badan lebih",
        "gizi buruk": "Berat badan sangat kurang",
        "gizi kurang": "Berat badan kurang",
        "gizi baik": "Berat badan normal",
        "gizi lebih": "Risiko berat badan lebih",
    },
    Index.LENGTH_FOR_AGE: {},
    Index.WEIGHT_FOR_LENGTH: _WASTING_SYNONYMS,
    Index.BMI_FOR_AGE: _WASTING_SYNONYMS,
}


def category_codes(index: Index | str, z: ArrayLike, has_oedema: ArrayLike = False) -> NDArray[np.int8]:
    """Return each child's class as its position in `CLASSES[index].labels`, shape (n,); -1 where z is missing.

    `index` is an `Index` or its short name (PB/U and BB/PB are known too). A child with oedema is in the lowest class
    of every index but length for age, also without a z-score (WHO counts it as severe).
    """
    index = Index(index)
    score = round_to_hundredths(np.atleast_1d(z))
    code = (score >= -3).astype(np.int8) + (score >= -2)
    for edge in CLASSES[index].upper_edges:
        code += score > edge
    code[np.isnan(score)] = NO_CLASS
    if index is not Index.LENGTH_FOR_AGE:
        code[np.broadcast_to(has_oedema, code.shape).astype(bool)] = 0
    return code


def categorize(index: Index | str, z: ArrayLike, has_oedema: ArrayLike = False) -> "pd.Categorical[str]":
    """Return each child's class by its Permenkes 2/2020 label, ordered from lowest to highest; see `category_codes`."""
    codes = category_codes(index, z, has_oedema)
    return pd.Categorical.from_codes(codes, pd.Index(CLASSES[Index(index)].labels), ordered=True)


def canonical_label(index: Index | str, label: str) -> str | None:
    """Return the Permenkes 2/2020 label behind one that e-PPGBM writes for this index, or None when it is unknown.

    Case and spacing don't matter. Labels of SK 1995/2010 map to the class at the same lower edge; three of them had
    other upper edges: "Gizi Lebih" of BB/U and "Tinggi" of TB/U began above +2, and "Gemuk" took in Obesitas.
    """
    index = Index(index)
    words = re.sub(r"\s*/\s*", " / ", " ".join(label.lower().split()))
    known = {name.lower(): name for name in CLASSES[index].labels} | _SYNONYMS[index]
    return known.get(words)


def canonical_categories(index: Index | str, labels: Iterable[str | None]) -> "pd.Categorical[str]":
    """Return a column of e-PPGBM labels as ordered Permenkes 2/2020 classes, missing where a label is unknown."""
    column = pd.Series(labels, dtype=object)
    meaning = {text: canonical_label(index, text) for text in column.unique() if isinstance(text, str)}
    return pd.Categorical(column.map(meaning), categories=CLASSES[Index(index)].labels, ordered=True)
