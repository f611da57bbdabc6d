"""Reads a page as somebody: everything on it, and everything in the files that it offers."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.access import Viewer
from data.settings import PROJECT_ROOT

_city: Engine | None = None
"""Whose reads are kept."""


def forget() -> None:
    """Drop what was read: nothing of one city may pass for the other's."""
    global _city
    _city = None
    st.cache_data.clear()
    st.cache_resource.clear()


def look_at(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make pages read a city; what was read of it before stays kept, as for people of a served city after each other.

    What was read of another city is dropped.
    """
    global _city
    if city is not _city:
        forget()
        _city = city
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: city)


class Reader:
    """Opens a page of a city as somebody and returns everything on it, with the files that it offers."""

    def __init__(self, saved: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        self.saved, self.monkeypatch = saved, monkeypatch

    def __call__(self, city: Engine, page: str, viewer: Viewer, asked: dict[str, str]) -> list[str]:
        look_at(city, self.monkeypatch)
        self.saved.clear()
        app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
        app.session_state["peran"] = viewer
        for name, value in asked.items():
            app.query_params[name] = value
        goes_to: list[tuple[str, dict[str, str]]] = []
        self.monkeypatch.setattr(st, "switch_page", lambda path, query_params: _leave(goes_to, path, query_params))
        app.run()
        assert [fault.message for fault in app.exception] == []
        shown = [str(element.proto) for element in _elements(app)]
        shown += [part for content in self.saved for part in _parts(content)]
        return shown + [part for path, there in goes_to for part in self(city, Path(path).stem, viewer, there)]


def _leave(goes_to: list[tuple[str, dict[str, str]]], path: str, asked: dict[str, str]) -> None:
    """Note which page the one that is read goes on to: read alone, it knows no other."""
    goes_to.append((path, asked))
    st.stop()


def _parts(content: bytes) -> list[str]:
    """Return what is in a file; of a workbook all but the moment at which it was made."""
    if not content.startswith(b"PK"):
        return [repr(content)]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [f"{name}: {book.read(name)!r}" for name in book.namelist() if name != "docProps/core.xml"]


def _elements(app: AppTest) -> Iterator[object]:
    pending = list(app._tree.children.values())
    while pending:
        node = pending.pop(0)
        if hasattr(node, "children"):
            pending = [*node.children.values(), *pending]
        elif getattr(node, "proto", None) is not None:
            yield node
