"""What a file is, by its content and never by its name: e-PPGBM calls its HTML pages `.xls`.

A file that is no list is refused with a sentence that says what it seems to be and what to do; the refusal's `reason`
(see `REFUSALS`) lets a screen say the same in Indonesian.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

from data import settings
from data.errors import UnusableInputError

UNPACKED_LIMIT_MB = 2_000
"""A workbook may unpack to so much: a whole city's year is about 1,300 MB of XML, and a zip bomb is far more."""

CELL_LIMIT = 40_000_000
"""A sheet may span so many cells, blank ones included: a city's year is 26 million, and memory is finite."""

_AGAIN = "export the list again (Daftar Anak Berdasarkan Status Gizi) and import that file"

REFUSALS = {
    "empty": f"it is empty; {_AGAIN}.",
    "too_many_rows": f"it has more than {settings.UPLOAD_LIMIT_ROWS:,} rows; export fewer months at a time.",
    "too_large": f"it is larger than {settings.UPLOAD_LIMIT_MB} MB; export fewer months or one kecamatan at a time.",
    "bomb": "it unpacks to far more than a list of children can be; open it, keep only the list, and save it again.",
    "image": f"it is a picture; {_AGAIN}.",
    "pdf": f"it is a PDF; {_AGAIN} as Excel.",
    "document": f"it is a text document or another office file; {_AGAIN}.",
    "archive": "it is a packed archive; unpack it and import the list inside.",
    "protected": "it is a workbook with a password; open it, remove the password, and save it again.",
    "damaged": f"it is a workbook that cannot be opened (cut off or damaged); {_AGAIN}.",
    "old_format": "it is in a spreadsheet format that is not read here; open it and save it as Excel Workbook (.xlsx).",
    "frameset": (
        'it is only the frame of a page that Excel saved as "Web Page", and the list is not in it; open the original '
        "in Excel and save it as Excel Workbook (.xlsx)."
    ),
    "web_page": f"it is a web page without a list, perhaps the log-in page; log in to e-PPGBM and {_AGAIN}.",
    "binary": f"it is no table at all; {_AGAIN}.",
    "other_report": "it is another e-PPGBM report ({found}); export Daftar Anak Berdasarkan Status Gizi instead.",
    "no_list": f"no header with NIK or Nama, Tgl Lahir, JK and Tanggal Pengukuran is in its first rows; {_AGAIN}.",
    "lacks_columns": f"its list lacks {{missing}}; {_AGAIN}.",
    "no_rows": f"its list has a header and no rows; {_AGAIN}.",
    "kelurahan_unknown": "there is no kelurahan with the code {found}; give a code such as 32.75.01.1001.",
}
"""Why a file cannot be used: code -> the end of a sentence that begins with the file."""


def refusal(reason: str, **found: str) -> UnusableInputError:
    """Return the error for a file that cannot be used; `context` holds the reason's code and what was found."""
    sentence = f"the file cannot be taken in: {REFUSALS[reason].format(**found)}"
    return UnusableInputError(sentence, reason=reason, **found)


class Kind(StrEnum):
    """The three kinds of file in which the list comes."""

    HTML = "html"
    WORKBOOK = "workbook"
    DELIMITED = "csv"


@dataclass(frozen=True)
class Detected:
    """A file's kind, and its text unless it is a workbook."""

    kind: Kind
    text: str = ""


