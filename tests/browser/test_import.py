"""Taking a list in through the page: totals first, places mapped once, nothing written before the button."""

import pytest

from tests.browser.screen import Screen

HEADER = "No;NIK;Nama;JK;Tgl Lahir;Nama Ortu;Kab/Kota;Kec;Desa/Kel;RW;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur"
PLACE, UNKNOWN_PLACE = "AREN JAYA", "ARENJAYA BARU"
TRACEBACK = "[data-testid=stException]"


def weighing(number: int, kelurahan: str = PLACE, rw: str = "7", weight: str = "9,1", height: str = "74,5") -> str:
    return (
        f"{number};;CONTOH ANAK {number};L;2025-08-0{number};CONTOH ORTU {number};KOTA BEKASI;BEKASI TIMUR;{kelurahan};"
        f"{rw};2026-10-1{number};{weight};{height};Terlentang"
    )


def list_of(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def totals(screen: Screen) -> dict[str, str]:
    """Return the control totals that the page shows, by name."""
    cells = screen.html(".totals > div")
    cells.first.wait_for()
    told = [cell.inner_text().split("\n") for cell in cells.all()]
    return {name: value for value, name in told}


@pytest.fixture
def screen(window, demo) -> Screen:
    return window(demo).open("/impor")


def test_a_list_shows_its_totals_and_parked_rows_before_anything_is_written(screen):
    history = screen.table(-1)
    screen.upload(
        "daftar.csv", list_of(weighing(1), weighing(2), weighing(3, rw=""), weighing(4, weight="", height=""))
    )
    shown = totals(screen)
    assert (shown["Baris dibaca"], shown["Diterima"], shown["Disisihkan"], shown["Ganda"]) == ("4", "2", "2", "0")
    screen.page.get_by_text("2 baris disisihkan").click()
    parked = {(row[-3], row[-2]) for row in screen.table(0)}
    assert parked == {("4", "RW kosong"), ("5", "Tidak ada berat maupun panjang/tinggi")}
    assert screen.open("/impor").table(-1) == history


def test_an_unknown_place_is_mapped_once_and_the_list_taken_in(screen, window, demo):
    screen.upload("baru.csv", list_of(weighing(5, UNKNOWN_PLACE), weighing(6, UNKNOWN_PLACE)))
    assert totals(screen)["Disisihkan"] == "2"
    screen.take(
        screen.page.get_by_label("ARENJAYA BARU"), screen.page.get_by_role("option", name="Aren Jaya (", exact=False)
    )
    screen.until(lambda: totals(screen)["Diterima"] != "0", "the rows that now have a place")
    assert (totals(screen)["Diterima"], totals(screen)["Disisihkan"]) == ("2", "0")
    screen.act(screen.page.get_by_role("button", name="Impor", exact=True).click)
    screen.page.get_by_text("2 baris diimpor, 0 disisihkan.").wait_for()
    newest = screen.table(-1)[0]
    assert "e-PPGBM" in newest
    assert "berlaku" in newest

    again = window(demo).open("/impor")
    again.upload("salinan.csv", list_of(weighing(5, UNKNOWN_PLACE), weighing(6, UNKNOWN_PLACE)))
    assert totals(again)["Diterima"] == "2"
    assert "Berkas ini sudah ada di basis data" in again.text
    assert again.page.get_by_role("button", name="Impor", exact=True).is_disabled()


def test_a_wrong_list_is_undone_after_its_totals_and_a_confirmation(screen):
    screen.upload("keliru.csv", list_of(weighing(7), weighing(8)))
    screen.act(screen.page.get_by_role("button", name="Impor", exact=True).click)
    screen.page.get_by_text("2 baris diimpor, 0 disisihkan.").wait_for()
    screen.take(screen.page.get_by_label("Berkas yang keliru"), screen.page.get_by_role("option"))
    screen.act(screen.page.get_by_role("button", name="Tarik kembali…").click)
    screen.page.get_by_text("2 baris berkas ini dikeluarkan.").wait_for()
    screen.act(screen.page.get_by_role("button", name="Ya, tarik kembali").click)
    screen.page.get_by_text("ditarik: 2 baris dikeluarkan, 0 baris lama dikembalikan.").wait_for()
    assert "ditarik kembali" in screen.table(-1)[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("daftar.xls", b"\x89PNG\r\n\x1a\n" + bytes(64), "Ini gambar, bukan daftar"),
        ("kosong.xlsx", b"", "Berkas kosong"),
        ("catatan.csv", b"nama;umur\nA;2\n", "tidak"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(screen, name, content, said):
    screen.upload(name, content)
    assert said in screen.html("[data-testid=stAlert]").first.inner_text()
    assert screen.html(TRACEBACK).count() == 0
