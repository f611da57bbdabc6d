"""Building networks: once for each content, whole or not at all, and refused with a sentence."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from geo.errors import BrokenExtractError, NetworkBuildError, NoRoadError, RoutingUnavailableError
from geo.network import Network, build, build_network, osrm
from tests.geo.hand_made_map import write_map

STREET = ([(0, 0), (1, 0), (2, 0)], {"highway": "residential"})


def test_a_second_build_takes_the_first_from_the_cache(
    helsinki: Network, helsinki_extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("it was built again")

    monkeypatch.setattr(build, "prepare", fail)
    again = build_network(helsinki_extract, helsinki.folder.parent)
    assert again == helsinki


def test_the_same_content_under_another_name_is_the_same_network(helsinki_extract: Path, tmp_path: Path) -> None:
    copy = shutil.copy(helsinki_extract, tmp_path / "data of today.bin")
    first = build_network(helsinki_extract, tmp_path / "cache", modes=["car"])
    assert build_network(copy, tmp_path / "cache", modes=["car"]).id == first.id


def test_a_file_without_the_usual_suffix_is_built(helsinki_extract: Path, tmp_path: Path) -> None:
    copy = shutil.copy(helsinki_extract, tmp_path / "roads.dat")
    assert build_network(copy, tmp_path / "cache", modes=["walk"]).has("walk")


def test_another_boundary_is_another_network(helsinki_extract: Path) -> None:
    whole = build.network_id(helsinki_extract, None)
    west = build.network_id(helsinki_extract, shapely.box(24.93, 60.16, 24.94, 60.18))
    east = build.network_id(helsinki_extract, shapely.box(24.94, 60.16, 24.95, 60.18))
    assert len({whole, west, east}) == 3


def test_a_changed_profile_is_another_network(
    helsinki_extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build.network_id(helsinki_extract, None)
    changed = tmp_path / "motorcycle.lua"
    changed.write_text(osrm.profile_path("motorcycle").read_text() + "-- slower\n")
    files = [changed if path.name == changed.name else path for path in osrm.profile_files()]
    monkeypatch.setattr(build, "profile_files", lambda: files)
    assert build.network_id(helsinki_extract, None) != before


def test_modes_are_added_to_a_network_when_they_are_asked_for(tmp_path: Path) -> None:
    extract = write_map(tmp_path / "street.osm.pbf", [STREET])
    only_walk = build_network(extract, tmp_path / "cache", modes=["walk"])
    assert (only_walk.has("walk"), only_walk.has("car")) == (True, False)
    build_network(extract, tmp_path / "cache", modes=["car"])
    assert only_walk.has("car")


BUILDER = """
import sys
from pathlib import Path
from geo.network import build_network
print("ready", flush=True)
sys.stdin.readline()
build_network(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_two_builds_at_once_both_end_with_one_whole_network(helsinki_extract: Path, tmp_path: Path) -> None:
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(helsinki_extract), str(tmp_path)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for builder in builders:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "ready\n"
    for builder in builders:
        assert builder.stdin is not None
        builder.stdin.write("\n")
        builder.stdin.flush()
    for builder in builders:
        builder.communicate()
    assert [builder.returncode for builder in builders] == [0, 0]
    (network,) = tmp_path.iterdir()
    assert sorted(path.name for path in network.iterdir()) == ["car", "motorcycle", "walk"]


def test_a_build_that_fails_leaves_nothing_that_looks_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = write_map(tmp_path / "street.osm.pbf", [STREET])

    def fail(roads: Path, mode: str, folder: Path) -> None:
        (folder / "network.osrm.half").write_text("half")
        raise NetworkBuildError("out of memory")

    monkeypatch.setattr(build, "prepare", fail)
    with pytest.raises(NetworkBuildError):
        build_network(extract, tmp_path / "cache")
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_an_extract_that_is_cut_off_is_refused(helsinki_extract: Path, tmp_path: Path, share: float) -> None:
    whole = helsinki_extract.read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BrokenExtractError, match=r"cut\.osm\.pbf is cut off"):
        build_network(cut, tmp_path / "cache")


def test_an_extract_damaged_in_its_middle_is_refused(helsinki_extract: Path, tmp_path: Path) -> None:
    content = bytearray(helsinki_extract.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2_000] = bytes(2_000)
    damaged = tmp_path / "damaged.osm.pbf"
    damaged.write_bytes(content)
    with pytest.raises(BrokenExtractError, match=r"damaged\.osm\.pbf"):
        build_network(damaged, tmp_path / "cache")


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"<?xml version='1.0'?><osm/>", b"\x89PNG\r\n\x1a\n" * 50, bytes(5_000)]
)
def test_a_file_that_is_no_extract_is_refused(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.osm.pbf"
    other.write_bytes(content)
    with pytest.raises((BrokenExtractError, NoRoadError), match=r"other\.osm\.pbf"):
        build_network(other, tmp_path / "cache")


def test_an_extract_without_roads_is_refused(tmp_path: Path) -> None:
    extract = write_map(tmp_path / "river.osm.pbf", [([(0, 0), (1, 0)], {"waterway": "river"})])
    with pytest.raises(NoRoadError, match="holds no road"):
        build_network(extract, tmp_path / "cache")


def test_an_extract_without_a_road_for_a_mode_is_refused_by_that_mode(tmp_path: Path) -> None:
    extract = write_map(tmp_path / "toll.osm.pbf", [([(0, 0), (1, 0), (2, 0)], {"highway": "motorway"})])
    assert build_network(extract, tmp_path / "cache", modes=["car"]).has("car")
    with pytest.raises(NoRoadError, match="motorcycle"):
        build_network(extract, tmp_path / "cache", modes=["motorcycle"])


def test_an_extract_of_another_region_than_the_boundary_is_refused(helsinki_extract: Path, tmp_path: Path) -> None:
    with pytest.raises(NoRoadError, match="no road within 5 km of the boundary"):
        build_network(helsinki_extract, tmp_path, boundary=shapely.box(106.9, -6.4, 107.0, -6.2))


def test_a_file_that_is_not_there_keeps_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        build_network(tmp_path / "nowhere.osm.pbf", tmp_path / "cache")


def test_progress_tells_stages_in_order_up_to_the_whole(tmp_path: Path) -> None:
    told: list[float] = []
    extract = write_map(tmp_path / "street.osm.pbf", [STREET])
    build_network(extract, tmp_path / "cache", progress=lambda stage, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_machine_without_the_engine_is_told_what_it_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    osrm._package.cache_clear()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    try:
        assert not osrm.is_available()
        with pytest.raises(RoutingUnavailableError, match="straight-line"):
            osrm._package()
    finally:
        osrm._package.cache_clear()
