"""Log-ins end in the database: by log-out, rest or age, and a copy of the cookie is worth nothing afterwards."""

import pytest
from sqlalchemy import Engine, text

from data import logins
from data.logins import AGED, LOGGED_OUT, OPEN, RESTED, find_person, look_in
from data.scope import ADMIN, INSPECTOR, PLANNER, Scope, owner_connection, scoped_connection, writing_connection
from data.users import add_user, change_user, disable_user

ISSUER = "https://id.example"
ADMINISTRATOR = Scope(ADMIN, (), "user 0")


def claims(name: str = "dinkes", **more: object) -> dict[str, object]:
    return {"iss": ISSUER, "sub": name, "email": f"{name}@example.go.id", "nonce": "n", **more}


@pytest.fixture
def known(engine: Engine) -> Engine:
    with writing_connection(engine, ADMINISTRATOR) as connection:
        add_user(connection, "Dinkes@example.go.id", PLANNER)
    return engine


def looked(engine: Engine, told: dict[str, object], *, is_used: bool = True, rest: float = 30, age: float = 12) -> str:
    person = find_person(engine, told)
    assert person is not None
    return look_in(engine, person, told, is_used=is_used, rest_minutes=rest, age_hours=age)


def acts(engine: Engine) -> list[str]:
    with scoped_connection(engine, Scope(INSPECTOR, ())) as connection:
        return list(connection.execute(text("SELECT act FROM audit_log ORDER BY id")).scalars())


def make_older(engine: Engine, column: str, minutes: int) -> None:
    with writing_connection(engine, Scope(PLANNER, ("",), "user 1")) as connection:
        connection.execute(text(f"UPDATE log_in SET {column} = now() - interval '{minutes} minutes'"))


def test_the_first_look_opens_a_log_in_and_logs_one_entrance(known):
    assert [looked(known, claims()), looked(known, claims())] == [OPEN, OPEN]
    assert acts(known).count("log-in") == 1


def test_a_log_in_ends_when_its_person_leaves_and_its_cookie_opens_nothing_again(known):
    looked(known, claims())
    logins.log_out(known, find_person(known, claims()), claims())
    assert looked(known, claims()) == LOGGED_OUT
    assert looked(known, claims(nonce="another")) == OPEN


def test_a_log_in_that_rests_too_long_ends_for_good(known):
    looked(known, claims())
    make_older(known, "used_at", 31)
    assert looked(known, claims()) == RESTED
    assert looked(known, claims(), rest=600) == RESTED
    assert acts(known)[-1] == "log-in ended"


def test_use_keeps_a_log_in_from_resting_and_looking_does_not(known):
    looked(known, claims())
    make_older(known, "used_at", 20)
    looked(known, claims(), is_used=False)
    assert looked(known, claims(), is_used=False, rest=15) == RESTED


def test_a_log_in_ends_with_the_day_however_busy(known):
    looked(known, claims())
    make_older(known, "started_at", 13 * 60)
    assert looked(known, claims()) == AGED


def test_a_token_from_days_ago_opens_nothing(known):
    assert looked(known, claims(iat=1_700_000_000)) == AGED


def test_a_stranger_and_an_unverified_address_are_nobody(known):
    assert find_person(known, claims("orang-lain")) is None
    assert find_person(known, claims(email_verified=False)) is None


def test_a_changed_role_holds_at_the_next_look(known):
    before = find_person(known, claims())
    with writing_connection(known, ADMINISTRATOR) as connection:
        change_user(connection, "dinkes@example.go.id", INSPECTOR)
    after = find_person(known, claims())
    assert (before.scope.role, after.scope.role) == (PLANNER, INSPECTOR)


def test_somebody_shut_out_is_found_and_not_active(known):
    with writing_connection(known, ADMINISTRATOR) as connection:
        disable_user(connection, "dinkes@example.go.id")
    assert not find_person(known, claims()).user.is_active


def test_nobody_sees_or_ends_another_persons_log_in(known):
    looked(known, claims())
    other = Scope(PLANNER, ("",), "user 2")
    with writing_connection(known, other) as connection:
        assert connection.execute(text("UPDATE log_in SET standing = 'logged_out'")).rowcount == 0
    with scoped_connection(known, other) as connection:
        assert connection.scalar(text("SELECT count(*) FROM log_in")) == 0


def test_the_log_holds_no_name_and_no_address(known):
    looked(known, claims())
    logins.log_out(known, find_person(known, claims()), claims())
    with owner_connection(known) as connection:
        connection.execute(text("SELECT set_config('rembuk.role', 'inspector', true)"))
        told = connection.execute(text("SELECT concat_ws(' ', actor, act, detail) FROM audit_log")).scalars().all()
    assert told
    assert not any("@" in entry or "dinkes@" in entry for entry in told)
