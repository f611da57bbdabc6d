"""How reads are kept: keyed by the viewer's scope and by the data's version, made once for all who share a key.

The version changes with every import, travel fill and setting, so nothing stale is shown and nothing needs a clock. The
scope is part of every key, so that one person's frame never reaches another.
"""

import datetime
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import streamlit as st
from sqlalchemy import Engine, text

from data.engine import get_engine
from data.migrate import upgrade
from data.scope import ENGINE, Frozen, Scope, last_write, scoped_connection

_ENTRIES = 200
VERSION_AGE_S = 0.5
"""What another process wrote is seen after so long: less than anyone needs to look from one screen to another."""


def kept[**P, T](
    show_spinner: bool | str = False, max_entries: int = _ENTRIES, *, is_by_areas: bool = False
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache what a read returns, once for all sessions whose key is the same, without packing and unpacking it.

    With `is_by_areas` its rows depend on the areas alone, and all who see the whole city share what the screen reads.

    A frame is handed out as a shallow copy: pandas copies what someone writes to, so that nobody changes another's.
    """

    def decorate(read: Callable[P, T]) -> Callable[P, T]:
        cached = st.cache_resource(show_spinner=show_spinner, max_entries=max_entries)(read)
        reader = Scope.for_areas if is_by_areas else Scope.for_reading

        @functools.wraps(read)
        def handed_out(*arguments: P.args, **named: P.kwargs) -> T:
            shared = (reader(part) if isinstance(part, Scope) else part for part in arguments)
            return _own_copy(cached(*shared, **named))  # type: ignore[arg-type] # the same, without a person's name

        return handed_out

    return decorate


def _own_copy[T](found: T) -> T:
    if isinstance(found, pd.DataFrame):
        return cast(T, found.copy(deep=False))
    if isinstance(found, tuple) and type(found) is tuple:
        return cast(T, tuple(_own_copy(part) for part in found))
    return found


@st.cache_resource(show_spinner="Menyiapkan basis data…")
def opened() -> Engine:
    """Open the database of this process and bring it to this version's schema."""
    found = get_engine()
    upgrade(found)
    return found


def engine() -> Engine:
    """Return the engine of this process."""
    return opened()


def data_version(scope: Scope) -> str:
    """Return a text that changes whenever what pages show may have changed.

    A snapshot has one version for ever. That of live data is the same for everyone, so that one look serves all who ask
    within VERSION_AGE_S; a write of this process is seen at once.
    """
    global _version
    if scope.snapshot is not None:
        return _frozen_version(scope.snapshot)
    current, written = engine(), last_write()
    seen = _version
    if seen is None or (seen.engine, seen.written) != (current, written) or time.monotonic() > seen.until:
        with scoped_connection(current, scope) as connection:
            told = str(connection.scalar(text("SELECT data_version()")))
        seen = _version = _Version(current, written, time.monotonic() + VERSION_AGE_S, told)
    return seen.told


_FROZEN = "potret"


def _frozen_version(snapshot: Frozen) -> str:
    return f"{_FROZEN} {snapshot.number} {snapshot.as_of.isoformat()}"


def engine_of(version: str) -> Scope:
    """Return the scope of the dashboard itself on the data that a version speaks of: live ones, or a snapshot."""
    word, _, told = version.partition(" ")
    if word != _FROZEN:
        return ENGINE
    number, _, as_of = told.partition(" ")
    return ENGINE.reading(Frozen(int(number), datetime.date.fromisoformat(as_of)))


@dataclass(frozen=True)
class _Version:
    engine: Engine
    written: int
    until: float
    told: str


_version: _Version | None = None


def read[T](scope: Scope, query: Callable[..., T], *arguments: Any) -> T:
    """Return what a query tells a scope, in a transaction of its own."""
    with scoped_connection(engine(), scope) as connection:
        return query(connection, *arguments)


@kept(max_entries=_ENTRIES)
def made[T](scope: Scope, version: str, key: tuple[object, ...], _make: Callable[[], T]) -> T:  # noqa: ARG001
    """Return what a page draws from kept reads (a chart with its table, a tile), made once for all of one scope.

    `key` names everything that it depends on besides scope and version; `_make` makes it and is no part of the key.
    """
    return _make()
