"""Files that mean harm, coming in and going out, and settings that would not be safe."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from dashboard.exports import Saved, to_csv, to_xlsx
from dashboard.login.settings import ENVIRONMENT, LogInUnusableError, log_in_settings
from dashboard.returned.sheets import Fault, OutgoingSheet, read_sheet, write_sheet
from data import settings
from data.errors import UnusableInputError
from data.intake.detect import detect
from data.intake.eppgbm import read_list
from data.intake.workbook import read_workbook
from data.settings import PROJECT_ROOT, UPLOAD_LIMIT_MB
from tests.data.intake.lists import as_csv, as_html, as_xlsx, child

SHEET = OutgoingSheet(title="Isian", guide=(), columns=("RW", "Alasan"), rows=[("RW 001", "x")], filled=(), choices={})
GOOD = {
    "REMBUK_OIDC_METADATA_URL": "https://sso.example.go.id/.well-known/openid-configuration",
    "REMBUK_OIDC_CLIENT_ID": "rembuk",
    "REMBUK_OIDC_CLIENT_SECRET": "s",
    "REMBUK_OIDC_REDIRECT_URI": "https://rembuk.example.go.id/oauth2callback",
    "REMBUK_COOKIE_SECRET": "a-secret-of-more-than-thirty-two-characters",
}


def rewritten(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as package, zipfile.ZipFile(stream, "w") as made:
        for name in package.namelist():
            content = package.read(name)
            made.writestr(name, content.replace(old, new, 1) if name == part else content)
    return stream.getvalue()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_text_that_a_spreadsheet_would_run_leaves_inert(start):
    rows = pd.DataFrame({"Alasan": [f"{start}HYPERLINK(1)"], f"{start}Kolom": [1]})
    told = to_csv(Saved(rows, "x", ())).decode("utf-8-sig")
    first, second = told.split("\r\n", 1)[0].split(";")[1], told.split("\r\n", 1)[1]
    assert first.strip('"').startswith("'")
    assert second.lstrip('"').startswith("'")


def test_a_workbook_goes_out_without_a_formula():
    book = to_xlsx(Saved(pd.DataFrame({"Alasan": ["=1+1"]}), "=1+1", (("=a", "=b"),)))
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "sheet" in name)


def test_an_outside_entity_in_a_workbook_reads_nothing_of_this_machine(tmp_path: Path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi-rahasia")
    harmful = rewritten(
        write_sheet(SHEET),
        "xl/sharedStrings.xml",
        b"<sst",
        f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file://{secret}">]><sst'.encode(),
    )
    harmful = rewritten(harmful, "xl/sharedStrings.xml", b"RW 001", b"&x;")
    try:
        told = str(read_workbook(harmful))
    except UnusableInputError:
        return
    assert "isi-rahasia" not in told


def test_entities_that_multiply_are_refused_or_left_unread():
    many = b"".join(b'<!ENTITY a%d "%s">' % (step, b"&a%d;" % (step - 1) * 10) for step in range(1, 10))
    harmful = rewritten(
        write_sheet(SHEET), "xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE sst [<!ENTITY a0 "lol">' + many + b"]><sst"
    )
    harmful = rewritten(harmful, "xl/sharedStrings.xml", b"RW 001", b"&a9;")
    try:
        assert len(str(read_workbook(harmful))) < 10_000
    except UnusableInputError:
        return


def test_a_workbook_that_unpacks_to_more_than_it_may_is_refused(monkeypatch):
    monkeypatch.setattr("data.intake.detect.UNPACKED_LIMIT_MB", 64)
    stream = io.BytesIO(write_sheet(SHEET))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/big.xml", "w") as part:
        for _ in range(80):
            part.write(bytes(2**20))
    assert len(stream.getvalue()) < 3 * 2**20
    with pytest.raises(UnusableInputError) as refused:
        detect(stream.getvalue())
    assert refused.value.context["reason"] == "bomb"


def test_a_file_over_the_upload_limit_is_refused_by_its_size():
    with pytest.raises(UnusableInputError) as refused:
        detect(bytes(UPLOAD_LIMIT_MB * 2**20 + 1))
    assert refused.value.context["reason"] == "too_large"


@pytest.mark.parametrize("write", [as_csv, as_html, as_xlsx])
def test_a_list_over_the_row_limit_is_refused_by_its_rows(write, monkeypatch):
    content = write([child(number) for number in range(1, 5)])
    assert len(read_list(content)) == 4
    monkeypatch.setattr(settings, "UPLOAD_LIMIT_ROWS", 3)
    with pytest.raises(UnusableInputError) as refused:
        read_list(content)
    assert refused.value.context["reason"] == "too_many_rows"


def test_streamlit_takes_no_more_than_the_import_does():
    assert f"maxUploadSize = {UPLOAD_LIMIT_MB} " in (PROJECT_ROOT / ".streamlit/config.toml").read_text()


def test_the_sentence_for_a_file_that_the_browser_refuses_tells_the_same_limit():
    assert f"Paling besar {UPLOAD_LIMIT_MB} MB" in (PROJECT_ROOT / "dashboard/style.css").read_text()


def test_a_returned_sheet_that_is_too_large_is_refused_in_words():
    assert isinstance(refused := read_sheet(bytes(30 * 2**20), ("RW",)), Fault)
    assert "terlalu besar" in refused.told


def test_the_log_in_comes_from_the_environment(monkeypatch, tmp_path):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    assert log_in_settings(tmp_path)["client_id"] == "rembuk"


def test_the_log_in_comes_from_secrets_toml(monkeypatch, tmp_path):
    for name in GOOD:
        monkeypatch.delenv(name, raising=False)
    assert log_in_settings(tmp_path) is None
    lines = [f'{name} = "{GOOD[variable]}"' for name, variable in ENVIRONMENT.items()]
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit/secrets.toml").write_text("[auth]\n" + "\n".join(lines))
    assert log_in_settings(tmp_path)["redirect_uri"].endswith("/oauth2callback")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("REMBUK_OIDC_CLIENT_ID", "", "lacks client_id"),
        ("REMBUK_COOKIE_SECRET", "short", "fewer than 32"),
        ("REMBUK_OIDC_REDIRECT_URI", "http://rembuk.example.go.id/oauth2callback", "must be https"),
        ("REMBUK_OIDC_REDIRECT_URI", "https://rembuk.example.go.id/", "must end in /oauth2callback"),
    ],
)
def test_an_unsafe_log_in_is_refused_without_telling_a_secret(monkeypatch, tmp_path, name, value, words):
    for known, good in {**GOOD, name: value}.items():
        monkeypatch.setenv(known, good)
    with pytest.raises(LogInUnusableError, match=words) as refused:
        log_in_settings(tmp_path)
    assert GOOD["REMBUK_COOKIE_SECRET"] not in str(refused.value)


def test_only_one_place_hands_files_out():
    callers = {
        path.name
        for folder in ("dashboard", "pages")
        for path in (PROJECT_ROOT / folder).rglob("*.py")
        if "st.download_button" in path.read_text()
    }
    assert callers == {"downloads.py"}
