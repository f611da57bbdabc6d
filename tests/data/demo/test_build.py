"""The demo city in a real database: whole, repeatable, importable, and never over anyone's real data."""

import datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, text

from data.demo import build, eppgbm_files
from data.demo.build import DemoPlan, build_demo
from data.demo.geography import build_geography
from data.demo.truth import load_truth, truth_path
from data.errors import DemoGuardError
from data.intake.aggregate import rebuild_growth_months
from data.intake.eppgbm import IMPORTED, commit, preview
from data.schema import metadata

# three small kecamatan: a list then holds under half of a month, so that it does not stand for the whole of it
PLAN = DemoPlan(start="2025-09", end="2026-10", within=("32.75.07", "32.75.10", "32.75.12"), has_roads=False)
MOMENTS = {"written_at", "changed_at", "built_at", "happened_at"}
MONTHS_WITH_WHOLE_WINDOWS = [datetime.date(2026, month, 1) for month in range(1, 11)]
MONTHS_WITH_WHOLE_FLOWS = MONTHS_WITH_WHOLE_WINDOWS[1:]
FLOWS = {"newly_stunted", "newly_found", "recovered", "moved_in", "moved_out", "aged_out", "lapsed"}


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory):
    """Folder for what the build leaves beside the database; the areas are computed once."""
    folder, geography = tmp_path_factory.mktemp("home"), build_geography(PLAN.seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REMBUK_HOME", str(folder))
        patch.setattr(build, "build_geography", lambda _seed: geography)
        patch.setattr(eppgbm_files, "WORKBOOKS", 1)
        yield folder


@pytest.fixture(scope="module")
def demo(new_database, migrated_template, home) -> Engine:
    """A database that holds the small demo; do not write to it."""
    engine = new_database(migrated_template)
    build_demo(engine, PLAN)
    return engine


@pytest.fixture(scope="module")
def rebuilt(new_database, demo, home) -> tuple[Engine, dict[Path, bytes]]:
    """A copy of the demo that took a list in and was then built again, and the files that lay there before."""
    engine = new_database(demo)
    with engine.begin() as connection:
        commit(connection, _lists(home)[0].read_bytes(), "list")
    before = {path: path.read_bytes() for path in [*_lists(home), truth_path()]}
    build_demo(engine, PLAN)
    return engine, before


def _contents(engine: Engine) -> dict[str, str]:
    """A digest of every table's rows, but for the moments at which they were written."""
    digests = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name == "audit_log":  # what was done stays told, also through a rebuild
                continue
            columns = ", ".join(f'"{column.name}"' for column in table.columns if column.name not in MOMENTS)
            digests[table.name] = connection.scalar(
                text(
                    f"SELECT md5(string_agg(md5(r::text), '' ORDER BY md5(r::text)))"
                    f" FROM (SELECT {columns} FROM {table.name}) r"
                )
            )
    return digests


def test_how_the_demo_was_weighed_is_counted_once_a_weighing(demo: Engine) -> None:
    with demo.connect() as connection:
        counted = connection.execute(
            text("SELECT sum(weighings), sum(has_length), sum(copied) FROM quality_month")
        ).one()
        weighed = connection.execute(text("SELECT count(*), count(lenhei_cm) FROM measurement")).one()
        late = connection.scalar(
            text("SELECT count(*) FROM quality_month WHERE received_on > month + interval '1 month 9 days'")
        )
    assert tuple(counted[:2]) == tuple(weighed)
    assert counted[2] > 0
    assert late > 0


def test_other_sources_count_other_children_in_the_demo(demo: Engine) -> None:
    with demo.connect() as connection:
        told = connection.execute(
            text("SELECT source, count(*), min(children) FROM under_five_figure GROUP BY source ORDER BY source")
        ).all()
    assert [source for source, _, _ in told] == ["bps", "dukcapil"]
    assert all(areas > 1 and fewest > 0 for _, areas, fewest in told)


def _growth(connection: Connection) -> pd.DataFrame:
    return pd.read_sql(text("SELECT * FROM growth_month ORDER BY rw_code, month, age_band, sex"), connection)


def _count(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(query)) or 0)


def test_every_kelurahan_has_at_least_ten_rw(demo):
    fewest = "SELECT min(n) FROM (SELECT count(*) AS n FROM area WHERE level = 'rw' GROUP BY parent_code) k"
    assert _count(demo, fewest) >= 10


def test_the_city_has_its_published_number_of_areas(demo):
    with demo.connect() as connection:
        found = dict(connection.execute(text("SELECT level, count(*) FROM area GROUP BY level")).all())
    assert found == {"kota": 1, "kecamatan": 12, "kelurahan": 56, "rw": 1020}


def test_the_database_says_that_it_is_a_demo(demo):
    with demo.connect() as connection:
        city = connection.scalar(text("SELECT value FROM setting WHERE code = 'city'"))
    assert city == {"city_code": "32.75", "name": "Kota Bekasi", "is_demo": True}


def test_a_second_build_leaves_the_same_contents_whatever_was_imported_between(demo, rebuilt):
    assert _contents(rebuilt[0]) == _contents(demo)


def test_the_lists_and_true_rates_are_the_same_bytes_each_time(rebuilt):
    before = rebuilt[1]
    assert {path: path.read_bytes() for path in before} == before


