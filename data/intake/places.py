"""Where a row belongs: place names as written, matched to the city's areas.

Names are compared by their letters and digits only, with or without the level's word (Kelurahan, Kec.). A Kota is not
the Kabupaten of the same name; a blank Kab/Kota is trusted, and so is a bare name as long as the kecamatan is one of
the city's. Nothing is guessed: a kelurahan that is not in the kecamatan stated is unknown, and so is a misspelt name,
until a planner says once which area is meant (`area_alias`). The file's own exact name comes before the crosswalk.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from data.errors import UnusableInputError
from data.intake.columns import plain
from data.intake.values import RW_MISSING, RW_UNREADABLE, is_blank, rw_numbers, tidy

OUTSIDE_CITY, AREA_UNKNOWN, MISSING_RW = "outside_city", "area_unknown", "rw_missing"

FIRST_KOTA = 71
"""From this number on, the second part of a Kemendagri code is a kota, and below it a kabupaten."""

_KOTA_WORDS = ("kota", "kotamadya", "kodya", "kotaadministrasi", "kotaadm")
_KABUPATEN_WORDS = ("kabupaten", "kab")
_LEVEL_WORD = {
    "kecamatan": re.compile(r"^(?:kecamatan|kec)\b[\s.:]*", re.IGNORECASE),
    "kelurahan": re.compile(r"^(?:kelurahan|kel|desa|ds)\b[\s.:]*", re.IGNORECASE),
}
_LEADING_LEVEL = re.compile(r"^(?:kota administrasi|kota|kabupaten|kab\.?)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class UnknownPlace:
    """A place that a file names and the city does not have.

    `level` is the level at which the name failed, `within_code` the area that it was looked for in (blank: the city),
    and `spelling` what the crosswalk remembers (blank: the file names none); the other three are as written.
    """

    level: str
    within_code: str
    spelling: str
    kecamatan: str
    kelurahan: str
    rw: str


@dataclass(frozen=True)
class Placed:
    """What became of a row's place: an RW's code, or the reason why there is none.

    An RW that has ended holds weighings up to its `last_day`; what the place means `afterwards` is said apart.
    """

    rw_code: str = ""
    reason: str = ""
    unknown: UnknownPlace | None = None
    last_day: datetime.date | None = None
    afterwards: "Placed | None" = None


@dataclass(frozen=True)
class Places:
    """A city's areas by name, and the crosswalk of spellings."""

    city_code: str
    city_name: str
    kecamatan: Mapping[str, str]
    kelurahan: Mapping[tuple[str, str], str]
    kelurahan_in_city: Mapping[str, str]
    rw: frozenset[str]
    aliases: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    ended: Mapping[str, datetime.date] = field(default_factory=dict)
    """RWs that have ended, with their last day: files of earlier months still speak of them."""

    def place(self, city: str, kecamatan: str, kelurahan: str, rw: str) -> Placed:
        """Find the RW of four texts as written."""
        within_city = self._is_this_city(city, kecamatan)
        if not within_city:
            return Placed(reason=OUTSIDE_CITY)
        kecamatan_code = self._kecamatan_code(kecamatan)
        if kecamatan_code is None:
            return self._unknown("kecamatan", "", kecamatan, kecamatan, kelurahan, rw)
        kelurahan_code = self._kelurahan_code(kelurahan, kecamatan_code)
        if kelurahan_code is None:
            return self._unknown("kelurahan", kecamatan_code, kelurahan, kecamatan, kelurahan, rw)
        return self._rw(kelurahan_code, kecamatan, kelurahan, rw)

    def place_in_kelurahan(self, kelurahan_code: str, rw: str) -> Placed:
        """Find the RW of a row whose kelurahan is known for the whole file."""
        return self._rw(kelurahan_code, "", "", rw)

    def kelurahan_named(self, kecamatan: str, kelurahan: str) -> str | None:
        """Return the code of a kelurahan by its name or code, and by its kecamatan's where that is given."""
        kecamatan_code = self._kecamatan_code(kecamatan)
        return None if kecamatan_code is None else self._kelurahan_code(kelurahan, kecamatan_code)

    def kecamatan_named(self, kecamatan: str) -> str | None:
        """Return the code of a kecamatan by its name or code, blank where none is named, or None."""
        return self._kecamatan_code(kecamatan)

    def has_kelurahan(self, code: str) -> bool:
        """Say whether a code is one of the city's kelurahan."""
        return code in self.kelurahan.values()

    def _rw(self, kelurahan_code: str, kecamatan: str, kelurahan: str, rw: str) -> Placed:
        number = int(rw_numbers([rw])[0])
        if number == RW_MISSING:
            return Placed(reason=MISSING_RW)
        code = f"{kelurahan_code}.{number:03d}"
        if number != RW_UNREADABLE and code in self.rw:
            return Placed(rw_code=code)
        alias = self.aliases.get(("rw", kelurahan_code, plain(rw)))
        if alias in self.rw:
            found = Placed(rw_code=alias)
        else:
            found = self._unknown("rw", kelurahan_code, rw, kecamatan, kelurahan, rw)
        if number != RW_UNREADABLE and code in self.ended:
            return Placed(rw_code=code, last_day=self.ended[code], afterwards=found)
        return found

    def _is_this_city(self, city: str, kecamatan: str) -> bool:
        if is_blank(city):
            return True
        name, written = plain(_LEADING_LEVEL.sub("", self.city_name)), plain(city)
        is_kota = int(self.city_code.split(".")[1]) >= FIRST_KOTA
        words = _KOTA_WORDS if is_kota else _KABUPATEN_WORDS
        if written in {plain(self.city_code), *(word + name for word in words), *(name + word for word in words)}:
            return True
        return written == name and not is_blank(kecamatan) and bool(self._kecamatan_code(kecamatan))

    def _kecamatan_code(self, kecamatan: str) -> str | None:
        if is_blank(kecamatan):
            return ""
        for spelling in _spellings("kecamatan", kecamatan):
            if code := self.kecamatan.get(spelling):
                return code
        return self.aliases.get(("kecamatan", "", plain(kecamatan)))

    def _kelurahan_code(self, kelurahan: str, kecamatan_code: str) -> str | None:
        if is_blank(kelurahan):
            return None
        for spelling in _spellings("kelurahan", kelurahan):
            code = (
                self.kelurahan.get((kecamatan_code, spelling))
                if kecamatan_code
                else self.kelurahan_in_city.get(spelling)
            )
            if code:
                return code
        return self.aliases.get(("kelurahan", kecamatan_code, plain(kelurahan)))

    @staticmethod
    def _unknown(level: str, within: str, spelling: str, kecamatan: str, kelurahan: str, rw: str) -> Placed:
        unknown = UnknownPlace(level, within, plain(spelling), kecamatan, kelurahan, rw)
        return Placed(reason=AREA_UNKNOWN, unknown=unknown)


