"""Who a child is: an HMAC of its identity under a secret that lives outside the database.

A NIK of 16 digits identifies a child; a masked, damaged or missing one does not, and then the name, the birth date, the
sex and the parents do. Children who share a birth date and parents but not a name (twins) stay two. A child that one
file gives with its NIK and another without counts as two: joining them would need the identity to be kept.
"""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from data import settings
from data.errors import SecretMissingError

KEY_BYTES = 16
"""Length of a child's key: 128 bits, so that a chance meeting of two children is out of the question."""

SECRET_VARIABLE = "REMBUK_IDENTITY_SECRET"  # noqa: S105 - the variable's name, not a secret
SHORTEST_SECRET = 32
DEMO_SECRET = b"Rembuk demo city: its children are invented, so this is published on purpose"
"""Secret of the demo city, the same everywhere, so that the demo is the same everywhere."""

_FINGERPRINT_SETTING = "identity_fingerprint"
_QUOTES = re.compile(r"[\s`'’‘\"=]+")
_NIK = re.compile(r"\d{16}", re.ASCII)
_NOT_IN_NAME = r"[^A-Z0-9*]+"


def identity_secret(connection: Connection) -> bytes:
    """Return the secret for this database's children.

    The demo city has a published one. A real city's comes from REMBUK_IDENTITY_SECRET; without it, the embedded
    database keeps one in a file beside itself, made on first use. Raises SecretMissingError where a shared server has
    none, or where the secret is not the one that the children in the database were taken in with.
    """
    if _is_demo(connection):
        return DEMO_SECRET
    given = os.environ.get(SECRET_VARIABLE)
    if given:
        if len(given) < SHORTEST_SECRET:
            raise SecretMissingError(
                f"{SECRET_VARIABLE} has {len(given)} characters and needs at least {SHORTEST_SECRET}; make one with "
                '`python -c "import secrets; print(secrets.token_urlsafe(48))"` and keep it safe.'
            )
        secret = given.encode()
    elif settings.configured_database_url():
        raise SecretMissingError(
            f"children can only be taken in under a secret; set {SECRET_VARIABLE} (at least {SHORTEST_SECRET} "
            "characters, the same on every machine that imports into this database)."
        )
    else:
        secret = _kept_secret(settings.home() / "identity_secret")
    _check_fingerprint(connection, secret)
    return secret


def remember_fingerprint(connection: Connection, secret: bytes) -> None:
    """Note which secret the children are taken in with (by a digest that does not tell it), for later imports."""
    if secret == DEMO_SECRET:
        return
    connection.execute(
        text(
            "INSERT INTO setting (code, value, changed_by) VALUES (:code, to_jsonb(CAST(:value AS text)), 'import')"
            " ON CONFLICT (code) DO NOTHING"
        ),
        {"code": _FINGERPRINT_SETTING, "value": _fingerprint(secret)},
    )


def child_keys(
    nik: Sequence[str],
    name: Sequence[str],
    birth_date: NDArray[np.datetime64],
    sex: NDArray[np.int8],
    parents: Sequence[str],
    secret: bytes,
    otherwise: Sequence[str] | None = None,
) -> NDArray[np.object_]:
    """Return each row's child key (bytes of length 16), shape (n,); all arguments have n entries.

    `birth_date` is datetime64[D], `sex` is 1 or 2. `otherwise` tells apart rows that have neither NIK nor name.
    """
    names = fold(name)
    elders = fold(parents)
    births = np.asarray(birth_date, dtype="datetime64[D]").astype(np.int64).tolist()
    rest = otherwise if otherwise is not None else [""] * len(names)
    identities = [
        f"nik:{number}" if number else f"name:{child}|{born}|{boy_or_girl}|{elder}{'' if child else f'|{other}'}"
        for number, child, born, boy_or_girl, elder, other in zip(
            usable_niks(nik), names, births, np.asarray(sex).tolist(), elders, rest, strict=True
        )
    ]
    position, distinct = pd.factorize(np.array(identities, dtype=object))
    keys = np.empty(len(distinct), dtype=object)
    keys[:] = [hmac.digest(secret, identity.encode(), "sha256")[:KEY_BYTES] for identity in distinct]
    return keys[position]


def usable_niks(values: Sequence[str]) -> list[str]:
    """Return each NIK's 16 digits, or a blank where it is masked, damaged, a placeholder or missing.

    When all of ten or more distinct ones end in 0, a spreadsheet has rounded the whole column to 15 digits.
    """
    stripped = [value if _NIK.fullmatch(value) else _QUOTES.sub("", value) for value in values]
    niks = [value if _NIK.fullmatch(value) and len(set(value)) > 1 else "" for value in stripped]
    distinct = set(niks) - {""}
    is_rounded = len(distinct) >= 10 and all(nik.endswith("0") for nik in distinct)
    return [""] * len(niks) if is_rounded else niks


def fold(values: Sequence[str]) -> list[str]:
    """Return names in capitals without accents, spaces and punctuation, so that one name has one spelling."""
    plain = pc.utf8_normalize(pa.array(values, pa.string()), form="NFKD")
    folded: list[str] = pc.replace_substring_regex(pc.utf8_upper(plain), _NOT_IN_NAME, "").to_pylist()
    return folded


def _is_demo(connection: Connection) -> bool:
    statement = text("SELECT value -> 'is_demo' = 'true'::jsonb FROM setting WHERE code = 'city'")
    return bool(connection.scalar(statement))


def _kept_secret(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(new, path)  # fails when another process was first, whose secret then holds
        except FileExistsError:
            pass
        finally:
            new.unlink()
    secret = path.read_bytes().strip()
    if len(secret) < SHORTEST_SECRET:
        raise SecretMissingError(
            f"{path} does not hold a secret of at least {SHORTEST_SECRET} characters; put back the one from your "
            "backup. Without it the children in the database cannot be recognised."
        )
    return secret


def _fingerprint(secret: bytes) -> str:
    return hmac.digest(secret, b"fingerprint of the identity secret", hashlib.sha256).hex()[:16]


def _check_fingerprint(connection: Connection, secret: bytes) -> None:
    known = connection.scalar(
        text("SELECT value #>> '{}' FROM setting WHERE code = :code"), {"code": _FINGERPRINT_SETTING}
    )
    if known is not None and known != _fingerprint(secret):
        raise SecretMissingError(
            "the identity secret is not the one that the children in this database were taken in with, and every child "
            f"would count twice; set {SECRET_VARIABLE} to the former secret."
        )
