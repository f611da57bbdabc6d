"""The questions of the page Akses: which part, by what way, to which places, by which areas."""

from dashboard import filters, page_parts
from dashboard.access import MAYOR, OPD, PARTNER, PLANNER, SCREEN, Viewer
from dashboard.reach.words import CARE

SHARES, NEAREST, PARTNERS, FLOOD, SITES, NEED = "shares", "nearest", "partners", "flood", "sites", "need"
PARTS = {
    "Terjangkau?": SHARES,
    "Puskesmas terdekat": NEAREST,
    "Mitra": PARTNERS,
    "Banjir": FLOOD,
    "Lokasi baru": SITES,
    "Kebutuhan × akses": NEED,
}
_LISTS = frozenset({NEAREST, PARTNERS})
LEVELS = {"Kelurahan": "kelurahan", "Kecamatan": "kecamatan", "Puskesmas": "puskesmas"}
LIMITS = {"15 menit": 15, "30 menit": 30, "60 menit": 60}
SITE_KINDS = {"Puskesmas": "puskesmas", "Pustu": "pustu"}


def parts_of(viewer: Viewer) -> dict[str, str]:
    """Return the parts that are for a role: lists of RWs not for a meeting's screen, new sites for the whole city."""
    if viewer.role in (OPD, PARTNER):
        return {name: part for name, part in PARTS.items() if part == SHARES}
    kept = {name: part for name, part in PARTS.items() if part != SITES or viewer.role in (MAYOR, PLANNER, SCREEN)}
    if viewer.is_screen:
        kept = {name: part for name, part in kept.items() if part not in _LISTS}
    return kept


def ask_part(viewer: Viewer) -> str:
    """Let one part be picked."""
    return page_parts.picked(parts_of(viewer), "akses", "Bagian")


def mode() -> str:
    """Let the way of travel be picked; carers walk unless told otherwise."""
    return filters.choice("Cara tempuh", filters.MODES, "moda")


def care() -> str:
    """Let the places that count be picked."""
    return filters.choice("Tempat yang dihitung", CARE, "tempat", _CARE_HELP)


_CARE_HELP = "Mitra: klinik dan rumah sakit swasta yang perjanjiannya berlaku hari ini."
