"""Ground that changes on a day, ground that was drawn wrongly, and what months before and after are shown of both.

The kelurahan is one square of 0.01° by 0.01°. RW 007 is its western half and RW 008 its eastern one; of a half, RW 007
keeps the southern quarter when RW 031 takes the northern one.
"""

import datetime
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely import Polygon, box
from sqlalchemy import Engine

from data.intake.areas.changes import is_same_ground
from data.intake.areas.load import IMPORTED, UNCHANGED
from data.queries import areas
from data.scope import scoped_connection
from tests.data.intake.areas.conftest import SCOPE
from tests.data.intake.areas.squares import CODES, inside, kelurahan, square, table

Load, Ask = Callable[..., Any], Callable[..., list[Any]]
WEST, EAST = box(107.0, -6.5, 107.005, -6.49), box(107.005, -6.5, 107.01, -6.49)
SOUTH_WEST, NORTH_WEST = box(107.0, -6.5, 107.005, -6.495), box(107.0, -6.495, 107.005, -6.49)
HALVES = {7: WEST, 8: EAST}
SPLIT = {7: SOUTH_WEST, 31: NORTH_WEST, 8: EAST}
MERGED = {7: square(0, 0)}
JULY, OCTOBER = datetime.date(2025, 7, 1), datetime.date(2025, 10, 1)
MONTH = {month: datetime.date(2025, month, 1) for month in (5, 6, 7, 9, 10, 11)}


def rws(shapes: dict[int, Polygon]) -> gpd.GeoDataFrame:
    frame = kelurahan().iloc[[0] * len(shapes)].assign(kode=CODES[0], rw=list(shapes))
    return frame.set_geometry(list(shapes.values()), crs=4326)


@pytest.fixture
def load(load_areas: Load, city: Engine) -> Load:
    """Load RWs; the two halves are there."""
    load_areas(rws(HALVES), level="rw")
    return lambda shapes, **options: load_areas(rws(shapes), level="rw", **options)


@pytest.fixture
def drawn(city: Engine) -> Callable[[datetime.date | None], dict[int, Polygon]]:
    """Return the RWs of a month, or of today, with their outlines."""

    def drawn(month: datetime.date | None) -> dict[int, Polygon]:
        with scoped_connection(city, SCOPE) as connection:
            on = None if month is None else areas.layout_day(connection, month)
            found = areas.outlines(connection, "rw", on)
            assert list(found["code"]) == list(areas.rw_names(connection, on)["code"])
        return {
            int(code[-3:]): shapely.from_wkb(held) for code, held in zip(found["code"], found["geometry"], strict=True)
        }

    return drawn


Drawn = Callable[[datetime.date | None], dict[int, Polygon]]


def same(found: dict[int, Polygon], expected: dict[int, Polygon]) -> bool:
    return found.keys() == expected.keys() and all(
        found[rw].symmetric_difference(shape).area < 1e-8 for rw, shape in expected.items()
    )


def test_an_rw_that_keeps_its_code_has_its_old_outline_in_months_before_its_split(load: Load, drawn: Drawn) -> None:
    load(SPLIT, as_of=JULY)
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[7]), SPLIT)
    assert same(drawn(None), SPLIT)


def test_an_rw_that_keeps_its_code_in_a_merger_is_small_in_months_before(load: Load, drawn: Drawn) -> None:
    load(MERGED, as_of=JULY)
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[7]), MERGED)


def test_a_split_in_mid_month_shows_its_parts_in_that_month(load: Load, drawn: Drawn) -> None:
    load(SPLIT, as_of=datetime.date(2025, 6, 30))
    assert same(drawn(MONTH[5]), HALVES)
    assert same(drawn(MONTH[6]), SPLIT)


def test_a_correction_replaces_the_outline_in_every_month(load: Load, drawn: Drawn, ask: Ask) -> None:
    border = box(107.0, -6.5, 107.006, -6.49), box(107.006, -6.5, 107.01, -6.49)
    seen = load({7: border[0], 8: border[1]}).preview
    assert same(drawn(MONTH[6]), {7: border[0], 8: border[1]})
    assert ask("SELECT count(*) FROM area_past") == [(0,)]
    assert seen.as_json()["outlines"] == {"changed_from_the_day": 0, "corrected": 2, "first_or_better": 0}


def test_a_correction_after_a_split_leaves_the_months_before_the_split_alone(load: Load, drawn: Drawn) -> None:
    load(SPLIT, as_of=JULY)
    corrected = {7: box(107.0, -6.5, 107.005, -6.494), 31: box(107.0, -6.494, 107.005, -6.49), 8: EAST}
    load(corrected)
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[7]), corrected)


def test_the_preview_tells_a_change_from_a_day(load: Load) -> None:
    seen = load(SPLIT, as_of=JULY).preview
    assert seen.outlines_changed == (f"{CODES[0]}.007",)
    assert seen.outlines_corrected == ()
    assert seen.changes.new == (f"{CODES[0]}.031",)


