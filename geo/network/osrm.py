"""The routing engine: OSRM's programs, stock profiles and library, as its wheel ships them.

Multi-level Dijkstra (extract, partition, customize) is used rather than contraction, which takes minutes on dense
footpath grids.
"""

import functools
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.errors import BrokenExtractError, NetworkBuildError, NoRoadError, RoutingUnavailableError
from geo.modes import Mode

SMALL_ISLAND_SEGMENTS = 20
"""Roads cut off from the rest that have fewer directed segments than this (about ten streets) are gaps in the map
rather than islands: a point beside one is taken to the nearest road of the whole. OSRM's own default, 1,000, is made
for countries; in a city it would carry the people of a cut-off kampung across the river without a bridge. Measured on
the Helsinki extract without its bridges: with 20, 0.05 % of motorcycle pairs become shorter that way; with 50, 13 %."""

CELL_SIZES = "64,512,4096,32768,262144"
"""Largest cells of the partition, level by level. OSRM's own (128, 4096, …) are made for countries and single routes;
on a city of 40,000 nodes these answer a table of 1,020 × 60 in 0.9 s of processor time instead of 1.7 s."""

_OWN_PROFILES = Path(__file__).resolve().parent.parent / "profiles"
_STOCK_PROFILE: dict[Mode, str] = {"walk": "foot.lua", "car": "car.lua"}


def is_available() -> bool:
    """Say whether the routing engine is installed with its programs."""
    try:
        _package()
    except RoutingUnavailableError:
        return False
    return True


def engine_name() -> str:
    """Return the engine's name and version, as it is kept beside travel times."""
    return f"OSRM {importlib.metadata.version('osrm-bindings')}" if is_available() else "none"


@functools.cache
def _package() -> Path:
    spec = importlib.util.find_spec("osrm")
    if spec is None or spec.origin is None:
        raise RoutingUnavailableError(
            "the routing engine (osrm-bindings) is not installed; it has wheels for Linux and for macOS on ARM. "
            "Without it, distances are straight-line and labelled so."
        )
    folder = Path(spec.origin).parent
    if not (folder / "bin" / "osrm-extract").is_file():
        raise RoutingUnavailableError(
            f"the routing engine in {folder} lacks its programs; reinstall osrm-bindings from its wheel."
        )
    return folder


def _stock_folder() -> Path:
    return _package() / "share" / "profiles"


def profile_path(mode: Mode) -> Path:
    """Return the file that tells how a mode may travel: OSRM's stock one, or ours for the motorcycle."""
    if mode in _STOCK_PROFILE:
        return _stock_folder() / _STOCK_PROFILE[mode]
    return _OWN_PROFILES / f"{mode}.lua"


def profile_files() -> list[Path]:
    """Return every file that a result depends on: the three profiles and the stock library that they call."""
    return [
        *(profile_path(mode) for mode in ("walk", "motorcycle", "car")),
        *sorted((_stock_folder() / "lib").glob("*.lua")),
    ]


def prepare(extract: Path, mode: Mode, folder: Path) -> None:
    """Make a mode's routing files in `folder` from an extract whose name ends in `.osm.pbf`.

    Raises BrokenExtractError, NoRoadError (no road that the mode may use) or NetworkBuildError.
    """
    base = folder / "network.osrm"
    _run(
        "osrm-extract",
        ["--profile", str(profile_path(mode)), "--small-component-size", str(SMALL_ISLAND_SEGMENTS)],
        ["--output", str(base), str(extract)],
        extract=extract,
        mode=mode,
    )
    _run("osrm-partition", [str(base), "--max-cell-sizes", CELL_SIZES], extract=extract, mode=mode)
    _run("osrm-customize", [str(base)], extract=extract, mode=mode)
    for built_only in folder.glob("network.osrm.*"):
        if built_only.suffix in _NEEDED_TO_BUILD_ONLY:
            built_only.unlink()


_NEEDED_TO_BUILD_ONLY = {".cnbg", ".cnbg_to_ebg"}
_NEEDED_TO_UPDATE = (".ebg", ".enw", ".restrictions", ".turn_penalties_index")
_CHANGED_BY_UPDATE = (".geometry", ".datasource_names")
_MADE_BY_UPDATE = (".mldgr", ".cell_metrics")


def can_update(base: Path) -> bool:
    """Say whether routing files hold what an update of speeds needs; those of earlier versions do not."""
    return all(base.with_name(base.name + suffix).is_file() for suffix in _NEEDED_TO_UPDATE)


def update_speeds(base: Path, target: Path, mode: Mode, speeds: Iterable[str]) -> None:
    """Make routing files at `target` that differ from those at `base` in the speeds of some segments only.

    `speeds`: lines "from node,to node,km/h" with their line ends, 0 closing the segment. Raises NetworkBuildError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for part in base.parent.glob(f"{base.name}.*"):
        suffix = part.name.removeprefix(base.name)
        if suffix in _CHANGED_BY_UPDATE:
            shutil.copyfile(part, target.with_name(part.name))
        elif suffix not in _MADE_BY_UPDATE:
            target.with_name(part.name).symlink_to(part.resolve())
    table = target.with_name("speeds.csv")
    with table.open("w") as file:
        file.writelines(speeds)
    if not table.stat().st_size:
        table.write_text("0,0,0\n")  # the engine refuses an empty table, and knows no node 0
    _run("osrm-customize", [str(target), "--segment-speed-file", str(table)], extract=base, mode=mode)


def _run(program: str, *arguments: list[str], extract: Path, mode: Mode) -> None:
    command = [str(_package() / "bin" / program), *(argument for part in arguments for argument in part)]
    # LUA_PATH lets our own profile call the stock library, which the engine looks for beside the profile only.
    environment = {**os.environ, "LUA_PATH": f"{_stock_folder()}/?.lua;;"}
    done = subprocess.run(  # noqa: S603 - the program is the wheel's own and the arguments are a list
        command, capture_output=True, text=True, errors="replace", env=environment, check=False
    )
    if done.returncode == 0:
        return
    said = done.stdout + done.stderr
    if "no edges remaining" in said or "no snappable edges" in said or "does not contain any edges" in said:
        raise NoRoadError(f"{extract.name} holds no road for the mode {mode}; use an extract that has such roads.")
    if "PBF error" in said or "pbf_error" in said:
        raise BrokenExtractError(f"{extract.name} is cut off or damaged; download the extract again.")
    if "No space left" in said:
        raise NetworkBuildError(f"the disk is full while {program} works; free some space and run it again.")
    raise NetworkBuildError(
        f"{program} failed on {extract.name} for the mode {mode} (exit {done.returncode}): {_reason(said)}"
    )


def _reason(said: str) -> str:
    lines = [line for line in said.splitlines() if "[error]" in line or "what():" in line or "terminate" in line]
    return (lines or said.splitlines() or ["no message; is there enough memory?"])[-1].strip()[-300:]


@functools.lru_cache(maxsize=6)
def open_engine(base: Path) -> Any:
    """Open a mode's routing files for questions; an engine that is open stays open for the process."""
    return load_engine(base)


def load_engine(base: Path) -> Any:
    """Open a mode's routing files for as long as the caller holds the engine; the files may go away meanwhile."""
    _package()
    import osrm

    return osrm.OSRM(
        storage_config=str(base),
        algorithm="MLD",
        use_shared_memory=False,
        max_locations_distance_table=-1,  # -1: no limit; the tables are cut to size by the caller
        verbosity="NONE",
    )
