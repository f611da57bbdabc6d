"""How large the map's frame is in the window that looks at it: a script cannot know, so the window tells.

A city should fill a projector's picture and fit a small laptop's, and a camera's zoom is in pixels. The window tells
the size once, when the map is first drawn; later changes are let be, because a map that jumps is worse than one that is
small.
"""

import streamlit as st

USUAL_PX = (800, 400)
"""The frame in a window of 1280 x 720."""

_STEP_PX = 50
_SIZE = "bingkai"

_JS = """
export default function ({ data, setStateValue }) {
  if (data.told) return
  let patience = 50
  const measure = () => {
    const frame = document.querySelector(data.frame)
    if (!frame || frame.clientHeight < data.step) {
      if (patience--) setTimeout(measure, 50)
      return
    }
    setStateValue("size", [frame.clientWidth, frame.clientHeight].map((side) => Math.floor(side / data.step)))
  }
  measure()
}
"""
_MEASURE = st.components.v2.component("rembuk_frame_size", js=_JS)


def size_px() -> tuple[int, int]:
    """Return the width and height that the frame has in this session's window, the usual ones until it told."""
    size: tuple[int, int] = st.session_state.get(_SIZE, USUAL_PX)
    return size


def ask_size(selector: str) -> None:
    """Let the window tell the size of the element that a CSS selector names; ask below the element."""
    told = _MEASURE(
        data={"frame": selector, "step": _STEP_PX, "told": _SIZE in st.session_state},
        default={"size": None},
        on_size_change=lambda: None,
        key=f"{_SIZE}-jendela",
        height=1,
    ).size
    if told is not None and _SIZE not in st.session_state:
        width, height = (max(int(steps), 4) * _STEP_PX for steps in told)
        st.session_state[_SIZE] = (width, height)
        if (width, height) != USUAL_PX:
            st.rerun()
