"""From a file's columns and outlines to the areas of one city at one level: coded, named, mended, each once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.intake.areas import codes
from data.intake.areas.placing import Fault, no_kelurahan, unknown_names
from data.intake.areas.reading import AreaFile
from data.intake.areas.refusals import listed, refusal
from data.intake.areas.sheet import Row
from data.intake.columns import plain
from data.intake.places import Places
from data.intake.values import rw_numbers
from geo.errors import CoverageError
from geo.local_map import local_map
from geo.mending import Mended, mend, polygons_only, thinned

_NUMBERS = re.compile(r"numbers (\d+) and (\d+)")


@dataclass(frozen=True)
class Choices:
    """What a person says about a file; what they leave blank is guessed or refused, never assumed."""

    level: str | None = None
    code_column: str | None = None
    name_column: str | None = None
    layer: str | None = None
    is_only_city: bool = False
    is_merging_parts: bool = False


@dataclass(frozen=True)
class Prepared:
    """The areas of a file. `areas`: code, name, kelurahan_name, kecamatan_name (blank where the file has none),
    outline (EPSG:4326), area_km2, row_number; in the order of their codes. `detail_m` is the size of
    details left out of outlines too heavy to mend, 0 for most. `before_km2` is their ground as drawn."""

    level: str
    code_column: str
    name_column: str
    areas: pd.DataFrame
    left_out: int
    broken: int
    joined: int
    overlaps: NDArray[np.object_]
    gaps: NDArray[np.object_]
    overlap_m2: float
    gap_m2: float
    detail_m: float
    before_km2: float
    after_km2: float


def city_of(file: AreaFile, choices: Choices) -> list[str]:
    """Return the codes of the cities that a file's areas belong to, most areas first."""
    coded = _coded(file, choices, None)
    return [str(code) for code in coded["code"].str[:5].value_counts().index]


def prepare(file: AreaFile, choices: Choices, city_code: str, city_name: str, places: Places | None) -> Prepared:
    """Make a file's areas ready for a city; `places` are those that it has already, None while it has none."""
    coded = _coded(file, choices, places)
    level = str(coded.attrs["level"])
    is_own = (coded["code"].str[: len(city_code) + 1] == f"{city_code}.").to_numpy()
    if not is_own.all() and not (choices.is_only_city and is_own.any()):
        others = [str(code) for code in coded.loc[~is_own, "code"].str[:5].unique()]
        raise refusal(
            "other_city",
            found=int((~is_own).sum()),
            total=len(coded),
            others=listed(others),
            city=f"{city_code} {city_name}",
        )
    areas = coded[is_own].reset_index(drop=True)
    areas, joined = _once_each(areas, is_merging=choices.is_merging_parts)
    areas = areas.sort_values("code", ignore_index=True)
    ground = local_map(areas["outline"].to_numpy())
    broken = int((~shapely.is_valid(shapely.force_2d(areas["outline"].to_numpy()))).sum())
    drawn = polygons_only(ground.to_metres(areas["outline"].to_numpy()))
    is_nothing = shapely.area(drawn) <= 0
    if is_nothing.any():
        first = int(areas["row_number"].to_numpy()[is_nothing][0])
        raise refusal("no_ground", found=int(is_nothing.sum()), row=first)
    light, detail_m = thinned(drawn)
    mended = _mended(light, areas["code"].tolist())
    outlines = polygons_only(ground.to_degrees(mended.outlines))
    areas = areas.assign(outline=outlines, area_km2=shapely.area(mended.outlines) / 1e6)
    areas["name"] = [codes.proper_name(*row, level) for row in zip(areas["name"], areas["code"], strict=True)]
    for parent in ("kelurahan", "kecamatan"):
        areas[f"{parent}_name"] = [
            codes.proper_name(name, "", parent) if name else "" for name in areas[f"{parent}_name"]
        ]
    return Prepared(
        level=level,
        code_column=str(coded.attrs["code_column"]),
        name_column=str(coded.attrs["name_column"]),
        areas=areas,
        left_out=int((~is_own).sum()),
        broken=broken,
        joined=joined,
        overlaps=ground.to_degrees(mended.overlaps),
        gaps=ground.to_degrees(mended.gaps),
        overlap_m2=mended.overlap_m2,
        gap_m2=mended.gap_m2,
        detail_m=detail_m,
        before_km2=float(shapely.area(drawn).sum() / 1e6),
        after_km2=float(areas["area_km2"].sum()),
    )


def _coded(file: AreaFile, choices: Choices, places: Places | None) -> pd.DataFrame:
    for wanted in (choices.code_column, choices.name_column):
        if wanted and wanted not in file.columns:
            raise refusal("no_column", found=wanted, columns=listed(list(file.columns), 20))
    level, column, found = _codes(file, choices, places)
    name = choices.name_column or codes.name_column(file.columns, level, frozenset({column}))
    blank = [""] * len(file)
    named = {
        f"{parent}_name": file.columns[at] if (at := codes.name_column(file.columns, parent)) and at != name else blank
        for parent in ("kecamatan", "kelurahan")
    }
    coded = pd.DataFrame(
        {
            "code": found,
            "name": file.columns[name] if name else blank,
            **named,
            "outline": file.outlines,
            "row_number": np.arange(1, len(file) + 1),
        }
    )
    coded.attrs = {"level": level, "code_column": column, "name_column": name or ""}
    return coded


