"""A file is taken in whole or not at all, once, and a corrected one replaces its earlier version."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.errors import SecretMissingError, UnusableInputError
from data.intake import aggregate, eppgbm
from data.intake import load as loading
from data.intake.places import UnknownPlace, remember_alias
from data.scope import Scope, scoped_connection, writing_connection
from tests.data.intake.lists import as_csv, as_html, child

TakeIn = Callable[..., eppgbm.Outcome]

OCTOBER = [child(number) for number in range(1, 9)]


def dump(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the intake's tables hold, without the hours and numbers of the batches."""
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT * FROM ({query}) t ORDER BY 1, 2, 3, 4")).fetchall()
            for table, query in {
                "child": "SELECT child_key, rw_code, sex, birth_date FROM child",
                "measurement": "SELECT child_key, measured_on, rw_code, weight_kg, lenhei_cm, haz, posyandu FROM"
                " measurement",
                "growth_month": "SELECT * FROM growth_month",
                "batches": "SELECT content_sha256, status, accepted, replaced FROM import_batch",
                "parked": "SELECT row_number, reason, place, 1 FROM parked_row",
            }.items()
        }


def ask(engine: Engine, query: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar()


def test_rows_arrive_as_they_were_read(city: Engine, take_in: TakeIn) -> None:
    outcome = take_in([child(1, Posyandu="Melati 2"), child(2, RW="0"), child(3, Tinggi="", Berat="9,8")])
    assert outcome.status == eppgbm.IMPORTED
    rows = dump(city)["measurement"]
    assert {row.rw_code for row in rows} == {"32.75.01.1001.001"}
    assert {(round(row.weight_kg, 2), row.lenhei_cm and round(row.lenhei_cm, 2)) for row in rows} == {
        (11.2, 85.1),
        (9.8, None),
    }
    assert {row.posyandu for row in rows} == {"Melati 2", "MELATI 1"}
    assert dump(city)["parked"] == [(3, "rw_missing", None, 1)]


def test_the_preview_counts_the_same_and_writes_nothing(city: Engine, city_scope: Scope, take_in: TakeIn) -> None:
    content = as_csv([*OCTOBER, child(1), child(9, JK="")])
    before = dump(city)
    with scoped_connection(city, city_scope) as connection:
        seen = eppgbm.preview(connection, content, "a file")
    assert dump(city) == before
    assert seen.totals == take_in(content).preview.totals
    assert seen.parked_rows[0].row_number == 11


def test_the_same_file_again_changes_nothing(city: Engine, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    before = dump(city)
    assert take_in(OCTOBER).status == eppgbm.UNCHANGED
    assert dump(city) == before


def test_the_same_list_in_another_format_leaves_the_same_rows(city: Engine, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    before = dump(city)
    outcome = take_in(as_html(OCTOBER, lacks_weighings=True))
    assert (outcome.preview.replacement.replaced, outcome.preview.replacement.withdrawn) == (8, 0)
    assert [dump(city)[table] for table in ("child", "measurement", "growth_month")] == [
        before[table] for table in ("child", "measurement", "growth_month")
    ]
    assert {row.status for row in dump(city)["batches"]} == {"active", "superseded"}


def test_a_corrected_file_replaces_what_changed_and_withdraws_what_is_gone(city: Engine, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    corrected = [child(1, Tinggi="70.0"), child(2, **{"Tanggal Pengukuran": "2026-10-12"}), *OCTOBER[2:7]]
    outcome = take_in(corrected)
    assert (outcome.preview.replacement.replaced, outcome.preview.replacement.withdrawn) == (6, 2)
    fresh = dump(city)
    with city.begin() as connection:
        connection.execute(text("TRUNCATE child, measurement, growth_month, import_batch CASCADE"))
    take_in(corrected)
    again = dump(city)
    assert [fresh[table] for table in ("child", "measurement", "growth_month")] == [
        again[table] for table in ("child", "measurement", "growth_month")
    ]


def test_the_preview_foresees_what_would_give_way(city: Engine, city_scope: Scope, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    with scoped_connection(city, city_scope) as connection:
        seen = eppgbm.preview(connection, as_csv(OCTOBER[:6]), "a file")
    assert (seen.replacement.replaced, seen.replacement.withdrawn) == (6, 2)


def test_a_file_of_other_children_replaces_nothing(city: Engine, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    take_in([child(number, RW="02", Posyandu="MAWAR") for number in range(20, 30)])
    assert ask(city, "SELECT count(*) FROM measurement") == 18


def test_a_corrected_file_of_one_posyandu_replaces_that_posyandu_only(city: Engine, take_in: TakeIn) -> None:
    mawar = [child(number, RW="02", Posyandu="MAWAR") for number in range(20, 23)]
    take_in([*OCTOBER, *mawar])
    outcome = take_in(mawar[:2])
    assert (outcome.preview.replacement.replaced, outcome.preview.replacement.withdrawn) == (2, 1)
    assert ask(city, "SELECT count(*) FROM measurement") == 10


def test_a_kelurahan_that_the_new_file_does_not_speak_of_keeps_its_rows(city: Engine, take_in: TakeIn) -> None:
    bintara = [
        child(number, Kec="BEKASI BARAT", **{"Desa/Kel": "BINTARA"}, RW="01", Posyandu="MAWAR")
        for number in range(20, 26)
    ]
    take_in([*OCTOBER, *bintara])
    outcome = take_in(OCTOBER[:7])
    assert (outcome.preview.replacement.replaced, outcome.preview.replacement.withdrawn) == (7, 1)
    assert ask(city, "SELECT count(*) FROM measurement WHERE rw_code LIKE '32.75.02.1001.%'") == 6


def test_an_import_leaves_an_entry_in_the_log_without_the_files_name(city: Engine, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    with city.connect() as connection:
        act, detail = connection.execute(text("SELECT act, detail FROM audit_log ORDER BY id DESC LIMIT 1")).one()
    assert act == "file imported"
    assert set(detail) == {"batch", "accepted", "parked"}


def test_the_next_months_file_leaves_the_earlier_month(city: Engine, take_in: TakeIn) -> None:
    take_in([child(number, **{"Tanggal Pengukuran": "2026-09-10"}) for number in range(1, 9)])
    outcome = take_in(OCTOBER)
    assert (outcome.preview.replacement.replaced, outcome.preview.replacement.withdrawn) == (0, 0)
    assert ask(city, "SELECT count(*) FROM measurement") == 16
    assert ask(city, "SELECT count(*) FROM child") == 8


def test_a_list_of_latest_weighings_keeps_the_earlier_ones_of_children_weighed_since(
    city: Engine, take_in: TakeIn
) -> None:
    september = {"Tanggal Pengukuran": "2026-09-10"}
    take_in([child(number, **september) for number in range(1, 9)])
    latest = [child(number, **(september if number < 7 else {})) for number in range(1, 9)]
    outcome = take_in(latest)
    assert (outcome.preview.replacement.replaced, outcome.preview.replacement.withdrawn) == (6, 0)
    assert ask(city, "SELECT count(*) FROM measurement") == 10


def test_a_superseded_file_comes_back_only_by_force(city: Engine, take_in: TakeIn) -> None:
    take_in(OCTOBER)
    take_in([child(1, Berat="11.9"), *OCTOBER[1:]])
    before = dump(city)
    assert take_in(OCTOBER).status == eppgbm.SUPERSEDED
    assert dump(city) == before
    assert take_in(OCTOBER, force=True).status == eppgbm.IMPORTED
    assert ask(city, "SELECT max(weight_kg) FROM measurement") == pytest.approx(11.2)


def test_a_child_follows_its_latest_weighing_even_when_files_come_in_the_wrong_order(
    city: Engine, take_in: TakeIn
) -> None:
    take_in([child(1, RW="02")])
    take_in([child(1, RW="01", **{"Tanggal Pengukuran": "2026-09-10"})])
    assert ask(city, "SELECT rw_code FROM child") == "32.75.01.1001.002"
    take_in([child(1, RW="03", **{"Tanggal Pengukuran": "2026-10-20"})])
    assert ask(city, "SELECT rw_code FROM child") == "32.75.01.1001.003"


def test_a_spelling_that_a_planner_has_mapped_is_known_from_then_on(
    city: Engine, city_scope: Scope, take_in: TakeIn
) -> None:
    rows = [child(1, **{"Desa/Kel": "MARGAHAYOE"}), child(2, RW="MELATI"), child(3, Kec="BKS TIMUR")]
    outcome = take_in(rows)
    unknown = {place.level: place for place, _ in outcome.preview.unknown_places}
    assert unknown["kelurahan"] == UnknownPlace(
        "kelurahan", "32.75.01", "margahayoe", "BEKASI TIMUR", "MARGAHAYOE", "01"
    )
    assert ask(city, "SELECT place FROM parked_row ORDER BY row_number LIMIT 1") == "BEKASI TIMUR / MARGAHAYOE / 01"
    with writing_connection(city, city_scope) as connection:
        remember_alias(connection, unknown["kelurahan"], "32.75.01.1001")
        remember_alias(connection, unknown["rw"], "32.75.01.1001.003")
        remember_alias(connection, unknown["kecamatan"], "32.75.01", "a planner")
    again = take_in(rows)
    assert (again.status, again.preview.totals.accepted) == (eppgbm.IMPORTED, 3)
    assert take_in(rows).status == eppgbm.UNCHANGED


def test_a_spelling_is_not_mapped_to_an_area_of_another_level(city: Engine, city_scope: Scope) -> None:
    place = UnknownPlace("kelurahan", "32.75.01", "x", "BEKASI TIMUR", "X", "01")
    with writing_connection(city, city_scope) as connection:
        with pytest.raises(UnusableInputError):
            remember_alias(connection, place, "32.75.01.1001.001")
        with pytest.raises(UnusableInputError):
            remember_alias(connection, UnknownPlace("kelurahan", "", "", "", "", ""), "32.75.01.1001")


def test_a_failure_midway_leaves_nothing(city: Engine, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(OCTOBER)
    before = dump(city)

    def fail(*arguments: Any) -> list[Any]:
        raise RuntimeError("the power went")

    monkeypatch.setattr(loading, "rebuild_growth_months", fail)
    with pytest.raises(RuntimeError):
        take_in([child(1, Berat="12"), child(30)])
    assert dump(city) == before


def test_imports_at_the_same_time_end_as_one_after_the_other(city: Engine, take_in: TakeIn) -> None:
    files = [as_csv([child(n, RW=f"{1 + n % 3}", Berat=f"{9 + part}.5") for n in range(1, 60)]) for part in range(4)]
    failures: list[Exception] = []

    def run(content: bytes) -> None:
        try:
            take_in(content)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(content,)) for content in [*files, files[0]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert ask(city, "SELECT count(*) FROM measurement") == 59
    assert ask(city, "SELECT count(DISTINCT batch_id) FROM measurement") == 1
    assert ask(city, "SELECT count(*) FROM import_batch WHERE status = 'active'") == 1
    before = dump(city)["growth_month"]
    with city.begin() as connection:
        aggregate.rebuild_growth_months(connection, None, [before[0].month])
    assert dump(city)["growth_month"] == before


def test_another_secret_than_the_childrens_is_refused(
    city: Engine, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(OCTOBER)
    monkeypatch.setenv("REMBUK_IDENTITY_SECRET", "another secret of the tests, long enough too")
    with pytest.raises(SecretMissingError):
        take_in([child(40)])


def test_a_shared_server_without_a_secret_takes_nothing_in(take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REMBUK_IDENTITY_SECRET")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/rembuk")
    with pytest.raises(SecretMissingError):
        take_in(OCTOBER)


def test_the_embedded_database_makes_its_own_secret_once(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.delenv("REMBUK_IDENTITY_SECRET")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("REMBUK_HOME", str(tmp_path))
    take_in(OCTOBER)
    secret = (tmp_path / "identity_secret").read_bytes()
    take_in([child(50)])
    assert (tmp_path / "identity_secret").read_bytes() == secret
    assert (tmp_path / "identity_secret").stat().st_mode & 0o777 == 0o600


def test_the_demo_city_has_the_same_keys_everywhere(
    city: Engine, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with city.begin() as connection:
        connection.execute(
            text('INSERT INTO setting (code, value) VALUES (\'city\', \'{"city_code": "32.75", "is_demo": true}\')')
        )
    monkeypatch.delenv("REMBUK_IDENTITY_SECRET")
    take_in([child(1)])
    assert bytes(ask(city, "SELECT child_key FROM child")).hex() == "93f55e0dbeb8456c43284976e1fefd2b"


def test_a_database_without_a_city_says_what_to_do(engine: Engine, city_scope: Scope) -> None:
    with (
        writing_connection(engine, city_scope) as connection,
        pytest.raises(UnusableInputError, match="dashboard demo"),
    ):
        eppgbm.commit(connection, as_csv(OCTOBER), "a file")


def test_days_up_to_the_end_of_the_newest_month_are_not_in_the_future(city: Engine, city_scope: Scope) -> None:
    with city.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex, d_weighed)"
                " VALUES ('32.75.01.1001.001', '2998-12-01', '0-5', 1, 3)"
            )
        )
    with scoped_connection(city, city_scope) as connection:
        assert str(eppgbm.latest_day(connection)) == "2998-12-31"


def test_weight_gain_is_judged_where_last_months_weight_is_known(city: Engine, take_in: TakeIn) -> None:
    september = {"Tanggal Pengukuran": "2026-09-10", "Naik Berat Badan": "B"}
    take_in([child(1, Berat="11.0", **september), child(2, Berat="11.1", **september)])
    take_in([child(1), child(2), child(3, **{"Naik Berat Badan": "O"}), child(4)])
    letters = ask(
        city,
        "SELECT string_agg(coalesce(weight_gain, '-'), '' ORDER BY weight_gain) FROM measurement"
        " WHERE measured_on >= '2026-10-01'",
    )
    assert letters == "NOT-"


def test_weight_gain_is_judged_within_a_file_of_several_months(city: Engine, take_in: TakeIn) -> None:
    take_in([child(1, Berat="11.0", **{"Tanggal Pengukuran": "2026-09-10"}), child(1)])
    assert ask(city, "SELECT weight_gain FROM measurement WHERE measured_on >= '2026-10-01'") == "N"


def test_two_batches_of_a_file_without_accepted_rows_say_so(city: Engine, take_in: TakeIn) -> None:
    outcome = take_in([child(1, RW="")])
    assert (outcome.status, outcome.preview.totals.accepted, outcome.months_rebuilt) == (eppgbm.IMPORTED, 0, ())
    assert take_in([child(1, RW="")]).status == eppgbm.UNCHANGED
