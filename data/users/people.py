"""A person as the database knows them, and the scope that their role and area give."""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, text

from data.errors import UnusableInputError
from data.scope import CITY_ROLES, WHOLE_CITY, Scope

LONGEST_SUBJECT = 320
"""An e-mail address has at most so many characters (RFC 5321); an issuer with its subject stays under it."""


@dataclass(frozen=True)
class AppUser:
    """A person's role and area; `number` is what the log calls them."""

    number: int
    subject: str
    role: str
    area_code: str = ""
    facility_code: str = ""
    unit: str = ""
    is_active: bool = True


def find_user(connection: Connection, issuer: str, subject: str, email: str | None = None) -> AppUser | None:
    """Return the person whom the provider names, active or not, or None for a stranger.

    Asked first by issuer and subject, which no provider gives twice, and then by e-mail: give one only when the
    provider says that it is verified. Any scope may ask, also `NOBODY`; it sees no other person.
    """
    for wanted in (issuer_subject(issuer, subject), email):
        if not wanted:
            continue
        found = connection.execute(text("SELECT * FROM find_app_user(:subject)"), {"subject": _folded(wanted)}).first()
        if found is not None:
            return _user(found)
    return None


def list_users(connection: Connection) -> list[AppUser]:
    """Return everybody, by role and identity; only an admin's scope sees them."""
    rows = connection.execute(text("SELECT * FROM app_user ORDER BY role, area_code, facility_code, unit, subject"))
    return [_user(row) for row in rows]


def scope_of(user: AppUser) -> Scope:
    """Return what a person's transactions are bound to."""
    areas = (user.area_code,) if user.area_code else (WHOLE_CITY,) if user.role in CITY_ROLES else ()
    return Scope(user.role, areas, f"user {user.number}", user.facility_code, user.unit)


def issuer_subject(issuer: str, subject: str) -> str:
    """Return the identity of a person without a known e-mail: the issuer and the subject that it gives."""
    return f"{issuer.strip().rstrip('/')}#{subject.strip()}"


def normal_subject(written: str) -> str:
    """Return an identity as it is kept: an e-mail in lower case, `issuer#subject` as it is.

    Raises UnusableInputError (reason subject_invalid) for what can be neither.
    """
    kept = _folded(written)
    if "#" not in kept:
        name, at, host = kept.rpartition("@")
        is_usable = bool(name and at and "." in host.strip(".")) and not any(letter.isspace() for letter in kept)
    else:
        issuer, _, given = kept.partition("#")
        is_usable = issuer.startswith(("https://", "http://")) and bool(given)
    if not is_usable or len(kept) > LONGEST_SUBJECT or not kept.isprintable():
        raise UnusableInputError(
            f"{written[:60]!r} names nobody; give an e-mail address, or the provider's address and its subject as "
            "https://provider.example#subject.",
            reason="subject_invalid",
        )
    return kept


def _folded(written: str) -> str:
    stripped = written.strip()
    return stripped if "#" in stripped else stripped.lower()


def _user(row: Row) -> AppUser:
    return AppUser(
        number=row.number,
        subject=row.subject,
        role=row.role,
        area_code=row.area_code or "",
        facility_code=row.facility_code or "",
        unit=row.unit or "",
        is_active=row.is_active,
    )
