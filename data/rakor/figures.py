"""The figure that a promise should move: of which area it is told, so that its rounded share tells of no child."""

_FINEST = {"stunting_prevalence": 3}
_FINEST_OTHERS = 4


def figure_area(indicator_code: str, area_code: str) -> str:
    """Return the area whose figure a promise of an area keeps; blank is the whole city.

    Stunting is told of a kecamatan or the city, everything else of a kelurahan or above.
    """
    return ".".join(area_code.split(".")[: _FINEST.get(indicator_code, _FINEST_OTHERS)])
