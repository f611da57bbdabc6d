"""Which column is which: header texts as e-PPGBM, its many re-savers and local templates write them.

A header is compared by its letters and digits only. The original's own misspelling (`Pukesmas`) is an alias like any
other; a new misspelling of a longer header is recognised when exactly one wanted header is a letter or two away.
Columns that nobody knows (users add their own) are left alone.
"""

import re
from collections.abc import Sequence

ALIASES: dict[str, tuple[str, ...]] = {
    "nik": ("nik", "nikanak", "nikbalita", "nonik", "nomornik", "nomorindukkependudukan"),
    "name": ("nama", "namaanak", "namabalita", "namaanakbalita", "namabalitaanak", "namalengkap", "namalengkapanak"),
    "sex": ("jk", "jeniskelamin", "jeniskel", "jnskelamin", "kelamin", "lp", "jklp", "sex"),
    "birth_date": ("tgllahir", "tanggallahir", "tglahir", "tgllahiranak", "tanggallahiranak", "tgllhr"),
    "parents": ("namaortu", "namaorangtua", "namaorangtuaibuayah", "namaorangtuaayahibu", "ortu", "orangtua",
                "namaortuayahibu", "namaibu"),
    "city": ("kabkota", "kabupatenkota", "kotakabupaten", "kotakab", "kab", "kota", "kabupaten"),
    "kecamatan": ("kec", "kecamatan", "namakecamatan"),
    "puskesmas": ("pukesmas", "puskesmas", "namapuskesmas"),
    "kelurahan": ("desakel", "kelurahan", "desakelurahan", "kelurahandesa", "keldesa", "desa", "kel",
                  "namakelurahan", "namadesa"),
    "posyandu": ("posyandu", "namaposyandu"),
    "rt": ("rt",),
    "rw": ("rw", "norw", "nomorrw"),
    "rt_rw": ("rtrw",),
    "address": ("alamat", "alamatlengkap", "alamatrumah"),
    "weighings": ("totalpengukuran",),
    "age": ("usiasaatukur", "umursaatukur", "usia", "umur"),
    "measured_on": ("tanggalpengukuran", "tglpengukuran", "tanggalukur", "tglukur", "tanggalpenimbangan",
                    "tglpenimbangan", "tanggaltimbang", "tgltimbang"),
    "weight": ("berat", "beratkg", "beratbadan", "beratbadankg", "bb", "bbkg"),
    "lenhei": ("tinggi", "tinggicm", "tinggibadan", "tinggibadancm", "panjangtinggi", "panjangtinggibadan",
               "tinggipanjang", "tinggipanjangbadan", "panjangbadan", "tb", "tbcm", "pb", "pbtb", "tbpb"),
    "position": ("caraukur", "carapengukuran", "posisiukur"),
    "weight_for_age": ("bbu",),
    "lenhei_for_age": ("tbu", "pbu", "pbtbu", "tbpbu"),
    "weight_for_lenhei": ("bbtb", "bbpb", "bbpbtb"),
    "haz": ("zstbu", "zspbu", "zspbtbu", "zstbpbu", "zscoretbu"),
    "weight_gain": ("naikberatbadan", "naikbb"),
}  # fmt: skip
"""Name here -> headers that mean it, by letters and digits."""

LEFT_ALONE = frozenset({
    "no", "bblahir", "tblahir", "beratlahir", "tinggilahir", "panjanglahir", "prov", "provinsi", "lila", "zsbbu",
    "zsbbtb", "pmtditerimakg", "jmlvita", "kpsp", "kia", "kelasibubalita", "mbg", "detail",
})  # fmt: skip
"""Headers of the export that are not needed, and must not be taken for a misspelling of one that is."""

NEEDED = {
    "birth_date": "Tgl Lahir",
    "sex": "JK",
    "measured_on": "Tanggal Pengukuran",
}
"""Columns without which a list cannot be used, by the header that a person looks for; see also `lacking`."""

_BY_HEADER = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_ONE_LETTER_OFF_FROM, _TWO_LETTERS_OFF_FROM = 6, 10


def plain(text: str) -> str:
    """Return a text's letters and digits in lower case."""
    return _NOT_PLAIN.sub("", text.lower())


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands; the first of two that mean the same counts.

    Misspellings are only looked for in a row that is recognised as a header without them.
    """
    found: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    for position, text in enumerate(header):
        name = _BY_HEADER.get(plain(text)) or _BY_HEADER.get(plain(_IN_BRACKETS.sub("", text)))
        if name:
            found.setdefault(name, position)
        elif plain(text) and plain(text) not in LEFT_ALONE:
            unknown.append((position, plain(text)))
    if not is_header(found):
        return found
    for position, text in unknown:
        close = {name for alias, name in _BY_HEADER.items() if name not in found and _is_misspelling(text, alias)}
        if len(close) == 1:
            found[close.pop()] = position
    return found


def is_header(columns: dict[str, int]) -> bool:
    """Say whether a row with these columns can be the header of a list of children."""
    return ("nik" in columns or "name" in columns) and len(columns) >= 4


def lacking(columns: dict[str, int]) -> list[str]:
    """Return the headers, as a person looks for them, without which the list cannot be used."""
    missing = [header for name, header in NEEDED.items() if name not in columns]
    if "nik" not in columns and "name" not in columns:
        missing.insert(0, "NIK or Nama")
    if "weight" not in columns and "lenhei" not in columns:
        missing.append("Berat or Tinggi")
    return missing


def _is_misspelling(text: str, alias: str) -> bool:
    if len(alias) < _ONE_LETTER_OFF_FROM:
        return False
    allowed = 2 if len(alias) >= _TWO_LETTERS_OFF_FROM else 1
    return abs(len(text) - len(alias)) <= allowed and _edits(text, alias) <= allowed


def _edits(left: str, right: str) -> int:
    """Return how many letters must be added, dropped, changed or swapped with their neighbour (Damerau, adjacent)."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        current = [i]
        for j, b in enumerate(right, start=1):
            cost = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]
