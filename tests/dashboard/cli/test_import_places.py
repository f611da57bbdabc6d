"""`python -m dashboard import areas|rw|facilities|service-areas` and `demo --clear`: totals, exit codes, sentences."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from dashboard.cli import demo as demo_command
from dashboard.cli import import_, import_places
from data.errors import DemoGuardError, UnusableInputError
from tests.data.intake.areas.squares import CODES, geojson, inside, kelurahan, table

Run = Callable[..., Any]
CITY = ("--city-name", "Kota Contoh")


@pytest.fixture
def run(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(import_places, "get_engine", lambda: engine)
    return lambda *arguments: CliRunner().invoke(import_.app, [*map(str, arguments)])


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    return geojson(tmp_path / "kelurahan.geojson", kelurahan())


def written(folder: Path, name: str, *rows: Any) -> Path:
    path = folder / name
    path.write_bytes(table(*rows))
    return path


def count(engine: Engine, of: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {of}")).scalar_one())


def test_a_city_is_loaded_from_its_files_one_after_the_other(
    run: Run, areas: Path, tmp_path: Path, engine: Engine
) -> None:
    assert run("areas", areas, *CITY).exit_code == 0
    rws = written(tmp_path, "rw.csv", ("kelurahan", "rw", "lat", "lon"), ("Suka Maju", 1, *inside(0, 0)))
    assert run("rw", rws).exit_code == 0
    places = written(tmp_path, "pkm.csv", ("nama", "lat", "lon"), ("Suka", *inside(0, 0)))
    assert run("facilities", places, "--kind", "puskesmas").exit_code == 0
    services = written(tmp_path, "wk.csv", ("kode kelurahan", "puskesmas"), (CODES[0], "Puskesmas Suka"))
    done = run("service-areas", services, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["new"] == 1
    assert count(engine, "service_area") == 1


def test_a_dry_run_of_each_writes_nothing(run: Run, areas: Path, tmp_path: Path, engine: Engine) -> None:
    done = run("areas", areas, *CITY, "--dry-run")
    assert "dry run, nothing was written" in done.stderr
    assert "4 new, 0 changed" in done.stdout
    assert count(engine, "area") == 0
    run("areas", areas, *CITY)
    rws = written(tmp_path, "rw.csv", ("kelurahan", "rw"), ("Suka Maju", 1))
    assert run("rw", rws, "--dry-run").exit_code == 0
    assert count(engine, "area WHERE level = 'rw'") == 0


def test_the_totals_as_json_are_all_that_is_on_stdout(run: Run, areas: Path) -> None:
    told = json.loads(run("areas", areas, *CITY, "--json").stdout)
    assert (told["status"], told["level"], told["new"], told["repaired"]["overlaps"]) == ("imported", "kelurahan", 4, 0)


def test_the_first_file_needs_the_citys_name(run: Run, areas: Path) -> None:
    error = run("areas", areas).exception
    assert isinstance(error, UnusableInputError)
    assert error.exit_code == 2
    assert "--city-name" in str(error)


def test_tables_before_areas_say_what_comes_first(run: Run, tmp_path: Path) -> None:
    error = run("rw", written(tmp_path, "rw.csv", ("kelurahan", "rw"), ("Suka Maju", 1))).exception
    assert "load its areas first" in str(error)


def test_the_demo_is_left_behind_by_one_command_and_then_the_city_comes(
    run: Run, areas: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REMBUK_HOME", str(tmp_path))
    monkeypatch.setattr(demo_command, "get_engine", lambda: engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO area (code, level, name) VALUES ('32.75', 'kota', 'Kota Bekasi')"))
        connection.execute(text("INSERT INTO setting (code, value) VALUES ('city', '{\"is_demo\": true}')"))
    assert "demo --clear" in str(run("areas", areas, *CITY).exception)
    cleared = CliRunner().invoke(demo_command.app, ["--clear"], input="n\n")
    assert (cleared.exit_code, count(engine, "area")) == (1, 1)
    assert CliRunner().invoke(demo_command.app, ["--clear", "--yes"]).exit_code == 0
    assert run("areas", areas, *CITY).exit_code == 0
    assert count(engine, "area WHERE code = '32.75'") == 0


def test_a_real_city_is_never_cleared(run: Run, areas: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_command, "get_engine", lambda: engine)
    run("areas", areas, *CITY)
    error = CliRunner().invoke(demo_command.app, ["--clear", "--yes"]).exception
    assert isinstance(error, DemoGuardError)
    assert count(engine, "area") == 7


def test_children_by_source_are_taken_in_after_the_areas(run: Run, areas: Path, tmp_path: Path, engine: Engine) -> None:
    run("areas", areas, *CITY)
    head = ("Kode wilayah", "Sumber", "Tanggal", "Balita", "Sitasi")
    good = written(tmp_path, "balita.csv", head, (CODES[0], "dukcapil", "2026-06-30", 1250, "DKB 2026"))
    assert run("under-five", good, "--dry-run").exit_code == 0
    assert count(engine, "under_five_figure") == 0
    assert run("under-five", good).exit_code == 0
    assert count(engine, "under_five_figure") == 1
