"""Charts as shapes in a box: what HTML and PDF draw in the same way, without a library that needs a browser.

Colours are Okabe–Ito's; a target is dashed and steps are marked with their sign, so that nothing hangs on colour alone.
"""

from dataclasses import dataclass

from dashboard import format as fmt
from dashboard.briefing.model import BARS, LINE, Chart, Series
from dashboard.charts import OKABE_ITO
from dashboard.documents import measure
from dashboard.documents.layout import LEADING, SMALLEST, Box

UP, DOWN, TOTAL = OKABE_ITO[1], OKABE_ITO[0], "#6b7280"
INK, QUIET = "#1b2327", "#c3cad0"
LINE_COLOUR, TARGET_COLOUR = "#0b5e8a", "#d55e00"
START, MIDDLE, END = "start", "middle", "end"


@dataclass(frozen=True)
class Rectangle:
    """A filled rectangle."""

    box: Box
    colour: str


@dataclass(frozen=True)
class Path:
    """A line through points, dashed or not."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float
    is_dashed: bool = False


@dataclass(frozen=True)
class Label:
    """A line of words whose middle, start or end is at x, and whose letters stand on y."""

    x: float
    y: float
    told: str
    size: int
    anchor: str = START
    is_bold: bool = False
    colour: str = INK


type Shape = Rectangle | Path | Label


def told_value(chart: Chart, value: float | None) -> str:
    """Return a chart's value in words, with its unit where that is a sign."""
    if value is None:
        return fmt.MISSING
    number = fmt.decimal(value, chart.digits)
    return f"{number}\u00a0%" if chart.unit == "%" else number


def draw(chart: Chart, box: Box) -> list[Shape]:
    """Return a chart's shapes: its title at the top of the box, the picture below."""
    title_lines = measure.lines(chart.title, box.width, 30, is_bold=True)
    shapes: list[Shape] = [
        Label(box.x, box.y + 30 + place * 30 * LEADING, line, 30, is_bold=True)
        for place, line in enumerate(title_lines)
    ]
    used = len(title_lines) * 30 * LEADING + 14
    inner = Box(box.x, box.y + used, box.width, box.height - used)
    if chart.kind == LINE:
        return shapes + _line(chart, inner)
    return shapes + (_bars(chart, inner) if chart.kind == BARS else _waterfall(chart, inner))


