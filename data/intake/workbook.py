"""The sheets of a real `.xls` or `.xlsx` workbook, read by calamine."""

import io

from python_calamine import CalamineWorkbook

from data.intake.detect import refusal
from data.intake.grid import Grid


def read_workbook(content: bytes) -> list[Grid]:
    """Return every sheet with its rows from the first line on; raise UnusableInputError when it cannot be opened."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = []
        for sheet in workbook.sheets_metadata:
            if "WorkSheet" in str(sheet.typ):
                rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                grids.append(Grid(rows, sheet.name))  # type: ignore[arg-type]  # lists are invariant, ours only read
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        if "assword" in type(error).__name__ or "assword" in str(error):
            raise refusal("protected") from None
        raise refusal("damaged") from None
    return grids
