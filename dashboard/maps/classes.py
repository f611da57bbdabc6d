"""Fixed classes and their colours: absolute edges, the same for every month, so that a colour means one thing.

Edges of prevalence are those of WHO/UNICEF (de Onis et al. 2018: 2.5, 10, 20, 30 %), with finer steps inside the low
classes, where most RWs lie. Colours are viridis (colour-blind safe; cividis passes through a grey that would
read as "no data"), darker where more attention is due. Too few weighed and no data are classes of their own.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

type Colour = tuple[int, int, int]

NO_DATA_COLOUR: Colour = (214, 214, 214)
OUTSIDE_COLOUR: Colour = (243, 240, 232)
LOW_ATTENDANCE_COLOUR: Colour = (236, 182, 208)
UNKNOWN_ATTENDANCE_COLOUR: Colour = (214, 190, 226)

_VIRIDIS_9: tuple[Colour, ...] = (
    (253, 231, 37),
    (174, 220, 49),
    (94, 201, 98),
    (40, 174, 128),
    (33, 144, 141),
    (44, 113, 142),
    (59, 82, 139),
    (71, 45, 123),
    (68, 1, 84),
)
_VIRIDIS_7: tuple[Colour, ...] = (
    (253, 231, 37),
    (144, 215, 67),
    (53, 183, 121),
    (33, 145, 140),
    (49, 104, 142),
    (68, 58, 131),
    (68, 1, 84),
)
_VIRIDIS_6: tuple[Colour, ...] = (
    (253, 231, 37),
    (122, 209, 81),
    (34, 168, 132),
    (42, 120, 142),
    (65, 68, 135),
    (68, 1, 84),
)


@dataclass(frozen=True)
class Scale:
    """A measure's classes: inner edges (a value on an edge belongs to the class above), labels and colours."""

    edges: tuple[float, ...]
    labels: tuple[str, ...]
    colours: tuple[Colour, ...]

    def classify(self, values: pd.Series) -> np.ndarray:
        """Return the class number of each value; a missing value has none and gives -1."""
        numbers = values.to_numpy(dtype=float)
        return np.where(np.isnan(numbers), -1, np.digitize(numbers, self.edges))


PREVALENCE = Scale(
    (0.01, 0.025, 0.04, 0.06, 0.08, 0.10, 0.20, 0.30),
    ("di bawah 1 %", "1–2,4 %", "2,5–3,9 %", "4–5,9 %", "6–7,9 %", "8–9,9 %", "10–19,9 %", "20–29,9 %", "30 % ke atas"),
    _VIRIDIS_9,
)
ATTENDANCE = Scale(
    (0.40, 0.60, 0.70, 0.80, 0.90),
    ("di bawah 40 %", "40–59 %", "60–69 %", "70–79 %", "80–89 %", "90 % ke atas"),
    _VIRIDIS_6[::-1],
)
TRAVEL = Scale(
    (5 * 60, 10 * 60, 15 * 60, 30 * 60, 45 * 60, 60 * 60),
    (
        "di bawah 5 menit",
        "5–9 menit",
        "10–14 menit",
        "15–29 menit",
        "30–44 menit",
        "45–59 menit",
        "60 menit ke atas",
    ),
    _VIRIDIS_7,
)

_PUOR_7: tuple[Colour, ...] = (
    (84, 39, 136),
    (128, 115, 172),
    (178, 171, 210),
    (247, 247, 247),
    (253, 184, 99),
    (224, 130, 20),
    (179, 88, 6),
)
UNSURE_COLOUR: Colour = (222, 222, 214)
PREVALENCE_CHANGE = Scale(
    (-0.04, -0.02, -0.005, 0.005, 0.02, 0.04),
    (
        "turun 4 poin atau lebih",
        "turun 2–3,9 poin",
        "turun 0,5–1,9 poin",
        "kurang dari 0,5 poin",
        "naik 0,5–1,9 poin",
        "naik 2–3,9 poin",
        "naik 4 poin atau lebih",
    ),
    _PUOR_7,
)
ATTENDANCE_CHANGE = Scale(
    (-0.20, -0.10, -0.05, 0.05, 0.10, 0.20),
    (
        "turun 20 poin atau lebih",
        "turun 10–19 poin",
        "turun 5–9 poin",
        "kurang dari 5 poin",
        "naik 5–9 poin",
        "naik 10–19 poin",
        "naik 20 poin atau lebih",
    ),
    _PUOR_7[::-1],
)
"""Orange is for the worse on both: more stunting, and fewer weighed."""
