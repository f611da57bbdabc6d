"""Files of every kind, and those that cannot be areas of an Indonesian city."""

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.errors import UnusableInputError
from data.intake.areas.reading import read_outlines
from tests.data.intake.areas.squares import geojson, kelurahan, raw_geojson, square


def refused(path: Path, layer: str | None = None) -> str:
    with pytest.raises(UnusableInputError) as error:
        read_outlines(path, layer)
    return str(error.value.context["reason"])


def zipped(folder: Path, target: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(target, "w") as package:
        for file in sorted(folder.iterdir()):
            package.write(file, inside + file.name)
    return target


@pytest.fixture
def shapefile(tmp_path: Path) -> Path:
    folder = tmp_path / "shp"
    folder.mkdir()
    kelurahan().to_file(folder / "desa.shp")
    return folder


def test_geojson_geopackage_shapefile_and_zip_say_the_same(tmp_path: Path, shapefile: Path) -> None:
    kelurahan().to_file(tmp_path / "desa.gpkg", layer="desa")
    paths = [
        geojson(tmp_path / "desa.geojson", kelurahan()),
        tmp_path / "desa.gpkg",
        shapefile / "desa.shp",
        zipped(shapefile, tmp_path / "desa.zip", "dalam/folder/"),
    ]
    read = [read_outlines(path) for path in paths]
    assert [file.columns["kode"] for file in read] == [read[0].columns["kode"]] * 4
    assert all(shapely.equals_exact(file.outlines, read[0].outlines, 1e-9, normalize=True).all() for file in read)


def test_metres_are_brought_to_degrees_when_the_file_says_which_they_are(tmp_path: Path) -> None:
    kelurahan().to_crs(32748).to_file(tmp_path / "utm.gpkg")
    file = read_outlines(tmp_path / "utm.gpkg")
    assert file.crs == "EPSG:32748"
    assert shapely.equals_exact(file.outlines[0], square(0, 0), 1e-6)


def test_metres_without_a_word_are_refused(shapefile: Path, tmp_path: Path) -> None:
    kelurahan().to_crs(32748).set_crs(None, allow_override=True).to_file(tmp_path / "utm.shp")
    assert refused(tmp_path / "utm.shp") == "areas_no_crs"


def test_metres_that_geojson_calls_degrees_are_refused(tmp_path: Path) -> None:
    path = raw_geojson(tmp_path / "utm.geojson", kelurahan().to_crs(32748).geometry)
    assert refused(path) == "areas_wrong_crs"


def test_swapped_axes_are_refused_by_name(tmp_path: Path) -> None:
    swapped = shapely.transform(kelurahan().geometry.to_numpy(), lambda xy: xy[:, ::-1])
    assert refused(raw_geojson(tmp_path / "swapped.geojson", swapped)) == "areas_swapped"


def test_a_city_elsewhere_in_the_world_is_refused(tmp_path: Path) -> None:
    moved = shapely.transform(kelurahan().geometry.to_numpy(), lambda xy: xy + np.array([0, 60]))
    assert refused(raw_geojson(tmp_path / "far.geojson", moved)) == "areas_elsewhere"


def test_degrees_without_a_word_are_taken_as_degrees(tmp_path: Path) -> None:
    kelurahan().set_crs(None, allow_override=True).to_file(tmp_path / "desa.shp")
    assert "not said" in read_outlines(tmp_path / "desa.shp").crs


def test_points_are_no_areas(tmp_path: Path) -> None:
    frame = kelurahan()
    geojson(tmp_path / "points.geojson", gpd.GeoDataFrame(frame, geometry=shapely.centroid(frame.geometry.to_numpy())))
    assert refused(tmp_path / "points.geojson") == "areas_not_polygons"


def test_one_of_several_layers_has_to_be_named(tmp_path: Path) -> None:
    for layer in ("desa", "rw"):
        kelurahan().to_file(tmp_path / "two.gpkg", layer=layer)
    assert refused(tmp_path / "two.gpkg") == "areas_several"
    assert refused(tmp_path / "two.gpkg", "kota") == "areas_no_layer"
    assert len(read_outlines(tmp_path / "two.gpkg", "rw")) == 4


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "areas_kind"),
        (b"%PDF-1.7", "areas_kind"),
        (b"<OGRVRTDataSource/>", "areas_kind"),
        (b"{", "areas_unreadable"),
        (b"PK\x03\x04cut off", "areas_unreadable"),
        (b'{"type": "FeatureCollection", "features": []}', "areas_no_rows"),
    ],
)
def test_what_is_no_file_of_areas_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "file.geojson"
    path.write_bytes(content)
    assert refused(path) == reason


def test_a_zip_writes_nothing_outside_its_own_folder(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("../../evil.geojson", geojson(tmp_path / "a.geojson", kelurahan()).read_text())
    assert len(read_outlines(path)) == 4
    assert not list(tmp_path.parent.glob("evil.geojson"))


def test_heights_and_parts_are_counted(tmp_path: Path) -> None:
    shapes = list(kelurahan().geometry)
    shapes[0] = shapely.force_3d(shapes[0], 5.0)
    shapes[1] = shapely.MultiPolygon([shapes[1], square(8, 8)])
    kelurahan(geometry=shapes).to_file(tmp_path / "parts.gpkg")
    file = read_outlines(tmp_path / "parts.gpkg")
    assert file.multipart == 1
    assert file.has_heights >= 1
