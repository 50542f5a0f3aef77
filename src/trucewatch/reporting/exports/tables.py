"""Tables of cells as CSV: one header row, if wanted a row of HXL tags, then a row an incident."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from trucewatch.reporting.exports.columns import Column
from trucewatch.shown import shown_lines

Cell = str | int | float | dt.date | bool | None
Row = Mapping[str, Cell]

_FORMULA = re.compile(r"(^|[;\n\t]\s*)(?=[=+@＝＋－＠-])")
"""Where a formula could begin: at the start, and behind what a spreadsheet of another list separator cuts at."""
_BREAKS = re.compile(r"\r\n?")


def write_csv(file: TextIO, columns: Sequence[Column], rows: Iterable[Row], hxl: bool) -> None:
    """Writes the table: comma, quotation marks where needed (RFC 4180), a line feed after each row."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    if hxl:
        writer.writerow([column.hxl for column in columns])
    for row in rows:
        writer.writerow([cell(row[column.name]) for column in columns])


def cell(value: Cell) -> str:
    """A value as it stands in the file: empty where it is not known, ISO dates, ``1``/``0`` for yes and no.

    >>> cell(None), cell(-0.5), cell(True), cell(dt.date(2020, 2, 28)), cell("=1+1")
    ('', '-0.5', '1', '2020-02-28', "'=1+1")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.date):
        return value.isoformat()
    return text(value) if isinstance(value, str) else repr(value)


def text(value: str) -> str:
    r"""Text that is safe in any spreadsheet: nothing that steers but line feed and tab, no blanks around it, and an
    apostrophe before what a spreadsheet would run as a formula (OWASP, "CSV Injection").

    German Excel takes the semicolon for the separator and then knows no quotation marks in mid-row, so that a semicolon
    or line feed in a text can begin a cell as well.

    >>> text("  @SUM(A1)\r\n"), text("A = B"), text("A; =B")
    ("'@SUM(A1)", 'A = B', "A; '=B")
    """
    return _FORMULA.sub(r"\1'", shown_lines(_BREAKS.sub("\n", value)).strip())


def joined(values: Iterable[str | None]) -> str:
    """Names in one cell, each once, in their order, with "; " between them; a semicolon inside a name becomes a comma,
    blanks and line ends become one blank.

    Each name is made safe by itself: where the list separator is the semicolon (German Excel), each may become a cell.

    >>> joined(["A", None, "B; C", "A", "=x"])
    "A; B, C; '=x"
    """
    names = (text(" ".join(value.split())).replace(";", ",") for value in values if value)
    return "; ".join(dict.fromkeys(name for name in names if name))
