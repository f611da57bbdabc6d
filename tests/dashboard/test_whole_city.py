"""What is worked out over the whole city leaves the cache cut to the viewer, and only the cache may ask for it."""

import ast
import datetime
import inspect
import re

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard import cache
from dashboard.access import CAMAT, LURAH, PLANNER, PUSKESMAS, viewer_as
from dashboard.maps.fills import Fill, LegendRow, over_map
from dashboard.small_cells import SplitNotToldError
from data.schema import AGE_BANDS
from data.scope import Scope
from data.settings import PROJECT_ROOT
from models.priority.weights import DEFAULT_PRESET, PRESETS
from tests.conftest import DatabaseMaker
from tests.data.access import two_kecamatan
from tests.data.access.people import PEOPLE
from tests.data.pusing.hand_written import KECAMATAN, KELURAHAN, MONTHS, VISITS_IN

SHARES = cache.shares_of(PRESETS[DEFAULT_PRESET])
VIEWERS = {
    "camat": viewer_as(CAMAT, "Camat", KECAMATAN),
    "lurah": viewer_as(LURAH, "Lurah", KELURAHAN[0]),
    "puskesmas": viewer_as(PUSKESMAS, "Kepala", "", "PKM-1"),
    "opd": None,
}
MAY_NAME_ENGINE = {
    "data/scope.py",
    "data/rights/tables.py",
    "data/rights/functions.py",
    "dashboard/cache/keeping.py",
    "dashboard/cli/doctor.py",  # the command line of whoever runs the installation
    "data/snapshots/fingerprint.py",  # hashes all that a snapshot holds, and tells a table's name
    "dashboard/small_cells.py",  # knows it when it is told to; asks for nothing
}
TELLS_NO_FIGURES = {"demo_roles", "engine", "gaps", "kept_totals"}
"""Roles, a connection, what the city lacks, and which totals are kept back."""


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
    return engine


@pytest.fixture(autouse=True)
def _cached(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: city)


def _scope(name: str) -> Scope:
    viewer = VIEWERS[name]
    return PEOPLE[name].scope if viewer is None else viewer.scope


def _version(scope: Scope) -> str:
    return cache.data_version(scope)


@pytest.mark.parametrize("name", VIEWERS)
def test_each_viewer_gets_the_own_rws_and_no_other(name: str) -> None:
    scope = _scope(name)
    version = _version(scope)
    month = cache.rw_month(scope, version, MONTHS[-1], AGE_BANDS, (1, 2))
    ranked = cache.ranked_rws(scope, version, VISITS_IN, SHARES, 3)
    clusters = cache.clusters(scope, version, VISITS_IN)
    expected = cache.expected_children(scope, version, VISITS_IN)
    reach = cache.reach_of_rws(scope, version, "walk")
    closed = cache.closed_reach(scope, version, 1, "walk")
    assert set(reach["rw_code"]) == set(closed["rw_code"]) == PEOPLE[name].rws
    for seen in (month["code"], ranked["rw_code"], clusters["rw_code"], expected["rw_code"]):
        assert set(seen) == PEOPLE[name].rws


@pytest.mark.parametrize("name", VIEWERS)
def test_quality_is_told_of_the_own_places_and_without_figures_to_who_is_not_told_counts(name: str) -> None:
    scope, today = _scope(name), datetime.date(2026, 11, 22)
    version = _version(scope)
    for level in ("posyandu", "rw"):
        found = cache.quality_grades(scope, version, MONTHS[-1], level, today)
        assert set(found["code"]) == PEOPLE[name].rws
        assert found["value_reporting"].notna().any() == (name == "puskesmas")
    grid = cache.quality_grid(scope, version, MONTHS[-1], today, 3)
    assert set(grid["rw_code"]) == PEOPLE[name].rws
    kelurahan = set(cache.quality_grades(scope, version, MONTHS[-1], "kelurahan", today)["code"])
    assert kelurahan == {
        code for code in KELURAHAN if {rw for rw in two_kecamatan.RWS if rw[:13] == code} <= PEOPLE[name].rws
    }


@pytest.mark.parametrize("name", ["camat", "lurah"])
def test_histograms_are_refused_to_who_is_not_told_counts(name: str) -> None:
    scope = _scope(name)
    with pytest.raises(SplitNotToldError):
        cache.quality_counts(scope, _version(scope), MONTHS[-1], 3, two_kecamatan.RWS, None)


@pytest.mark.parametrize("name", ["camat", "lurah", "puskesmas"])
def test_reasons_are_told_for_own_rws_only(name: str) -> None:
    scope = _scope(name)
    version = _version(scope)
    told = {rw: bool(cache.reasons_of_rw(scope, version, VISITS_IN, SHARES, rw)) for rw in two_kecamatan.RWS}
    assert {rw for rw, has_reasons in told.items() if has_reasons} <= PEOPLE[name].rws


