"""The only way in which a file leaves: made when its button is pressed, by whoever may save files, and logged.

The log says which file and by whom, never what was in it.
"""

import base64
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.components.v2 import component

from dashboard.access import Viewer, gate
from dashboard.cache import engine
from dashboard.exports import Saved, to_csv, to_xlsx
from dashboard.snapshot import choice
from dashboard.snapshot.words import stamp
from data import audit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_buttons(make: Callable[[], Saved], file_name: str) -> None:
    """Offer a table as XLSX and CSV, named rembuk-`file_name`."""
    with st.container(horizontal=True, width="content"):
        for label, ending, write, mime in (
            ("Unduh XLSX", "xlsx", to_xlsx, XLSX),
            ("Unduh CSV", "csv", to_csv, "text/csv"),
        ):
            file_button(
                label,
                lambda write=write: write(_stamped(make())),  # type: ignore[misc]
                f"rembuk-{file_name}.{ending}",
                mime,
                key=f"{ending}-{file_name}",
            )


def file_button(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    mime: str = XLSX,
    icon: str = ":material/download:",
    key: str | None = None,
) -> None:
    """Offer a file under a whole name; the screen of a meeting saves none.

    What is made from a snapshot has its id in its name.
    """
    viewer = choice.reading(gate())
    if viewer.is_screen:
        return
    if held := choice.read_now():
        stem, dot, ending = file_name.rpartition(".")
        file_name = f"{stem}-potret-{held.id}{dot}{ending}"
    st.download_button(
        label,
        data=lambda: _noted(viewer, file_name, make),
        file_name=file_name,
        mime=mime,
        icon=icon,
        on_click="ignore",
        key=key,
    )


def _stamped(saved: Saved) -> Saved:
    held = choice.read_now()
    return saved if held is None else replace(saved, notes=(("Potret data", stamp(held)), *saved.notes))


def made_button(
    label: str,
    make: Callable[[Callable[[float], None]], bytes],
    file_name: str,
    mime: str,
    icon: str = ":material/download:",
) -> None:
    """Offer a file that takes a while: pressed once, it is made under a bar and goes to the browser by itself.

    `make` is given what says how far it is, from 0 to 1. The screen of a meeting saves no file.
    """
    viewer = choice.reading(gate())
    if viewer.is_screen or not st.button(label, icon=icon, key=f"buat-{file_name}", width="stretch"):
        return
    words = f"Menyiapkan {file_name}…"
    bar = st.progress(0.0, words)

    def advance(done: float) -> None:
        bar.progress(min(max(done, 0.0), 1.0), words)

    content = _noted(viewer, file_name, lambda: make(advance))
    bar.empty()
    hand_over(content, file_name, mime)


def hand_over(content: bytes, file_name: str, mime: str) -> None:
    """Let the browser save a file that is ready."""
    encoded = base64.b64encode(content).decode()
    _hand(key=f"berkas-{file_name}", data={"name": file_name, "mime": mime, "content": encoded})


_hand = component(
    "rembuk_berkas",
    js="""
export default function ({ parentElement, data }) {
  if (parentElement.__given === data.content) return;
  parentElement.__given = data.content;
  const signs = atob(data.content);
  const bytes = Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: data.mime }));
  link.download = data.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
""",
)


def _noted(viewer: Viewer, file_name: str, make: Callable[[], bytes]) -> bytes:
    """Make a file, and say in the log that it was taken before it leaves."""
    content = make()
    audit.note(engine(), viewer.scope, "file saved", file=file_name, bytes=len(content))
    return content
