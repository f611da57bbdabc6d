"""A link shows whoever opens it what its sender saw, and says so when it cannot."""

from urllib.parse import urlencode

from tests.browser.test_map import rw_in_the_clear


def test_a_shared_link_opens_the_same_card_and_filters(window, demo):
    sender = window(demo).open("/peta")
    sender.pick("bulan", "Mei 2026")
    sender.pick("moda", "Sepeda motor")
    code, point = rw_in_the_clear(sender.map)
    sender.map.click(point)
    reader = window(demo).open(sender.page.url.removeprefix(demo.url))
    assert reader.query == sender.query
    assert reader.query["pilih"] == code
    for number in range(2):
        assert reader.html(".card").nth(number).inner_text() == sender.html(".card").nth(number).inner_text()
    assert reader.html(".legend").first.inner_text() == sender.html(".legend").first.inner_text()
    assert (reader.shown("bulan"), reader.shown("moda")) == ("Mei 2026", "Sepeda motor")


def test_a_link_with_unknown_words_opens_the_default_and_says_so(window, demo):
    screen = window(demo)
    assert "“Mei 1999” yang tidak ada" in screen.open_and_read_note("/peta?" + urlencode({"bulan": "Mei 1999"}))
    assert screen.shown("bulan") == "Oktober 2026"


def test_a_link_to_an_unknown_rw_opens_the_map_without_a_choice_and_says_so(window, demo):
    screen = window(demo)
    assert "tidak ada di data ini" in screen.open_and_read_note("/peta?" + urlencode({"pilih": "32.75.99.9999.001"}))
    assert "pilih" not in screen.query
    assert screen.html(".card").count() == 0


def test_the_summary_leads_to_the_map_that_it_speaks_of(window, demo):
    screen = window(demo).open("/")
    assert screen.html(".kpi .figure").count() >= 4
    assert "DATA CONTOH" in screen.text
    assert "Sumber: Penimbangan rutin posyandu (e-PPGBM)" in screen.text
    told = screen.html("[data-testid=stMarkdownContainer]", "paling pasti tinggi").first.inner_text()
    screen.act(screen.page.get_by_role("link", name="Buka RW ini").click)
    assert screen.page.url.startswith(f"{demo.url}/peta?")
    card = screen.html(".card").first.inner_text()
    assert told.startswith(" ".join(card.split()[:2]))
