"""Pages read whole, with the files that they offer."""

import datetime
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.manifest_scanner import scan_component_manifests

from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import Reader, forget


@pytest.fixture
def city(new_database: DatabaseMaker, template: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """A fresh copy of the module's own `template` city, which pages read and write instead of the embedded one."""
    engine = new_database(template)
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    monkeypatch.setattr("dashboard.maps.geometry.FOLDER", tmp_path / "map")
    return engine


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every file that a page offers, made as if its button were pressed."""
    files: list[bytes] = []
    offered = st.download_button

    def press_at_once(*arguments: object, **options: object) -> bool:
        data = options.get("data")
        content = data() if callable(data) else data
        files.append(content if isinstance(content, bytes) else str(content).encode())
        return offered(*arguments, **{**options, "data": b""})  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", press_at_once)
    return files


@pytest.fixture(scope="session", autouse=True)
def _packages_searched_once() -> Iterator[None]:
    """Search all installed packages for components once, and not, as Streamlit's test runner does, for every page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", functools.cache(scan_component_manifests))
        yield


@pytest.fixture(scope="module")
def _forgotten() -> Iterator[None]:
    """Nothing that a module's tests read stays for the next."""
    yield
    forget()


@pytest.fixture
def read(_forgotten: None, saved: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reader:
    def told_link(*arguments: object, **options: object) -> None:
        """A page run alone knows no others to link to; what the link would say stands there instead."""
        st.text(f"{arguments[-1]} {options}")

    monkeypatch.setattr(st, "page_link", told_link)
    monkeypatch.setattr("streamlit.delta_generator.DeltaGenerator.page_link", told_link)
    monkeypatch.setattr("dashboard.maps.geometry.FOLDER", tmp_path / "map")
    monkeypatch.setattr("dashboard.shell._clock", lambda: datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC))
    return Reader(saved, monkeypatch)
