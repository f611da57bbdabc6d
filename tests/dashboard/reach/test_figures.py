"""What the page Akses sums and compares, on tables that a reader can check in the head."""

import numpy as np
import pandas as pd
import pytest

from dashboard.reach.closed import city_effects, compared, effects
from dashboard.reach.figures import area_shares, city_shares, reach_table, with_care
from dashboard.reach.pictures import GROUPS, NEED_BY_ACCESS, UNSURE_COLOUR
from dashboard.reach.site_figures import curve, rule_by_kecamatan
from dashboard.reach.words import PUSKESMAS, WITH_PARTNERS, WITH_PUSTU

CODES = [f"32.75.01.100{1 + place // 3}.00{1 + place % 3}" for place in range(6)]


def _table() -> pd.DataFrame:
    rws = pd.DataFrame(
        {
            "code": CODES,
            "rw_name": [f"RW {code[-3:]}" for code in CODES],
            "kelurahan_code": [code[:13] for code in CODES],
            "kelurahan": "A",
            "kecamatan_code": "32.75.01",
            "kecamatan": "Timur",
            "rate": 0.03,
            "status": "reliable",
            "s_target": [100, 100, 100, 100, 100, None],
        }
    )
    reach = pd.DataFrame(
        {
            "rw_code": CODES[:5],
            "own_code": "P1",
            "own_duration_s": [600, 1200, None, 600, 600],
            "nearest_code": ["P1", "P2", None, "P1", "P1"],
            "nearest_duration_s": [600, 1000, None, 600, 600],
            "method": "network",
        }
    )
    other = pd.DataFrame(
        {
            "rw_code": [CODES[1], CODES[2]],
            "care": ["pustu", "partner"],
            "facility_code": ["T1", "K1"],
            "duration_s": [300, 420],
        }
    )
    around = pd.DataFrame({"rw_code": CODES[:2], "facility_code": ["P1", "P1"], "duration_s": [600, 1000]})
    return reach_table(rws, reach, other, around)


def test_pustu_and_partners_count_only_where_they_are_asked_for() -> None:
    table = _table()
    assert with_care(table, PUSKESMAS)["minutes"].round(1).tolist()[:2] == [10.0, 16.7]
    assert with_care(table, WITH_PUSTU)["minutes"].tolist()[1] == 5.0
    assert np.isnan(with_care(table, WITH_PUSTU)["minutes"].iloc[2])
    assert with_care(table, WITH_PARTNERS)["minutes"].iloc[2] == 7.0


def test_areas_sum_their_own_rws_and_what_cannot_be_counted_is_told() -> None:
    found = area_shares(_table(), "kelurahan", PUSKESMAS).set_index("area_code")
    assert found.loc["32.75.01.1001", "within_15"] == pytest.approx(1 / 3)
    assert found.loc["32.75.01.1001", "children_unreached"] == 100
    assert found.loc["32.75.01.1002", ["within_15", "rw_left_out"]].tolist() == [1.0, 1]


def test_supply_counts_who_shares_a_puskesmas() -> None:
    # 100 children in the first zone and 100 in the second share one puskesmas: 1 / (100 + 68).
    assert _table()["supply"].iloc[0] == pytest.approx(10_000 / 168)


def test_the_city_is_kept_back_where_it_would_give_a_few_rws_away() -> None:
    table = _table()
    assert city_shares(table, frozenset(CODES[:2]), PUSKESMAS) is None
    assert city_shares(table, frozenset(CODES[:1]), PUSKESMAS) is not None
    assert city_shares(table, None, PUSKESMAS) is not None


def _closed() -> pd.DataFrame:
    closed = pd.DataFrame({"rw_code": CODES[:5], "facility_code": "P1", "duration_s": [None, 1300, None, 600, 900]})
    return compared(_table(), closed)


def test_effects_of_closed_roads_are_counted_by_rw_and_by_child() -> None:
    found = effects(_closed()).set_index("effect")
    assert found["rw"].to_dict() == {"cut_off": 1, "farther": 2, "same": 1, "never_reached": 2}
    assert found.loc["farther", "minutes_more"] == pytest.approx(5.0)
    assert found.loc["cut_off", "children"] == 100


def test_the_citys_effects_are_kept_back_where_few_rws_outside_are_in_a_group() -> None:
    assert city_effects(_closed(), frozenset(CODES[:3])) is None
    assert city_effects(_closed(), None) is not None
    everyone_else = pd.concat([_closed()] * 5).assign(rw_code=[f"x{place}" for place in range(30)])
    assert city_effects(everyone_else, frozenset()) is not None


def test_a_new_puskesmas_may_stand_at_a_pustu_and_a_new_pustu_may_not() -> None:
    reach = pd.DataFrame({"rw_code": [CODES[1], CODES[2]], "site_code": ["T1", "Y1"], "duration_s": [300, 300]})
    places = pd.DataFrame(
        {
            "code": ["T1", "Y1"],
            "kind": ["pustu", "posyandu"],
            "name": ["Pustu", "Posyandu"],
            "area_code": KELURAHAN,
            "lat": 0.0,
            "lon": 0.0,
        }
    )
    whole = curve(_table(), reach, places, 15, "puskesmas")
    assert whole["site"].tolist() == ["", "T1", "Y1"]
    assert whole["share"].tolist() == pytest.approx([0.6, 0.8, 1.0])
    pustu = curve(_table(), reach, places, 15, "pustu")
    assert pustu["site"].tolist() == ["", "Y1"]
    assert pustu["share"].iloc[0] == pytest.approx(0.8)


KELURAHAN = "32.75.01.1001"


def test_the_rule_counts_the_puskesmas_of_the_city_and_not_those_outside() -> None:
    facilities = pd.DataFrame(
        {
            "kind": ["puskesmas", "puskesmas", "pustu"],
            "area_code": [KELURAHAN, None, KELURAHAN],
            "code": ["a", "b", "c"],
        }
    )
    found = rule_by_kecamatan(_table(), facilities, 90_000).iloc[0]
    assert (found["puskesmas"], found["wanted"], found["lacking"]) == (1, 3, 2)


def _simulated(colour: tuple[int, int, int], matrix: np.ndarray) -> np.ndarray:
    linear = (np.array(colour) / 255) ** 2.2
    return np.clip(matrix @ linear, 0, 1) ** (1 / 2.2) * 255


PROTANOPIA = np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]])
DEUTERANOPIA = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])


@pytest.mark.parametrize("matrix", [np.eye(3), PROTANOPIA, DEUTERANOPIA], ids=["all", "protanopia", "deuteranopia"])
def test_the_nine_colours_are_told_apart_without_red_or_green(matrix: np.ndarray) -> None:
    # The matrices are those of Machado, Oliveira and Fernandes (2009) for full severity.
    seen = [_simulated(colour, matrix) for colour in (*NEED_BY_ACCESS.values(), UNSURE_COLOUR)]
    apart = [np.linalg.norm(one - other) for place, one in enumerate(seen) for other in seen[:place]]
    assert len(NEED_BY_ACCESS) == len(GROUPS) == 9
    assert min(apart) > 45
