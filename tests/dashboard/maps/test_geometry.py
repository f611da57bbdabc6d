"""The map's files are public: they hold outlines, names and codes, and no figure of anyone."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.maps import geometry
from data.scope import PLANNER, Scope, scoped_connection
from tests.data.access import two_kecamatan

OPEN = {"c", "n", "i", "p", "kind", "class", "name"}
"""Code, name, place in the RW table, partner or not; kind, class and name of a road, a railway or a water."""


@pytest.fixture
def published(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, object]]]:
    with engine.begin() as connection:
        two_kecamatan.load(connection)
    monkeypatch.setattr(geometry, "FOLDER", tmp_path)
    with scoped_connection(engine, Scope(PLANNER, ("",))) as connection:
        geometry.publish(connection)
    return {
        path.name: [feature["properties"] for feature in json.loads(path.read_text())["features"]]
        for path in tmp_path.iterdir()
    }


def test_files_hold_nothing_but_what_is_open(published: dict[str, list[dict[str, object]]]) -> None:
    assert any(features for features in published.values())
    assert {key for features in published.values() for properties in features for key in properties} <= OPEN


def test_the_number_of_an_rw_is_its_place_in_the_table(published: dict[str, list[dict[str, object]]]) -> None:
    numbered = {
        properties["c"]: properties["i"]
        for features in published.values()
        for properties in features
        if "i" in properties
    }
    assert numbered == {code: place for place, code in enumerate(sorted(two_kecamatan.RWS))}
