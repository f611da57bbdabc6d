"""The slides over the whole window: sent once, changed in the browser, so that a lost network stops nobody."""

from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from dashboard.briefing.model import Briefing
from dashboard.documents import html

LEFT, LOOPED = "left", "looped"

_WIRED = """
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement;
  const shown = root.__rembuk;
  if (shown && shown.html === data.html && shown.loop_s === data.loop_s) return shown.end;
  if (shown) shown.running.stop();
  let holder = root.querySelector(".rembuk-holder");
  if (!holder) { holder = document.createElement("div"); holder.className = "rembuk-holder"; root.appendChild(holder); }
  holder.innerHTML = data.html;
  const stage = holder.querySelector(".rembuk-stage");
  const running = present(stage, {
    key: data.key, loop_s: data.loop_s, health: new URL("_stcore/health", document.baseURI).href,
    left: () => setTriggerValue("left", Date.now()), looped: () => setTriggerValue("looped", Date.now()),
  });
  const end = () => { running.stop(); root.__rembuk = undefined; };
  root.__rembuk = { html: data.html, loop_s: data.loop_s, running, end };
  stage.focus({ preventScroll: true });
  return end;
}
"""

_mount = component("rembuk_paparan", css=html.style(), js=f"{html.script()}\n{_WIRED}")


def show(briefing: Briefing, loop_s: int, key: str) -> Any:
    """Fill the window with a briefing's slides; what is returned says whether the presenter left."""
    return _mount(
        key="paparan",
        data={"html": html.stage(briefing), "loop_s": loop_s, "key": key},
        on_left_change=_leave,
        on_looped_change=lambda: None,
    )


def _leave() -> None:
    st.query_params.pop("tayang", None)
    st.session_state["paparan-ditutup"] = True
