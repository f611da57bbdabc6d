"""The demo city's areas, built once for all tests that only read them."""

import pytest

from data.demo.geography import build_geography


@pytest.fixture(scope="session")
def geography():
    return build_geography(1)