_MAGIC = (
    (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"BM", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"RIFF", "image"), (b"%PDF", "pdf"), (b"{\\rtf", "document"),
    (b"\x1f\x8b", "archive"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"MIME-Version:", "frameset"),
    (b"\x09\x00", "old_format"), (b"\x09\x02", "old_format"), (b"\x09\x04", "old_format"), (b"\x09\x08", "old_format"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PAGE_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|table|frameset)\b", re.IGNORECASE)
_ROW_TAG = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_FRAMESET = re.compile(r"<frameset\b|x:ExcelWorkbook|WorksheetSource", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_NARROW = 52
_WIDE_CELL = re.compile(rb' r="(?:[A-Z]{3}|[B-Z][A-Z])\d')  # beyond column AZ, the 52nd
_CELL_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')
_ROW_NUMBER = re.compile(rb'<row\b[^>]*? r="(\d{1,10})"')
_CHUNK_BYTES = 1 << 22
_TAG_OVERLAP_BYTES = 300
_STRAY_NULS = 0.01  # a damaged export holds a few zero bytes, a binary file many


def detect(content: bytes) -> Detected:
    """Say what a file is; raise UnusableInputError when it is nothing that can hold the list."""
    if len(content) > settings.UPLOAD_LIMIT_MB * 2**20:
        raise refusal("too_large")
    if not content.strip(b"\x00\t\r\n\x0b\x0c \xef\xbb\xbf"):
        raise refusal("empty")
    if content.startswith(_ZIP):
        _check_package(content)
        return Detected(Kind.WORKBOOK)
    if content.startswith(b"PK"):
        raise refusal("archive")
    if content.startswith(_OLE):
        if _in_utf16("EncryptedPackage", content):
            raise refusal("protected")
        if _in_utf16("WordDocument", content) or _in_utf16("PowerPoint Document", content):
            raise refusal("document")
        return Detected(Kind.WORKBOOK)
    for magic, reason in _MAGIC:
        # two bytes are too few to tell a bitmap from a CSV that begins with these letters
        if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:64]):
            raise refusal(reason)
    return _text_kind(_decode(content))


def _text_kind(text: str) -> Detected:
    start = text[:20_000].lstrip()
    if start.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise refusal("old_format")
    if not (start.startswith("<") or _PAGE_TAG.search(start)):
        return Detected(Kind.DELIMITED, text)
    if not _ROW_TAG.search(text):
        raise refusal("frameset" if _FRAMESET.search(text) else "web_page")
    return Detected(Kind.HTML, text)


def _decode(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    sample = content[:4096]
    if sample[1::2].count(0) > len(sample) // 4 and not sample[::2].count(0):
        return content.decode("utf-16-le", errors="replace")
    if content.count(0) > len(content) * _STRAY_NULS:
        raise refusal("binary")
    content = content.replace(b"\x00", b"")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _in_utf16(name: str, content: bytes) -> bool:
    return name.encode("utf-16-le") in content


def _check_package(content: bytes) -> None:
    """See that a zip is a workbook of bearable size, unpacking every part once, for its own word is not to be trusted.

    A sheet is read as a dense block, so a single cell far away would take all memory: that is looked for too.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:
                office = {"mimetype", "[Content_Types].xml"} & names
                spreadsheet = "xl/workbook.bin" in names or "content.xml" in names
                raise refusal("old_format" if spreadsheet else "document" if office else "archive")
            unpacked = 0
            for part in package.infolist():
                if part.flag_bits & 1:
                    raise refusal("protected")
                is_sheet = _SHEET_PART.fullmatch(part.filename) is not None
                unpacked += _measure_part(package, part, unpacked, is_sheet)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
        if isinstance(error, UnusableInputError):
            raise
        raise refusal("damaged") from None


def _measure_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, before: int, is_sheet: bool) -> int:
    size, columns, rows, tail = 0, _NARROW, 1, b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if before + size > UNPACKED_LIMIT_MB * 2**20:
                raise refusal("bomb")
            if not is_sheet:
                continue
            window = tail + chunk
            if _WIDE_CELL.search(window):
                columns = max(columns, *map(_column_number, set(_CELL_COLUMN.findall(window))))
            rows = max(rows, max(map(int, _ROW_NUMBER.findall(window)), default=1))
            tail = chunk[-_TAG_OVERLAP_BYTES:]
    if rows * columns > CELL_LIMIT:
        raise refusal("bomb")
    return size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
