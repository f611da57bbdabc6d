"""People enter by an identity, with one role and its area; the log knows them by number only."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data.errors import UnusableInputError
from data.schema import USER_ROLES
from data.scope import ADMIN, NOBODY, PLANNER, ROLES, Scope, scoped_connection, writing_connection
from data.users import (
    add_user,
    change_user,
    disable_user,
    enable_user,
    find_user,
    import_users,
    list_users,
    scope_of,
)
from tests.data.pusing.hand_written import KECAMATAN, KELURAHAN, PUSKESMAS
from tests.data.told import newest_entry

BOSS = Scope(ADMIN, (), "user 1")
LURAH = "Lurah.Atas@Example.go.id"


@pytest.fixture
def admin(hand_written_template: Engine) -> Iterator[Connection]:
    """A transaction of an admin on the hand-written city; nothing of it is kept."""
    with pytest.raises(_UndoneError), writing_connection(hand_written_template, BOSS) as connection:
        yield connection
        raise _UndoneError


class _UndoneError(Exception):
    """Ends a test's transaction without keeping it."""


def test_a_person_is_found_by_a_verified_email_whatever_its_capitals(city: Engine) -> None:
    with writing_connection(city, BOSS) as connection:
        number = add_user(connection, LURAH, "lurah", area_code=KELURAHAN[0])
    with scoped_connection(city, NOBODY) as connection:
        found = find_user(connection, "https://idp.example", "77", "LURAH.ATAS@example.go.id")
    assert found is not None
    assert (found.number, found.role, found.area_code, found.is_active) == (number, "lurah", KELURAHAN[0], True)


def test_issuer_and_subject_come_before_an_email(city: Engine) -> None:
    with writing_connection(city, BOSS) as connection:
        add_user(connection, "https://idp.example#77", "mayor")
        add_user(connection, "a@example.go.id", "planner")
    with scoped_connection(city, NOBODY) as connection:
        found = find_user(connection, "https://idp.example/", "77", "a@example.go.id")
        stranger = find_user(connection, "https://other.example", "77")
    assert found is not None
    assert found.role == "mayor"
    assert stranger is None


def test_before_the_log_in_nobody_is_listed(city: Engine) -> None:
    with writing_connection(city, BOSS) as connection:
        add_user(connection, "a@example.go.id", "planner")
    for scope in (NOBODY, Scope(PLANNER, ("",))):
        with scoped_connection(city, scope) as connection:
            assert list_users(connection) == []


def test_the_database_lets_no_other_role_add_people(city: Engine) -> None:
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        writing_connection(city, Scope(PLANNER, ("",))) as connection,
    ):
        add_user(connection, "a@example.go.id", "admin")


@pytest.mark.parametrize(
    ("role", "belongs", "areas", "facility", "unit"),
    [
        ("mayor", {}, ("",), "", ""),
        ("camat", {"area_code": KECAMATAN}, (KECAMATAN,), "", ""),
        ("puskesmas", {"facility_code": PUSKESMAS[0]}, (), PUSKESMAS[0], ""),
        ("opd", {"unit": "Dinas  Sosial"}, (), "", "Dinas Sosial"),
        ("admin", {}, (), "", ""),
    ],
)
def test_a_role_with_its_area_gives_a_scope(
    admin: Connection, role: str, belongs: dict[str, str], areas: tuple[str, ...], facility: str, unit: str
) -> None:
    number = add_user(admin, "a@example.go.id", role, **belongs)
    scope = scope_of(list_users(admin)[0])
    assert scope == Scope(role, areas, f"user {number}", facility, unit)


@pytest.mark.parametrize(
    ("role", "belongs", "reason"),
    [
        ("king", {}, "role_unknown"),
        ("camat", {}, "area_missing"),
        ("camat", {"area_code": KELURAHAN[0]}, "area_unknown"),
        ("lurah", {"area_code": KECAMATAN}, "area_unknown"),
        ("lurah", {"area_code": "99.99"}, "area_unknown"),
        ("planner", {"area_code": KECAMATAN}, "area_not_asked"),
        ("puskesmas", {"facility_code": "PKM-9"}, "facility_unknown"),
        ("opd", {}, "unit_missing"),
        ("mayor", {"unit": "Bappeda"}, "unit_not_asked"),
    ],
)
def test_a_role_without_its_own_area_is_refused(
    admin: Connection, role: str, belongs: dict[str, str], reason: str
) -> None:
    with pytest.raises(UnusableInputError) as caught:
        add_user(admin, "a@example.go.id", role, **belongs)
    assert caught.value.context["reason"] == reason


