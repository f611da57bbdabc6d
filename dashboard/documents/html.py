"""A briefing as HTML: the slides of the projector, and one file that opens from a disk and asks no network."""

import base64
from functools import cache
from html import escape
from pathlib import Path

from dashboard import format as fmt
from dashboard.briefing.model import Briefing, Chart, MapPicture
from dashboard.briefing.stamp import stamp_line
from dashboard.documents import drawing
from dashboard.documents.layout import SMALLEST, Box, Grid, Page, Paragraphs, Placed, Tile, Words, pages
from dashboard.documents.progress import Step, quiet

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_LOST = "Server tidak menjawab. Paparan tetap jalan dengan yang sudah dimuat, dan tersambung kembali sendiri."


@cache
def style() -> str:
    """Return the style sheet of the slides."""
    return (_HERE / "stage.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the function `present(stage, options)` that shows slides one at a time."""
    return (_HERE / "stage.js").read_text(encoding="utf-8")


def whole_file(briefing: Briefing, step: Step = quiet) -> bytes:
    """Return a briefing as one file with everything in it; its own policy lets it fetch nothing."""
    title = f"Paparan {briefing.place}"
    slides = stage(briefing)
    step(0.9)
    return (
        '<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="description" content="{escape(stamp_line(briefing.stamp))}">'
        f"<title>{escape(title)}</title><style>body{{margin:0}}{style()}</style></head><body>"
        f"{slides}<script>{script()}\n"
        'present(document.querySelector(".rembuk-stage"), {});</script></body></html>\n'
    ).encode()


def stage(briefing: Briefing) -> str:
    """Return all slides of a briefing with the clock and signs of the stage."""
    limits = [*briefing.seconds, *[0] * len(briefing.slides)]
    slides = "".join(page_html(page, limit) for page, limit in zip(pages(briefing), limits, strict=False))
    return (
        f'<div class="rembuk-stage" tabindex="0" aria-label="Paparan {escape(briefing.place)}">{slides}'
        f'<div class="clock" aria-hidden="true"></div><div class="sign" role="status">{_LOST}</div>'
        '<div class="progress"></div><div class="black"></div></div>'
    )


def page_html(page: Page, seconds: int = 0) -> str:
    """Return one page as a section of 1,920 by 1,080 pixels."""
    parts = [
        f'<section class="slide" data-slide="{escape(page.slide.code)}" data-seconds="{seconds}" '
        f'aria-label="{escape(page.slide.title)}"><div class="rule"></div>',
        _at(page.title.box, f"<h2{_size(page.title.size)}>{escape(page.title.told)}</h2>", "title"),
        *(_tile(tile) for tile in page.tiles),
        *(_placed(placed) for placed in page.placed),
        _line(page.source, "small source"),
        _line(page.stamp, "small stamp right"),
        "</section>",
    ]
    return "".join(parts)


def _size(size: float) -> str:
    return f' style="font-size:{size:g}px"'


def _at(box: Box, inner: str, kind: str = "", size: float | None = None) -> str:
    font = f";font-size:{size:g}px" if size else ""
    return (
        f'<div class="at {kind}" style="left:{box.x:.1f}px;top:{box.y:.1f}px;width:{box.width:.1f}px;'
        f'height:{box.height:.1f}px{font}">{inner}</div>'
    )


def _line(words: Words, kind: str) -> str:
    return _at(words.box, f"<p>{escape(words.told)}</p>", kind, words.size)


def _tile(tile: Tile) -> str:
    return (
        _at(tile.box, "", "tile")
        + _line(tile.name, "name")
        + _at(tile.told.box, f"<p>{escape(tile.told.told)}</p>", "told", tile.told.size)
        + _line(tile.beside, "beside")
    )


def _placed(placed: Placed) -> str:
    if isinstance(placed, Paragraphs):
        gap = placed.size * 0.55
        items = "".join(
            f'<li style="margin-bottom:{gap:.1f}px">{escape(words.told)}</li>' for words in placed.paragraphs
        )
        return _at(placed.box, f"<ul>{items}</ul>", "sentences", placed.size)
    if isinstance(placed, Grid):
        return _at(placed.box, _grid(placed), "grid", placed.size)
    if isinstance(placed.block, Chart):
        return _at(placed.box, _svg(placed.block, placed.box), "chart")
    return _map(placed.block, placed.box)


def _grid(grid: Grid) -> str:
    columns = "".join(f'<col style="width:{width:.1f}px">' for width in grid.widths)
    kinds = [' class="n"' if column.is_number else "" for column in grid.table.columns]
    head = "".join(
        f"<th{kind}>{escape(column.name)}</th>" for kind, column in zip(kinds, grid.table.columns, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{kind}>{escape(cell.told)}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
        for row in grid.table.rows[: len(grid.rows)]
    )
    note = f'<p class="note">{escape(grid.note)}</p>' if grid.note else ""
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"


def _svg(chart: Chart, box: Box) -> str:
    """Return a chart as an inline picture, its figures told to whoever does not see it."""
    told = "; ".join(
        f"{series.name}: "
        + ", ".join(
            f"{name} {drawing.told_value(chart, value)}"
            for name, value in zip(chart.categories, series.values, strict=True)
        )
        for series in chart.series
    )
    shapes = drawing.draw(chart, Box(0, 0, box.width, box.height))
    return (
        f'<svg role="img" aria-label="{escape(f"{chart.title}. {told}")}" width="{box.width:.0f}" '
        f'height="{box.height:.0f}" viewBox="0 0 {box.width:.0f} {box.height:.0f}">{"".join(map(_shape, shapes))}</svg>'
    )


def _shape(shape: drawing.Shape) -> str:
    if isinstance(shape, drawing.Rectangle):
        box = shape.box
        return (
            f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
            f'fill="{shape.colour}"/>'
        )
    if isinstance(shape, drawing.Path):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        dash = ' stroke-dasharray="16 10"' if shape.is_dashed else ""
        return f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"{dash}/>'
    weight = ' font-weight="700"' if shape.is_bold else ""
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size}" text-anchor="{shape.anchor}" '
        f'fill="{shape.colour}"{weight}>{escape(shape.told)}</text>'
    )


def _map(picture: MapPicture, box: Box) -> str:
    """Return a map with its legend, or the legend alone where no picture can be drawn."""
    if not picture.png:
        return _at(box, _legend(picture), "legend", SMALLEST)
    encoded = base64.b64encode(picture.png).decode()
    return _at(box, f'<img alt="{escape(picture.alt)}" src="data:image/png;base64,{encoded}">', "map")


def _legend(picture: MapPicture) -> str:
    rows = "".join(
        f'<p class="class"><i style="background:rgb{row.colour}"></i>{escape(row.label)}'
        f'<span class="n">{fmt.count(row.rw_count)} RW</span></p>'
        for row in picture.classes
    )
    return f"<p><b>{escape(picture.title)}</b></p>{rows}"