@pytest.mark.parametrize("day", [JULY, OCTOBER, None])
def test_the_same_file_again_changes_nothing_with_its_day_a_later_one_or_none(
    load: Load, ask: Ask, day: datetime.date | None
) -> None:
    load(SPLIT, as_of=JULY)
    before = ask("SELECT * FROM area ORDER BY code"), ask("SELECT * FROM area_past ORDER BY 1, 2")
    assert load(SPLIT, as_of=day).status == UNCHANGED
    assert (ask("SELECT * FROM area ORDER BY code"), ask("SELECT * FROM area_past ORDER BY 1, 2")) == before


def test_the_earlier_file_on_a_later_day_joins_the_parts_again(load: Load, drawn: Drawn, ask: Ask) -> None:
    load(SPLIT, as_of=JULY)
    assert load(HALVES, as_of=OCTOBER).status == IMPORTED
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[9]), SPLIT)
    assert same(drawn(MONTH[10]), HALVES)
    assert ask("SELECT right(area_code, 3), valid_from, valid_to FROM area_past ORDER BY 1, 2") == [
        ("007", datetime.date(1900, 1, 1), datetime.date(2025, 6, 30)),
        ("007", JULY, datetime.date(2025, 9, 30)),
    ]


def test_an_rw_that_ended_and_comes_back_is_absent_between(load: Load, drawn: Drawn) -> None:
    load(MERGED, as_of=JULY)
    load(HALVES, as_of=OCTOBER)
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[9]), MERGED)
    assert same(drawn(MONTH[10]), HALVES)


def test_an_rw_that_was_ended_by_mistake_is_there_in_every_month_once_the_file_is_put_right(
    load: Load, drawn: Drawn
) -> None:
    load({7: WEST}, as_of=JULY)
    load(HALVES)
    assert same(drawn(MONTH[9]), HALVES)


def test_the_same_file_on_an_earlier_day_moves_the_change_there(load: Load, drawn: Drawn) -> None:
    load(SPLIT, as_of=OCTOBER)
    assert load(SPLIT, as_of=JULY).status == IMPORTED
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[7]), SPLIT)
    assert load(SPLIT, as_of=JULY).status == UNCHANGED


def test_a_merger_on_an_earlier_day_ends_the_other_rw_earlier(load: Load, drawn: Drawn) -> None:
    load(MERGED, as_of=OCTOBER)
    load(MERGED, as_of=JULY)
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[7]), MERGED)
    assert load(MERGED, as_of=JULY).status == UNCHANGED


def test_a_change_that_was_a_correction_is_one_for_all_days_since_ever(load: Load, drawn: Drawn, ask: Ask) -> None:
    border = {7: box(107.0, -6.5, 107.006, -6.49), 8: box(107.006, -6.5, 107.01, -6.49)}
    load(border, as_of=JULY)
    load(border, as_of=datetime.date(1900, 1, 1))
    assert same(drawn(MONTH[6]), border)
    assert ask("SELECT count(*) FROM area_past") == [(0,)]
    assert ask("SELECT count(*) FROM area WHERE outline_from IS NOT NULL") == [(0,)]


def test_another_file_for_an_earlier_day_takes_the_place_of_what_was_held_since(load: Load, drawn: Drawn) -> None:
    load(SPLIT, as_of=OCTOBER)
    load(MERGED, as_of=JULY)
    assert same(drawn(MONTH[6]), HALVES)
    assert same(drawn(MONTH[9]), MERGED)
    assert same(drawn(MONTH[11]), MERGED)


def test_days_of_an_area_never_overlap_whatever_is_loaded_in_which_order(load: Load, ask: Ask) -> None:
    for shapes, day in ((SPLIT, OCTOBER), (HALVES, JULY), (MERGED, OCTOBER), (SPLIT, JULY), (HALVES, OCTOBER)):
        load(shapes, as_of=day)
    assert (
        ask(
            "WITH held AS (SELECT area_code, daterange(valid_from, valid_to, '[]') AS days FROM area_past UNION ALL"
            " SELECT code, daterange(greatest(valid_from, outline_from), valid_to, '[]')"
            " FROM area WHERE valid_to IS NULL OR outline_from IS NULL OR outline_from <= valid_to)"
            " SELECT a.area_code FROM held a JOIN held b ON a.area_code = b.area_code AND a.days && b.days"
            " AND a.days <> b.days"
        )
        == []
    )


def test_the_point_of_an_old_month_lies_in_the_old_outline(load: Load, city: Engine) -> None:
    load(MERGED, as_of=JULY)
    with scoped_connection(city, SCOPE) as connection:
        old = areas.rw_names(connection, areas.layout_day(connection, MONTH[6])).set_index("code")
    place = old.loc[f"{CODES[0]}.007"]
    assert shapely.intersects_xy(WEST, place["point_lon"], place["point_lat"])


