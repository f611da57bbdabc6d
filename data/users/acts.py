"""Add, change, disable and enable people. The log keeps numbers, roles and areas, and never who a number is."""

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.schema import USER_ROLES
from data.scope import CAMAT, LURAH, OPD, PARTNER, PUSKESMAS
from data.users.people import AppUser, normal_subject

_LEVEL = {CAMAT: "kecamatan", LURAH: "kelurahan"}
LONGEST_UNIT = 120


def add_user(
    connection: Connection, subject: str, role: str, area_code: str = "", facility_code: str = "", unit: str = ""
) -> int:
    """Let a person in with a role and its area, and return their number. Raises UnusableInputError for one known."""
    kept = normal_subject(subject)
    if _by_subject(connection, kept) is not None:
        raise UnusableInputError(f"{kept} is known already; change the role with `users change`.", reason="user_known")
    belongs = _checked(connection, role, area_code, facility_code, unit)
    number = connection.scalar(
        text(
            "INSERT INTO app_user (subject, role, area_code, facility_code, unit)"
            " VALUES (:subject, :role, :area_code, :facility_code, :unit) RETURNING number"
        ),
        {"subject": kept, "role": role, **belongs},
    )
    log(connection, "user added", user=number, role=role, **_told(belongs))
    return int(number or 0)


def change_user(
    connection: Connection, subject: str, role: str, area_code: str = "", facility_code: str = "", unit: str = ""
) -> None:
    """Give a person another role or area; it holds from their next request on."""
    before = _known(connection, subject)
    belongs = _checked(connection, role, area_code, facility_code, unit)
    connection.execute(
        text(
            "UPDATE app_user SET role = :role, area_code = :area_code, facility_code = :facility_code, unit = :unit,"
            " written_at = clock_timestamp() WHERE number = :number"
        ),
        {"number": before.number, "role": role, **belongs},
    )
    was = {"area_code": before.area_code, "facility_code": before.facility_code, "unit": before.unit}
    log(
        connection,
        "user changed",
        user=before.number,
        before={"role": before.role, **_told(was)},
        after={"role": role, **_told(belongs)},
    )


def disable_user(connection: Connection, subject: str) -> None:
    """Shut a person out from their next request on; what they did stays."""
    _set_active(connection, subject, is_active=False)


def enable_user(connection: Connection, subject: str) -> None:
    """Let a person in again with the role and area that they had."""
    _set_active(connection, subject, is_active=True)


def _set_active(connection: Connection, subject: str, *, is_active: bool) -> None:
    user = _known(connection, subject)
    if user.is_active == is_active:
        state = "enabled" if is_active else "disabled"
        raise UnusableInputError(f"{user.subject} is {state} already.", reason=f"user_{state}")
    connection.execute(
        text("UPDATE app_user SET is_active = :is_active, written_at = clock_timestamp() WHERE number = :number"),
        {"number": user.number, "is_active": is_active},
    )
    log(connection, "user enabled" if is_active else "user disabled", user=user.number, role=user.role)


def _known(connection: Connection, subject: str) -> AppUser:
    kept = normal_subject(subject)
    found = _by_subject(connection, kept)
    if found is None:
        raise UnusableInputError(f"nobody is known as {kept}; see `users list`.", reason="user_unknown")
    return found


def _by_subject(connection: Connection, subject: str) -> AppUser | None:
    row = connection.execute(
        text(
            "SELECT number, subject, role, coalesce(area_code, '') AS area_code,"
            " coalesce(facility_code, '') AS facility_code, coalesce(unit, '') AS unit, is_active"
            " FROM app_user WHERE subject = :subject FOR UPDATE"
        ),
        {"subject": subject},
    ).first()
    return None if row is None else AppUser(**row._mapping)


def _checked(connection: Connection, role: str, area_code: str, facility_code: str, unit: str) -> dict[str, str | None]:
    """Return what belongs to a role as it is kept; refuse an unknown role, a missing area and one that is not asked."""
    if role not in USER_ROLES:
        raise UnusableInputError(
            f"there is no role {role[:40]!r}; choose one of {', '.join(USER_ROLES)}.", reason="role_unknown"
        )
    given = {"area": area_code.strip(), "facility": facility_code.strip(), "unit": " ".join(unit.split())}
    wanted = "area" if role in _LEVEL else "facility" if role == PUSKESMAS else "unit" if role in (OPD, PARTNER) else ""
    for name, value in given.items():
        if name == wanted and not value:
            raise UnusableInputError(f"the role {role} needs its {name}.", reason=f"{name}_missing")
        if name != wanted and value:
            raise UnusableInputError(f"the role {role} has no {name}; leave it blank.", reason=f"{name}_not_asked")
    if wanted == "area":
        _check_area(connection, role, given["area"])
    if wanted == "facility" and not connection.scalar(
        text("SELECT EXISTS (SELECT 1 FROM facility WHERE code = :code AND kind = 'puskesmas')"),
        {"code": given["facility"]},
    ):
        raise UnusableInputError(f"there is no puskesmas {given['facility'][:40]}.", reason="facility_unknown")
    if len(given["unit"]) > LONGEST_UNIT:
        raise UnusableInputError(f"the unit has over {LONGEST_UNIT} characters.", reason="unit_long")
    return {
        "area_code": given["area"] or None,
        "facility_code": given["facility"] or None,
        "unit": given["unit"] or None,
    }


def _check_area(connection: Connection, role: str, code: str) -> None:
    level = connection.scalar(text("SELECT level FROM area WHERE code = :code"), {"code": code})
    if level != _LEVEL[role]:
        raise UnusableInputError(
            f"{code[:40]} is {f'a {level}' if level else 'no area of this city'}, and a {role} has a {_LEVEL[role]}.",
            reason="area_unknown",
        )


def _told(belongs: dict[str, str | None] | dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in belongs.items() if value}
