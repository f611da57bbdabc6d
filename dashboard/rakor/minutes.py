"""The minutes of a meeting of the register, as a file: what it adopted, on which state, and what was promised there."""

from collections.abc import Mapping
from typing import Any

from dashboard import cache
from dashboard.access import Viewer
from dashboard.documents import minutes
from dashboard.documents.register import minutes_of
from dashboard.downloads import file_button
from dashboard.snapshot.words import stamp

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def offer(viewer: Viewer, version: str, meeting: Mapping[Any, Any]) -> None:
    """Offer the minutes of a meeting, a row of `cache.meetings`."""
    file_button(
        "Berita acara",
        lambda: made(viewer, version, meeting),
        f"rembuk-berita-acara-{meeting['held_on']:%Y-%m-%d}-{meeting['id']}.docx",
        _DOCX,
        icon=":material/description:",
        key=f"berita-acara-{meeting['id']}",
    )


def made(viewer: Viewer, version: str, meeting: Mapping[Any, Any]) -> bytes:
    """Return the minutes of a meeting as DOCX, from what the viewer's scope sees."""
    city = cache.city_state(viewer.scope, version)
    plans = cache.rotation_plans(viewer.scope, version)
    adopted = plans[plans["id"] == meeting["plan_id"]]
    plan = None if adopted.empty else {str(name): value for name, value in adopted.iloc[0].to_dict().items()}
    slots = cache.rotation_slots(viewer.scope, version, int(plan["id"]) if plan else 0)
    named = meeting["snapshot_id"] or ""
    held = cache.snapshot_named(viewer.scope, version, named) if named else None
    told = minutes_of(
        {str(name): value for name, value in meeting.items()},
        cache.promises(viewer.scope, version),
        plan,
        slots,
        stamp(held) if held is not None else named,
        city.name if city is not None else "",
        is_demo=city is not None and city.is_demo,
    )
    return minutes.write(told)
