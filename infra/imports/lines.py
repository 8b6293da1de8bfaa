"""Split a file into lines of cells, so that no broken line can swallow the ones after it.

Each line is read as CSV by itself: a cell cannot hold a line break (no documented column needs
one), and in exchange a forgotten quote spoils one line instead of the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

# Fifteen cells of the longest accepted values are far below this.
LONGEST_LINE: Final = 8192


class Line(NamedTuple):
    """A line that is not blank; `fault` says why it could not be read as cells, if so."""

    number: int
    cells: tuple[str, ...]
    fault: str | None = None


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """Yield the lines that hold anything, numbered from 1 as an editor numbers them."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) > LONGEST_LINE:
            _skip_to_the_end_of_line(stream, raw)
            yield Line(number, (), f"A line can have at most {LONGEST_LINE} bytes")
            continue
        line = _cells(number, raw)
        if line.fault or any(line.cells):
            yield line


def _skip_to_the_end_of_line(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(LONGEST_LINE)


def _cells(number: int, raw: bytes) -> Line:
    try:
        text = raw.decode("utf-8")
        cells = next(csv.reader((text,), strict=True), [])
    except UnicodeDecodeError:
        return Line(number, (), "This line is not UTF-8. Save the file as CSV UTF-8")
    except csv.Error:
        return Line(
            number,
            (),
            "The quotes or the line end are not right. Close each quote on its line,"
            ' write a quote inside quotes as "", and end lines with LF or CRLF',
        )
    return Line(number, tuple(cell.strip() for cell in cells))
