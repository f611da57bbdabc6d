"""Names on a map do not lie upon each other."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.maps.ground import Label
from dashboard.maps.name_room import LETTER_PX, LINE_PX, moved_px

ZOOM = 11.0
PX_OF_DEGREE = 512 * 2**ZOOM / 360


def at(name: str, east_px: float, north_px: float) -> Label:
    """Return a label so many pixels from a point on the equator, where a degree is as long both ways."""
    return Label(name, 107 + east_px / PX_OF_DEGREE, north_px / PX_OF_DEGREE, "kecamatan")


def test_a_name_with_room_stays_where_it_is():
    assert moved_px([at("JATIASIH", 0, 0), at("PONDOKMELATI", 0, -40)], ZOOM) == [0, 0]


def test_the_lower_of_two_names_gives_way_downwards():
    assert moved_px([at("JATIASIH", 30, -4), at("PONDOKMELATI", 0, 0)], ZOOM) == [18, 0]


@given(st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), max_size=4))
def test_a_few_names_never_touch(places):
    labels = [at("RAWALUMBU", *place) for place in places]
    written = [
        (label.lon * PX_OF_DEGREE, -label.lat * PX_OF_DEGREE + down)
        for label, down in zip(labels, moved_px(labels, ZOOM), strict=True)
    ]
    wide = len("RAWALUMBU") * LETTER_PX
    for (x, y), (other_x, other_y) in combinations(written, 2):
        assert abs(x - other_x) >= wide - 0.1 or abs(y - other_y) >= LINE_PX - 0.1