def test_indexes_and_keys_are_back_after_a_build(demo, migrated_template):
    query = text(
        "SELECT indexdef AS what FROM pg_indexes WHERE schemaname = 'public'"
        " UNION ALL SELECT conname || conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1"
    )
    with demo.connect() as built, migrated_template.connect() as fresh:
        assert built.execute(query).scalars().all() == fresh.execute(query).scalars().all()
    migrated_template.dispose()


@pytest.mark.parametrize("setting", [None, '{"city_code": "32.75", "name": "Kota Bekasi", "is_demo": false}'])
def test_a_database_with_real_areas_is_refused_and_left_alone(engine, setting):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO area (code, level, name) VALUES ('32.75', 'kota', 'Kota Bekasi')"))
        if setting:
            connection.execute(
                text("INSERT INTO setting (code, value) VALUES ('city', CAST(:value AS jsonb))"), {"value": setting}
            )
    before = _contents(engine)
    with pytest.raises(DemoGuardError, match="not the demo's"):
        build_demo(engine, PLAN)
    assert _contents(engine) == before


def test_counts_agree_with_those_that_the_intake_computes_from_the_rows(demo):
    with demo.connect() as connection:
        ours = _growth(connection)
        rebuild_growth_months(connection, None, MONTHS_WITH_WHOLE_WINDOWS)
        theirs = _growth(connection)
        connection.rollback()
    whole = ours["month"].isin(MONTHS_WITH_WHOLE_FLOWS)
    pd.testing.assert_frame_equal(ours[whole], theirs[theirs["month"].isin(MONTHS_WITH_WHOLE_FLOWS)])
    window_counts = [column for column in ours.columns if column not in FLOWS]
    pd.testing.assert_frame_equal(ours[window_counts], theirs[window_counts])


def _lists(home: Path) -> list[Path]:
    return sorted((home / "demo" / "eppgbm").iterdir())


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_importing_the_demos_own_list_changes_no_count(demo, home, suffix):
    content = next(path for path in _lists(home) if path.suffix == suffix).read_bytes()
    with demo.connect() as connection:
        before = _growth(connection)
        outcome = commit(connection, content, "list")
        after = _growth(connection)
        connection.rollback()
    assert outcome.status == IMPORTED
    assert outcome.preview.totals.as_json()["z_mismatch"] == 0
    pd.testing.assert_frame_equal(after, before)


def test_a_list_sets_aside_its_faulty_rows_and_no_other(demo, home):
    with demo.connect() as connection:
        totals = preview(connection, _lists(home)[0].read_bytes(), "list").totals.as_json()
    assert totals["duplicates"] == 1
    assert totals["parked_reasons"] == {"rw_missing": 3, "area_unknown": 2, "age_out_of_range": 1, "no_measurement": 1}


def test_child_level_rows_cover_the_latest_twelve_months(demo):
    with demo.connect() as connection:
        first, last = connection.execute(text("SELECT min(measured_on), max(measured_on) FROM measurement")).one()
    assert (first.replace(day=1), last.replace(day=1)) == (datetime.date(2025, 11, 1), datetime.date(2026, 10, 1))


def test_no_child_is_weighed_by_the_demo_past_its_fifth_birthday(demo):
    assert _count(demo, "SELECT count(*) FROM measurement WHERE age_days < 0 OR age_days / 30.4375 >= 60") == 0


def test_series_of_one_year_stand_apart(demo):
    query = text(
        "SELECT series, value FROM official_statistic WHERE area_code = '32.75' AND period = '2023'"
        " AND indicator_code = 'stunting_prevalence' ORDER BY series"
    )
    with demo.connect() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [("SKI", 10.3), ("e-PPGBM", 2.99)]


def test_about_four_thousand_is_marked_approximate(demo):
    query = text("SELECT is_approximate FROM official_statistic WHERE value = 4000 AND period = '2025-04'")
    with demo.connect() as connection:
        assert connection.execute(query).scalars().all() == [True]


def test_a_visit_stands_in_its_puskesmas_own_area(demo):
    strays = (
        "SELECT count(*) FROM pusing_visit v LEFT JOIN service_area s USING (rw_code, facility_code)"
        " WHERE s.rw_code IS NULL"
    )
    assert _count(demo, strays) == 0
    assert _count(demo, "SELECT count(*) FROM pusing_visit") > 50


def test_a_visit_finds_no_more_children_than_it_weighs(demo):
    assert _count(demo, "SELECT count(*) FROM pusing_visit WHERE found > weighed OR weighed > served") == 0


def test_no_service_reaches_more_than_there_are(demo):
    assert _count(demo, "SELECT count(*) FROM intervention_month WHERE numerator > denominator") == 0
    assert (
        _count(demo, "SELECT count(*) FROM maternal_month WHERE anaemia > screened OR screened > pregnant_target") == 0
    )


def test_true_rates_lie_beside_the_database_and_not_in_it(demo, home):
    truth = load_truth()
    assert set(truth["month"]) == {f"2025-{month:02d}" for month in range(9, 13)} | {
        f"2026-{month:02d}" for month in range(1, 11)
    }
    assert truth["true_risk"].between(0, 1).all()


def test_the_city_has_an_invented_routine_target_that_says_so_for_the_year_that_the_demo_ends_in(demo: Engine) -> None:
    stunting = "FROM target WHERE indicator_code = 'stunting_prevalence' AND series = 'e-PPGBM'"
    assert _count(demo, f"SELECT count(*) {stunting} AND year = 2026 AND area_code = '32.75'") == 1
    assert _count(demo, f"SELECT count(*) {stunting} AND decree NOT LIKE '%rekaan%'") == 0