def _line(chart: Chart, box: Box) -> list[Shape]:
    values = [value for series in chart.series for value in series.values if value is not None]
    if not values:
        return [Label(box.x, box.y + 60, "Tidak ada angka untuk digambar.", SMALLEST)]
    top = _nice(max(values) * 1.12)
    left = max(measure.width(told_value(chart, tick), SMALLEST) for tick in (top, top / 2)) + 16
    legend = 44 if len(chart.series) > 1 else 0
    plot = Box(box.x + left, box.y + 24, box.width - left - 30, box.height - 24 - 52 - legend)
    count = len(chart.categories)

    def at(place: int, value: float) -> tuple[float, float]:
        x = plot.x + plot.width * (place / max(count - 1, 1))
        return x, plot.y + plot.height * (1 - value / top)

    shapes: list[Shape] = []
    for tick in (0.0, top / 2, top):
        y = at(0, tick)[1]
        shapes.append(Path(((plot.x, y), (plot.x + plot.width, y)), QUIET, 2))
        shapes.append(Label(plot.x - 12, y + 10, told_value(chart, tick), SMALLEST, END))
    for place in dict.fromkeys((0, count // 2, count - 1)):
        anchor = START if place == 0 else END if place == count - 1 else MIDDLE
        shapes.append(Label(at(place, 0)[0], plot.y + plot.height + 40, chart.categories[place], SMALLEST, anchor))
    for series in chart.series:
        shapes += _run(chart, series, at)
    if legend:
        shapes += _legend(chart, Box(plot.x, box.y + box.height - 40, plot.width, 40))
    return shapes


def _run(chart: Chart, series: Series, at: object) -> list[Shape]:
    """Return a series as lines that break where a value is missing, its last value written out."""
    shapes: list[Shape] = []
    colour = TARGET_COLOUR if series.is_target else LINE_COLOUR
    run: list[tuple[float, float]] = []
    last: tuple[float, float, float] | None = None
    for place, value in enumerate(series.values):
        if value is None:
            if len(run) > 1:
                shapes.append(Path(tuple(run), colour, 5, series.is_target))
            run = []
            continue
        x, y = at(place, value)  # type: ignore[operator] # a function of place and value
        run.append((x, y))
        last = (x, y, value)
    if len(run) > 1:
        shapes.append(Path(tuple(run), colour, 5, series.is_target))
    if last is not None and not series.is_target:
        x, y, value = last
        shapes.append(Rectangle(Box(x - 8, y - 8, 16, 16), colour))
        shapes.append(Label(x, y - 20, told_value(chart, value), 32, END, is_bold=True, colour=colour))
    return shapes


def _legend(chart: Chart, box: Box) -> list[Shape]:
    shapes: list[Shape] = []
    x = box.x
    for series in chart.series:
        colour = TARGET_COLOUR if series.is_target else LINE_COLOUR
        shapes.append(Path(((x, box.y + 20), (x + 56, box.y + 20)), colour, 5, series.is_target))
        shapes.append(Label(x + 70, box.y + 30, series.name, SMALLEST))
        x += 70 + measure.width(series.name, SMALLEST) + 50
    return shapes


def _bars(chart: Chart, box: Box) -> list[Shape]:
    """Return lying bars, as many as fit with their names, the rest counted below."""
    values = chart.series[0].values
    row = SMALLEST * 1.55
    most = max(int((box.height - 10) // row), 1)
    shown = len(values) if len(values) <= most else most - 1
    size = SMALLEST
    names = [measure.shortened(name, box.width * 0.42, size) for name in chart.categories[:shown]]
    left = max((measure.width(name, size) for name in names), default=0) + 16
    right = max((measure.width(told_value(chart, value), size) for value in values[:shown]), default=0) + 16
    longest = max((value for value in values if value is not None), default=0) or 1.0
    height = min(box.height / max(len(values) if shown == len(values) else most, 1), row * 1.35)
    shapes: list[Shape] = []
    for place, (name, value) in enumerate(zip(names, values[:shown], strict=True)):
        y = box.y + place * height
        shapes.append(Label(box.x, y + height / 2 + size * 0.34, name, size))
        width = (box.width - left - right) * ((value or 0) / longest)
        shapes.append(Rectangle(Box(box.x + left, y + height * 0.18, max(width, 2), height * 0.64), LINE_COLOUR))
        words = told_value(chart, value)
        shapes.append(Label(box.x + left + max(width, 2) + 10, y + height / 2 + size * 0.34, words, size))
    if shown < len(values):
        rest = f"dan {fmt.count(len(values) - shown)} lagi di berkas Excel"
        shapes.append(Label(box.x, box.y + shown * height + height / 2 + size * 0.34, rest, size))
    return shapes


def _waterfall(chart: Chart, box: Box) -> list[Shape]:
    """Return the steps between two totals; where they are small the totals stand on a cut axis, which a note says."""
    values = [value or 0.0 for value in chart.series[0].values]
    levels = levels_of(values)
    reached = [level for pair in levels[1:-1] for level in pair] + [values[0], values[-1]]
    bottom = cut_axis(values)
    top = max(reached) + (max(reached) - bottom) * 0.14
    count = len(values)
    slot = box.width / count
    label_size = SMALLEST
    labels = [measure.lines(name, slot - 10, label_size) for name in chart.categories]
    label_height = max(len(told) for told in labels) * label_size * 1.18 + 14
    note_height = label_size * 1.5 if bottom else 0
    plot = Box(box.x, box.y + 10, box.width, box.height - label_height - note_height - 10)

    def y_of(value: float) -> float:
        return plot.y + plot.height * (1 - (value - bottom) / max(top - bottom, 1e-9))

    shapes: list[Shape] = []
    for place, (low, high) in enumerate(levels):
        is_total = place in (0, count - 1)
        x, width = plot.x + place * slot + slot * 0.14, slot * 0.72
        first, second = (bottom, high) if is_total else (low, high)
        colour = TOTAL if is_total else UP if values[place] > 0 else DOWN
        shapes.append(Rectangle(Box(x, y_of(second), width, max(y_of(first) - y_of(second), 3)), colour))
        words = fmt.count(values[place]) if is_total else fmt.change(values[place])
        shapes.append(Label(x + width / 2, y_of(second) - 12, words, 34, MIDDLE, is_bold=True))
        for number, line in enumerate(labels[place]):
            y = plot.y + plot.height + label_size + 6 + number * label_size * 1.18
            shapes.append(Label(plot.x + place * slot + slot / 2, y, line, label_size, MIDDLE))
    shapes.append(Path(((plot.x, plot.y + plot.height), (plot.x + plot.width, plot.y + plot.height)), TOTAL, 2))
    if bottom:
        shapes.append(Label(box.x, box.y + box.height - 8, f"Sumbu tegak mulai dari {fmt.count(bottom)}.", SMALLEST))
    return shapes


def levels_of(values: list[float]) -> list[tuple[float, float]]:
    """Return where each bar of a waterfall begins and ends: the totals from zero, the steps from where they start."""
    found, level = [(0.0, values[0])], values[0]
    for step in values[1:-1]:
        found.append((min(level, level + step), max(level, level + step)))
        level += step
    return [*found, (0.0, values[-1])]


def cut_axis(values: list[float]) -> float:
    """Return where a waterfall's axis begins: zero, or a round figure below where steps would else not be seen."""
    levels = levels_of(values)
    low = min(value for pair in levels[1:-1] or [(values[0], values[-1])] for value in pair)
    low = min(low, values[0], values[-1])
    high = max(value for pair in levels for value in pair)
    if high - low > 0.35 * high:
        return 0.0
    step = 10.0 ** max(len(str(int(max(high - low, 1)))) - 1, 0)
    return max(float((low - (high - low)) // step * step), 0.0)


def _nice(value: float) -> float:
    """Return the next round number from a value on."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.1
    return next(power * step for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12) if power * step >= value)
