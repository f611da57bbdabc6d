"""`python -m tests.benchmarks.kabupaten`: an invented kabupaten of 40 kecamatan, 430 desa and 4,000 RWs, to measure.

It lies in the Java Sea under a code that Kemendagri has not given, and every name says that it is invented. Its areas,
RWs, facilities and wilayah kerja are files that go through the real loaders of `python -m dashboard import`; travel is
filled by straight lines; its months are those of the demo's simulation, run once for each quarter of the RWs, so that
an RW has as many children as in the demo city. There are no single weighings: no page reads them.
"""

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from sqlalchemy import text

from data import settings
from data.demo import bulk, growth_rows, services, visits
from data.demo.months import DEFAULT_END_MONTH, FIRST_MONTH
from data.demo.neighbourhoods import Neighbourhoods
from data.demo.simulate import Simulation, simulate
from data.engine import get_engine
from data.forecast import refresh_forecasts
from data.indicators.dictionary import ensure_dictionary
from data.schema import growth_month, intervention_month, maternal_month, metadata, pusing_visit
from data.scope import owner_connection
from geo.local_map import LocalMap
from geo.tessellation import subdivide
from tests.benchmarks.harness import timed

CODE, NAME = "39.01", "Kabupaten Rekaan (bukan wilayah nyata)"
KECAMATAN, DESA, RWS = 40, 430, 4_000
PUSKESMAS_PER_KECAMATAN, HOSPITALS = 2, 24
SIDE_M, SEED, QUARTERS = 54_000.0, 39, 4
GROUND = LocalMap(-4.7, 110.0)


def build(folder: Path) -> None:
    """Write the files, load them as a person would, and fill the months; the database of this home must be empty."""
    folder.mkdir(parents=True, exist_ok=True)
    with timed() as drawing:
        desa = draw_desa()
        rws = draw_rws(desa)
    print(f"drawn in {drawing.seconds:.0f} s: {len(desa)} desa, {len(rws)} RWs", flush=True)
    write_files(folder, desa, rws)
    told = ["--city-code", CODE, "--city-name", NAME]
    _run("import areas", "import", "areas", str(folder / "desa.geojson"), *told)
    _run("import rw", "import", "rw", str(folder / "rw.csv"))
    _run("import facilities", "import", "facilities", str(folder / "facilities.csv"))
    _run("import service-areas", "import", "service-areas", str(folder / "service-areas.csv"))
    with timed() as filling:
        load_months()
    print(f"months simulated and loaded in {filling.seconds:.0f} s", flush=True)
    _run("travel fill", "travel", "fill", "--straight-line")


def draw_desa() -> gpd.GeoDataFrame:
    """Return the desa in degrees: code, name, kecamatan, and the outline; each kecamatan is divided by itself."""
    whole = shapely.box(-SIDE_M / 2, -SIDE_M / 2, SIDE_M / 2, SIDE_M / 2)
    rows, shapes = [], []
    for number, part in enumerate(subdivide(whole, KECAMATAN, seed=SEED), start=1):
        count = DESA // KECAMATAN + (number <= DESA % KECAMATAN)
        for place, shape in enumerate(subdivide(part, count, seed=SEED + number, rounds=4), start=1):
            name = f"Desa Rekaan {number:02d}-{place:02d}"
            rows.append((f"{CODE}.{number:02d}.{2000 + place}", name, f"Kecamatan Rekaan {number:02d}"))
            shapes.append(shape)
    degrees = GROUND.to_degrees(np.array(shapes, dtype=object))
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=["kode", "desa", "kecamatan"]), geometry=list(degrees), crs=4326)