def make_places(
    areas: Iterable[tuple[str, str, str]],
    aliases: Mapping[tuple[str, str, str], str] | None = None,
    ended: Iterable[tuple[str, str, str, datetime.date]] = (),
) -> Places:
    """Make a city's places from (code, level, name) of its areas and (level, within_code, spelling) -> area code.

    Codes count as names too. A kelurahan's name that two kecamatan have is only known together with its kecamatan.
    Areas that have `ended` (code, level, name, last day) are known where no other has their name.
    """
    rows = list(areas)
    city = next(((code, name) for code, level, name in rows if level == "kota"), None)
    if city is None:
        raise UnusableInputError(
            "the database holds no city yet; build the demo with `python -m dashboard demo`, or import the areas first."
        )
    kecamatan = {
        spelling: code for code, level, name in rows if level == "kecamatan" for spelling in (plain(name), plain(code))
    }
    kelurahan: dict[tuple[str, str], str] = {}
    in_city: dict[str, str] = {}
    for code, level, name in rows:
        if level != "kelurahan":
            continue
        for spelling in (plain(name), plain(code)):
            kelurahan[(code.rpartition(".")[0], spelling)] = code
            in_city[spelling] = "" if spelling in in_city else code
    rw = frozenset(code for code, level, _ in rows if level == "rw")
    earlier = list(ended)
    for code, level, name, _ in earlier:
        for spelling in (plain(name), plain(code)) if level == "kelurahan" else ():
            kelurahan.setdefault((code.rpartition(".")[0], spelling), code)
            in_city.setdefault(spelling, code)
    last_days = {code: last_day for code, level, _, last_day in earlier if level == "rw"}
    return Places(*city, kecamatan, kelurahan, in_city, rw, dict(aliases or {}), last_days)


def read_places(connection: Connection, *, has_ended: bool = False) -> Places:
    """Read the places of the database's city and its crosswalk, for files of earlier months with those that ended."""
    areas = connection.execute(
        text("SELECT code, level, name FROM area WHERE valid_to IS NULL OR valid_to >= current_date ORDER BY code")
    )
    aliases = connection.execute(text("SELECT level, within_code, spelling, area_code FROM area_alias"))
    ended = connection.execute(
        text("SELECT code, level, name, valid_to FROM area WHERE valid_to < current_date AND :wanted ORDER BY code"),
        {"wanted": has_ended},
    )
    return make_places(
        [(row.code, row.level, row.name) for row in areas],
        {(row.level, row.within_code, row.spelling): row.area_code for row in aliases},
        [(row.code, row.level, row.name, row.valid_to) for row in ended],
    )


def remember_alias(connection: Connection, place: UnknownPlace, area_code: str, decided_by: str = "") -> None:
    """Remember which area a file's spelling means; it holds inside the area that the spelling was looked for in.

    Raises UnusableInputError when the area is not of the level that the spelling names, or when there is nothing to
    remember because the file leaves the place blank.
    """
    if not place.spelling:
        raise UnusableInputError("a blank place name cannot be remembered; correct it in e-PPGBM and export again.")
    found = connection.execute(
        text(
            "SELECT level, (SELECT code FROM area WHERE level = 'kota' ORDER BY code LIMIT 1) AS city FROM area"
            " WHERE code = :code"
        ),
        {"code": area_code},
    ).first()
    if found is None or found.level != place.level:
        raise UnusableInputError(f"{area_code} is no {place.level} of this city; choose one from the list.")
    connection.execute(
        text(
            "INSERT INTO area_alias (city_code, spelling, level, within_code, area_code, decided_by)"
            " VALUES (:city, :spelling, :level, :within, :area, :by)"
            " ON CONFLICT (city_code, level, within_code, spelling)"
            " DO UPDATE SET area_code = excluded.area_code, decided_by = excluded.decided_by, written_at = now()"
        ),
        {
            "city": found.city,
            "spelling": place.spelling,
            "level": place.level,
            "within": place.within_code,
            "area": area_code,
            "by": decided_by or None,
        },
    )


def _spellings(level: str, written: str) -> Sequence[str]:
    return plain(written), plain(_LEVEL_WORD[level].sub("", tidy(written)))
