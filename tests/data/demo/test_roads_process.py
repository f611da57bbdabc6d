"""Roads that a second process cannot write fail in words."""

import pytest

from data.demo.roads_process import RoadsFailedError, write_roads_beside


def test_a_failure_says_where_and_why(tmp_path):
    with pytest.raises(RoadsFailedError, match=r"roads.osm.pbf .*AttributeError"):
        write_roads_beside(None, tmp_path / "roads.osm.pbf", 3)
