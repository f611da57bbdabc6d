"""Roads are written by a second process, which is the same as writing them here, or fails in words."""

import pytest

from data.demo.roads import write_demo_roads
from data.demo.roads_process import RoadsFailedError, write_roads_beside


@pytest.mark.slow
def test_the_second_process_writes_the_same_roads(geography, tmp_path):
    write_roads_beside(geography, tmp_path / "beside.osm.pbf", 3)
    write_demo_roads(geography, tmp_path / "here.osm.pbf", 3)
    assert (tmp_path / "beside.osm.pbf").read_bytes() == (tmp_path / "here.osm.pbf").read_bytes()


def test_a_failure_says_where_and_why(tmp_path):
    with pytest.raises(RoadsFailedError, match=r"roads.osm.pbf .*AttributeError"):
        write_roads_beside(None, tmp_path / "roads.osm.pbf", 3)
