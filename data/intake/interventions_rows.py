"""The rows of a filled template: taken in, set aside with a reason, repeated, or left blank.

Nothing is guessed and nothing is a zero that nobody wrote: a row without counts and status was not filled.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.errors import RembukError, UnusableInputError
from data.intake.detect import Kind, detect
from data.intake.grid import CellRow
from data.intake.interventions_layout import (
    COVERAGE,
    MATERNAL_CODE,
    MONTH,
    NEEDS,
    NOT_STARTED,
    PREGNANT,
    REMOVED,
    RW,
    STATUS,
    STATUS_WORDS,
    Layout,
)
from data.intake.workbook import read_workbook

LARGEST_MB = 25
"""A year of all indicators for a city of 1,000 RWs is about 15 MB."""

FIRST_MONTH = datetime.date(2015, 1, 1)
_HEAD_WITHIN_ROWS = 15
_LONGEST_NUMBER = 7
_MONTH_NAMES = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip

REASONS = (
    "rw_unknown",
    "month_invalid",
    "indicator_unknown",
    "status_unknown",
    "count_invalid",
    "incomplete",
    "part_above_whole",
    "status_contradicts",
    "repeated_otherwise",
)
"""Why a row is set aside, in the order in which reasons are looked for; a row has one."""

REFUSALS = {
    "no_workbook": "it is no Excel workbook that can be read; fill the template and save it as .xlsx.",
    "protected": "it is locked by a password; remove the password, save it, and import it again.",
    "too_large": f"it is larger than {LARGEST_MB} MB, or unpacks to far too much; send fewer months at once.",
    "no_sheet": "no sheet has the columns of the template ({columns}); download the template again and fill that.",
    "no_rows": "none of its rows is filled; write counts or a status into the yellow columns.",
}


@dataclass(frozen=True)
class Taken:
    """A row that is taken in; `counts` stand in the order of its layout and may be unknown, `code` says what it is."""

    sheet: str
    row_number: int
    rw_code: str
    month: datetime.date
    code: str
    counts: tuple[int | None, ...]
    status: str


@dataclass(frozen=True)
class SetAside:
    """A row that is set aside: where it stands and why; its texts are not kept."""

    sheet: str
    row_number: int
    reason: str


@dataclass(frozen=True)
class Classified:
    """What became of a file's rows; `blank` are rows of the template that nobody filled."""

    taken: tuple[Taken, ...]
    parked: tuple[SetAside, ...]
    duplicates: int
    blank: int
    sheets: tuple[str, ...]

    @property
    def rows_read(self) -> int:
        """Rows that somebody filled."""
        return len(self.taken) + len(self.parked) + self.duplicates

    @property
    def parked_reasons(self) -> dict[str, int]:
        """How many rows were set aside for each reason."""
        counted = Counter(row.reason for row in self.parked)
        return {reason: counted[reason] for reason in REASONS if counted[reason]}


def refusal(reason: str, **found: str) -> UnusableInputError:
    """Return the error for a file that is no filled template."""
    return UnusableInputError(
        f"the file cannot be taken in: {REFUSALS[reason].format(**found)}", reason=f"figures_{reason}", **found
    )


def read_rows(
    content: bytes, rw_codes: Collection[str], indicator_groups: Mapping[str, str], latest: datetime.date
) -> Classified:
    """Read a filled template and check every row.

    Takes the RWs that the sender may speak of, the indicators (code -> group), and the last day that may be told of.
    Raises UnusableInputError for a file that is no template (context: reason figures_…).
    """
    taken: list[Taken] = []
    parked: list[SetAside] = []
    blank, sheets = 0, []
    for layout, sheet, number, cells in _filled_sheets(content):
        if sheet not in sheets:
            sheets.append(sheet)
        if not any(cells[column] for column in layout.filled):
            blank += 1
            continue
        checked = _check(layout, cells, rw_codes, indicator_groups, latest)
        if isinstance(checked, str):
            parked.append(SetAside(sheet, number, checked))
        else:
            code, month, counts, status = checked
            taken.append(Taken(sheet, number, cells[RW], month, code, counts, status))
    kept, contradicted, duplicates = _once_each(taken)
    parked += contradicted
    if not kept and not parked:
        raise refusal("no_rows")
    order = {sheet: place for place, sheet in enumerate(sheets)}
    parked.sort(key=lambda row: (order[row.sheet], row.row_number))
    return Classified(tuple(kept), tuple(parked), duplicates, blank, tuple(sheets))


