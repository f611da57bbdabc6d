"""Visit sheets are one page a stop, the same every time, and fit for RWs of which little is known."""

import dataclasses
import math

import pytest
import shapely

from dashboard.visit.paper import Stop, supplies, visit_sheets

STOP = Stop(
    title="RW 001, Bekasi Jaya",
    where="Kecamatan Bekasi Timur",
    team="Puskesmas Contoh",
    reason="kebutuhan tertinggi",
    stunted=5.2,
    children_unseen=81.0,
    children=120.0,
    women_unscreened=3.0,
    car_s=540.0,
    car_m=2300.0,
    outline=shapely.box(107.0, -6.2, 107.01, -6.19),
    around=[shapely.box(107.0, -6.2, 107.02, -6.18)],
    route=shapely.LineString([(107.005, -6.195), (107.015, -6.185)]),
    puskesmas=(107.015, -6.185),
)


def _pages(content: bytes) -> int:
    return content.count(b"/Type /Page\n") or content.count(b"/Type /Page ")


def test_every_stop_has_a_page() -> None:
    content = visit_sheets([STOP, STOP, STOP], "Sumber", is_demo=True)
    assert content.startswith(b"%PDF")
    assert _pages(content) == 3


def test_the_same_stops_give_the_same_bytes() -> None:
    assert visit_sheets([STOP], "Sumber", False) == visit_sheets([STOP], "Sumber", False)


def test_an_rw_without_outline_route_or_figures_still_gets_its_page() -> None:
    bare = dataclasses.replace(
        STOP,
        outline=None,
        around=(),
        route=None,
        puskesmas=None,
        stunted=math.nan,
        children=math.nan,
        children_unseen=math.nan,
        women_unscreened=math.nan,
        car_s=math.nan,
        car_m=math.nan,
    )
    assert _pages(visit_sheets([bare], "Sumber", False)) == 1


@pytest.mark.parametrize(("unseen", "kits"), [(0, "1 kit"), (40, "1 kit"), (41, "2 kit"), (81, "3 kit")])
def test_kits_are_for_forty_children_each_and_at_least_one(unseen: float, kits: str) -> None:
    assert any(line.startswith(kits) for line in supplies(dataclasses.replace(STOP, children_unseen=unseen)))