def _codes(file: AreaFile, choices: Choices, places: Places | None) -> tuple[str, str, list[str]]:
    columns = {choices.code_column: file.columns[choices.code_column]} if choices.code_column else file.columns
    guessed = codes.code_column(columns, choices.level)
    if guessed:
        level, column = guessed
        is_parents = level == "kelurahan" and len(set(file.columns[column])) < len(file)
        rw = codes.name_column(file.columns, "rw", frozenset({column}))
        if not (is_parents and rw and choices.level in (None, "rw")):
            return level, column, _read_codes(file.columns[column], column, level)
    if choices.level in (None, "rw") and (by_number := _rw_codes(file, columns)):
        return by_number
    if by_name := _by_name(file, choices, places):
        return by_name
    wanted = choices.level or "kelurahan"
    for name, texts in columns.items():
        for level in (wanted,) if choices.level else ("kelurahan", "kecamatan"):
            if codes.is_bps(texts, level) and ("bps" in plain(name) or choices.code_column or "kode" in plain(name)):
                raise refusal("bps", found=name, example=texts[0])
    if choices.code_column and choices.level:
        _read_codes(file.columns[choices.code_column], choices.code_column, choices.level)
    if choices.level is None and choices.code_column:
        raise refusal("level")
    raise refusal(
        "no_code_column", level=wanted, example=codes.EXAMPLES[wanted], columns=listed(list(file.columns), 20)
    )


def _read_codes(texts: Sequence[str], column: str, level: str) -> list[str]:
    found = [codes.kemendagri(text, level) for text in texts]
    bad = [str(number) for number, code in enumerate(found, start=1) if code is None]
    if bad:
        raise refusal("bad_codes", found=len(bad), column=column, level=level, rows=listed(bad, 10))
    return [str(code) for code in found]


def _rw_codes(file: AreaFile, columns: dict[str, list[str]]) -> tuple[str, str, list[str]] | None:
    """Return RW codes made of a column of kelurahan codes and one of RW numbers."""
    parent = codes.code_column(columns, "kelurahan")
    number = codes.name_column(file.columns, "rw", frozenset({parent[1]} if parent else ()))
    if parent is None or number is None:
        return None
    column = parent[1]
    kelurahan = _read_codes(file.columns[column], column, "kelurahan")
    numbers = rw_numbers(file.columns[number]).tolist()
    bad = [str(row) for row, value in enumerate(numbers, start=1) if value <= 0]
    if bad:
        raise refusal("bad_codes", found=len(bad), column=number, level="rw", rows=listed(bad, 10))
    return "rw", f"{column} + {number}", [f"{kel}.{rw:03d}" for kel, rw in zip(kelurahan, numbers, strict=True)]


def _by_name(file: AreaFile, choices: Choices, places: Places | None) -> tuple[str, str, list[str]] | None:
    """Return codes found by the names of kecamatan, kelurahan and RW, where the city has these places already."""
    if places is None:
        return None
    at = {level: codes.name_column(file.columns, level) for level in ("kecamatan", "kelurahan", "rw")}
    level = choices.level or next((level for level in ("rw", "kelurahan") if at[level]), None)
    if level not in ("kelurahan", "rw") or not at["kelurahan"] or (level == "rw" and not at["rw"]):
        return None
    texts = {name: file.columns[column] if column else [""] * len(file) for name, column in at.items()}
    found: list[str] = []
    faults: list[Fault] = []
    for kecamatan, kelurahan, rw in zip(texts["kecamatan"], texts["kelurahan"], texts["rw"], strict=True):
        code = places.kelurahan_named(kecamatan, kelurahan)
        number = int(rw_numbers([rw])[0]) if level == "rw" else 1
        if code is None:
            row = Row(len(found) + len(faults) + 1, {"kecamatan": kecamatan, "kelurahan": kelurahan})
            faults.append(no_kelurahan(places, row))
        elif number <= 0:
            faults.append(Fault(len(found) + len(faults) + 1, "rw_invalid", f"{kecamatan} / {kelurahan} / {rw}"))
        else:
            found.append(f"{code}.{number:03d}" if level == "rw" else code)
    if faults:
        raise unknown_names(faults)
    used = [column for column in at.values() if column]
    return level, " + ".join(used[: 3 if level == "rw" else 2]), found


def _once_each(areas: pd.DataFrame, *, is_merging: bool) -> tuple[pd.DataFrame, int]:
    is_again = areas["code"].duplicated(keep=False)
    if not is_again.any():
        return areas, 0
    if not is_merging:
        rows = areas[is_again].groupby("code")["row_number"].agg(list)
        told = [f"{code} in numbers {', '.join(map(str, numbers))}" for code, numbers in rows.items()]
        raise refusal("duplicates", found=listed(told, 10))
    joined = areas.drop_duplicates("code", ignore_index=True)
    parts = areas.groupby("code")["outline"].agg(list)
    joined["outline"] = [shapely.union_all(polygons_only(parts[code])) for code in joined["code"]]
    return joined, len(areas) - len(joined)


def _mended(drawn: NDArray[np.object_], area_codes: list[str]) -> Mended:
    try:
        return mend(drawn)
    except CoverageError as error:
        named = _NUMBERS.search(str(error))
        told = [area_codes[int(number) - 1] for number in named.groups()] if named else []
        raise refusal(
            "rivals", found=_NUMBERS.sub("them", str(error)).rstrip(".").split(";")[0], codes=" and ".join(told)
        ) from None
