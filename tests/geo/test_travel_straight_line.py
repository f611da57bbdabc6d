"""Travel estimated without roads."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import CoordinateError
from geo.travel import CIRCUITY, MATRIX_COLUMNS, SPEED_KMH, straight_line_matrix

MONAS = pd.DataFrame({"code": ["001"], "lat": [-6.175392], "lon": [106.827153]})
BEKASI = pd.DataFrame({"code": ["b", "a"], "lat": [-6.236074, -6.175392], "lon": [106.999374, 106.827153]})


def test_the_estimate_is_the_geodesic_times_the_stated_factor_at_the_stated_speed() -> None:
    found = straight_line_matrix(MONAS, BEKASI, "walk").iloc[0]
    geodesic_m = 20_206.8  # Vincenty's formula on WGS 84, computed apart
    assert found["distance_m"] == pytest.approx(CIRCUITY * geodesic_m, rel=1e-5)
    assert found["duration_s"] == pytest.approx(found["distance_m"] / SPEED_KMH["walk"] * 3.6)


def test_every_row_is_labelled_and_has_no_snap() -> None:
    found = straight_line_matrix(MONAS, BEKASI, "car")
    assert list(found.columns) == MATRIX_COLUMNS
    assert set(found["method"]) == {"straight_line"}
    assert found[["origin_snap_m", "destination_snap_m"]].isna().all(axis=None)


def test_rows_keep_the_order_and_codes_stay_text() -> None:
    found = straight_line_matrix(MONAS, BEKASI, "motorcycle")
    assert found[["origin", "destination"]].to_numpy().tolist() == [["001", "b"], ["001", "a"]]
    assert found["distance_m"].iloc[1] == 0


def test_a_point_nowhere_on_earth_is_refused() -> None:
    with pytest.raises(CoordinateError, match="swapped"):
        straight_line_matrix(MONAS.rename(columns={"lat": "lon", "lon": "lat"}), BEKASI, "walk")
    with pytest.raises(CoordinateError):
        straight_line_matrix(MONAS, BEKASI.assign(lon=np.nan), "walk")
