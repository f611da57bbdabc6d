"""Outlines from a GeoJSON, GeoPackage or Shapefile (or a .zip of one), in degrees, with their columns as texts.

What a file is is told by its first bytes, not by its name, so that GDAL is only asked for these three: some of its
other formats fetch further files. Coordinates that are not what the file says are refused and never guessed.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from data import settings
from data.errors import UnusableInputError
from data.intake.areas.codes import as_text
from data.intake.areas.refusals import listed, refusal

WGS84 = 4326
_INDONESIA = (94.0, -12.0, 142.0, 7.0)
_UNPACKED_MB = 1_000
_KEPT_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".geojson", ".json", ".gpkg")
_READ_PARTS = (".shp", ".geojson", ".json", ".gpkg")
_POLYGONS = ("Polygon", "MultiPolygon", "GeometryCollection")


@dataclass(frozen=True)
class AreaFile:
    """A file's areas: outlines in EPSG:4326, columns as texts, and what was found about its coordinates."""

    outlines: NDArray[np.object_]
    columns: dict[str, list[str]]
    crs: str
    has_heights: int
    multipart: int

    def __len__(self) -> int:
        return len(self.outlines)


def read_outlines(path: Path, layer: str | None = None) -> AreaFile:
    """Read a file of areas; raise UnusableInputError for whatever is no set of polygons that lie in Indonesia."""
    if path.stat().st_size > settings.UPLOAD_LIMIT_MB * 2**20:
        raise refusal("too_large", found=settings.UPLOAD_LIMIT_MB)
    with TemporaryDirectory(prefix="rembuk-areas-") as folder:
        source, layer = _unpacked(path, Path(folder), layer) if _starts(path, b"PK\x03\x04") else (path, layer)
        _check_kind(source)
        found = _read(source, layer)
    found = found[~(found.geometry.isna() | found.geometry.is_empty)].reset_index(drop=True)
    if found.empty:
        raise refusal("no_rows")
    is_other = ~found.geom_type.isin(_POLYGONS)
    if is_other.any():
        raise refusal("not_polygons", found=int(is_other.sum()), row=int(np.argmax(is_other)) + 1)
    crs = _checked_crs(found)
    in_degrees = found if found.crs is None or found.crs.to_epsg() == WGS84 else found.to_crs(WGS84)
    _check_place(in_degrees, crs)
    outlines = np.asarray(in_degrees.geometry.values, dtype=object)
    return AreaFile(
        outlines=outlines,
        columns={str(name): [as_text(value) for value in found[name]] for name in found.columns.drop("geometry")},
        crs=crs,
        has_heights=int(shapely.has_z(outlines).sum()),
        multipart=int((shapely.get_num_geometries(outlines) > 1).sum()),
    )


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _check_kind(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4096)
    is_json = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    if not (is_json or start.startswith((b"SQLite format 3\x00", b"\x00\x00\x27\x0a"))):
        raise refusal("kind")


def _unpacked(path: Path, folder: Path, layer: str | None) -> tuple[Path, str | None]:
    """Unpack what belongs to a set of areas, without folders, and return the file to read and its layer."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = [part for part in package.infolist() if Path(part.filename).suffix.lower() in _KEPT_PARTS]
            parts = [part for part in parts if not Path(part.filename).name.startswith(".")]
            if sum(part.file_size for part in parts) > _UNPACKED_MB * 2**20:
                raise refusal("too_large", found=_UNPACKED_MB)
            for part in parts:
                name = Path(part.filename.replace("\\", "/")).name
                (folder / (Path(name).stem + Path(name).suffix.lower())).write_bytes(package.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise refusal("unreadable", found=f"the .zip does not open: {error}") from None
    readable = sorted(file for file in folder.iterdir() if file.suffix in _READ_PARTS)
    if not readable:
        raise refusal("kind")
    named = [file for file in readable if layer in (file.stem, file.name)]
    if len(readable) > 1 and not named:
        raise refusal("several", found=listed([file.name for file in readable], 10))
    return (named[0], None) if named else (readable[0], layer)


def _read(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if layer is not None and layer not in layers:
            raise refusal("no_layer", found=layer, layers=listed(layers, 10))
        if layer is None and len(layers) > 1:
            raise refusal("several", found=listed(layers, 10))
        read = gpd.read_file(path, layer=layer or (layers[0] if layers else None), engine="pyogrio")
    except UnusableInputError:
        raise
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError) as error:
        told = str(error).split(";")[0].split("\n")[0].replace(str(path), path.name)
        raise refusal("unreadable", found=told) from None
    if not isinstance(read, gpd.GeoDataFrame):
        raise refusal("no_rows")
    return read


def _checked_crs(found: gpd.GeoDataFrame) -> str:
    """Return in words which coordinates the file uses; refuse ones that cannot be what it says."""
    west, south, east, north = found.total_bounds
    x, y = f"{west:.6g} to {east:.6g}", f"{south:.6g} to {north:.6g}"
    is_degrees = abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 180 and abs(north) <= 180
    if found.crs is None:
        if not is_degrees:
            raise refusal("no_crs", x=x, y=y)
        return "not said; taken as degrees (EPSG:4326)"
    told = found.crs.to_authority()
    named = ":".join(told) if told else found.crs.name
    if found.crs.is_geographic and not is_degrees:
        raise refusal("wrong_crs", crs=named, x=x, y=y)
    return named


def _check_place(found: gpd.GeoDataFrame, crs: str) -> None:
    west, south, east, north = found.total_bounds
    x, y = f"{west:.6g} to {east:.6g}", f"{south:.6g} to {north:.6g}"
    if not np.isfinite([west, south, east, north]).all():
        raise refusal("wrong_crs", crs=crs, x=x, y=y)
    if is_in_indonesia(np.array([west, east]), np.array([south, north])).all():
        return
    if is_in_indonesia(np.array([south, north]), np.array([west, east])).all():
        raise refusal("swapped", x=x, y=y)
    raise refusal("elsewhere", x=x, y=y)


def is_in_indonesia(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which points lie in the box around Indonesia."""
    west, south, east, north = _INDONESIA
    return np.asarray((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
