"""Identities of the invented children: numbers that no person can have, and names put together from short lists.

A real NIK starts with a region code between 11 and 96; these start with 99. The children's keys are made from them as
the intake makes them, so that importing the demo's own files finds the same children.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.intake.identity import DEMO_SECRET, child_keys

_FIRST = ("Contoh", "Misal", "Umpama", "Andai", "Peraga", "Tiruan", "Rekaan", "Fiksi")
_SECOND = ("Pagi", "Siang", "Senja", "Awan", "Hujan", "Angin", "Embun", "Bulan", "Bintang", "Laut", "Gunung", "Sawah")
_THIRD = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh")
_FATHERS = ("Bapak", "Ayah")
_MOTHERS = ("Ibu", "Bunda")


@dataclass(frozen=True)
class Identities:
    """NIK, name and parents of n invented children, as a file writes them."""

    nik: list[str]
    name: list[str]
    parents: list[str]


def identities(child: NDArray[np.intp]) -> Identities:
    """Make up the identities of children by their number."""
    numbers = child.tolist()
    return Identities(
        nik=[f"9900{number:012d}" for number in numbers],
        name=[
            f"{_FIRST[number % 8]} {_SECOND[number // 8 % 12]} {_THIRD[number // 96 % 10]} {number}".upper()
            for number in numbers
        ],
        parents=[
            f"{_FATHERS[n % 2]} {_SECOND[n // 5 % 12]} / {_MOTHERS[n // 3 % 2]} {_SECOND[n // 7 % 12]}".upper()
            for n in numbers
        ],
    )


def keys(child: NDArray[np.intp], birth_day: NDArray[np.int32], sex: NDArray[np.int8]) -> list[bytes]:
    """Return the children's keys as the intake would make them in the demo."""
    who = identities(child)
    born = birth_day.astype("datetime64[D]")
    return list(child_keys(who.nik, who.name, born, sex, who.parents, DEMO_SECRET))
