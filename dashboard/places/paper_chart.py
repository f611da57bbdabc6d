"""The routine series of a place on paper: a line in the span of chance, from zero."""

import math

import numpy as np
import pandas as pd
from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboard import format as fmt
from dashboard.places.paper_text import PLAIN, clean

_LINE, _BAND, _GRID = HexColor("#0b5e8a"), HexColor("#cfe0ea"), HexColor("#c9c9c9")
_STEPS = (0.5, 1, 2, 5, 10, 20, 25, 50)
_SIZE = 7


def draw(canvas: Canvas, history: pd.DataFrame, x: float, y: float, width: float, height: float) -> None:
    """Draw the months into a box; say so where none has a figure."""
    known = history["value"].notna().to_numpy()
    if not known.any():
        _put(canvas, x + 3 * mm, y + height / 2, "Belum ada angka bulanan yang bisa digambar.")
        return
    values, low, high = (history[name].to_numpy(dtype=float) * 100 for name in ("value", "low", "high"))
    step, top = _scale(values, high)
    left, bottom = x + 10 * mm, y + 6 * mm
    across, up = x + width - left - 2 * mm, y + height - bottom - 2 * mm
    at_x = left + across * np.arange(len(history)) / max(len(history) - 1, 1)

    def at_y(share: np.ndarray | float) -> np.ndarray:
        return np.asarray(bottom + up * np.minimum(share, top) / top)

    canvas.setLineWidth(0.4)
    for number in range(round(top / step) + 1):
        level = number * step
        canvas.setStrokeColor(_GRID)
        canvas.line(left, float(at_y(level)), left + across, float(at_y(level)))
        told = f"{fmt.decimal(level, 0 if step >= 1 else 1)} %"
        canvas.setFillColor(black)
        canvas.setFont(PLAIN, _SIZE)
        canvas.drawRightString(left - 1.5 * mm, float(at_y(level)) - 2, clean(told))
    for first, last in _runs(known):
        if last - first > 1:
            path = canvas.beginPath()
            path.moveTo(at_x[first], float(at_y(low[first])))
            for at in [*range(first + 1, last)]:
                path.lineTo(at_x[at], float(at_y(low[at])))
            for at in reversed(range(first, last)):
                path.lineTo(at_x[at], float(at_y(high[at])))
            path.close()
            canvas.setFillColor(_BAND)
            canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(_LINE)
    canvas.setFillColor(_LINE)
    canvas.setLineWidth(1.6)
    for first, last in _runs(known):
        path = canvas.beginPath()
        path.moveTo(at_x[first], float(at_y(values[first])))
        for at in range(first + 1, last):
            path.lineTo(at_x[at], float(at_y(values[at])))
        canvas.drawPath(path, stroke=1, fill=0)
        for at in range(first, last):
            canvas.circle(at_x[at], float(at_y(values[at])), 1.3, stroke=0, fill=1)
    months = list(history["month"])
    for at in sorted({0, len(months) // 2, len(months) - 1}):
        canvas.setFillColor(black)
        canvas.setFont(PLAIN, _SIZE)
        told = fmt.short_month(months[at])
        write = (
            canvas.drawString
            if at == 0
            else canvas.drawRightString
            if at == len(months) - 1
            else canvas.drawCentredString
        )
        write(at_x[at], y + 1.5 * mm, told)


def _scale(values: np.ndarray, high: np.ndarray) -> tuple[float, float]:
    """Return the step of the grid and its top; a span that reaches far above all values is cut off at the top."""
    peak = max(min(np.nanmax(high), 2.5 * np.nanmax(values)), np.nanmax(values), 1.0)
    step = next((step for step in _STEPS if peak / step <= 5), _STEPS[-1])
    return step, step * math.ceil(peak / step - 1e-9)


def _runs(known: np.ndarray) -> list[tuple[int, int]]:
    """Return the unbroken runs of months with a figure, from and up to."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], known.astype(int), [0]])))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _put(canvas: Canvas, x: float, y: float, told: str) -> None:
    canvas.setFillColor(black)
    canvas.setFont(PLAIN, 9)
    canvas.drawString(x, y, told)
