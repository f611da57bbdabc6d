"""Who is behind a log-in, and whether that log-in still holds.

A browser's cookie says who logged in and when; it cannot be taken back, and Streamlit lets it live for thirty days. So
every log-in has a row here, under a digest that tells nothing, and ends in the database: by log-out, rest or age.
A copy of the cookie is worth nothing afterwards, on every replica.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, text

from data import audit
from data.scope import NOBODY, Scope, scoped_connection, writing_connection
from data.users import AppUser, find_user, scope_of

OPEN, LOGGED_OUT, RESTED, AGED = "open", "logged_out", "rested", "aged"
"""How a log-in stands: it holds, was ended by its person, was not used for too long, or began too long ago."""


@dataclass(frozen=True)
class Person:
    """Somebody who is known here, what their transactions are bound to, and the name of their area."""

    user: AppUser
    scope: Scope
    place: str


def key_of(claims: Mapping[str, Any]) -> str:
    """Return the digest that names one log-in: its provider, subject, moment and random part."""
    parts = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "auth_time", "nonce", "jti")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_person(engine: Engine, claims: Mapping[str, Any]) -> Person | None:
    """Return whom the claims of an identity token speak of, or None for somebody who is not kept here.

    An e-mail that its provider calls not verified is nobody's.
    """
    email = claims.get("email") if claims.get("email_verified", True) in (True, "true") else None
    with scoped_connection(engine, NOBODY) as connection:
        user = find_user(connection, str(claims.get("iss", "")), str(claims.get("sub", "")), email)
        if user is None:
            return None
        place = connection.scalar(text(_PLACE), {"area": user.area_code, "facility": user.facility_code})
    return Person(user, scope_of(user), place or user.unit)


def look_in(
    engine: Engine, person: Person, claims: Mapping[str, Any], *, is_used: bool, rest_minutes: float, age_hours: float
) -> str:
    """Return how the log-in of some claims stands, after ending it where it is due.

    `is_used` says that its person did something. The first look opens it and logs the entrance; its age counts from
    the moment that the provider names.
    """
    limits = {
        "key": key_of(claims),
        "person": person.user.number,
        "issued": claims.get("iat"),
        "rest": rest_minutes,
        "age": age_hours,
    }
    with scoped_connection(engine, person.scope) as connection:
        found = connection.execute(text(_STANDING), limits).first()
    if found is not None and (found.standing != OPEN or not (found.due or (is_used and found.is_unmarked))):
        return str(found.standing)
    with writing_connection(engine, person.scope) as connection:
        if connection.execute(text(_START), limits).rowcount:
            audit.note_within(connection, "log-in")
        ended = connection.scalar(text(_END_WHERE_DUE), limits)
        if ended is not None:
            audit.note_within(connection, "log-in ended", why=ended)
        elif is_used:
            connection.execute(text(_USE), limits)
        return str(connection.execute(text(_STANDING), limits).one().standing)


def log_out(engine: Engine, person: Person, claims: Mapping[str, Any]) -> None:
    """End a log-in because its person left."""
    with writing_connection(engine, person.scope) as connection:
        connection.execute(text(_LOG_OUT), {"key": key_of(claims)})
        audit.note_within(connection, "log-out")


_AGO = "now() - make_interval(secs => {} * CAST(:{} AS double precision))"
_PLACE = """
SELECT coalesce((SELECT name FROM facility WHERE code = :facility), (SELECT name FROM area WHERE code = :area))
"""
_START = """
INSERT INTO log_in (key, person, started_at)
VALUES (:key, :person, least(now(), coalesce(to_timestamp(CAST(:issued AS double precision)), now())))
ON CONFLICT (key) DO NOTHING
"""
_DUE = f"""
CASE WHEN started_at < {_AGO.format(60 * 60, "age")} THEN '{AGED}'
    WHEN used_at < {_AGO.format(60, "rest")} THEN '{RESTED}' END
"""
_END_WHERE_DUE = f"""
UPDATE log_in SET ended_at = now(), standing = {_DUE} WHERE key = :key AND ended_at IS NULL AND {_DUE} IS NOT NULL
RETURNING standing
"""  # noqa: S608 - our own words
_MARK_EVERY_S = 20
_STANDING = f"""
SELECT standing, {_DUE} AS due, used_at < now() - make_interval(secs => {_MARK_EVERY_S}) AS is_unmarked
FROM log_in WHERE key = :key
"""  # noqa: S608 - our own words
_USE = "UPDATE log_in SET used_at = now() WHERE key = :key AND ended_at IS NULL"
_LOG_OUT = f"UPDATE log_in SET ended_at = now(), standing = '{LOGGED_OUT}' WHERE key = :key AND ended_at IS NULL"  # noqa: S608
