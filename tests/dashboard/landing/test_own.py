"""Who has an area of their own sees its figures first."""

import pytest
import streamlit as st
from sqlalchemy import Engine

from dashboard.access import CAMAT, LURAH, MAYOR, OPD, PLANNER, PUSKESMAS, SCREEN, Viewer, viewer_as
from tests.conftest import DatabaseMaker
from tests.dashboard.opened_page import opened
from tests.data.access import two_kecamatan
from tests.data.pusing.hand_written import KECAMATAN, KELURAHAN

OWN = "Wilayah saya: "


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
    return engine


@pytest.fixture
def links(city: Engine, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Where the page leads; a page run alone knows no others."""
    found: list[dict[str, object]] = []
    monkeypatch.setattr(st, "page_link", lambda *_, **options: found.append(options))
    monkeypatch.setattr("streamlit.delta_generator.DeltaGenerator.page_link", lambda *_, **options: None)
    return found


@pytest.mark.parametrize(
    ("viewer", "code"),
    [
        (viewer_as(CAMAT, "Camat Timur", KECAMATAN), KECAMATAN),
        (viewer_as(LURAH, "Lurah Atas", KELURAHAN[0]), KELURAHAN[0]),
        (viewer_as(PUSKESMAS, "Kepala Puskesmas Atas", "", "PKM-1"), "PKM-1"),
    ],
    ids=["camat", "lurah", "puskesmas"],
)
def test_an_area_of_ones_own_comes_first_and_leads_to_its_page(
    links: list[dict[str, object]], viewer: Viewer, code: str
) -> None:
    heads = [head.value for head in opened("ringkasan", viewer).subheader]
    assert heads[0].startswith(OWN)
    assert links[0]["query_params"] == {"wilayah": code}


@pytest.mark.parametrize(
    "viewer",
    [
        viewer_as(PLANNER, "Perencana Dinkes"),
        viewer_as(MAYOR, "Wali Kota"),
        viewer_as(SCREEN, "Layar rakor"),
        viewer_as(OPD, "Dinas Sosial (OPD)", unit="Dinas Sosial"),
    ],
    ids=lambda viewer: viewer.role,
)
def test_who_has_no_area_begins_with_the_city(links: list[dict[str, object]], viewer: Viewer) -> None:
    page = opened("ringkasan", viewer)
    assert [head.value for head in page.subheader if head.value.startswith(OWN)] == []
