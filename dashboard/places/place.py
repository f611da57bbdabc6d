"""What a place is: its level, its name, what holds it and which RWs are in it."""

from dataclasses import dataclass

import pandas as pd

CITY, KECAMATAN, KELURAHAN, RW, PUSKESMAS = "kota", "kecamatan", "kelurahan", "rw", "puskesmas"
LEVEL_NAMES = {
    CITY: "Kota",
    KECAMATAN: "Kecamatan",
    KELURAHAN: "Kelurahan",
    RW: "Kartu RW",
    PUSKESMAS: "Wilayah kerja puskesmas",
}


@dataclass(frozen=True)
class Place:
    """A place: `where` is what holds it in words, `above` the codes that hold it from the city down, `rw_codes` its
    RWs of today."""

    code: str
    level: str
    name: str
    where: str
    above: tuple[str, ...]
    rw_codes: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """What the codes of everything inside begin with; a wilayah kerja has none."""
        return "" if self.level == PUSKESMAS else f"{self.code}."

    def holds(self, area_code: str) -> bool:
        """Say whether an area is this place, inside it, or an RW of its wilayah kerja."""
        if self.level == PUSKESMAS:
            return area_code in self.rw_codes
        return area_code == self.code or area_code.startswith(self.prefix)


def index_of(
    city_code: str,
    city_name: str,
    places: pd.DataFrame,
    rws: pd.DataFrame,
    facilities: pd.DataFrame,
    served: pd.DataFrame,
) -> dict[str, Place]:
    """Return every place of a city by its code, from the city down, puskesmas with a wilayah kerja last.

    Takes `areas.places`, `areas.rw_names`, `facilities.facilities` and `facilities.service_areas`.
    """
    codes = sorted(rws["code"])
    found = {city_code: Place(city_code, CITY, city_name, "", (), tuple(codes))}
    for level in (KECAMATAN, KELURAHAN):
        for code, name, parent in (
            places.loc[places["level"] == level, ["code", "name", "parent_code"]].to_numpy().tolist()
        ):
            holder = found.get(parent)
            above = () if holder is None else (*holder.above, holder.code)
            inside = tuple(rw for rw in codes if rw.startswith(f"{code}."))
            where = "" if holder is None else holder.name
            found[code] = Place(code, level, f"{LEVEL_NAMES[level]} {name}", where, above, inside)
    for code, name, kelurahan, kelurahan_name, kecamatan_name in (
        rws[["code", "rw_name", "kelurahan_code", "kelurahan", "kecamatan"]].to_numpy().tolist()
    ):
        holder = found.get(kelurahan)
        above = () if holder is None else (*holder.above, holder.code)
        where = f"Kelurahan {kelurahan_name}, Kecamatan {kecamatan_name}"
        found[code] = Place(code, RW, f"{name}, {kelurahan_name}", where, above, (code,))
    by_facility = {code: tuple(sorted(group)) for code, group in served.groupby("facility_code")["rw_code"]}
    known = set(codes)
    for code, name in facilities.loc[facilities["kind"] == "puskesmas", ["code", "name"]].to_numpy().tolist():
        if inside := tuple(rw for rw in by_facility.get(code, ()) if rw in known):
            found[code] = Place(code, PUSKESMAS, name, f"{len(inside)} RW", (city_code,), inside)
    return found
