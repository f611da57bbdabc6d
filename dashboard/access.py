"""Who is in front of the screen: every page calls `gate` on its first line and gets a viewer, or nothing is shown.

On the embedded database, which listens on this machine only, the viewer is a Dinkes planner who sees the whole city. On
a shared database nobody enters without a log-in, because the figures are health data of children.
"""

from dataclasses import dataclass

import streamlit as st

from data.engine import is_embedded
from data.scope import Scope


@dataclass(frozen=True)
class Viewer:
    """A person's role, in words, and the scope that the database holds them to."""

    role_name: str
    scope: Scope
    may_import: bool


def gate() -> Viewer:
    """Return the viewer of this session; stop the page with a sentence where nobody may see it."""
    if not is_embedded():
        st.error(
            "Rembuk belum boleh dibuka di basis data bersama: cara masuk (OpenID Connect) belum diatur. "
            "Hubungi pengelola aplikasi.",
            icon=":material/lock:",
        )
        st.stop()
    return Viewer("Perencana Dinkes", Scope(role="planner", areas=("",), actor="embedded"), may_import=True)
