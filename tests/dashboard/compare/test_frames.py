"""A month of the linked maps is a byte per RW, and says the same class as the map of one month."""

import json

import numpy as np
import pytest

from dashboard.compare.frames import Pane, pane, sent, signs
from dashboard.maps import fills
from dashboard.maps.fills import Fill
from dashboard.maps.geometry import MapGeometry
from tests.dashboard.rw_frames import small_table


def _geometry(name: str = "a") -> MapGeometry:
    links = {layer: f"app/static/map/{layer}-{name}.json" for layer in ("rw", "rw-borders", "roads")}
    return MapGeometry(links, tuple(small_table()["code"]), 0, 0, (), (106.9, -6.4, 107.1, -6.2))


def _pane(*labels: str, geometry: MapGeometry | None = None) -> Pane:
    drawn = fills.prevalence(small_table(), "rate", "x")
    return pane("Prevalensi", [(label, drawn, geometry or _geometry()) for label in labels])


def test_each_sign_is_the_class_of_its_rw() -> None:
    drawn = fills.prevalence(small_table(), "rate", "x")
    assert [int(sign, 36) for sign in signs(drawn)] == drawn.classes.tolist()


def test_words_stand_at_their_colours_place() -> None:
    made = _pane("Mei")
    drawn = fills.prevalence(small_table(), "rate", "x")
    for row in (*drawn.legend, *drawn.special):
        assert made.words[made.palette.index(row.colour)] == row.label


def test_pictures_of_different_scales_are_no_one_map() -> None:
    table = small_table()
    with pytest.raises(ValueError, match="palette"):
        pane(
            "x", [("a", fills.attendance(table), _geometry()), ("b", fills.prevalence(table, "rate", "x"), _geometry())]
        )


def test_a_month_more_costs_a_byte_per_rw_and_its_name() -> None:
    table = small_table()
    city = Fill("x", np.arange(1020) % 12, fills.prevalence(table, "rate", "x").palette, (), ())
    few, more = (
        len(json.dumps(sent([pane("x", [(f"Mei {2020 + i}", city, _geometry()) for i in range(months)])])))
        for months in (1, 2)
    )
    assert 1020 < more - few < 1100


def test_months_of_the_same_areas_name_their_outlines_once_and_a_split_names_both() -> None:
    told = sent([_pane("April", "Mei"), _pane("Juni", geometry=_geometry("b"))])
    grounds, panes = told["grounds"], told["panes"]
    assert isinstance(grounds, list)
    assert isinstance(panes, list)
    assert len(grounds) == 2
    assert [[frame["ground"] for frame in made["frames"]] for made in panes] == [[0, 0], [1]]


def test_no_figure_is_sent_but_classes() -> None:
    assert "rate" not in json.dumps(sent([_pane("Mei")]))
    assert set(sent([_pane("Mei")])["panes"][0]["frames"][0]) == {"label", "codes", "ground"}  # type: ignore[index]
