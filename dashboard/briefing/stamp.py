"""The words of a briefing's stamp: how old its data are and of which frozen state, the same on every page and file."""

from dashboard import format as fmt
from dashboard.briefing.model import Briefing, Slide, Stamp
from dashboard.briefing.words import shortened


def stamp_line(stamp: Stamp) -> str:
    """Return the line: data's age and the frozen state, or that the data go on changing."""
    parts = ["DATA\u00a0CONTOH"] if stamp.is_demo else []
    if stamp.data_until is not None:
        loaded = f", dimuat {fmt.day(stamp.loaded_on)}" if stamp.loaded_on is not None else ""
        parts.append(f"Data sampai {fmt.month(stamp.data_until)}{loaded}")
    if stamp.snapshot_id:
        parts.append(f"Potret {stamp.snapshot_id} ({shortened(stamp.snapshot_name, 40)}), {fmt.day(stamp.shown_on)}")
    else:
        parts.append(f"Data berjalan, {fmt.day(stamp.shown_on)}")
    return " · ".join(parts)


def source_line(slide: Slide) -> str:
    """Return the line of a slide's source and period, with its caveat."""
    told = f"Sumber: {slide.source}. Periode: {slide.period}."
    return f"{told} {slide.caveat}" if slide.caveat else told


def file_name(briefing: Briefing) -> str:
    """Return the name of a briefing's files without its ending: place, day or frozen state."""
    place = briefing.place.lower().replace(" ", "-").replace(".", "")
    return f"rembuk-paparan-{place}-{briefing.stamp.snapshot_id or briefing.stamp.shown_on.isoformat()}"