def draw_rws(desa: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the RWs: kode, desa code, number, lat, lon; nine or ten to a desa."""
    rows = []
    metres = GROUND.to_metres(desa.geometry.to_numpy())
    for place, (code, shape) in enumerate(zip(desa["kode"], metres, strict=True)):
        count = RWS // DESA + (place < RWS % DESA)
        parts = np.array(subdivide(shape, count, seed=SEED * 1000 + place, rounds=3), dtype=object)
        points = shapely.get_coordinates(GROUND.to_degrees(shapely.point_on_surface(parts)))
        rows += [(code, number, lat, lon) for number, (lon, lat) in enumerate(points.tolist(), start=1)]
    return pd.DataFrame(rows, columns=["kode kelurahan", "rw", "lat", "lon"])


def write_files(folder: Path, desa: gpd.GeoDataFrame, rws: pd.DataFrame) -> None:
    """Write the four files as a city hands them in."""
    (folder / "desa.geojson").write_text(json.dumps(json.loads(desa.to_json())))
    rws.to_csv(folder / "rw.csv", index=False)
    rng = np.random.default_rng(SEED)
    facilities, served = [], []
    for kecamatan, group in desa.groupby("kecamatan", sort=True):
        hosts = group.iloc[np.linspace(0, len(group) - 1, PUSKESMAS_PER_KECAMATAN).astype(int)]
        names = [f"Puskesmas {kecamatan.removeprefix('Kecamatan ')} {letter}" for letter in "AB"]
        for name, host in zip(names, hosts.itertuples(), strict=True):
            point = host.geometry.representative_point()
            facilities.append(("puskesmas", name, host.kode, point.y, point.x))
        half = len(group) // PUSKESMAS_PER_KECAMATAN
        served += [(code, names[int(at >= half)]) for at, code in enumerate(group["kode"])]
    for number, at in enumerate(rng.choice(len(desa), HOSPITALS, replace=False), start=1):
        point = desa.geometry.iloc[at].representative_point()
        facilities.append(("rumah sakit", f"RS Rekaan {number:02d}", desa["kode"].iloc[at], point.y, point.x))
    for row in rws.itertuples(index=False):
        code, number, lat, lon = row
        facilities.append(("posyandu", f"Posyandu {code[6:]}-{number}", code, lat, lon))
    _write(folder / "facilities.csv", ("jenis", "nama", "kode kelurahan", "lat", "lon"), facilities)
    _write(folder / "service-areas.csv", ("kode kelurahan", "puskesmas"), served)


def load_months() -> None:
    """Simulate the children and load what the pages read of them; the engine is this home's."""
    with owner_connection(get_engine()) as connection:
        found = connection.execute(
            text(
                "SELECT a.code, a.point_lat, a.point_lon, a.area_km2, s.facility_code, f.lat, f.lon FROM area a"
                " JOIN service_area s ON s.rw_code = a.code JOIN facility f ON f.code = s.facility_code"
                " WHERE a.level = 'rw' ORDER BY a.code"
            )
        ).all()
        frame = pd.DataFrame(found, columns=["code", "lat", "lon", "km2", "own", "own_lat", "own_lon"])
        parts = [_simulated(frame.iloc[at]) for at in np.array_split(np.arange(len(frame)), QUARTERS)]
        whole = _joined(parts)
        calls = visits.draw_visits(frame["own"].to_numpy(dtype=str), DEFAULT_END_MONTH, SEED)
        with bulk.unforced(connection, [growth_month, maternal_month, intervention_month, pusing_visit]):
            print("loading", flush=True)
            growth_rows.load_growth_months(connection, whole)
            ensure_dictionary(connection)
            services.load_services(connection, whole, SEED, CODE)
            visits.load_visits(connection, calls, whole, SEED)
        refresh_forecasts(connection)
    with owner_connection(get_engine()) as connection:
        connection.execute(text(f"ANALYZE {', '.join(metadata.tables)}"))


def _simulated(frame: pd.DataFrame) -> Simulation:
    rng = np.random.default_rng([SEED, len(frame), int(frame.index[0])])
    weight = rng.gamma(6.0, size=len(frame))
    east = (frame["lon"] - frame["own_lon"]) * 110_600
    north = (frame["lat"] - frame["own_lat"]) * 110_600
    city = Neighbourhoods(
        codes=frame["code"].to_numpy(dtype=str),
        lat=frame["lat"].to_numpy(),
        lon=frame["lon"].to_numpy(),
        weight=weight / weight.sum(),
        area_km2=frame["km2"].to_numpy(),
        distance_m=np.hypot(east, north).to_numpy(),
    )
    done = simulate(city, SEED + int(frame.index[0]), FIRST_MONTH, DEFAULT_END_MONTH)
    print(f"simulated {len(frame)} RWs, {len(done.children):,} children", flush=True)
    return replace(done, weighings=[])


def _joined(parts: list[Simulation]) -> Simulation:
    """Return simulations of different RWs as one; children are left out."""

    def beside(arrays: list[NDArray]) -> NDArray:
        return np.concatenate(arrays, axis=1)

    first = parts[0]
    city = Neighbourhoods(
        *(
            np.concatenate([getattr(part.city, name) for part in parts])
            for name in ("codes", "lat", "lon", "weight", "area_km2", "distance_m")
        )
    )
    places = replace(
        first.places,
        relative_risk=np.concatenate([part.places.relative_risk for part in parts]),
    )
    counts = {name: beside([part.counts[name] for part in parts]) for name in first.counts}
    return replace(first, city=city, places=places, counts=counts)


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def _run(what: str, *command: str) -> None:
    with timed() as watch:
        subprocess.run([sys.executable, "-m", "dashboard", *command], cwd=settings.PROJECT_ROOT, check=True)
    print(f"{what}: {watch.seconds:.1f} s", flush=True)


if __name__ == "__main__":
    build(settings.home() / "kabupaten")
