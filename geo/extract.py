"""Reading OpenStreetMap extracts: whether a file is a whole one, and how old its data is."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium

from geo.errors import BrokenExtractError, NoRoadError


def pbf(extract: Path) -> osmium.io.File:
    """Name a file to pyosmium as `.osm.pbf`, whatever its name."""
    return osmium.io.File(str(extract), "pbf")


@contextmanager
def readable(extract: Path) -> Iterator[None]:
    """Turn what pyosmium says of an unreadable file into BrokenExtractError.

    A missing file or a folder keeps its own error.
    """
    with extract.open("rb") as file:
        if not file.read(1):
            raise BrokenExtractError(f"{extract.name} is empty; download the extract again.")
    try:
        yield
    except (RuntimeError, UnicodeDecodeError) as error:
        reason = str(error)
        if "unexpected EOF" in reason:
            what = "is cut off: its end is missing"
        elif isinstance(error, UnicodeDecodeError) or any(sign in reason for sign in _SIGNS_OF_DAMAGE):
            what = "is no OpenStreetMap extract (.osm.pbf), or is damaged"
        else:
            raise
        raise BrokenExtractError(f"{extract.name} {what}; download the extract again.") from error


_SIGNS_OF_DAMAGE = (
    "PBF error",
    "failed to uncompress",
    "end of buffer",
    "unknown pbf field type",
    "invalid tag",
    "invalid length",
    "varint too long",
    "varint not terminated",
)
"""What pyosmium's reader says of a damaged file, found by changing bytes at random; anything else is our own fault."""


def ways(processor: Iterable[object]) -> Iterator[osmium.osm.Way]:
    """Yield the ways among the objects of a file."""
    for thing in processor:
        if isinstance(thing, osmium.osm.Way):
            yield thing


def relations(processor: Iterable[object]) -> Iterator[osmium.osm.Relation]:
    """Yield the relations among the objects of a file."""
    for thing in processor:
        if isinstance(thing, osmium.osm.Relation):
            yield thing


def areas(processor: Iterable[object]) -> Iterator[osmium.osm.Area]:
    """Yield the areas among the objects of a file that was read with its areas."""
    for thing in processor:
        if isinstance(thing, osmium.osm.Area):
            yield thing


def check_extract(extract: Path) -> None:
    """Read a file to its end and see that it is whole and holds roads.

    Raises BrokenExtractError for a file that is no extract, cut off or damaged, and NoRoadError for one without roads.
    """
    with readable(extract):
        tagged = osmium.FileProcessor(pbf(extract)).with_filter(osmium.filter.KeyFilter("highway"))
        roads = sum(1 for _ in ways(tagged))
    if not roads:
        raise NoRoadError(f"{extract.name} holds no road; use an extract of OpenStreetMap with its roads.")


def extract_date(extract: Path) -> datetime.date | None:
    """Return the date of the data that the file's header states, or None when it states none."""
    with readable(extract):
        header = osmium.io.Reader(pbf(extract), osmium.osm.NOTHING).header()
        stated = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    try:
        return datetime.datetime.fromisoformat(stated).date() if stated else None
    except ValueError:
        return None
