"""What the linked maps are sent: a class per RW and month as one sign, with the palette and words to read it.

Geometry stays where it is, published by link; a month costs one byte per RW. The class comes from the same fixed scales
and the same suppressed tables as on *Peta*.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.maps.classes import Colour
from dashboard.maps.fills import Fill
from dashboard.maps.geometry import MapGeometry

_SIGNS = string.digits + string.ascii_lowercase


@dataclass(frozen=True)
class Frame:
    """One month's picture: its words, each RW's class as a sign in the order of the geometry, and that geometry."""

    label: str
    codes: str
    geometry: MapGeometry


@dataclass(frozen=True)
class Pane:
    """A map: its title, the colours and words of its classes, and its frames, of which the last is shown first."""

    title: str
    palette: tuple[Colour, ...]
    words: tuple[str, ...]
    special_from: int
    frames: tuple[Frame, ...]


def signs(drawn: Fill) -> str:
    """Return each RW's class as one sign: 0-9, then a-z."""
    return "".join(_SIGNS[number] for number in drawn.classes)


def pane(title: str, drawn: Sequence[tuple[str, Fill, MapGeometry]]) -> Pane:
    """Return a map of labelled pictures that share their palette.

    Raises ValueError where palettes differ: a sign would then mean another class.
    """
    palettes = {fill.palette for _, fill, _ in drawn}
    if len(palettes) != 1:
        raise ValueError("the pictures of one map must share their palette")
    palette = palettes.pop()
    told = {row.colour: row.label for _, fill, _ in drawn for row in (*fill.legend, *fill.special)}
    return Pane(
        title,
        palette,
        tuple(told.get(colour, "") for colour in palette),
        len(drawn[0][1].legend),
        tuple(Frame(label, signs(fill), geometry) for label, fill, geometry in drawn),
    )


def sent(panes: Sequence[Pane]) -> dict[str, object]:
    """Return panes as the component reads them: grounds once by link, frames naming theirs by number."""
    grounds: list[MapGeometry] = []
    for made in panes:
        for frame in made.frames:
            if frame.geometry not in grounds:
                grounds.append(frame.geometry)
    return {
        "grounds": [
            {
                "links": {name: held.links[name] for name in _DRAWN if name in held.links},
                "bounds": list(held.bounds),
                "names": [[label.text, label.lon, label.lat] for label in held.labels if label.level == "kecamatan"],
            }
            for held in grounds
        ],
        "panes": [
            {
                "title": made.title,
                "palette": [f"rgb({red},{green},{blue})" for red, green, blue in made.palette],
                "words": list(made.words),
                "special": made.special_from,
                "frames": [
                    {"label": frame.label, "codes": frame.codes, "ground": grounds.index(frame.geometry)}
                    for frame in made.frames
                ],
            }
            for made in panes
        ],
    }


_DRAWN = ("rw", "rw-only-points", "rw-borders", "kelurahan-borders", "kecamatan-borders", "facility-puskesmas")
