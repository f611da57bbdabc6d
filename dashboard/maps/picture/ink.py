"""Colours and hatchings that the map and its legend share."""

from dashboard.maps.classes import LOW_ATTENDANCE_COLOUR, NO_DATA_COLOUR, UNKNOWN_ATTENDANCE_COLOUR, Colour

HATCH: dict[Colour, str] = {
    LOW_ATTENDANCE_COLOUR: "//////",
    UNKNOWN_ATTENDANCE_COLOUR: "\\\\\\\\\\\\",
    NO_DATA_COLOUR: ".....",
}
HATCH_INK = "#7a5566"
INK, QUIET, PARTNER = "#1b2327", "#55606a", "#e69f00"


def as_hex(colour: Colour) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{part:02x}" for part in colour)