def _filled_sheets(content: bytes) -> Iterator[tuple[Layout, str, int, Mapping[str, str]]]:
    """Go through the rows below the heads: layout, sheet, the row's number in Excel, and its cells by column."""
    if len(content) > LARGEST_MB * 2**20:
        raise refusal("too_large")
    try:
        grids = read_workbook(content) if detect(content).kind is Kind.WORKBOOK else []
    except RembukError as error:
        told = error.context.get("reason", "")
        raise refusal(told if told == "protected" else "too_large" if told == "bomb" else "no_workbook") from None
    if not grids:
        raise refusal("no_workbook")
    has_head = False
    for grid in grids:
        found = _head(grid.rows)
        if found is None:
            continue
        has_head = True
        layout, at, places = found
        for number, row in enumerate(grid.rows[at + 1 :], start=at + 2):
            yield (
                layout,
                grid.name,
                number,
                {name: str(row[place]).strip() if place < len(row) else "" for name, place in places.items()},
            )
    if not has_head:
        raise refusal("no_sheet", columns=", ".join(COVERAGE.read))


def _head(rows: Sequence[CellRow]) -> tuple[Layout, int, dict[str, int]] | None:
    for at, head in enumerate(rows[:_HEAD_WITHIN_ROWS]):
        places = {str(name).strip(): place for place, name in enumerate(head)}
        for layout in (NEEDS, PREGNANT, COVERAGE):
            if all(name in places for name in layout.read):
                return layout, at, {name: places[name] for name in layout.read}
    return None


_Checked = tuple[str, datetime.date, tuple[int | None, ...], str]


def _check(
    layout: Layout,
    cells: Mapping[str, str],
    rw_codes: Collection[str],
    indicator_groups: Mapping[str, str],
    latest: datetime.date,
) -> _Checked | str:
    """Return what a row says, or the reason why it is set aside."""
    if cells[RW] not in rw_codes:
        return "rw_unknown"
    month = read_month(cells[MONTH])
    if month is None or not FIRST_MONTH <= month <= latest:
        return "month_invalid"
    code = cells[layout.code_column] if layout.code_column else MATERNAL_CODE
    if layout is not PREGNANT and indicator_groups.get(code) not in layout.groups:
        return "indicator_unknown"
    written = cells[STATUS].lower()
    if written and written not in layout.statuses:
        return "status_unknown"
    status = STATUS_WORDS[written]
    counts: dict[str, int | None] = {}
    for name in layout.counts:
        counts[name] = _count(cells[name])
        if cells[name] and counts[name] is None:
            return "count_invalid"
    return _consistent(layout, code, month, counts, status)


def _consistent(
    layout: Layout, code: str, month: datetime.date, counts: dict[str, int | None], status: str
) -> _Checked | str:
    if status == REMOVED:
        return code, month, tuple(None for _ in layout.counts), status
    if status == NOT_STARTED:
        reached = layout.counts[1:] if layout is COVERAGE else layout.counts
        if any(counts[name] for name in reached):
            return "status_contradicts"
        counts |= dict.fromkeys(reached)
    elif any(counts[name] is None for name in layout.needed):
        return "incomplete"
    for part, whole in layout.parts:
        less, more = counts[part], counts[whole]
        if less is not None and more is not None and less > more:
            return "part_above_whole"
    return code, month, tuple(counts.values()), status


def _once_each(taken: Sequence[Taken]) -> tuple[list[Taken], list[SetAside], int]:
    """Keep each RW, month and code once; rows that say it twice alike are duplicates, unlike ones are set aside."""
    by_key: dict[tuple[str, datetime.date, str], list[Taken]] = defaultdict(list)
    for row in taken:
        by_key[(row.rw_code, row.month, row.code)].append(row)
    kept: list[Taken] = []
    parked: list[SetAside] = []
    duplicates = 0
    for rows in by_key.values():
        if len({(row.counts, row.status) for row in rows}) > 1:
            parked += [SetAside(row.sheet, row.row_number, "repeated_otherwise") for row in rows]
        else:
            kept.append(rows[0])
            duplicates += len(rows) - 1
    return kept, parked, duplicates


def read_month(told: str) -> datetime.date | None:
    """Return a month's first day from what people and Excel write: 2026-10, 2026-10-01, 10/2026, Oktober 2026."""
    text = " ".join(told.lower().split())
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?(?: .*)?", text):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(?:\d{1,2}/)?(\d{1,2})/(\d{4})", text):
        year, month = int(found[2]), int(found[1])
    elif (found := re.fullmatch(r"([a-z]+) (\d{4})", text)) and found[1] in _MONTH_NAMES:
        year, month = int(found[2]), _MONTH_NAMES.index(found[1]) + 1
    else:
        return None
    return datetime.date(year, month, 1) if 1 <= month <= 12 and year >= 1 else None


def _count(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _LONGEST_NUMBER else None
