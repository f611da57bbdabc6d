"""The tables of an HTML page, as e-PPGBM writes them and as Excel saves them again.

Written for speed and for broken pages: one pass of regular expressions over the text, no tree, no network, no entities
but HTML's own. End tags may be missing, tables may be nested, cells may hold markup. lxml needs two and a half times
the time and 25 bytes of memory for each byte of a page; the tests hold this reader against it.
"""

import html
import re

from data.intake.grid import CellRow, Grid

_TABLE_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_ROW_START = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_NO_CELL_END = r"[^<]*(?:<(?!/?(?:t[dhr]|thead|tbody|tfoot|table)\b)[^<]*)*"
_CELL = re.compile(rf"<t[dh]\b[^>]*>({_NO_CELL_END})", re.IGNORECASE)
_SPANNED_CELL = re.compile(rf"<t[dh]\b([^>]*)>({_NO_CELL_END})", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|xml)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|p|div|li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_WIDEST_SPAN = 100


def read_html(text: str) -> list[Grid]:
    """Return every table of a page that has rows; a table's rows are its own, without those of tables inside it."""
    if "<!--" in text or re.search(r"<(?:script|style|xml)\b", text, re.IGNORECASE):
        text = _HIDDEN.sub("", text)
    text = text.replace("&nbsp;", " ").replace("\xa0", " ")
    grids = []
    for table in _own_texts(text):
        rows = [_row(row) for row in _ROW_START.split(table)[1:]]
        if rows:
            grids.append(Grid(rows))
    return grids


def _own_texts(text: str) -> list[str]:
    """Return the text of each table without the tables inside it, and that outside of all of them first."""
    pieces: list[list[str]] = [[]]
    open_tables = [0]
    position = 0
    for tag in _TABLE_TAG.finditer(text):
        pieces[open_tables[-1]].append(text[position : tag.start()])
        position = tag.end()
        if not tag.group(1):
            open_tables.append(len(pieces))
            pieces.append([])
        elif len(open_tables) > 1:
            open_tables.pop()
    pieces[open_tables[-1]].append(text[position:])
    return ["".join(own) for own in pieces]


def _row(row: str) -> CellRow:
    if "colspan" in row.lower():
        return _spanned_row(row)
    return [cell if "<" not in cell and "&" not in cell else _plain(cell) for cell in _CELL.findall(row)]


def _spanned_row(row: str) -> CellRow:
    cells: CellRow = []
    for attributes, cell in _SPANNED_CELL.findall(row):
        span = _SPAN.search(attributes)
        cells.append(_plain(cell))
        cells.extend([""] * (min(int(span.group(1)), _WIDEST_SPAN) - 1 if span else 0))
    return cells


def _plain(cell: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub(" ", cell)))
