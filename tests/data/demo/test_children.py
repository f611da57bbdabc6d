"""The whole simulated city, without a database: it must tell the story that was published, and hide no truth."""

import numpy as np
import pandas as pd
import pytest

from data.demo.months import month_number
from data.demo.neighbourhoods import Neighbourhoods
from data.demo.simulate import Simulation, simulate
from data.demo.tally import CELLS_PER_RW
from data.errors import UnusableInputError
from models.trend.periods import STATE, YEAR, rolled_up
from models.trend.waterfall import waterfall

FLOWS_IN = ("newly_stunted", "newly_found", "moved_in")
FLOWS_OUT = ("recovered", "moved_out", "aged_out", "lapsed")


def made_city(kelurahan: int = 56, rw: int = 18, share: float = 1.0) -> Neighbourhoods:
    """A city of equal kelurahan on a grid, without the geography's cost."""
    rng = np.random.default_rng(7)
    codes = [f"32.75.{1 + k // 5:02d}.{1001 + k % 5}.{n + 1:03d}" for k in range(kelurahan) for n in range(rw)]
    weight = rng.lognormal(0, 0.35, len(codes))
    place = np.arange(len(codes))
    return Neighbourhoods(
        codes=np.array(codes),
        lat=-6.3 + 0.004 * (place // rw // 8) + rng.normal(0, 0.001, len(codes)),
        lon=106.95 + 0.01 * (place // rw % 8) + rng.normal(0, 0.002, len(codes)),
        weight=share * weight / weight.sum(),
        area_km2=np.full(len(codes), 0.21),
        distance_m=rng.gamma(3, 350, len(codes)),
    )


@pytest.fixture(scope="module")
def city() -> Simulation:
    return simulate(made_city(), seed=5, start="2020-01", end="2026-10")


@pytest.fixture(scope="module")
def village() -> Simulation:
    return simulate(made_city(6, 10, 0.06), seed=5, start="2025-01", end="2026-10")


def _at(simulation: Simulation, name: str, month: str) -> int:
    return int(simulation.of_city(name)[month_number(month) - simulation.months[0]])


def _by_rw(simulation: Simulation, name: str) -> np.ndarray:
    counts = simulation.counts[name]
    return counts.reshape(len(counts), -1, CELLS_PER_RW).sum(axis=2)


@pytest.mark.parametrize(
    ("month", "published_pct", "decimals"),
    [("2020-12", 10.7, 1), ("2021-12", 7.9, 1), ("2022-12", 3.4, 1), ("2023-12", 2.99, 2)],
)
def test_december_gives_the_published_prevalence_of_its_year(city, month, published_pct, decimals):
    prevalence_pct = 100 * _at(city, "stunted", month) / _at(city, "haz_valid", month)
    assert round(prevalence_pct, decimals) == published_pct


@pytest.mark.parametrize(("month", "published"), [("2023-12", 3571), ("2024-12", 3641)])
def test_december_gives_the_published_number_of_stunted_children(city, month, published):
    assert _at(city, "stunted", month) == published


def test_april_2025_has_about_four_thousand_stunted_children(city):
    assert round(_at(city, "stunted", "2025-04"), -2) == 4000


def test_the_rise_to_april_2025_is_partly_because_more_children_are_weighed(city):
    measured = _at(city, "haz_valid", "2025-04") / _at(city, "haz_valid", "2024-12")
    stunted = _at(city, "stunted", "2025-04") / _at(city, "stunted", "2024-12")
    assert 1.01 < measured < stunted


def test_fewer_children_came_while_the_pandemic_closed_posyandu(city):
    before, during = (_at(city, "d_weighed", month) for month in ("2020-02", "2020-05"))
    assert during < 0.7 * before


def test_the_newest_months_fall_slightly(city):
    assert 0.97 < _at(city, "stunted", "2026-10") / _at(city, "stunted", "2026-07") < 1


def test_an_rw_has_about_117_measured_children_in_2023(city):
    assert _at(city, "haz_valid", "2023-12") / len(city.city) == pytest.approx(119_431 / len(city.city), rel=0.002)


def test_flows_explain_every_change_of_every_rw(city):
    stunted = _by_rw(city, "stunted")
    explained = sum(_by_rw(city, name) for name in FLOWS_IN) - sum(_by_rw(city, name) for name in FLOWS_OUT)
    np.testing.assert_array_equal(np.diff(stunted, axis=0), explained[1:])


def _of_months(simulation: Simulation, *names: str) -> pd.DataFrame:
    days = [np.datetime64(int(month), "M").astype("datetime64[D]").item() for month in simulation.months]
    return pd.DataFrame({"month": days} | {name: simulation.of_city(name) for name in names})


def test_the_yearly_routine_line_is_the_published_one(city):
    months = _of_months(city, "stunted", "haz_valid")
    years = rolled_up(months.rename(columns={"stunted": "numerator", "haz_valid": "denominator"}), YEAR, STATE)
    whole = years[~years["is_partial"]].assign(year=lambda frame: [period.year for period in frame["period"]])
    whole = whole.set_index("year")
    told = {year: round(100 * whole.loc[year, "value"], 2 if year == 2023 else 1) for year in (2020, 2021, 2022, 2023)}
    assert told == {2020: 10.7, 2021: 7.9, 2022: 3.4, 2023: 2.99}
    assert whole.loc[[2023, 2024], "numerator"].tolist() == [3571, 3641]


def test_the_waterfall_tells_how_3571_became_about_four_thousand(city):
    months = _of_months(city, *FLOWS_IN, *FLOWS_OUT)
    first, last = (np.datetime64(month, "M").astype("datetime64[D]").item() for month in ("2023-12", "2025-04"))
    between = months[(months["month"] > first) & (months["month"] <= last)]
    found = waterfall(3571, _at(city, "stunted", "2025-04"), between)
    assert found.start + sum(found.steps.values()) == found.end
    assert round(found.end, -2) == 4000
    assert found.steps["remeasured"] == 0
    # the greater part of the rise is children found because more were weighed
    assert found.pairs["weighing"] > found.pairs["growth"] > 0


def test_true_risk_varies_from_rw_to_rw_by_about_half_its_mean(city):
    risk = city.true_risk[-1]
    assert 0.4 < risk.std() / risk.mean() < 0.65


def test_measured_rates_follow_the_true_ones(city):
    measured = _by_rw(city, "stunted").sum(axis=0) / np.maximum(_by_rw(city, "haz_valid").sum(axis=0), 1)
    true = city.true_stunted.sum(axis=0) / city.true_children.sum(axis=0)
    assert np.corrcoef(measured, true)[0, 1] > 0.9


def test_the_city_is_measured_close_to_its_true_prevalence(city):
    measured = city.of_city("stunted") / city.of_city("haz_valid")
    true = city.true_stunted.sum(axis=1) / city.true_children.sum(axis=1)
    assert np.abs(measured / true - 1).max() < 0.15


def test_children_who_stay_away_are_stunted_more_often(city):
    last = city.weighings[-1]
    came = np.zeros(len(city.children), dtype=bool)
    for weighings in city.weighings[-6:]:
        came[weighings.child] = True
    present = city.children.present(last.month)
    line = (city.children.steady + city.children.drift)[present]
    is_seen = came[present]
    assert (line[~is_seen] < -1.8).mean() > 1.3 * (line[is_seen] < -1.8).mean()


def test_some_rw_weigh_too_few_and_most_do_not(city):
    attendance = _by_rw(city, "d_weighed")[-1] / _by_rw(city, "s_target")[-1]
    assert 0.02 < (attendance < 0.6).mean() < 0.2


def test_a_few_rw_have_stopped_reporting(city):
    silent = (_by_rw(city, "d_weighed")[-3:] == 0).all(axis=0)
    assert 0 < silent.sum() < 15


def test_child_level_rows_add_up_to_the_months_they_belong_to(city):
    for weighings in city.weighings:
        weighed = int((weighings.weight_tenths > 0).sum())
        assert weighed == city.of_city("d_weighed")[weighings.month - city.months[0]]


def test_lengths_end_in_0_and_5_more_often_than_chance(city):
    lengths = np.concatenate([weighings.length_tenths for weighings in city.weighings])
    lengths = lengths[(lengths > 0) & (lengths < 1300)]
    assert 0.25 < np.isin(lengths % 10, [0, 5]).mean() < 0.65


def test_lengths_and_weights_are_mistyped_now_and_then(city):
    lengths = np.concatenate([weighings.length_tenths for weighings in city.weighings])
    share = ((lengths > 1300) | ((lengths > 0) & (lengths < 350))).sum() / (lengths > 0).sum()
    assert 0.0003 < share < 0.005


def test_some_posyandu_round_far_more_than_others(city):
    assert np.quantile(city.places.is_careless, 0.95) > 3 * np.quantile(city.places.is_careless, 0.25)


def test_the_same_seed_gives_the_same_children(village):
    again = simulate(made_city(6, 10, 0.06), seed=5, start="2025-01", end="2026-10")
    for name, counts in village.counts.items():
        np.testing.assert_array_equal(counts, again.counts[name], err_msg=name)


def test_another_seed_gives_other_children(village):
    other = simulate(made_city(6, 10, 0.06), seed=6, start="2025-01", end="2026-10")
    assert (other.counts["haz_valid"] != village.counts["haz_valid"]).any()


def test_a_later_end_leaves_the_earlier_months_as_they_were(village):
    longer = simulate(made_city(6, 10, 0.06), seed=5, start="2025-01", end="2027-01")
    # the RWs that stop reporting do so in the newest months, wherever these are
    earlier = len(village.months) - 4
    np.testing.assert_array_equal(longer.counts["stunted"][:earlier], village.counts["stunted"][:earlier])


def test_too_few_months_are_refused():
    with pytest.raises(UnusableInputError, match="at least 12 months"):
        simulate(made_city(1, 10, 0.01), seed=5, start="2026-01", end="2026-10")
