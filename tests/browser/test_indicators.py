"""A planner changes a target and sees what was before; a filled workbook of interventions comes in by its preview."""

import io

import openpyxl
import pytest

from tests.browser.screen import Screen

TRACEBACK = "[data-testid=stException]"


def press(screen: Screen, name: str) -> None:
    """Press a button and wait for the answer."""
    screen.act(screen.page.get_by_role("button", name=name, exact=True).last.click)


def choose(screen: Screen, label: str, words: str) -> None:
    """Pick the option of a box that holds some words."""
    screen.take(screen.page.get_by_label(label).first, screen.page.get_by_role("option", name=words), words)


def filled(content: bytes) -> bytes:
    """Fill two rows as an OPD would: one figure, one RW that has not begun; and one that cannot be."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Isian"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Tercapai" for cell in row))
    column = {str(cell.value): cell.column for cell in head}
    first = head[0].row + 1
    for row, (asked, reached, status) in enumerate([(20, 15, None), (None, None, "belum mulai"), (5, 9, None)]):
        sheet.cell(first + row, column["Sasaran"], asked)
        sheet.cell(first + row, column["Tercapai"], reached)
        sheet.cell(first + row, column["Status"], status)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def totals(screen: Screen) -> dict[str, str]:
    """Return the control totals that the page shows, by name."""
    cells = screen.html(".totals > div")
    cells.first.wait_for()
    told = [cell.inner_text().split("\n") for cell in cells.all()]
    return {name: value for value, name in told}


@pytest.fixture
def settings(window, demo) -> Screen:
    return window(demo).open("/pengaturan?indikator=Prevalensi+stunting")


def test_a_changed_target_stands_in_the_history_with_what_was_before(settings: Screen) -> None:
    choose(settings, "Tetapkan yang baru", "2024: 7,67")
    settings.page.get_by_label("Nilai (%)").fill("7.5")
    settings.page.get_by_label("Dasar (keputusan atau dokumen)").fill("Perwal contoh 1/2026")
    press(settings, "Simpan target")
    assert "Target Kota Bekasi 2024 disimpan: 7,5" in settings.text
    newest = settings.table(1)[0]
    assert {"Perencana Dinkes", "7,5\u00a0%", "Perwal contoh 1/2026", "berlaku"} <= set(newest)
    assert any("diganti (Perencana Dinkes" in cell for row in settings.table(1) for cell in row)

    settings.open("/pengaturan?indikator=Prevalensi+stunting")
    choose(settings, "Tetapkan yang baru", "2024: 7,5")
    settings.page.get_by_label("Alasan menarik target ini").fill("hanya percobaan")
    press(settings, "Tarik target")
    assert "Target ini bisa dipulihkan" in settings.text
    assert any("ditarik: hanya percobaan" in cell for row in settings.table(1) for cell in row)
    assert settings.html(TRACEBACK).count() == 0


def test_a_filled_workbook_is_looked_at_before_it_is_taken_in(window, demo) -> None:
    screen = window(demo, 1440, 900).open("/intervensi?bagian=Impor")
    with screen.page.expect_download() as sent:
        screen.page.get_by_role("button", name="Unduh berkas isian").click()
    content = filled(sent.value.path().read_bytes())
    screen.upload("isian.xlsx", content)
    shown = totals(screen)
    assert (shown["Baris terisi"], shown["Diterima"], shown["Disisihkan"], shown["Belum mulai"]) == ("3", "2", "1", "1")
    assert "1 baris disisihkan" in screen.text
    press(screen, "Impor")
    assert "2 baris diimpor, 1 disisihkan." in screen.text

    again = window(demo).open("/intervensi?bagian=Impor")
    again.upload("salinan.xlsx", content)
    assert totals(again)["Diterima"] == "2"
    assert "Berkas ini sudah ada di basis data" in again.text
    assert again.page.get_by_role("button", name="Impor", exact=True).is_disabled()
    assert again.html(TRACEBACK).count() == 0
