"""Loading outlines from a file of over 100 MB, as a city's GIS office may hand one in: seconds and resident memory.

The desa of the invented kabupaten with borders that wind at every step of a metre or so, with heights, and every
tenth with an islet of its own. A process of its own previews the file and then loads it into an embedded database; the
memory is the most that this process ever held, the database's own left out. It must fit beside the dashboard on a
server of 4 GB, and a person waits for the preview with the page open: hence the limits.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from data.embedded import start_embedded
from data.engine import make_engine
from data.intake.areas.load import IMPORTED, Wanted, commit, preview
from data.intake.areas.prepare import Choices
from data.migrate import upgrade
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection
from data.settings import PROJECT_ROOT
from tests.benchmarks.harness import Row, timed
from tests.benchmarks.kabupaten import CODE, DESA, GROUND, NAME, draw_desa
from tests.browser.small_city import only_home

LEAST_MB, PREVIEW_LIMIT_S, LOAD_LIMIT_S, MEMORY_LIMIT_MB = 100, 120.0, 180.0, 2048
STEP_M, WINDING_M, WAVE_M, EVERY_TENTH, SLIVER_M2 = 1.3, 25.0, 180.0, 10, 100.0
_WANTED = Wanted(CODE, NAME)


def run() -> list[Row]:
    """Measure the preview and the load of one large file."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "desa.geojson"
        vertices = write_file(path)
        size_mb = path.stat().st_size / 2**20
        if size_mb < LEAST_MB:
            raise RuntimeError(f"the file has only {size_mb:.0f} MB")
        child = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_areas", str(path), str(Path(folder) / "postgres")],
            cwd=PROJECT_ROOT,
            env=only_home(Path(folder)),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    told = json.loads(child.stdout.splitlines()[-1])
    note = f"{size_mb:.0f} MB, {DESA} desa, {vertices / 1e6:.1f} million vertices with heights"
    return [
        Row("outlines of 100 MB: preview", told["preview_s"], "s", PREVIEW_LIMIT_S, note),
        Row("outlines of 100 MB: load", told["load_s"], "s", LOAD_LIMIT_S, "reads and checks the file again"),
        Row("outlines of 100 MB: most memory", told["memory_mb"], "MB", MEMORY_LIMIT_MB, "without the database's own"),
    ]


def write_file(path: Path) -> int:
    """Write the outlines as GeoJSON and return how many vertices they have."""
    desa = draw_desa()
    wound = GROUND.to_degrees(_wound(GROUND.to_metres(desa.geometry.to_numpy())))
    with_islets = np.array(
        [_with_islet(shape) if number % EVERY_TENTH == 0 else shape for number, shape in enumerate(wound)], object
    )
    high = shapely.force_3d(with_islets, 12.5)
    path.write_text(gpd.GeoDataFrame(desa.drop(columns="geometry"), geometry=high).to_json())
    return int(shapely.get_num_coordinates(high).sum())


def _wound(plain: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the polygons with dense winding borders, each border once for both sides, as one survey draws them."""
    lines = shapely.segmentize(shapely.line_merge(shapely.union_all(shapely.boundary(plain), grid_size=0.01)), STEP_M)
    crossing = shapely.union_all(shapely.get_parts(shapely.transform(lines, _wind)), grid_size=0.01)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(crossing)))
    faces = faces[shapely.area(faces) > SLIVER_M2]
    face, owner = shapely.STRtree(plain).query(shapely.point_on_surface(faces), predicate="within")
    whole = np.array([shapely.union_all(faces[face[owner == number]]) for number in range(len(plain))], object)
    if shapely.is_empty(whole).any():
        raise RuntimeError("a desa was lost when its borders were wound")
    return whole


def _wind(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move places by waves that depend on the place alone, so that neighbours still share their border."""
    turns = 2 * np.pi * places / WAVE_M
    return places + WINDING_M * np.column_stack([np.sin(turns[:, 1]), np.sin(turns[:, 0])]) / 2


def _with_islet(shape: shapely.Polygon) -> shapely.MultiPolygon:
    """Return the polygon in two parts: itself without a pond around a place inside, and an islet in that pond."""
    middle = shapely.Point(shape.representative_point())
    pond, islet = middle.buffer(0.0012), middle.buffer(0.0006)
    return shapely.MultiPolygon([*shapely.get_parts(shape.difference(pond)), islet])


def _load(path: Path, folder: Path) -> dict[str, float]:
    engine = make_engine(start_embedded(folder))
    upgrade(engine)
    scope = Scope(PLANNER, (WHOLE_CITY,), "bench")
    with timed() as looking, scoped_connection(engine, scope) as connection:
        seen = preview(connection, path, path.name, Choices(), _WANTED)
    if len(seen.prepared.areas) != DESA or not seen.has_heights or not seen.multipart:
        raise RuntimeError(f"the preview found {seen.as_json()}")
    with timed() as loading, writing_connection(engine, scope) as connection:
        outcome = commit(connection, path, path.name, Choices(), _WANTED, by="bench")
    if outcome.status != IMPORTED:
        raise RuntimeError(f"the load ended as {outcome.status}")
    engine.dispose()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory_mb = most / (2**20 if sys.platform == "darwin" else 2**10)
    return {"preview_s": round(looking.seconds, 1), "load_s": round(loading.seconds, 1), "memory_mb": round(memory_mb)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_load(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n")
