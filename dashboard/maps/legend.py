"""The legend beside the map: colours, words and how many RWs each class holds."""

from html import escape

from dashboard import format as fmt
from dashboard.maps.fills import LegendRow
from dashboard.maps.layers import FACILITY_STYLE

FACILITY_NAMES = {
    "puskesmas": "Puskesmas",
    "pustu": "Pustu",
    "posyandu": "Posyandu",
    "klinik": "Klinik",
    "rumah_sakit": "Rumah sakit",
}


def legend_html(title: str, rows: tuple[LegendRow, ...], special: tuple[LegendRow, ...]) -> str:
    """Return the legend; the class that holds a target of the same series is marked."""
    parts = [f'<div class="legend"><p class="legend-title">{escape(title)}</p>']
    parts += [_row(row) for row in rows]
    parts += [_row(row, is_special=True) for row in special]
    return "".join(parts) + "</div>"


def legend_strip_html(title: str, rows: tuple[LegendRow, ...], special: tuple[LegendRow, ...]) -> str:
    """Return the legend as one line under the map, for when the place beside it tells of what is chosen."""
    parts = [f'<div class="legend strip"><b>{escape(title)}</b>']
    parts += [
        f'<span><i style="background:rgb{row.colour}"></i>{escape(row.label)}{_mark(row)}</span>'
        for row in (*rows, *special)
    ]
    return "".join(parts) + "</div>"


def facility_legend_html(kinds: list[str]) -> str:
    """Return the legend of places of care, with the mark of partners."""
    parts = ['<div class="legend facilities">']
    for kind in reversed(FACILITY_STYLE):
        if kind in kinds:
            colour, letter, _ = FACILITY_STYLE[kind]
            parts.append(
                f'<span class="facility"><i class="dot" style="background:rgb{colour}">{letter}</i>'
                f"{FACILITY_NAMES[kind]}</span>"
            )
    parts.append('<span class="facility"><i class="dot partner"></i>Mitra Pusing (lingkar jingga)</span>')
    return "".join(parts) + "</div>"


def _row(row: LegendRow, *, is_special: bool = False) -> str:
    kind = " special" if is_special else ""
    return (
        f'<div class="legend-row{kind}"><i style="background:rgb{row.colour}"></i>'
        f"<span>{escape(row.label)}{_mark(row)}</span>"
        f'<span class="n">{fmt.count(row.rw_count)} RW</span></div>'
    )


def _mark(row: LegendRow) -> str:
    return ' <b class="target">◄ target kota</b>' if row.is_target else ""
