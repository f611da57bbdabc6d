"""The page Akses, opened by roles on the city of two kecamatan."""

import pytest
from sqlalchemy import Engine, text

from dashboard.access import LURAH, MAYOR, OPD, PLANNER, SCREEN, viewer_as
from dashboard.reach.choices import PARTS, parts_of
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import Reader
from tests.data.access import two_kecamatan
from tests.data.pusing.hand_written import KELURAHAN


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(text("DELETE FROM travel_correction"))
        connection.execute(text("UPDATE road_closure SET network_id = 'hand', computed_at = now(), closed_km = 2"))
        connection.execute(
            text(
                "INSERT INTO setting (code, value) VALUES"
                ' (\'population\', \'{"people": 95000, "period": "2026", "source": "Dukcapil"}\')'
            )
        )
    return engine


def _told(read: Reader, city: Engine, viewer: object, part: str, **asked: str) -> str:
    return " ".join(read(city, "akses", viewer, {"akses": part, **asked}))  # type: ignore[arg-type]


PLANNER_VIEWER = viewer_as(PLANNER, "Perencana Dinkes")


def test_shares_are_told_for_the_city_and_its_areas(city: Engine, read: Reader) -> None:
    told = _told(read, city, PLANNER_VIEWER, "Terjangkau?")
    # Of twelve RWs with 100 children each, four lie at 10 minutes, four at 20, four at 30.
    assert "33,3" in told
    assert "Balita sampai 15 menit menurut kelurahan" in told
    assert "E2SFCA" in told


def test_partners_make_far_rws_near(city: Engine, read: Reader) -> None:
    told = _told(read, city, PLANNER_VIEWER, "Mitra")
    assert "8 RW" in told
    assert "Klinik A" in told


def test_closed_roads_tell_who_goes_farther_and_where(city: Engine, read: Reader) -> None:
    told = _told(read, city, PLANNER_VIEWER, "Banjir")
    assert "lebih jauh" in told
    assert "RW 001, Atas" in told
    assert "Jaringan jalan tidak ada di komputer ini" in told


def test_new_sites_come_with_the_share_gained_and_the_rule(city: Engine, read: Reader) -> None:
    told = _told(read, city, PLANNER_VIEWER, "Lokasi baru")
    assert "Posyandu A" in told
    assert "66,7" in told
    assert "30.000" in told


def test_a_city_that_was_filled_before_sites_were_known_is_told_what_to_do(
    city: Engine, read: Reader, new_database: DatabaseMaker
) -> None:
    earlier = new_database(city)
    with earlier.begin() as connection:
        connection.execute(text("DELETE FROM site_travel"))
    assert "calon lokasi" in _told(read, earlier, PLANNER_VIEWER, "Lokasi baru")


def test_need_beside_access_tells_its_legend_in_words(city: Engine, read: Reader) -> None:
    told = _told(read, city, PLANNER_VIEWER, "Kebutuhan × akses")
    assert "stunting tinggi" in told
    assert "belum cukup" in told


def test_a_lurah_gets_no_new_sites_no_form_and_only_own_rws(city: Engine, read: Reader) -> None:
    lurah = viewer_as(LURAH, "Lurah Atas", KELURAHAN[0])
    assert "Lokasi baru" not in parts_of(lurah)
    told = _told(read, city, lurah, "Banjir")
    assert "Jaringan jalan tidak ada di komputer ini" not in told
    assert two_kecamatan.OTHER_RWS[0] not in told


def test_a_meetings_screen_gets_no_lists_of_rws(city: Engine, read: Reader, saved: list[bytes]) -> None:
    screen = viewer_as(SCREEN, "Layar rakor")
    for part in parts_of(screen):
        assert "RW 001, " not in _told(read, city, screen, part)
    assert saved == []


def test_those_who_see_no_rw_get_the_citys_shares_alone(city: Engine, read: Reader) -> None:
    opd = viewer_as(OPD, "Dinas Sosial (OPD)")
    assert list(parts_of(opd)) == ["Terjangkau?"]
    assert "33,3" in _told(read, city, opd, "Terjangkau?")


def test_straight_lines_are_labelled(city: Engine, read: Reader, new_database: DatabaseMaker) -> None:
    straight = new_database(city)
    with straight.begin() as connection:
        connection.execute(text("UPDATE travel SET method = 'straight_line'"))
    for part in PARTS:
        assert "garis lurus" in _told(read, straight, viewer_as(MAYOR, "Wali Kota"), part)


def test_without_travel_it_says_what_to_do(city: Engine, read: Reader, new_database: DatabaseMaker) -> None:
    bare = new_database(city)
    with bare.begin() as connection:
        connection.execute(text("DELETE FROM travel"))
    assert "travel fill" in _told(read, bare, PLANNER_VIEWER, "Terjangkau?")
