"""Tren & target and Mengapa berubah in a real browser: another area, its table, its picture, and a link to it."""

from urllib.parse import urlencode

from tests.browser.small_city import KECAMATAN_NAME

AREA = f"Kec. {KECAMATAN_NAME}"


def test_another_area_is_drawn_has_its_table_and_its_link(window, demo):
    asked = {"bagian": "Nyata atau kebetulan?", "indikator": "Kehadiran timbang (D/S)"}
    sender = window(demo).open("/tren?" + urlencode(asked))
    sender.pick("wilayah", AREA)
    reader = window(demo).open(sender.page.url.removeprefix(demo.url))
    assert reader.query == sender.query
    assert reader.shown("wilayah") == AREA
    chart = reader.html(".js-plotly-plot .gtitle").first
    chart.wait_for()
    assert AREA in chart.text_content()


def test_the_trend_has_a_table_and_saves_as_a_picture_without_the_internet(window, demo):
    screen = window(demo).open("/tren")
    screen.html("[data-testid=stExpander] summary", "Tabel dan unduhan").first.click()
    assert screen.table()[0][1] == "Oktober 2026"
    button = screen.html(".modebar-btn").first
    button.wait_for(state="attached")
    assert button.get_attribute("data-title") == "Unduh gambar PNG"
    with screen.page.expect_download() as saved:
        button.click(force=True)
    assert saved.value.suggested_filename == "rembuk-tren.png"


def test_too_short_a_history_says_that_nothing_can_be_said_yet(window, demo):
    screen = window(demo).open("/tren?" + urlencode({"bagian": "Ke mana arahnya?"}))
    assert "belum bisa dikatakan" in screen.text
    assert "bukan janji" in screen.text


def test_a_change_is_explained_and_its_link_opens_the_same(window, demo):
    sender = window(demo).open("/perubahan")
    sender.pick("wilayah", AREA)
    sender.pick("dari", "Januari 2026")
    sender.page.locator(".js-plotly-plot .gtitle").first.wait_for()
    reader = window(demo).open(sender.page.url.removeprefix(demo.url))
    assert (reader.shown("wilayah"), reader.shown("dari")) == (AREA, "Januari 2026")
    story = reader.html("[data-testid=stMarkdownContainer]", f"{AREA}: dari").first.inner_text()
    assert "Yang diukur" in story
    reader.html("[data-testid=stExpander] summary", "Tabel dan unduhan").first.click()
    children = [int(row[1].replace(".", "").replace(",", "")) for row in reader.table()]
    assert children[0] + sum(children[1:-1]) == children[-1]