@pytest.mark.parametrize("written", ["", "budi", "budi@host", "bu di@example.id", "ftp://x#1", "https://x#"])
def test_an_identity_that_names_nobody_is_refused(admin: Connection, written: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        add_user(admin, written, "mayor")
    assert caught.value.context["reason"] == "subject_invalid"


def test_a_known_person_is_not_added_twice(admin: Connection) -> None:
    add_user(admin, "a@example.go.id", "mayor")
    with pytest.raises(UnusableInputError, match="known already"):
        add_user(admin, "A@example.go.id", "planner")


def test_a_changed_role_is_logged_with_what_stood_before_and_without_the_person(admin: Connection) -> None:
    number = add_user(admin, "a@example.go.id", "camat", area_code=KECAMATAN)
    change_user(admin, "a@example.go.id", "planner")
    act, detail = newest_entry(admin)
    assert act == "user changed"
    assert detail == {
        "user": number,
        "before": {"role": "camat", "area_code": KECAMATAN},
        "after": {"role": "planner"},
    }


def test_no_identity_reaches_the_log(city: Engine) -> None:
    with writing_connection(city, BOSS) as connection:
        add_user(connection, "rahasia@example.go.id", "mayor")
        change_user(connection, "rahasia@example.go.id", "planner")
        disable_user(connection, "rahasia@example.go.id")
        import_users(connection, b"subject,role\nrahasia2@example.go.id,mayor\n")
    with scoped_connection(city, Scope("inspector", ())) as connection:
        told = connection.execute(text("SELECT audit_log::text FROM audit_log")).scalars().all()
    assert len(told) == 5
    assert not [entry for entry in told if "rahasia" in entry]


def test_a_disabled_person_is_known_and_may_not_enter_until_enabled(admin: Connection) -> None:
    add_user(admin, "a@example.go.id", "mayor")
    disable_user(admin, "a@example.go.id")
    found = find_user(admin, "", "", "a@example.go.id")
    assert found is not None
    assert not found.is_active
    with pytest.raises(UnusableInputError, match="disabled already"):
        disable_user(admin, "a@example.go.id")
    enable_user(admin, "a@example.go.id")
    again = find_user(admin, "", "", "a@example.go.id")
    assert again is not None
    assert again.is_active


def test_a_stranger_cannot_be_changed(admin: Connection) -> None:
    with pytest.raises(UnusableInputError, match="nobody is known"):
        change_user(admin, "x@example.go.id", "mayor")


def test_code_and_database_know_the_same_roles() -> None:
    assert set(USER_ROLES) == set(ROLES)


SHEET = f"""subject;role;area_code;facility_code;unit;is_active
camat@example.go.id;camat;{KECAMATAN};;;
kepala@example.go.id;puskesmas;;PKM-1;;ya
dinsos@example.go.id;opd;;;Dinas Sosial;tidak
"""


def test_a_sheet_of_people_is_taken_in_and_again_changes_nothing(admin: Connection) -> None:
    assert import_users(admin, b"\xef\xbb\xbf" + SHEET.encode()) == {"added": 3, "changed": 0, "unchanged": 0}
    assert import_users(admin, SHEET.encode()) == {"added": 0, "changed": 0, "unchanged": 3}
    assert [(user.role, user.is_active) for user in list_users(admin)] == [
        ("camat", True),
        ("opd", False),
        ("puskesmas", True),
    ]


def test_a_sheet_changes_those_known_and_leaves_the_others(admin: Connection) -> None:
    add_user(admin, "other@example.go.id", "mayor")
    add_user(admin, "camat@example.go.id", "planner")
    assert import_users(admin, SHEET.encode()) == {"added": 2, "changed": 1, "unchanged": 0}
    assert {user.subject: user.role for user in list_users(admin)} == {
        "other@example.go.id": "mayor",
        "camat@example.go.id": "camat",
        "kepala@example.go.id": "puskesmas",
        "dinsos@example.go.id": "opd",
    }


def test_a_blank_leaves_a_disabled_person_disabled(admin: Connection) -> None:
    add_user(admin, "camat@example.go.id", "camat", area_code=KECAMATAN)
    disable_user(admin, "camat@example.go.id")
    import_users(admin, SHEET.encode())
    assert {user.role: user.is_active for user in list_users(admin)}["camat"] is False


def test_one_bad_row_keeps_everybody_out_and_every_fault_is_told_by_its_line(admin: Connection) -> None:
    bad = SHEET + "dinsos@example.go.id;mayor;;;;\nx@example.go.id;king;;;;\n"
    with pytest.raises(UnusableInputError) as caught:
        import_users(admin, bad.encode())
    assert [line for line, _ in caught.value.context["faults"]] == [5, 6]
    assert "Line 5:" in str(caught.value)
    assert list_users(admin) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "columns_wrong"),
        (b"subject,role\n", "no_rows"),
        (b"subject\na@b.id\n", "columns_wrong"),
        (b"subject,role,password\na@b.id,mayor,x\n", "columns_wrong"),
        (b"subject,role\na@b.id,mayor,x\n", "columns_uneven"),
        (b"subject,role\na@b.id\n", "columns_uneven"),
        (b"\xff\xfe\x00", "not_text"),
        (b'subject,role\n"a@b.id,mayor\n', "not_csv"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused(admin: Connection, content: bytes, reason: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        import_users(admin, content)
    assert caught.value.context["reason"] == reason