def test_months_between_two_changes_share_a_layout(load: Load, city: Engine) -> None:
    load(SPLIT, as_of=JULY)
    with scoped_connection(city, SCOPE) as connection:
        days = [areas.layout_day(connection, MONTH[month]) for month in (5, 6, 7, 10)]
    assert days[0] == days[1] != days[2]
    assert days[2:] == [None, None]


def test_a_file_that_fails_leaves_every_outline_as_it_was(
    load: Load, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask("SELECT * FROM area ORDER BY code")

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr("data.intake.areas.load.log", fail)
    with pytest.raises(RuntimeError):
        load(SPLIT, as_of=JULY)
    assert ask("SELECT * FROM area ORDER BY code") == before
    assert ask("SELECT count(*) FROM area_past") == [(0,)]


def test_a_kecamatan_that_gains_ground_from_its_neighbour_has_its_old_outline_before(
    load_areas: Load, city: Engine
) -> None:
    # The border between the two kecamatan runs east-west; the northern one takes a strip of the southern west square.
    strip = 0.002
    shapes = [
        box(107.0, -6.5, 107.01, -6.49 - strip),
        square(1, 0),
        box(107.0, -6.49 - strip, 107.01, -6.48),
        square(1, 1),
    ]
    load_areas(kelurahan(geometry=shapes), as_of=JULY)
    with scoped_connection(city, SCOPE) as connection:
        on = areas.layout_day(connection, MONTH[6])
        old = areas.outlines_of(connection, ["32.99", "32.99.01"], on)["geometry"]
        new = areas.outlines_of(connection, ["32.99", "32.99.01"])["geometry"]
    assert [shapely.from_wkb(held).area for held in old] == pytest.approx([4e-4, 2e-4], rel=1e-3)
    assert [shapely.from_wkb(held).area for held in new] == pytest.approx([4e-4, 2e-4 - strip * 0.01], rel=1e-3)


def test_an_official_outline_in_place_of_an_approximate_one_is_no_change_of_ground(
    load_areas: Load, load_rws: Load, city: Engine, ask: Ask
) -> None:
    load_rws(
        table(
            ("kelurahan", "rw", "lat", "lon"),
            ("Suka Maju", 7, *inside(0, 0, 0.2)),
            ("Suka Maju", 8, *inside(0, 0, 0.7)),
        )
    )
    seen = load_areas(rws(HALVES), level="rw", as_of=JULY).preview
    assert len(seen.changes.improved) == 2
    assert ask("SELECT count(*) FROM area_past") == [(0,)]


def test_approximate_outlines_change_from_the_day_on_which_an_rw_comes(load_rws: Load, drawn: Drawn, ask: Ask) -> None:
    head = ("kelurahan", "rw", "lat", "lon")
    two = (("Suka Maju", 7, *inside(0, 0, 0.25)), ("Suka Maju", 8, *inside(0, 0, 0.75)))
    load_rws(table(head, *two))
    load_rws(table(head, ("Suka Maju", 7, *inside(0, 0, 0.25, 0.25)), two[1]))
    assert ask("SELECT count(*) FROM area_past") == [(0,)]
    before = drawn(None)
    third = ("Suka Maju", 31, *inside(0, 0, 0.25, 0.75))
    load_rws(table(head, ("Suka Maju", 7, *inside(0, 0, 0.25, 0.25)), two[1], third), as_of=JULY)
    assert same(drawn(MONTH[6]), before)
    assert set(drawn(MONTH[7])) == {7, 8, 31}
    assert drawn(MONTH[7])[7].area < before[7].area


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        (box(107.00000004, -6.49999996, 107.00100004, -6.49899996), True),  # four millimetres to the north-east
        (box(107.0, -6.5, 107.001, -6.498999), False),  # a strip of eleven centimetres
        (box(107.0, -6.5, 107.001, -6.499).difference(box(107.0, -6.5, 107.00002, -6.49998)), False),  # a yard less
    ],
)
def test_what_rounding_moves_is_the_same_ground_and_a_strip_a_hand_wide_is_not(now: Polygon, is_same: bool) -> None:
    before = box(107.0, -6.5, 107.001, -6.499)
    assert is_same_ground(shapely.to_wkb(before), shapely.to_wkb(now)) is is_same


def test_outlines_exported_with_seven_decimals_and_loaded_again_change_nothing(load: Load, city: Engine) -> None:
    slant = [shapely.Polygon([(107, -6.5), (107.0033333333, -6.5), (107.0066666666, -6.49), (107, -6.49)])]
    slant.append(square(0, 0).difference(slant[0]))
    load({7: slant[0], 8: slant[1]}, as_of=JULY)
    with scoped_connection(city, SCOPE) as connection:
        held = shapely.from_wkb(areas.outlines(connection, "rw")["geometry"].to_numpy())
    rounded = shapely.transform(held, lambda xy: xy.round(7))
    assert load(dict(zip((7, 8), rounded, strict=True)), as_of=OCTOBER).status == UNCHANGED
