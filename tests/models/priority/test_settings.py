"""Settings that can't be used are refused, all at once."""

import pytest

from models.errors import UnusablePriorityError
from models.priority import PrioritySettings


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"far_s": 0}, "far_s is 0"),
        ({"mode": "boat"}, "one of walk, motorcycle, car"),
        ({"attendance_minimum": 0.4}, "at least 0.5"),
        ({"probable_from": 0.95}, "in this order"),
        ({"draws": 0}, "at least 1"),
        ({"interval": 1.0}, "between 0 and 1"),
    ],
)
def test_an_impossible_setting_is_refused(setting: dict[str, float], words: str) -> None:
    with pytest.raises(UnusablePriorityError, match=words):
        PrioritySettings(**setting)  # type: ignore[arg-type]


def test_all_impossible_settings_are_told_at_once() -> None:
    with pytest.raises(UnusablePriorityError, match="far_s is -1.*draws is 0"):
        PrioritySettings(far_s=-1, draws=0)
