"""Neighbours are those within a walk, both ways, with a share that falls with the distance."""

import pandas as pd
import pytest

from geo.neighbours import WALK_FACTOR, walking_neighbours

DEGREE_M = 111_195.08  # one degree of latitude on the sphere of the module


def _row_of_points(*metres: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"rw_code": [f"rw{i}" for i in range(len(metres))], "lat": [m / DEGREE_M for m in metres], "lon": 107.0}
    )


def test_a_walk_of_half_the_reach_brings_half() -> None:
    found = walking_neighbours(_row_of_points(0, 300 / WALK_FACTOR), reach_m=600)
    assert found["share"].tolist() == pytest.approx([0.5, 0.5], abs=1e-3)


def test_pairs_go_both_ways_and_nobody_is_their_own_neighbour() -> None:
    found = walking_neighbours(_row_of_points(0, 100, 10_000), reach_m=600)
    assert list(zip(found["rw_code"], found["neighbour_code"], strict=True)) == [("rw0", "rw1"), ("rw1", "rw0")]


def test_without_points_there_are_no_pairs() -> None:
    assert walking_neighbours(_row_of_points(), reach_m=600).empty
