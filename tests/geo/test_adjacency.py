"""Who lies beside whom, on squares that a reader can check in the head."""

import shapely

from geo.adjacency import adjacent


def square(x: float, y: float) -> bytes:
    return shapely.box(x, y, x + 1, y + 1).wkb


def pairs(outlines: dict[str, bytes]) -> set[frozenset[str]]:
    found = adjacent(list(outlines), list(outlines.values()))
    return {frozenset(pair) for pair in found.to_numpy().tolist()}


def test_squares_that_share_a_side_are_neighbours() -> None:
    assert pairs({"a": square(0, 0), "b": square(1, 0)}) == {frozenset("ab")}


def test_squares_that_meet_in_a_corner_are_no_neighbours() -> None:
    assert pairs({"a": square(0, 0), "d": square(1, 1)}) == set()


def test_squares_with_a_gap_between_are_no_neighbours() -> None:
    assert pairs({"a": square(0, 0), "c": square(1.1, 0)}) == set()


def test_each_pair_is_told_once_whatever_the_order() -> None:
    shapes = {"a": square(0, 0), "b": square(1, 0), "c": square(0, 1), "d": square(1, 1)}
    wanted = {frozenset(pair) for pair in ("ab", "ac", "bd", "cd")}
    assert pairs(shapes) == wanted
    assert pairs(dict(reversed(shapes.items()))) == wanted
    assert len(adjacent(list(shapes), list(shapes.values()))) == 4


def test_no_area_has_no_neighbours() -> None:
    assert adjacent([], []).empty
