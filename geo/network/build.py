"""Build a network once for each content: hash, clip, check, prepare each mode, and move into place whole."""

import contextlib
import datetime
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.clip import clip_extract
from geo.extract import check_extract, extract_date
from geo.modes import MODES, Mode
from geo.network.osrm import CELL_SIZES, SMALL_ISLAND_SEGMENTS, engine_name, prepare, profile_files

BUFFER_M = 5_000.0
"""Roads this far outside the boundary are kept: a facility just outside counts if it is nearer, and the way to it, or
between two points inside, may leave the city."""

_ABANDONED_AFTER_S = 86_400.0

Progress = Callable[[str, float], None]
"""Told what is being done, and the share done from 0 to 1."""


@dataclass(frozen=True)
class Network:
    """A road network that has been built: its id (a hash of all that it depends on) and its folder."""

    id: str
    folder: Path
    extract_date: datetime.date | None = None

    def base(self, mode: Mode) -> Path:
        """Return the base path of a mode's routing files."""
        return self.folder / mode / "network.osrm"

    def has(self, mode: Mode) -> bool:
        """Say whether the mode has been built."""
        return (self.folder / mode).is_dir()

    @property
    def roads(self) -> Path:
        """Return the clipped extract; it exists only when a boundary was given."""
        return self.folder / "roads.osm.pbf"


def network_id(extract: Path, boundary: BaseGeometry | None, buffer_m: float = BUFFER_M) -> str:
    """Hash what a network depends on: extract, boundary and buffer, profiles, engine version."""
    digest = hashlib.sha256()
    with extract.open("rb") as file:
        digest.update(hashlib.file_digest(file, "sha256").digest())
    if boundary is not None:
        digest.update(shapely.to_wkb(shapely.normalize(boundary), byte_order=1))
        digest.update(str(buffer_m).encode())
    for profile in profile_files():
        digest.update(profile.name.encode() + b"\0" + profile.read_bytes())
    digest.update(f"{engine_name()} {SMALL_ISLAND_SEGMENTS} {CELL_SIZES}".encode())
    return digest.hexdigest()[:20]


def build_network(
    extract: Path,
    cache: Path,
    *,
    boundary: BaseGeometry | None = None,
    buffer_m: float = BUFFER_M,
    modes: Sequence[Mode] = MODES,
    progress: Progress | None = None,
) -> Network:
    """Build the network of an OpenStreetMap extract (`.osm.pbf`) in `cache`, or find it there.

    With a boundary (polygon, EPSG:4326) the extract is first clipped to it and `buffer_m` around. Only the modes asked
    for are built; another call adds others. Two builds at once don't disturb each other: each works in a folder of its
    own and the first to finish moves its result into place.

    Raises BrokenExtractError, NoRoadError (also when the extract lies elsewhere than the boundary),
    RoutingUnavailableError or NetworkBuildError; FileNotFoundError when there is no such file.
    """
    tell = progress or _silent
    tell("reading the extract", 0.0)
    date = extract_date(extract)
    network = Network(network_id(extract, boundary, buffer_m), Path(), date)
    network = Network(network.id, cache / network.id, date)
    missing = [mode for mode in modes if not network.has(mode)]
    if not missing:
        tell("found in the cache", 1.0)
        return network
    roads = extract
    if boundary is None:
        check_extract(extract)
    network.folder.mkdir(parents=True, exist_ok=True)
    _sweep(network.folder)
    if boundary is not None:
        roads = network.roads
        if not roads.exists():
            with _workplace(network.folder) as work:
                made = clip_extract(extract, boundary, work / roads.name, buffer_m=buffer_m, progress=tell)
                made.replace(roads)
    for done, mode in enumerate(missing):
        tell(f"building the network for {mode}", 0.5 + 0.5 * done / len(missing))
        with _workplace(network.folder) as work:
            _move_into_place(_prepared(roads, mode, work), network.folder / mode)
    tell("built", 1.0)
    return network


def rebuild_mode(network: Network, mode: Mode) -> None:
    """Build a mode of a network that keeps its clipped extract once more, and put it in the earlier one's place."""
    with _workplace(network.folder) as work:
        made = _prepared(network.roads, mode, work)
        place = network.folder / mode
        with contextlib.suppress(FileNotFoundError):
            place.rename(work / "earlier")
        _move_into_place(made, place)


def _prepared(roads: Path, mode: Mode, work: Path) -> Path:
    named = work / "roads.osm.pbf"
    named.symlink_to(roads.resolve())  # the engine knows the format by the name alone
    (work / mode).mkdir()
    prepare(named, mode, work / mode)
    return work / mode


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


@contextlib.contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _move_into_place(made: Path, place: Path) -> None:
    try:
        os.rename(made, place)
    except OSError:
        if not place.is_dir():
            raise
        # another build of the same content was first; ours is equal and is thrown away with its workplace


def _sweep(folder: Path) -> None:
    """Remove workplaces that a build left when it was killed."""
    for work in folder.glob(".building-*"):
        with contextlib.suppress(OSError):
            if time.time() - work.stat().st_mtime > _ABANDONED_AFTER_S:
                shutil.rmtree(work, ignore_errors=True)
