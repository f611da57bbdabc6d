"""The reader of tables agrees with lxml on pages that both understand."""

import html

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from data.intake.html import read_html

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\xa0"), max_size=12)
MARKUP = st.sampled_from(["{}", "<b>{}</b>", "<br>{}", "<span class='x'>{}</span>", "&nbsp;{}", "<!-- x -->{}"])
CELL = st.tuples(st.sampled_from(["td", "th", "TD"]), MARKUP, TEXT, st.booleans())
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=5)


def page(table: list[list[tuple[str, str, str, bool]]], close_rows: bool) -> str:
    lines = ["<html><body><table border=1>"]
    for row in table:
        cells = "".join(
            f"<{tag} width=5>{markup.format(html.escape(text))}{f'</{tag}>' if closed else ''}"
            for tag, markup, text, closed in row
        )
        lines.append(f"<tr>{cells}{'</tr>' if close_rows else ''}")
    return "\n".join([*lines, "</table></body></html>"])


def words(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=200, deadline=None)
@given(TABLE, st.booleans())
def test_cells_are_those_that_lxml_finds(table: list[list[tuple[str, str, str, bool]]], close_rows: bool) -> None:
    text = page(table, close_rows)
    tree = etree.HTML(text.replace("<br>", " ").encode(), etree.HTMLParser(encoding="utf-8", remove_comments=True))
    expected = [[words("".join(cell.itertext())) for cell in row.iter("td", "th")] for row in tree.iter("tr")]
    (grid,) = read_html(text)
    assert [[words(str(cell)) for cell in row] for row in grid.rows] == expected


def test_a_spanned_cell_takes_its_columns() -> None:
    (grid,) = read_html("<table><tr><td colspan=3>a</td><td>b</td></tr></table>")
    assert grid.rows == [["a", "", "", "b"]]


def test_scripts_styles_and_comments_hold_no_rows() -> None:
    text = "<style>td{}</style><script>'<tr><td>x'</script><table><!--<tr><td>x</td></tr>--><tr><td>y</td></tr></table>"
    (grid,) = read_html(text)
    assert grid.rows == [["y"]]


def test_rows_without_a_table_are_still_rows() -> None:
    (grid,) = read_html("<tr><td>a</td><td>b</td></tr>")
    assert grid.rows == [["a", "b"]]