def test_a_puskesmas_reads_the_same_rates_and_ranks_as_the_planner() -> None:
    planner, head = viewer_as(PLANNER, "Perencana").scope, _scope("puskesmas")
    version = _version(planner)
    for read, key, column in (
        (lambda scope: cache.rw_month(scope, version, MONTHS[-1], AGE_BANDS, (1, 2)), "code", "rate"),
        (lambda scope: cache.ranked_rws(scope, version, VISITS_IN, SHARES, 3), "rw_code", "score"),
    ):
        whole, own = read(planner).set_index(key)[column], read(head).set_index(key)[column]
        pd.testing.assert_series_equal(own, whole.loc[own.index])


def test_a_frame_of_one_person_never_reaches_another() -> None:
    scopes = {name: PEOPLE[name].scope for name in PEOPLE}
    version = _version(scopes["planner"])
    for _ in range(2):
        for name, scope in scopes.items():
            seen = set(cache.own_and_nearest(scope, version, "walk")["rw_code"])
            assert seen == PEOPLE[name].rws, name
            assert set(cache.rw_month(scope, version, MONTHS[-1], AGE_BANDS, (1, 2))["code"]) == PEOPLE[name].rws


def test_what_one_writes_into_a_frame_is_not_read_by_the_next() -> None:
    scope = _scope("camat")
    version = _version(scope)
    first = cache.rw_month(scope, version, MONTHS[-1], AGE_BANDS, (1, 2))
    first["stunted"] = -1.0
    assert (cache.rw_month(scope, version, MONTHS[-1], AGE_BANDS, (1, 2))["stunted"] >= 0).all()


def test_two_people_of_one_role_and_area_share_what_is_kept() -> None:
    one, other = (Scope("lurah", (KELURAHAN[0],), f"user {number}") for number in (1, 2))
    assert one.for_reading() == other.for_reading()


def test_every_kept_read_is_keyed_by_a_scope_or_returns_no_figures() -> None:
    without = {
        name
        for name, function in inspect.getmembers(cache, callable)
        if hasattr(function, "__wrapped__")
        and function.__module__.startswith(f"{cache.__name__}.")
        and not name.startswith("_")
        and "scope" not in inspect.signature(function).parameters
    }
    assert without <= TELLS_NO_FIGURES, "a kept read takes the scope first, so that it is part of its key"


def test_only_the_cache_asks_for_the_whole_city() -> None:
    named = set()
    for folder in ("dashboard", "pages", "data"):
        for path in (PROJECT_ROOT / folder).rglob("*.py"):
            names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
            if "ENGINE" in names:
                named.add(str(path.relative_to(PROJECT_ROOT)))
    assert named <= MAY_NAME_ENGINE


def test_nobody_else_keeps_anything() -> None:
    keeping = {
        str(path.relative_to(PROJECT_ROOT))
        for folder in ("dashboard", "pages", "data")
        for path in (PROJECT_ROOT / folder).rglob("*.py")
        if re.search(r"\bcache_(data|resource)\b", path.read_text())
    }
    # The entry point does one thing once a process, and keeps nothing of it.
    assert keeping == {"dashboard/cache/keeping.py", "dashboard/app.py"}


def test_what_the_cache_reads_for_the_whole_city_it_keeps_to_itself() -> None:
    modules = [ast.parse(path.read_text()) for path in (PROJECT_ROOT / "dashboard" / "cache").glob("*.py")]
    of_city = {
        function.name
        for module in modules
        for function in module.body
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(node, ast.Name) and node.id == "engine_of" for node in ast.walk(function))
    }
    assert "rw_month_of_city" in of_city
    open_ones = {name for name in of_city if hasattr(cache, name)}
    hint = "cut the table with own_areas.own_rows, in a function of its own"
    assert open_ones <= {"visit_effects", *TELLS_NO_FIGURES}, hint


def test_rws_outside_are_a_class_of_their_own_on_the_map() -> None:
    drawn = Fill("x", np.array([1, 0]), ((0, 0, 0), (1, 1, 1)), (LegendRow((0, 0, 0), "a", 1),), ())
    laid_out = over_map(drawn, ["b", "d"], ["a", "b", "c", "d"])
    assert isinstance(laid_out, Fill)
    assert list(laid_out.classes) == [2, 1, 2, 0]
    assert [(row.label, row.rw_count) for row in laid_out.special] == [("Di luar wilayah Anda", 2)]


def test_a_map_of_nothing_of_ones_own_is_all_outside() -> None:
    drawn = Fill("x", np.array([], dtype=int), ((0, 0, 0),), (), ())
    laid_out = over_map(drawn, [], ["a", "b"])
    assert isinstance(laid_out, Fill)
    assert list(laid_out.classes) == [1, 1]
