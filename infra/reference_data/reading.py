"""Read one reference file, and say which line is wrong when it cannot be read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from domain.errors import ThroughcareError

Row = Mapping[str, str]
Parsed = TypeVar("Parsed")


class ReferenceDataError(ThroughcareError):
    """A reference file is missing, incomplete or wrong; the product does not start on it.

    Attributes:
        file: The name of the file.
        line: The line to correct, or None when the whole file is meant.
    """

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        """Build one sentence out of file, line and reason."""
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"Reference data {where}: {reason}")
        self.file = file
        self.line = line


def read_records(
    file: str,
    parse: Callable[[Row], Parsed],
    *,
    instead: Path | None,
) -> tuple[Parsed, ...]:
    """Return every row of `file` as `parse` made it, in the order of the file.

    Args:
        file: Name of the file, such as `prisons.csv`.
        parse: Makes a record of a row; a `KeyError` is a missing column, a `ValueError` a value
            that is wrong.
        instead: A folder whose file of the same name, if there is one, replaces the shipped one.

    Raises:
        ReferenceDataError: The file has no rows, or a row that `parse` refuses.
    """
    parsed: list[Parsed] = []
    reader = csv.DictReader(
        _text_of(file, instead).splitlines(),
        restval="",
        strict=True,
    )
    try:
        parsed.extend(parse(row) for row in reader)
    except KeyError as missing:
        raise ReferenceDataError(file, 1, f"the column {missing} is missing") from missing
    except (ValueError, csv.Error) as wrong:
        raise ReferenceDataError(file, reader.line_num, str(wrong)) from wrong
    if not parsed:
        raise ReferenceDataError(file, None, "it has no rows")
    return tuple(parsed)


def _text_of(file: str, instead: Path | None) -> str:
    try:
        if instead is not None and (instead / file).is_file():
            return (instead / file).read_text(encoding="utf-8-sig")
        return (files("infra.reference_data") / file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as unreadable:
        reason = "it cannot be read as a UTF-8 file"
        raise ReferenceDataError(file, None, reason) from unreadable
